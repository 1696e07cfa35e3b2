"""Where the marks of drawings stand: a chain of hearsay, a timeline of commitments, a calibration curve.

Only numbers are made here; templates turn them into SVG. All lengths are in units of the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from onrecord.entry import Entry
    from onrecord.score import Bin

# Of a chain: between two links; of a timeline: between two rows, and the width of words and of days.
STEP: Final = 46.0
ROW: Final = 26.0
WORDS: Final = 330.0
DAYS: Final = 550.0
MARGIN: Final = 16.0
# The side of a calibration curve's square, and the room for its numbers on the left and below.
SIDE: Final = 300.0
LEFT: Final = 52.0
TOP: Final = 24.0
BELOW: Final = 44.0
_LONG: Final = 3  # years, from which on ticks are years instead of months
_TICKS: Final = 6
_NEAR: Final = 60  # days


class Link(NamedTuple):
    """One voice of a chain: who, and how far down."""

    name: str
    y: float
    last: bool


class Tick(NamedTuple):
    """A place on an axis with its words."""

    at: float
    words: str


class Line(NamedTuple):
    """One commitment on a timeline.

    said, mark: where it was published and where its verdict stands; start, end: the bar of its due time,
    of width 0 where there is none.
    """

    entry: Entry
    y: float
    said: float
    start: float
    end: float
    mark: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The commitments of a speaker by day. dated: how many have any date and could be drawn."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    today: float | None
    width: float
    height: float


class Point(NamedTuple):
    """One bin of forecasts: its place, and the ends of the band in which a calibrated speaker's lies."""

    bin: Bin
    x: float
    y: float
    low: float
    high: float


def chain(names: Sequence[str]) -> tuple[Link, ...]:
    """The voices of a chain, outermost first, one below the other."""
    return tuple(
        Link(name, MARGIN + number * STEP, number == len(names) - 1) for number, name in enumerate(names)
    )


def timeline(entries: Sequence[Entry], today: date) -> Timeline | None:
    """Commitments of the running text with a date, in the order of their first; None where none has one."""
    drawn = (each for each in entries if each.part == "body" and _days(each))
    dated = sorted(drawn, key=lambda each: (min(_days(each)), each.sequence))
    if not dated:
        return None
    known = [day for each in dated for day in _days(each)]
    first, last = min(known), max(known)
    # Today is drawn where it is near: it would press everything else together where it is not.
    near = (last - first).days // 2 + _NEAR
    if (first - today).days <= near and (today - last).days <= near:
        first, last = min(first, today), max(last, today)
    scale = _Scale(first, last)
    lines = tuple(_line(entry, number, scale) for number, entry in enumerate(dated))
    now = scale(today) if first <= today <= last else None
    return Timeline(lines, tuple(_ticks(scale)), now, WORDS + DAYS + 2 * MARGIN, len(lines) * ROW + 34)


class _Scale:
    """Days as places from left to right."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._days = max((last - first).days, 1)

    def __call__(self, day: date) -> float:
        return round(WORDS + MARGIN + (day - self.first).days / self._days * DAYS, 1)


def _days(entry: Entry) -> list[date]:
    days = (entry.published, entry.due_start, entry.due_end, entry.settled_on)
    return [day for day in days if day]


def _line(entry: Entry, number: int, scale: _Scale) -> Line:
    said = entry.published or min(_days(entry))
    start = entry.due_start or (said if entry.due_end else None)
    end = entry.due_end or entry.due_start
    mark = entry.settled_on or end or said
    bar = (scale(start), max(scale(end), scale(start) + 2)) if start and end else (0.0, 0.0)
    return Line(entry, 34 + number * ROW, scale(said), *bar, scale(mark))


def _ticks(scale: _Scale) -> Iterator[Tick]:
    """Years, or months where the time is short; of many, every few."""
    first, last = scale.first, scale.last
    of_years = last.year - first.year >= _LONG
    months = (1,) if of_years else range(1, 13)
    days = (date(year, month, 1) for year in range(first.year, last.year + 1) for month in months)
    chosen = [day for day in days if first <= day <= last]
    every = -(-len(chosen) // _TICKS)
    for day in chosen[:: every or 1]:
        yield Tick(scale(day), f"{day.year}" if of_years else f"{day:%b} {day.year}")


def calibration(bins: Sequence[Bin]) -> tuple[Point, ...]:
    """The bins of a speaker's forecasts in a square: to the right what was said, upwards what came true."""
    return tuple(
        Point(each, across(each.forecast), upwards(each.observed), upwards(each.low), upwards(each.high))
        for each in bins
    )


def across(share: float) -> float:
    """Where a share stands from left to right."""
    return round(LEFT + share * SIDE, 1)


def upwards(share: float) -> float:
    """Where a share stands from below upwards; SVG counts from above."""
    return round(TOP + (1 - share) * SIDE, 1)
