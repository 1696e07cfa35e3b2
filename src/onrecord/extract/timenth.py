"""Gives expressions their meaning that point into, or lie beside, another time.

"The first week of April", "the night of May 3", "the 15th", "the day after tomorrow", "a week from Tuesday",
"the year before", "this time next year", and lengths such as "month-long".
"""

from __future__ import annotations

from datetime import timedelta

from onrecord.extract.calendars import NO_DAYS, Days, days_of, months_from, moved, valid, value_of
from onrecord.extract.timedays import day_of, r_day, weekday_near
from onrecord.extract.timegrammar import Phrase
from onrecord.extract.timequarters import quarter
from onrecord.extract.timeunits import length_of, measured
from onrecord.extract.timevalues import (
    UNKNOWN,
    Found,
    Resolver,
    ordinal_of,
    past_ref,
    period,
    present,
    unit_of,
)
from onrecord.extract.timevalues import (
    weekday_of as number_of_weekday,
)
from onrecord.extract.timewords import CLASS, PARTS
from onrecord.extract.timeyears import month_in
from onrecord.extract.wordlists import words

_STEPS = {"last": -1, "previous": -1, "next": 1, "following": 1, "coming": 1}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120}
_AFTER_DAYS = words("at to when for in and or but as he she it they we who with by after before")


def _cut(phrase: Phrase, first: int, last: int, form: str = "") -> Phrase:
    """A stretch of a phrase, counted from its first token."""
    start = phrase.first
    return Phrase(form, start + first, start + last, phrase.tokens, phrase.classes[first:last])


def _whole(r: Resolver, phrase: Phrase) -> str:
    """The value of the time inside which something lies: a month, a year, "the year", "next month"."""
    if phrase.has("month"):
        found = month_in(r, phrase)
        return found.value if found else ""
    if phrase.has("year"):
        return phrase.word("year")
    step = next((_STEPS[w] for w in phrase.words if w in _STEPS), 0)
    return r.by_unit(unit_of(phrase.word("unit")), step)


def nth_of(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the first week of April", "the last Friday of the month", "the second half of 2019"."""
    count = (
        0
        if "last" in phrase.words[:2] or "final" in phrase.words[:2]
        else ordinal_of(phrase.word("ord", "sec"))
    )
    at = next(i for i, c in enumerate(phrase.classes) if c in (CLASS["of"], CLASS["in"]))
    head = _cut(phrase, 0, at)
    unit = unit_of(head.word("unit"))
    if unit == "Q":
        return quarter(r, phrase)
    inside = days_of(_whole(r, _cut(phrase, at + 1, len(phrase.classes))))[0]
    if head.has("weekday"):
        return _nth_weekday(inside, number_of_weekday(head.word("weekday")), count)
    days = _nth(inside, "WE" if head.has("weekend") else unit, count)
    if days.start is None or days.end is None:
        return None
    middle = days.start + (days.end - days.start) // 2
    return Found(
        "DATE", value_of(middle, unit or "W") + ("-WE" if head.has("weekend") else ""), days, head.words[-1]
    )


def _nth(inside: Days, unit: str, count: int) -> Days:
    """The count-th unit of an interval; count 0 is the last."""
    start, end = inside
    if start is None or end is None:
        return NO_DAYS
    if unit in _MONTHS:
        size = _MONTHS[unit]
        ahead = (
            (count - 1) * size if count else (end.year - start.year) * 12 + end.month - start.month + 1 - size
        )
        return months_from(start.year, start.month + ahead, size)
    if unit == "WE":
        saturday = (5 - start.weekday()) % 7 + 7 * (count - 1) if count else 0
        back = timedelta(days=(end.weekday() - 5) % 7)
        first = start + timedelta(days=saturday) if count else end - back
        return Days(first, first + timedelta(days=1))
    if unit not in ("D", "W"):
        return NO_DAYS
    size = 7 if unit == "W" else 1
    first = start + timedelta(days=size * (count - 1)) if count else end - timedelta(days=size - 1)
    return Days(first, first + timedelta(days=size - 1)) if first <= end else NO_DAYS


def _nth_weekday(inside: Days, weekday: int, count: int) -> Found | None:
    start, end = inside
    if start is None or end is None:
        return None
    first = start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (count - 1))
    day = first if count else end - timedelta(days=(end.weekday() - weekday) % 7)
    return Found("DATE", day.isoformat()) if day <= end else None


def part_of_date(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the night of May 3", "early in the morning of 29 April 1975"."""
    at = phrase.classes.index(CLASS["of"])
    rest = _cut(phrase, at + 1, len(phrase.classes), "date")
    named = rest.has("month", "date")
    found = day_of(r, rest) if named else None
    value = found.value if found else "" if named else weekday_near(r, rest, rest.word("weekday"))
    return Found("TIME", f"{value}T{PARTS[phrase.word('part')]}") if value else None


def day_of_month(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "on the 15th", with no month: of the month that is nearest."""
    day, after = ordinal_of(phrase.word("ord")), phrase.after()
    if not phrase.word("ord")[0].isdigit() or (after.isalpha() and after not in _AFTER_DAYS):
        return None
    if r.published is None:
        return Found("DATE", f"XXXX-XX-{day:02}")
    month = r.published.month
    days = [
        valid(r.published.year + (month + k - 1) // 12, (month + k - 1) % 12 + 1, day) for k in (-1, 0, 1)
    ]
    value = r.nearest_of(phrase, [Days(one, one) for one in days], 100)
    return Found("DATE", value.start.isoformat()) if value and value.start else None


def day_by_day(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the day after tomorrow", "the day before yesterday"."""
    steps = {("after", "tomorrow"): 2, ("before", "yesterday"): -2}.get((phrase.words[2], phrase.words[3]))
    return Found("DATE", r_day(r.published, steps)) if steps and phrase.words[1] == "day" else None


def before_or_after(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the year before", "the week before last", "the day after"."""
    unit = unit_of(phrase.word("unit"))
    if phrase.words[-1] == "last":
        if phrase.has("weekday"):
            value = weekday_near(r, _cut(phrase, 1, 2), phrase.word("weekday"))
            return Found("DATE", r_day(days_of(value or "")[0].start, -7))
        return Found("DATE", r.by_unit(unit, -2, r.published))
    if unit == "Q" or (unit == "D" and r.day is None):
        return None
    return Found("DATE", r.by_unit(unit, -1 if phrase.has("before") else 1, r.day or r.published))


def weekday_of(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "Tuesday of next week", "next week Tuesday"."""
    if unit_of(phrase.word("unit")) != "W":
        return None
    step = next((_STEPS[w] for w in phrase.words if w in _STEPS), 0)
    day = moved(r.published, step, "W") if r.published else None
    wanted = number_of_weekday(phrase.word("weekday"))
    if day is None:
        return Found("DATE", f"XXXX-WXX-{wanted + 1}")
    return Found("DATE", r_day(day, wanted - day.weekday()))


def from_day(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "a week from Tuesday", "two weeks from today"."""
    at = phrase.classes.index(CLASS["from"])
    unit, clock = measured(phrase)
    count = length_of(_cut(phrase, 0, at))
    rest = _cut(phrase, at + 1, len(phrase.classes))
    word = rest.word("adverb")
    if clock or count is None or word not in ("", "today", "yesterday", "tomorrow"):
        return None
    ahead = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if r.published is None:
        return Found("DATE", UNKNOWN["D"])
    base = moved(r.published, ahead, "D")
    if not word:
        back = (number_of_weekday(rest.word("weekday")) - r.published.weekday()) % 7
        base = moved(r.published, back, "D")
    day = moved(base, count, unit) if base else None
    return Found("DATE", value_of(day, "D" if unit in ("D", "W") else unit)) if day else None


def this_time(r: Resolver, phrase: Phrase) -> Found:
    """Such as "this time next year"."""
    unit = unit_of(phrase.word("unit"))
    step = next((_STEPS[w] for w in phrase.words if w in _STEPS), 0)
    day = moved(r.published, step, unit) if r.published else None
    month = "M" if unit in ("Y", "E") else "D"
    return Found("DATE", value_of(day, month)) if day else Found("DATE", UNKNOWN[unit])


def these_days(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "these days"; "those days" are past."""
    if phrase.words[-1] != "days":
        return None
    return present(r) if phrase.words[0] == "these" else past_ref(r)


def long(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "month-long", "a three-week-long", "yearlong"."""
    word = phrase.words[-1]
    if phrase.has("longword"):
        unit = word.removesuffix("long")
        return Found("DURATION", "PT1H" if unit == "hour" else period(1, unit_of(unit)))
    if word != "long":
        return None
    unit, clock = measured(phrase)
    first = phrase.first + (phrase.classes[0] in (CLASS["a"], CLASS["the"]))
    count = length_of(phrase) if phrase.all("num", "day") or not phrase.has("units", "hours") else None
    return Found("DURATION", period(count, unit, clock=clock), first=first)


def tens(r: Resolver, phrase: Phrase) -> Found:
    """Such as "hundreds of years"."""
    return Found("DURATION", period(None, measured(phrase)[0]))


def quarter_century(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "a quarter-century"."""
    if phrase.after() == "-":
        return None
    return Found("DURATION", "P25Y") if phrase.all("unit") == ["quarter", "century"] else None
