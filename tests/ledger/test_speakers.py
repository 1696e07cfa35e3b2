"""Speakers are counted by the statements that count, and stay on record without any."""

from __future__ import annotations

import pytest
from record.made import changed, document
from record.said import Said, page

import onrecord
from onrecord.errors import Ambiguous
from onrecord.record.query import Query

MADE = page(
    *(Said(f"the bridge is open ({n})", "Bo Lind") for n in range(3)),
    Said("it is shut", "Ada Lind"),
    Said("it may open", "Ida Lind", part="headline"),
    url="https://news.example/bridge",
)
FIRST, SECOND, THIRD, OTHER, HEADLINE = (statement.id for statement in MADE.statements)


@pytest.fixture(autouse=True)
def _filled(ledger: onrecord.Ledger) -> None:
    ledger.add(MADE)


def listed(ledger: onrecord.Ledger, words: str | None = None) -> list[tuple[str, int]]:
    return [(row.name, row.statements) for row in ledger.speakers(words)]


def whole(ledger: onrecord.Ledger) -> tuple[int, int]:
    """How many speakers and statements there are, which must be what the list adds up to."""
    counts, rows = ledger.counts(), ledger.speakers(limit=1_000)
    assert (len(rows), sum(row.statements for row in rows)) == (counts.speakers, counts.statements)
    return counts.speakers, counts.statements


def test_what_is_rejected_does_not_count(ledger: onrecord.Ledger) -> None:
    assert listed(ledger) == [("Bo Lind", 3), ("Ada Lind", 1)]
    ledger.reject(FIRST, "nobody said it")
    ledger.reject(OTHER, "nobody said it")
    assert listed(ledger) == [("Bo Lind", 2)]
    assert whole(ledger) == (1, 2)
    assert ledger.speaker("Ada Lind").statements == 0
    ledger.restore(OTHER)
    assert listed(ledger) == [("Bo Lind", 2), ("Ada Lind", 1)]


def test_older_versions_do_not_count_but_for_what_somebody_touched(ledger: onrecord.Ledger) -> None:
    ledger.add(changed(MADE))
    assert listed(ledger) == [("Bo Lind", 3), ("Ada Lind", 1)]
    ledger.note(FIRST, "Is it?")
    assert listed(ledger) == [("Bo Lind", 4), ("Ada Lind", 1)]
    ledger.correct(SECOND, {"kind": "prediction"})
    ledger.settle(SECOND, "came-true", "https://example.org/outcome")
    ledger.note(SECOND, "Twice touched, once counted.")
    ledger.note(HEADLINE, "Said by an editor.")
    assert listed(ledger) == [("Bo Lind", 5), ("Ada Lind", 1)]
    assert ledger.speaker("Bo Lind").statements == 5
    assert whole(ledger) == (2, 6)


def test_a_list_adds_up_to_the_statements_that_count(ledger: onrecord.Ledger) -> None:
    for number in range(6):
        made = document(number, people=9)
        ledger.add(made)
        ledger.add(changed(made)) if number % 2 else ledger.reject(made.statements[number].id, "no")
    whole(ledger)
    names = ledger.speakers()
    ledger.merge([row.name for row in names[1:3]], names[0].name)
    whole(ledger)


def test_a_name_that_was_mistyped_is_no_speaker(ledger: onrecord.Ledger) -> None:
    ledger.correct(OTHER, {"speaker.name": "Eva Linnd"})
    ledger.correct(OTHER, {"speaker.name": "Eva Lund"})
    assert listed(ledger) == [("Bo Lind", 3), ("Eva Lund", 1)]
    assert whole(ledger)[0] == 2
    assert listed(ledger, "eva") == [("Eva Lund", 1), ("Eva Linnd", 0)]


def test_who_has_none_is_found_shown_and_merged(ledger: onrecord.Ledger) -> None:
    assert listed(ledger, "ida") == [("Ida Lind", 0)]
    assert ledger.speaker("ida lind").name == ledger.speaker("ida").name == "Ida Lind"
    assert [entry.id for entry in ledger.search(Query(speaker="ida")).entries] == [HEADLINE]
    assert ledger.merge(["Bo Lind"], "Ida Lind") == ("Ida Lind", ["Bo Lind"])
    assert listed(ledger) == [("Ida Lind", 3), ("Ada Lind", 1)]
    assert whole(ledger)[0] == 2


def test_words_of_several_names_mean_the_one_who_counts(ledger: onrecord.Ledger) -> None:
    with pytest.raises(Ambiguous, match="could be any of Bo Lind, Ada Lind"):
        ledger.speaker("lind")
    ledger.reject(OTHER, "nobody said it")
    assert ledger.speaker("lind").name == "Bo Lind"
    for each in (FIRST, SECOND, THIRD):
        ledger.reject(each, "nobody said it")
    with pytest.raises(Ambiguous, match="could be any of Bo Lind, Ada Lind, Ida Lind"):
        ledger.speaker("lind")
    assert listed(ledger) == []
