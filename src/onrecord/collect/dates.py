"""A publication date as a page writes it, to a day; nothing that could be read in two ways.

A statement's "on Tuesday" is counted from this day, so a wrong date is worse than none.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d-])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t\d{4,6}(?:z|[+-]\d{2}:?\d{2})?)?$")
_DAY_FIRST = re.compile(_WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?[ -]" + _MONTH + r",?[ -](\d{4})\b")
_MONTH_FIRST = re.compile(_WEEKDAY + _MONTH + r" (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")


def parse_date(value: str | None) -> date | None:
    """The day that `value` names, as written there (no time zone is applied); None if in doubt.

    Reads ISO 8601, 20180306, "Tue, 06 Mar 2018 10:00 GMT", "March 6, 2018" and their kin,
    never all-digit forms such as 03/06/2018, which mean different days in different countries.
    """
    text = " ".join((value or "")[:100].lower().split())
    for pattern, order in (
        (_ISO, (1, 3, 4)),
        (_COMPACT, (1, 2, 3)),
        (_DAY_FIRST, (3, 2, 1)),
        (_MONTH_FIRST, (3, 1, 2)),
    ):
        if found := pattern.match(text):
            year, month, day = (found.group(group) for group in order)
            return _day(int(year), _MONTHS.get(month[:3]) or int(month), int(day))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    # Empty database fields come out as year 1 or as the first of January 1970.
    return None if found.year < 1600 or found == date(1970, 1, 1) else found
