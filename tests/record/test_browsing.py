"""What a ledger says of itself as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from record import made
from record.said import Said, page

import onrecord
from onrecord.ledger.core import Ledger
from onrecord.record.browsing import Counts

NOW = datetime(2031, 6, 15, 9, 30, tzinfo=UTC)


def due(day: int) -> tuple[date, date]:
    return date(2031, 6, 1), date(2031, 6, day)


MADE = page(
    Said("past", kind="commitment", due=due(10)),
    Said("past as well", kind="prediction", due=due(14)),
    Said("today", kind="commitment", due=due(15)),
    Said("without a day", kind="prediction", speaker="Ole Pell"),
    Said("a claim", speaker="O. Pell"),
    Said("rejected", kind="commitment", due=due(10)),
)
NAMED = {statement.text: statement.id for statement in MADE.statements}


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    with onrecord.open(place, actor="Ada", clock=lambda: NOW) as ledger:
        yield ledger


def test_an_empty_ledger_has_nothing(ledger: Ledger) -> None:
    assert ledger.newest() == 0
    assert ledger.counts() == Counts(0, 0, 0, 0, 0, 0, 0, 0)
    assert ledger.recent() == ledger.waiting() == ledger.outlets() == ledger.topics() == []


def test_the_newest_row_is_known_at_once_whoever_wrote_it(place: str, ledger: Ledger) -> None:
    assert ledger.newest() == 0
    ledger.add(MADE)
    mine = ledger.newest()
    assert mine == ledger.log(last=1)[0].sequence > 0
    with onrecord.open(place, actor="Bo", clock=lambda: NOW) as other:
        other.note(NAMED["past"], "seen")
        assert other.newest() == ledger.newest() == mine + 1


def test_what_is_rejected_counts_nowhere(ledger: Ledger) -> None:
    ledger.add(MADE)
    assert ledger.counts() == Counts(
        6, 1, 3, commitments=3, predictions=2, unrated=5, settled=0, overdue=3
    )  # fmt: skip
    ledger.reject(NAMED["rejected"], "nobody said it")
    ledger.settle(NAMED["past"], "kept", "the bridge is open")
    ledger.settle(NAMED["today"], "stalled", "the bridge is not open")
    ledger.merge(["O. Pell"], "Ole Pell")
    assert ledger.counts() == Counts(
        5, 1, 2, commitments=2, predictions=2, unrated=2, settled=1, overdue=1
    )  # fmt: skip
    assert ledger.recent()[0].statements == 5


def test_what_waits_is_past_and_without_a_final_verdict(ledger: Ledger) -> None:
    ledger.add(MADE)
    ledger.settle(NAMED["rejected"], "stalled", "the works have stopped")
    waiting = ledger.waiting()
    assert [each.entry.text for each in waiting] == ["past", "rejected", "past as well"]
    assert [each.days for each in waiting] == [-5, -5, -1]
    assert len(ledger.waiting(limit=1)) == 1
    assert ledger.counts().overdue == len(waiting)


def test_what_is_upcoming_is_due_today_or_soon(ledger: Ledger) -> None:
    ledger.add(MADE)
    assert [(each.entry.text, each.days) for each in ledger.upcoming()] == [("today", 0)]
    assert [each.entry.text for each in ledger.upcoming(today=date(2031, 6, 9), within=3)] == [
        "past",
        "rejected",
    ]


def test_articles_come_newest_first_and_page_by_page(ledger: Ledger) -> None:
    documents = [made.document(number, statements=number + 1) for number in range(5)]
    for document in documents:
        ledger.add(document)
    first = ledger.articles(limit=2)
    then = ledger.articles(first[-1].sequence, limit=9)
    rows = [*first, *then]
    assert [row.id for row in rows] == [document.article.id for document in reversed(documents)]
    assert [row.statements for row in rows] == [5, 4, 3, 2, 1]
    assert rows == ledger.recent(5)
    newest = documents[-1].article
    assert (rows[0].title, rows[0].outlet, rows[0].published) == (
        newest.title,
        newest.outlet,
        newest.published,
    )
    assert rows[0].added.startswith("2031-06-15T09:30")


def test_the_log_s_last_row_moves_with_every_act(ledger: Ledger) -> None:
    ledger.add(MADE)
    before = ledger.newest()
    assert before == ledger.log(last=1)[0].sequence
    ledger.note(NAMED["today"], "ask the harbour office")
    assert ledger.newest() == before + 1


def test_outlets_and_topics_are_in_alphabetical_order(ledger: Ledger) -> None:
    for number in range(6):
        ledger.add(made.document(number), topic=("tides", "Bridges")[number % 2])
    assert ledger.outlets() == sorted(made.OUTLETS)
    assert ledger.topics() == ["Bridges", "tides"]
    assert (ledger.outlets(2), ledger.topics(1)) == (sorted(made.OUTLETS)[:2], ["Bridges"])
