"""Tells where a statement stands against its dates: upcoming, due, overdue, or settled early, on time, late.

The verdict does not enter into it, but for two questions: is the matter settled at all, and if so, did
something come about (then the day tells early or late) or not (which shows only when time is up)?
"""

from __future__ import annotations

from datetime import date
from typing import Final

from onrecord.entry import Schedule
from onrecord.track.verdicts import is_final

# What came about, came about on a day. That nothing did shows after the last day: this is not "late".
_CAME_ABOUT: Final = ("kept", "partly-kept", "came-true")


def schedule(
    due_start: date | None,
    due_end: date | None,
    verdict: str | None,
    settled_on: date | None,
    today: date,
) -> Schedule:
    """Where a statement stands against the interval of days in which it falls due, both ends included.

    An end that is None is open: without `due_end` nothing becomes overdue or late, without `due_start`
    nothing is upcoming or early. A verdict that is pending or disputed settles nothing.
    """
    if due_start is None and due_end is None:
        return "no date"
    if not is_final(verdict):
        return _waiting(due_start, due_end, today)
    if settled_on is None:
        return "date unknown"
    if due_end and settled_on > due_end:
        return "late" if verdict in _CAME_ABOUT else "on time"
    return "early" if due_start and settled_on < due_start else "on time"


def _waiting(start: date | None, end: date | None, today: date) -> Schedule:
    if end and today > end:
        return "overdue"
    return "upcoming" if start and today < start else "due"
