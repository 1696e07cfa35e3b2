"""The calendar behind time expressions: from TIMEX3 values to intervals of days, and days moved by units.

Weeks are ISO weeks (Monday to Sunday), quarters are those of the calendar year. A part of the year is
three months: winter runs from December of the year before. Dates outside the years 1 to 9999 have no days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": -1}
# Months in a unit, by its letter in TIMEX3 durations (E is a decade, C a century).
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?P<time>T.*)?"
)


class Days(NamedTuple):
    """An interval of days, both ends inclusive; an end that is None is open or unknown."""

    start: date | None
    end: date | None


NO_DAYS = Days(None, None)


def months_from(year: int, month: int, count: int) -> Days:
    """The days of `count` months from one on; months outside 1 to 12 run into other years."""
    try:
        first = year * 12 + month - 1
        last = first + count - 1
        ending = date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
        return Days(date(first // 12, first % 12 + 1, 1), ending)
    except (ValueError, OverflowError):
        return NO_DAYS


def week_from(year: int, week: int, *, weekend: bool = False) -> Days:
    """The days of an ISO week, or its Saturday and Sunday."""
    try:
        return Days(
            date.fromisocalendar(year, week, 6 if weekend else 1), date.fromisocalendar(year, week, 7)
        )
    except (ValueError, OverflowError):
        return NO_DAYS


@lru_cache(maxsize=4096)
def days_of(value: str) -> tuple[Days, str]:
    """The interval of a TIMEX3 date value and its granularity ("" where the value is no date)."""
    if value.isdigit() and len(value) < 4:
        span = 10 if len(value) == 3 else 100
        return months_from(int(value) * span, 1, span * 12), "decade" if span == 10 else "century"
    match = _VALUE.fullmatch(value)
    if match is None:
        return NO_DAYS, ""
    return _matched_days(match)


def _matched_days(match: re.Match[str]) -> tuple[Days, str]:
    year = int(match["year"])
    if match["day"]:
        day = valid(year, int(match["month"]), int(match["day"]))
        return Days(day, day), "time" if match["time"] else "day"
    if match["month"]:
        return months_from(year, int(match["month"]), 1), "month"
    if match["week"]:
        weekend = bool(match["weekend"])
        return week_from(year, int(match["week"]), weekend=weekend), "weekend" if weekend else "week"
    if match["quarter"]:
        return months_from(year, 3 * int(match["quarter"]) - 2, 3), "quarter"
    if match["half"]:
        return months_from(year, 6 * int(match["half"]) - 5, 6), "half"
    if match["season"]:
        return months_from(year, SEASON_STARTS[match["season"]] + (match["season"] == "WI"), 3), "season"
    return months_from(year, 1, 12), "year"


def valid(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none ("February 30")."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def moved(day: date, count: float, unit: str) -> date | None:
    """A day moved by so many units (of UNITS); the last day of a shorter month stands for a missing one."""
    try:
        if unit in "DW":
            return day + timedelta(days=round(count * (7 if unit == "W" else 1)))
        months = day.year * 12 + day.month - 1 + round(count * _MONTHS[unit])
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        return None


def value_of(day: date, unit: str) -> str:
    """The TIMEX3 value of the calendar unit that a day lies in."""
    if unit == "D":
        return day.isoformat()
    if unit == "W":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "M":
        return f"{day.year:04}-{day.month:02}"
    if unit == "Q":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return f"{day.year:04}"[: {"Y": 4, "E": 3, "C": 2}[unit]]


def third(days: Days, part: str) -> Days:
    """The early, middle or late third of an interval: what news means by "early 2019" or "late April"."""
    if days.start is None or days.end is None or part not in ("early", "mid", "late"):
        return days
    step = ((days.end - days.start).days + 1) // 3
    if step == 0:
        return days
    first, second = days.start + timedelta(days=step), days.end - timedelta(days=step)
    if part == "early":
        return Days(days.start, first)
    return Days(first, second) if part == "mid" else Days(second, days.end)


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian algorithm, Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, count: int) -> date:
    """The count-th weekday (Monday is 0) of a month; count -1 is the last."""
    if count > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7)
