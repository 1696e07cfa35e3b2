"""What is to be settled: as a board, as a calendar, as a list of one column or one day, as iCalendar."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter, Response

from onrecord.errors import OnrecordError
from onrecord.errors.inputs import BadOption
from onrecord.record.board import COLUMNS, After, Column
from onrecord.serve.icalendar import MEDIA_TYPE, calendar_of
from onrecord.serve.problems import status_of
from onrecord.serve.rendering import render
from onrecord.serve.visit import Reading, Visit

if TYPE_CHECKING:
    from onrecord.entry import Entry
    from onrecord.ledger.core import Ledger
    from onrecord.ledger.results import Due
    from onrecord.record.board import Day
    from onrecord.serve.caching import Kept
    from onrecord.serve.house import House

router = APIRouter()

COLUMN: Final = 12
PAGE: Final = 50
# Events in one calendar file: programs for calendars grow slow with more.
EVENTS: Final = 500
# What was due so many days ago is still in the calendar file.
PAST: Final = timedelta(days=92)
TITLES: Final[dict[Column, str]] = {"overdue": "Overdue", "due": "Due now", "upcoming": "Upcoming"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose statements are looked at, and the day from which."""

    visit: Visit
    today: date
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Square:
    """One day of the calendar: how many fall due on it, and the first few of them."""

    day: date
    inside: bool
    number: int = 0
    first: tuple[Entry, ...] = ()


@router.get("/due")
def due(
    visit: Reading, view: str = "board", speaker: str = "", month: str = "", day: str = "",
    column: str = "", after: str = "",
) -> Response:  # fmt: skip
    """One of the views; what is wrong with the asking is said beside the form."""
    asked = Asked(visit, visit.house.clock().date(), speaker.strip() or None)
    views = {"calendar": _calendar, "day": _day, "list": _list}
    named = {"view": view if view in views else "board", "speaker": speaker, "titles": TITLES}
    try:
        given = {"month": month, "day": day, "column": column, "after": after}
        shown = views.get(view, _board)(asked, given)
    except OnrecordError as error:
        nothing = {"trouble": error.parts, "template": "due.html.jinja"}
        return _rendered(visit, status_of(error), named | nothing)
    return _rendered(visit, 200, {"trouble": None} | named | shown)


def _rendered(visit: Visit, status: int, values: dict[str, Any]) -> Response:
    return render(visit, values.pop("template"), status=status, **values)


@router.get("/due.ics")
def ics(visit: Reading, speaker: str = "") -> Response:
    """What is to be settled as all-day events on the last day of each."""
    asked = Asked(visit, visit.house.clock().date(), speaker.strip() or None)
    site = visit.house.site or str(visit.request.base_url).rstrip("/")
    body = visit.house.cache.get(
        "due.ics", (site, asked.today, asked.speaker), lambda: _ics(asked, site),
        head=visit.ledger.newest(), stale=True,
    )  # fmt: skip
    disposition = {"Content-Disposition": 'attachment; filename="due.ics"'}
    return Response(body.value, media_type=MEDIA_TYPE, headers=disposition)


def _ics(asked: Asked, site: str) -> bytes:
    """What was due not long ago, and what is next."""
    ledger, now = asked.visit.ledger, asked.visit.house.clock()
    whose: dict[str, Any] = {"today": asked.today, "speaker": asked.speaker}
    past = ledger.pending("overdue", after=After(asked.today - PAST, 0), limit=EVENTS // 4, **whose)
    ahead = ledger.pending(limit=EVENTS - len(past), **whose)
    return calendar_of([*past, *ahead], site=site, now=now, speaker=asked.speaker)


def _board(asked: Asked, _given: dict[str, str]) -> dict[str, Any]:
    """The first few of each column, with how many there are in all; of a large ledger perhaps not yet."""
    ledger, house = asked.visit.ledger, asked.visit.house
    whose: dict[str, Any] = {"today": asked.today, "speaker": asked.speaker}
    # The lists first: a name that means nobody is found out here.
    columns = house.cache.get(
        "due columns", (asked.today, asked.speaker),
        lambda: {column: ledger.pending(column, limit=COLUMN + 1, **whose) for column in COLUMNS},
        head=ledger.newest(),
    ).value  # fmt: skip
    counts = counted(house, asked.today, asked.speaker)
    return {"template": "due.html.jinja", "columns": columns, "counts": counts, "most": COLUMN}


def counted(house: House, today: date, speaker: str | None = None) -> Kept[dict[Column, int]] | None:
    """How many there are in each column; of a large ledger perhaps as of a row before, or not yet (None)."""
    ledger = house.ledger
    return house.cache.soon(
        "due", (today, speaker), lambda: ledger.pending_counts(today=today, speaker=speaker),
        head=ledger.newest(),
    )  # fmt: skip


def _list(asked: Asked, given: dict[str, str]) -> dict[str, Any]:
    """All of one column, a page at a time."""
    column = next((name for name in COLUMNS if name == given["column"]), COLUMNS[0])
    return _page(asked, column, given) | {"title": TITLES[column], "column": column}


def _day(asked: Asked, given: dict[str, str]) -> dict[str, Any]:
    """All that has this last day."""
    day = _date("day", given["day"], asked.today)
    return _page(asked, day, given) | {"title": "", "day": day}


def _page(asked: Asked, place: Column | date, given: dict[str, str]) -> dict[str, Any]:
    found = asked.visit.ledger.pending(
        place, today=asked.today, speaker=asked.speaker, after=_after(given["after"]), limit=PAGE + 1
    )
    further = _behind(found[PAGE - 1]) if len(found) > PAGE else None
    return {
        "template": "due_list.html.jinja", "found": found[:PAGE], "further": further,
        "later": bool(given["after"]),
    }  # fmt: skip


def _behind(due: Due) -> str:
    return f"{due.entry.due_end}.{due.entry.sequence}"


def _after(given: str) -> After | None:
    if not given:
        return None
    day, _, number = given.partition(".")
    if not (number.isascii() and number.isdecimal() and len(number) < 12):
        raise BadOption(option="after", value=given, expected="a day, a dot, a row", example="2031-06-15.7")
    return After(_date("after", day, date.min), int(number))


def _date(option: str, given: str, default: date) -> date:
    if not given:
        return default
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        expected = "a day, year-month-day"
        raise BadOption(option=option, value=given, expected=expected, example="2031-06-15") from None


def _calendar(asked: Asked, given: dict[str, str]) -> dict[str, Any]:
    """A month, as weeks of seven days from Monday on."""
    month = _date("month", f"{given['month']}-01" if given["month"] else "", asked.today.replace(day=1))
    ledger, visit = asked.visit.ledger, asked.visit
    weeks = _weeks(month)
    squares = visit.house.cache.get(
        "due days", (month, asked.speaker),
        lambda: _filled(
            ledger, month, weeks, ledger.pending_days(weeks[0][0], weeks[-1][-1], speaker=asked.speaker)
        ),
        head=ledger.newest(), stale=True,
    ).value  # fmt: skip
    return {
        "template": "due_calendar.html.jinja", "month": month, "before": _shifted(month, -1),
        "after": _shifted(month, 1), "weeks": squares,
        "number": sum(each.number for week in squares for each in week if each.inside),
    }  # fmt: skip


def _weeks(month: date) -> list[list[date]]:
    """The days of a month's weeks; at both ends of all time, those that there are."""
    if (month.year, month.month) in ((MINYEAR, 1), (MAXYEAR, 12)):
        raise BadOption(option="month", value=month, expected="a month of our time", example="2031-06")
    return Calendar().monthdatescalendar(month.year, month.month)


def _filled(ledger: Ledger, month: date, weeks: list[list[date]], days: list[Day]) -> list[list[Square]]:
    entries = {entry.id: entry for entry in ledger.entries([id_ for day in days for id_ in day.first])}
    known = {day.day: day for day in days}

    def square(day: date) -> Square:
        inside = day.month == month.month
        if (its := known.get(day)) is None:
            return Square(day, inside)
        return Square(day, inside, its.number, tuple(entries[id_] for id_ in its.first if id_ in entries))

    return [[square(day) for day in week] for week in weeks]


def _shifted(month: date, by: int) -> str | None:
    """The month before or after as an address has it; None where there is no such time."""
    years, number = divmod(month.month - 1 + by, 12)
    year = month.year + years
    return f"{year:04}-{number + 1:02}" if MINYEAR < year < MAXYEAR else None
