"""Gives holidays their days: those that the calendar fixes, of the United States where countries differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from onrecord.extract.calendars import NO_DAYS, Days, easter, nth_weekday, value_of
from onrecord.extract.timedays import year_named
from onrecord.extract.timegrammar import Phrase
from onrecord.extract.timevalues import UNKNOWN, Found, Resolver
from onrecord.extract.timewords import PARTS

_HOLIDAYS: dict[str, Callable[[int], date]] = {
    "christmas": lambda y: date(y, 12, 25),
    "thanksgiving": lambda y: nth_weekday(y, 11, 3, 4),
    "halloween": lambda y: date(y, 10, 31),
    "easter": easter,
    "new": lambda y: date(y, 1, 1),
    "independence": lambda y: date(y, 7, 4),
    "memorial": lambda y: nth_weekday(y, 5, 0, -1),
    "labor": lambda y: nth_weekday(y, 9, 0, 1),
    "labour": lambda y: nth_weekday(y, 9, 0, 1),
    "veterans": lambda y: date(y, 11, 11),
    "boxing": lambda y: date(y, 12, 26),
    "valentine": lambda y: date(y, 2, 14),
    "inauguration": lambda y: date(y, 1, 20),
    "election": lambda y: nth_weekday(y, 11, 0, 1) + timedelta(days=1),
    "pentecost": lambda y: easter(y) + timedelta(days=49),
    "juneteenth": lambda y: date(y, 6, 19),
    "ash": lambda y: easter(y) - timedelta(days=46),
    "holy": lambda y: easter(y) - timedelta(days=3),
    "maundy": lambda y: easter(y) - timedelta(days=3),
    "black": lambda y: nth_weekday(y, 11, 3, 4) + timedelta(days=1),
    "columbus": lambda y: nth_weekday(y, 10, 0, 2),
    "presidents": lambda y: nth_weekday(y, 2, 0, 3),
    "king": lambda y: nth_weekday(y, 1, 0, 3),
    "mother": lambda y: nth_weekday(y, 5, 6, 2),
    "father": lambda y: nth_weekday(y, 6, 6, 3),
    "patrick": lambda y: date(y, 3, 17),
    "groundhog": lambda y: date(y, 2, 2),
    "earth": lambda y: date(y, 4, 22),
    "flag": lambda y: date(y, 6, 14),
    "saints": lambda y: date(y, 11, 1),
    "good": lambda y: easter(y) - timedelta(days=2),
    "palm": lambda y: easter(y) - timedelta(days=7),
}


_WEEKDAY_FEASTS = frozenset(["good", "palm", "ash", "holy", "maundy", "black"])
_DAY_FEASTS = frozenset(_HOLIDAYS) - _WEEKDAY_FEASTS - {"christmas", "easter", "new"}


def holiday(r: Resolver, phrase: Phrase) -> Found | None:
    """Days that the calendar fixes. Those of the United States where countries differ."""
    name = phrase.word("holiday", "electionword", "newword")
    make = _HOLIDAYS.get(name)
    at = phrase.first + phrase.words.index(name)
    if make is None or not phrase.tokens.written[at][0].isupper():
        return None
    if name == "new" and not phrase.has("poss"):
        return None
    if phrase.has("weekday") != (name in _WEEKDAY_FEASTS) and name in (*_WEEKDAY_FEASTS, *_DAY_FEASTS):
        return None
    if name == "holy" and phrase.word("weekday") != "thursday":
        return None
    if (
        name in ("mother", "father", "patrick", "king")
        and not phrase.tokens.written[phrase.last - 1][0].isupper()
    ):
        return None
    eve = -1 if "eve" in phrase.words else 0
    year = year_named(phrase)
    if year is None:
        every = 2 if name == "election" else 1
        year = r.nearest(
            phrase, lambda y: Days(make(y), make(y)) if 1 < y < 9999 and y % every == 0 else NO_DAYS, 6
        )
    if year is None or not 1 < year < 9999:
        return Found("DATE", UNKNOWN["D"])
    day = make(year) + timedelta(days=eve)
    if name == "easter" and phrase.word("weekday") == "monday":
        day += timedelta(days=1)
    if part := phrase.word("part"):
        return Found("TIME", f"{day.isoformat()}T{PARTS[part]}")
    first = phrase.first - 2 if name == "king" and phrase.before() == "luther" else None
    if first is not None:
        return Found("DATE", day.isoformat(), first=max(0, first))
    return Found("DATE", value_of(day, "W") if "week" in phrase.words else day.isoformat())
