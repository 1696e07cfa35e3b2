"""One speaker's score is the one that this speaker has among all, though the others are only counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import cycle, product

import pytest
from record.made import documents

import onrecord
from onrecord.errors import BadOption
from onrecord.ledger.results import Scores
from onrecord.record.query import Query

NOW = datetime(2031, 1, 1, tzinfo=UTC)
TODAY = NOW.date()
VERDICTS = {
    "commitment": cycle(["kept", "broken", "kept", "partly-kept", "void", "stalled", "kept"]),
    "prediction": cycle(["came-true", "did-not", "came-true", "void"]),
}


@pytest.fixture
def ledger(place: str) -> Iterator[onrecord.Ledger]:
    """Articles of few speakers: all is settled, two names are merged, one statement is redacted."""
    with onrecord.open(place, actor="ana", clock=lambda: NOW) as opened:
        for document in documents(14, people=3):
            opened.add(document)
        found = opened.search(Query(kinds=frozenset(VERDICTS), limit=500)).entries
        for number, entry in enumerate(found):
            verdict = next(VERDICTS[str(entry.kind)])
            opened.settle(entry.id, verdict, "https://example.org/outcome", on=date(2030, 12, 1))
            if number % 11 == 0:
                opened.reject(entry.id, "not a statement")
        first, second, *_ = [row.name for row in opened.speakers(limit=50)]
        opened.merge([second], first)
        opened.redact(found[1].id, "a court order")
        yield opened


def names(found: Scores) -> list[str]:
    return [row.name for row in found.rows]


def test_a_speaker_alone_has_the_same_figures_as_among_all(ledger: onrecord.Ledger) -> None:
    for early, since in product((False, True), (None, date(2020, 1, 1))):
        options = {"today": TODAY, "min_n": 1, "early": early, "since": since}
        everybody = ledger.score(**options)
        for row in everybody.rows:
            (alone,) = ledger.score(name=row.name, **options).rows
            assert alone.commitments == row.commitments
            assert alone.predictions == row.predictions


def test_a_merged_name_leads_to_the_speaker(ledger: onrecord.Ledger) -> None:
    (merged,) = [row for row in ledger.speakers(limit=50) if row.merged]
    assert names(ledger.score(name=merged.merged[0], min_n=1)) == [merged.name]


def test_another_rater_s_verdicts_are_nobody_else_s(ledger: onrecord.Ledger, place: str) -> None:
    with onrecord.open(place, actor="bo", clock=lambda: NOW) as other:
        for entry in other.search(Query(kinds=frozenset({"commitment"}), limit=500)).entries:
            other.settle(entry.id, "broken", "https://example.org/outcome")
    rows = ledger.score(rater="bo", min_n=1, today=TODAY).rows
    assert sum(len(row.commitments.broken) for row in rows) > 1
    assert all(row.commitments.n == len(row.commitments.broken) for row in rows)


def test_somebody_who_rated_nothing_is_no_rater(ledger: onrecord.Ledger) -> None:
    with pytest.raises(BadOption, match="Nobody"):
        ledger.score(rater="Nobody", min_n=1, today=TODAY)


@pytest.fixture
def counted(ledger: onrecord.Ledger, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Which of the look-ups of statements were made since."""
    from onrecord.record import outcomes

    calls: list[str] = []
    original = outcomes.settleable

    def settleable(*arguments: object, **options: object) -> object:
        calls.append(str(options.get("speaker")))
        return original(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(outcomes, "settleable", settleable)
    return lambda: calls


def test_one_speaker_s_score_looks_at_that_speaker_s_statements_alone(
    ledger: onrecord.Ledger, counted: Callable[[], list[str]]
) -> None:
    name = ledger.score(min_n=1).rows[0].name
    counted().clear()
    ledger.score(name=name, min_n=1)
    assert counted() == [name]
