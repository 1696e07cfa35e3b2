"""What is to be settled, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from record import said
from record.said import Said, page

from onrecord.errors.ledger import UnknownSpeaker
from onrecord.record import board
from onrecord.record.due import due
from onrecord.record.engine import Store

TODAY = date(2031, 6, 15)


def by(day: int, text: str, *, kind: str = "commitment", speaker: str = "Tessa Varga") -> Said:
    return Said(text, kind=kind, due=(date(2031, 6, 1), date(2031, 6, day)), speaker=speaker)


MADE = page(
    by(30, "last"),
    by(14, "yesterday", kind="prediction"),
    by(15, "today", speaker="Ole Pell"),
    by(16, "tomorrow"),
    by(2, "long ago"),
    Said("without a last day", kind="commitment", due=(date(2031, 6, 1), None)),
    Said("without a day", kind="commitment"),
    by(20, "rejected"),
    by(20, "kept"),
    by(20, "stalled"),
    by(20, "disputed", kind="prediction"),
)
NAMED = {statement.text: statement.id for statement in MADE.statements}


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    store = Store.open(place, create=True)
    said.add(store, MADE)
    said.act(store, "rejection", NAMED["rejected"], why="misread")
    said.rate(store, NAMED["kept"], "kept")
    said.rate(store, NAMED["stalled"], "stalled")
    said.rate(store, NAMED["disputed"], "came-true")
    said.rate(store, NAMED["disputed"], "did-not", actor="Bea")
    yield store
    store.close()


def texts(store: Store, **options: object) -> list[str]:
    with store.reading() as connection:
        return [entry.text for entry in due(connection, today=TODAY, **options)]  # type: ignore[arg-type]


def test_all_that_is_not_settled_the_first_day_first(store: Store) -> None:
    expected = ["long ago", "yesterday", "today", "tomorrow", "stalled", "disputed", "last"]
    assert texts(store) == expected
    assert texts(store, limit=2) == expected[:2]
    assert texts(store, limit=0) == []


def test_within_days_and_what_is_overdue(store: Store) -> None:
    assert texts(store, within=0) == ["long ago", "yesterday", "today"]
    assert texts(store, within=1) == ["long ago", "yesterday", "today", "tomorrow"]
    assert texts(store, within=10**9) == texts(store)
    assert texts(store, within=-(10**9)) == []
    assert texts(store, overdue=True) == ["long ago", "yesterday"]


def test_of_one_speaker(store: Store) -> None:
    assert texts(store, speaker="pell") == ["today"]
    said.act(store, "merge", "Ole Pell", speakers=["Tessa Varga"], why=None)
    assert len(texts(store, speaker="Tessa Varga")) == 7
    with pytest.raises(UnknownSpeaker):
        texts(store, speaker="Nobody")


class TestBoard:
    """The same by column and by day; a page goes on where the one before ended."""

    def test_every_one_stands_in_one_column(self, store: Store) -> None:
        with store.reading() as connection:
            columns = {
                column: [entry.text for entry in board.page(connection, column, today=TODAY)]
                for column in board.COLUMNS
            }
            assert board.counts(connection, today=TODAY) == {k: len(v) for k, v in columns.items()}
            early = board.counts(connection, today=date(2031, 5, 31))
        assert columns == {
            "overdue": ["long ago", "yesterday"],
            "due": ["today", "tomorrow", "stalled", "disputed", "last"],
            "upcoming": [],
        }
        assert early == {"overdue": 0, "due": 0, "upcoming": 7}

    def test_a_page_goes_on_behind_the_last_of_the_one_before(self, store: Store) -> None:
        seen: list[str] = []
        after = None
        with store.reading() as connection:
            while found := board.page(connection, None, today=date(2031, 6, 1), after=after, limit=2):
                seen += [entry.text for entry in found]
                after = board.After(found[-1].due_end or date.max, found[-1].sequence)
        assert seen == ["long ago", "yesterday", "today", "tomorrow", "stalled", "disputed", "last"]

    def test_days_have_their_number_and_their_first(self, store: Store) -> None:
        with store.reading() as connection:
            days = board.days(connection, date(2031, 6, 15), date(2031, 6, 20), each=1)
            on = [entry.text for entry in board.page(connection, date(2031, 6, 20), today=TODAY)]
        assert [(each.day.day, each.number, len(each.first)) for each in days] == [
            (15, 1, 1),
            (16, 1, 1),
            (20, 2, 1),
        ]
        assert on == ["stalled", "disputed"]
