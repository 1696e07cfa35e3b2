"""Lists what is to be settled: commitments and predictions that have a last day and no final verdict."""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta

from sqlalchemy import Connection, select

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
    since: date | None = None,
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
    if since is not None:
        conditions.append(end >= since)
    if speaker is not None:
        conditions.append(statements.c.speaker.in_(people.speaker_ids(connection, speaker)))
    order = (end, statements.c.id)
    # First which, then what is shown of them: so nothing is joined to those beyond the limit.
    first = select(statements.c.id).where(*conditions).order_by(*order).limit(max(limit, 0))
    numbers = list(connection.scalars(first))
    shown = entries.asked(statements.c.id.in_(numbers)).order_by(*order)
    return list(entries.entries(connection, shown)) if numbers else []


def _later(today: date, days: int) -> date:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return _LAST if days > 0 else date.min
