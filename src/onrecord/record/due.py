"""Lists what is to be settled: commitments and predictions that have a last day and no final verdict."""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta

from sqlalchemy import Connection

from onrecord.entry import Entry
from onrecord.record import entries, people
from onrecord.record.schema import statements

_LAST = date(MAXYEAR, 12, 31)


def due(
    connection: Connection,
    *,
    today: date,
    within: int | None = None,
    overdue: bool = False,
    speaker: str | None = None,
    limit: int = 50,
) -> list[Entry]:
    """Entries without a final verdict, the one whose last day comes first, or is longest past, first.

    within: only those whose last day has passed or comes in so many days from `today` on. overdue: only
    those whose last day has passed. Raises UnknownSpeaker, Ambiguous.
    """
    end = statements.c.due_end
    conditions = [end.is_not(None), entries.unsettled(), entries.shown()]
    if overdue:
        conditions.append(end < today)
    elif within is not None:
        conditions.append(end <= _later(today, within))
    if speaker is not None:
        conditions.append(statements.c.speaker.in_(people.speaker_ids(connection, speaker)))
    ordered = entries.asked(*conditions).order_by(end, statements.c.id)
    return list(entries.entries(connection, ordered.limit(max(limit, 0))))


def _later(today: date, days: int) -> date:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return _LAST if days > 0 else date.min
