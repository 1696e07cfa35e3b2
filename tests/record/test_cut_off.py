"""A log whose last row was cut off is found out where that row took something back, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from record.contents import contents
from record.made import document
from sqlalchemy import delete, func, select

import onrecord
from onrecord.errors import ChainBroken
from onrecord.record.schema import log

MADE = document(1, statements=30)
SAID = next(statement.id for statement in MADE.statements if statement.kind == "commitment")
FEED = "https://harbour.example/feed"


@pytest.fixture
def ledger(place: str) -> Iterator[onrecord.Ledger]:
    with onrecord.open(place, create=True, actor="Ada") as ledger:
        ledger.add(MADE)
        yield ledger


def settle(ledger: onrecord.Ledger, verdict: str = "kept") -> None:
    ledger.settle(SAID, verdict, "https://example.org/outcome")


def unsettle(ledger: onrecord.Ledger) -> None:
    settle(ledger)
    settle(ledger, "broken")
    ledger.unsettle(SAID)


def restore(ledger: onrecord.Ledger) -> None:
    for _ in range(2):
        ledger.reject(SAID, "nobody said it")
        ledger.restore(SAID)


def unfollow(ledger: onrecord.Ledger) -> None:
    for _ in range(2):
        ledger.follow(FEED)
        ledger.unfollow(FEED)


def follow_again(ledger: onrecord.Ledger) -> None:
    unfollow(ledger)
    ledger.follow(FEED)


def cut(ledger: onrecord.Ledger) -> int:
    """Takes the last row away, as no program of ours would, and gives its number."""
    last = ledger.newest()
    with ledger.store.writing() as connection:
        connection.execute(delete(log).where(log.c.sequence == last))
    return last


@pytest.mark.parametrize(
    ("acts", "table"),
    [(unsettle, "ratings"), (restore, "rejections"), (unfollow, "feeds"), (follow_again, "feeds")],
)
def test_an_act_that_took_something_back_is_missed(
    ledger: onrecord.Ledger, acts: Callable[[onrecord.Ledger], None], table: str
) -> None:
    acts(ledger)
    ledger.verify()
    last = cut(ledger)
    with pytest.raises(ChainBroken) as caught:
        ledger.verify()
    assert caught.value.values["row"] == str(last)
    assert f"of the table {table} is not as the acts on the log left it" in caught.value.values["reason"]


def test_another_s_act_is_not_the_one_that_is_missing(place: str, ledger: onrecord.Ledger) -> None:
    """Each rater takes back what is their own."""
    settle(ledger)
    with onrecord.open(place, actor="Bo") as other:
        settle(other, "broken")
        other.unsettle(SAID)
        ledger.unsettle(SAID)
        other.verify()
        last = cut(other)
        with pytest.raises(ChainBroken) as caught:
            other.verify()
    assert caught.value.values["row"] == str(last)


def test_whatever_was_taken_back_and_done_again_is_whole(place: str, ledger: onrecord.Ledger) -> None:
    for acts in (unsettle, restore, unfollow):
        acts(ledger)
    settle(ledger)
    settle(ledger, "broken")
    ledger.reject(SAID, "nobody said it")
    ledger.follow(FEED)
    rows = ledger.verify().rows
    before = contents(place)
    ledger.rebuild()
    assert contents(place) == before
    ledger.redact(SAID, "an order")
    assert ledger.verify().rows == rows + 1
    with ledger.store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(log)) == rows + 1
