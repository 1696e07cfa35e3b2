"""Stretches of a log made for tests of the log itself: acts that need nothing else to be there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from onrecord.entry import Act, LogRow
from onrecord.record import log
from onrecord.record.engine import Store

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)


def refusals(count: int, *, first: int = 1) -> list[Act]:
    """Acts that put one row each into one table, with words of several scripts."""
    return [
        Act("refusal", f"ferry-{n}.txt", {"code": "E105", "message": f"Fähre № {n} \N{FERRY} is empty"})
        for n in range(first, first + count)
    ]


def put(store: Store, acts: Sequence[Act], *, actor: str = "Ada", now: datetime = NOON) -> list[LogRow]:
    with store.writing() as connection:
        return log.append(connection, actor, acts, now=now)


def filled(place: str, count: int = 6) -> Store:
    store = Store.open(place, create=True)
    put(store, refusals(count))
    return store
