"""Writes what is to be settled as iCalendar (RFC 5545): an all-day event on the last day of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from onrecord.serve.rendering import statement_path
from onrecord.version import __version__
from onrecord.views import words
from onrecord.views.harmless import harmless
from onrecord.views.rows import shortened

if TYPE_CHECKING:
    from icalendar import Event

    from onrecord.ledger.results import Due

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"


def calendar_of(due: Iterable[Due], *, site: str, now: datetime, speaker: str | None = None) -> bytes:
    """The calendar in UTF-8. site: the address that links begin with; now: aware, the events' stamp.

    An event has the statement's id in its UID, so a program that takes the file in again moves or replaces
    the events that it has. What has no last day is left out.
    """
    from icalendar import Calendar  # late: it is slow to load

    made = Calendar()
    made.add("PRODID", f"-//onrecord//onrecord {__version__}//EN")
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    made.add("X-WR-CALNAME", f"To be settled: {harmless(speaker)}" if speaker else "To be settled")
    for each in due:
        if each.entry.due_end is not None:
            made.add_component(_event(each, site, now))
    written: bytes = made.to_ical()
    return written


def _event(due: Due, site: str, now: datetime) -> Event:
    from icalendar import Event

    entry, made = due.entry, Event()
    assert entry.due_end is not None  # noqa: S101 - `calendar_of` saw to it
    address = site + statement_path(entry.id)
    kind, said = words.kind(entry), harmless(entry.text)
    made.add("UID", f"{entry.id.removeprefix('sha256:')}@onrecord")
    made.add("DTSTAMP", now.astimezone(UTC))
    made.add("DTSTART", entry.due_end)
    if entry.due_end < entry.due_end.max:  # DTEND is the day after; without it the event is that one day
        made.add("DTEND", entry.due_end + timedelta(days=1))
    made.add("SUMMARY", f"{words.speaker(entry)}, {kind}: {shortened(said, 100)}")
    told = (said, *words.facts(entry), words.origin(entry), address)
    made.add("DESCRIPTION", "\n".join(told))
    made.add("URL", address)
    made.add("CATEGORIES", [entry.kind or "statement"])
    made.add("TRANSP", "TRANSPARENT")  # it takes nobody's time
    return made
