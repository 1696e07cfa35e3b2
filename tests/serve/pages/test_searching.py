"""Searching in a page: filters, pages, and what is wrong with the form beside the form."""

from __future__ import annotations

from datetime import date

import pytest
from record.made import documents
from record.said import Said, page
from serve.conftest import Browser
from serve.seen import links_of, main_of, text_of, values_of

from onrecord.ledger.core import Ledger
from onrecord.record.query import Query
from onrecord.serve.pages.search import PAGE

MADE = page(
    Said("the night ferry will sail", kind="commitment", commitment_type="promise", speaker="Runa Sandvik"),
    Said("the ferry may be late", kind="prediction", certainty="may", due=(None, date(2031, 6, 1))),
    Said("the bridge is old", speaker="Ole <i>Pell</i> & Sons"),
)


@pytest.fixture(autouse=True)
def _filled(ledger: Ledger) -> None:
    ledger.add(MADE, topic="ferries & bridges")


def words_of(client: Browser, **asked: str | list[str]) -> list[str]:
    answer = client.get("/search", params=asked)
    assert answer.status_code == 200
    return [" ".join(each.text_content().split()) for each in main_of(answer.text).find_class("words")]


def test_without_anything_asked_all_is_shown(client: Browser) -> None:
    assert len(words_of(client)) == 3


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"words": "ferry -night"}, "the ferry may be late"),
        ({"speaker": "sandvik"}, "the night ferry will sail"),
        ({"kind": "promise"}, "the night ferry will sail"),
        ({"words": "old", "outlet": "The Ellery Post", "topic": "ferries & bridges"}, "the bridge is old"),
        ({"status": "overdue"}, "the ferry may be late"),
        ({"due_before": "2031-06-02"}, "the ferry may be late"),
        ({"words": "bridge", "since": "2031-03-04", "until": "2031-03-04"}, "the bridge is old"),
    ],
)
def test_filters_narrow_and_stay_in_the_form(client: Browser, asked: dict[str, str], expected: str) -> None:
    assert words_of(client, **asked) == [expected]
    kept = values_of(client.get("/search", params=asked).text)
    assert kept == {name: [value] for name, value in asked.items()}


def test_several_kinds_may_be_asked_for(client: Browser) -> None:
    assert len(words_of(client, kind=["commitment", "claim"], status="")) == 2


def test_rejected_statements_are_shown_only_when_asked_for(client: Browser, ledger: Ledger) -> None:
    ledger.reject(MADE.statements[2].id, "nobody said it")
    assert words_of(client, words="bridge") == []
    assert words_of(client, words="bridge", rejected="1") == ["the bridge is old"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "yesterday"}, "published since: yesterday is not a day"),
        ({"speaker": "Nobody <b>", "words": "ferry"}, "Nobody <b>"),
        ({"before": "-1"}, "before: -1 is not the number of a row"),
        ({"status": "sunk"}, "sunk is not one of open"),
        ({"words": "a " * 99}, "words: 99 is not at most 64"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form_which_keeps_what_was_typed(
    client: Browser, asked: dict[str, str], said: str
) -> None:
    answer = client.get("/search", params=asked)
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert not main_of(answer.text).find_class("statement")
    kept = values_of(answer.text)
    assert all(
        kept[name] == [value] for name, value in asked.items() if name in ("since", "speaker", "words")
    )


def test_older_pages_keep_the_filters_and_come_to_an_end(client: Browser, ledger: Ledger) -> None:
    list(ledger.add_many(documents(8)))
    path, seen = "/search?kind=claim&kind=prediction&kind=commitment", list[str]()
    for _ in range(5):
        answer = client.get(path)
        found = main_of(answer.text).find_class("statement")
        assert len(found) <= PAGE
        seen += [each.get("id") for each in found]
        further = links_of(answer.text).get("Older")
        if further is None:
            break
        assert "there are older ones" in text_of(answer.text)
        path = further
    assert len(seen) == len(set(seen))
    assert len(seen) == len(words_all(ledger))
    assert len(seen) > PAGE


def words_all(ledger: Ledger) -> list[str]:
    """All statements of these three kinds, asked for at once."""
    kinds = frozenset({"claim", "prediction", "commitment"})
    return [entry.id for entry in ledger.search(Query(kinds=kinds, limit=1000)).entries]


def test_nothing_found_says_what_may_help(client: Browser) -> None:
    seen = text_of(client.get("/search", params={"words": "zeppelin"}).text)
    assert "Nothing on record fits. All words must occur" in seen
