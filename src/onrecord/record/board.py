"""Lays out what is to be settled: by where it stands against its dates, and by its last day.

As in `due`, these are commitments and predictions that have a last day and no final verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, null, or_, select

from onrecord.entry import Entry
from onrecord.record import entries, people
from onrecord.record.schema import statements

Column = Literal["overdue", "due", "upcoming"]
COLUMNS: Final[tuple[Column, ...]] = ("overdue", "due", "upcoming")
_s = statements.c


class After(NamedTuple):
    """Where a page goes on: behind the statement with this last day and this number on the log."""

    day: date
    sequence: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which `number` statements fall due; `first`: whole ids of the first few of them."""

    day: date
    number: int
    first: tuple[str, ...]


def _where(
    place: Column | date | None, today: date, end: ColumnElement[date] = _s.due_end
) -> ColumnElement[bool]:
    """As `track.schedule` places what is open; a day: what has it as its last; None: all from today on."""
    if isinstance(place, date):
        return end == place
    if place == "overdue":
        return end < today
    begun = or_(_s.due_start.is_(None), _s.due_start <= today)
    wanted = {"due": begun, "upcoming": _s.due_start > today}.get(place or "")
    return end >= today if wanted is None else and_(end >= today, wanted)


def _open(
    connection: Connection, speaker: str | None, end: ColumnElement[date] = _s.due_end
) -> list[ColumnElement[bool]]:
    conditions = [end.is_not(None), entries.unsettled(), entries.shown()]
    if speaker is not None:
        conditions.append(_s.speaker.in_(people.speaker_ids(connection, speaker)))
    return conditions


def page(
    connection: Connection,
    place: Column | date | None,
    *,
    today: date,
    speaker: str | None = None,
    after: After | None = None,
    limit: int = 50,
) -> list[Entry]:
    """Entries of one column, of one last day, or (None) all from today on; the first last day first.

    Raises UnknownSpeaker, Ambiguous.
    """
    conditions = [*_open(connection, speaker), _where(place, today)]
    if after is not None:
        behind = or_(_s.due_end > after.day, and_(_s.due_end == after.day, _s.id > after.sequence))
        conditions.append(behind)
        conditions.append(_s.due_end >= after.day)  # says nothing new, but an index helps with it
    order = (_s.due_end, _s.id)
    # First which, then what is shown of them: so nothing is joined to those beyond the limit.
    numbers = list(connection.scalars(select(_s.id).where(*conditions).order_by(*order).limit(max(limit, 0))))
    shown = entries.asked(_s.id.in_(numbers)).order_by(*order)
    return list(entries.entries(connection, shown)) if numbers else []


def counts(connection: Connection, *, today: date, speaker: str | None = None) -> dict[Column, int]:
    """How many there are in each column. Looks at all of them. Raises UnknownSpeaker, Ambiguous."""
    # In the order of the index of last days, each row of the table would be looked up by itself.
    plainly = func.coalesce(_s.due_end, null()) if speaker is None else _s.due_end
    columns = [func.count().filter(_where(column, today, plainly)) for column in COLUMNS]
    found = connection.execute(select(*columns).where(*_open(connection, speaker, plainly))).one()
    return dict(zip(COLUMNS, found, strict=True))


def days(
    connection: Connection, first: date, last: date, *, speaker: str | None = None, each: int = 3
) -> list[Day]:
    """The days from `first` to `last`, both included, on which anything falls due, with the first few of it.

    Raises UnknownSpeaker, Ambiguous.
    """
    place = func.row_number().over(partition_by=_s.due_end, order_by=_s.id).label("place")
    all_ = func.count().over(partition_by=_s.due_end).label("number")
    conditions = [*_open(connection, speaker), _s.due_end.between(first, last)]
    ranked = select(_s.due_end, _s.statement, place, all_).where(*conditions).subquery()
    chosen = select(ranked).where(ranked.c.place <= each).order_by(ranked.c.due_end, ranked.c.place)
    found: dict[date, Day] = {}
    for day, id_, _, number in connection.execute(chosen):
        known = found.get(day, Day(day, number, ()))
        found[day] = Day(day, number, (*known.first, id_))
    return list(found.values())
