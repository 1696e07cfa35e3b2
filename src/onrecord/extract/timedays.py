"""Gives expressions of days and hours their meaning: dates, weekdays, "yesterday", "3 p.m.", holidays."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.extract import tense
from onrecord.extract.calendars import Days, moved, valid, value_of
from onrecord.extract.timegrammar import Phrase
from onrecord.extract.timevalues import (
    UNKNOWN,
    Found,
    Resolver,
    month_of,
    ordinal_of,
    past_ref,
    present,
    weekday_of,
)
from onrecord.extract.timewords import CLASS, NUMBERS, PARTS


def year_named(phrase: Phrase) -> int | None:
    """The year that a phrase names, if it names one."""
    word = phrase.word("year")
    return int(word) if word else None


def _year_told(r: Resolver, phrase: Phrase) -> int | None:
    """The year of "last year" or "next year" behind a day."""
    if r.published is None or phrase.word("unit") != "year":
        return None
    return r.published.year + {"last": -1, "next": 1, "this": 0}.get(phrase.words[-2], 0)


def month_day(r: Resolver, phrase: Phrase, month: str, day: str, year: int | None) -> str | None:
    """A day of a month as a value; without a year the nearest one. None where the calendar has none."""
    m, d = month_of(month), ordinal_of(day)
    if year is None:
        year = r.nearest(phrase, lambda y: Days(valid(y, m, d), valid(y, m, d)), 6)
        if year is None:
            return f"XXXX-{m:02}-{d:02}" if 1 <= d <= 31 and valid(2000, m, d) else None
    return value_of(day_, "D") if (day_ := valid(year, m, d)) else None


def _numeric(r: Resolver, word: str) -> str | None:
    if len(word) == 8 and word.isdigit():
        parts = [int(word[:4]), int(word[4:6]), int(word[6:])]
    elif word[4:5] == "-":
        parts = [int(p) for p in word.split("-")]
    else:
        month, day, year = (int(p) for p in word.replace("/", "-").split("-"))
        if month > 12:
            month, day = day, month
        if year < 100:
            last = (r.published.year if r.published else 2030) + 10
            year += last // 100 * 100 if year <= last % 100 else last // 100 * 100 - 100
        parts = [year, month, day]
    found = valid(*parts)
    return found.isoformat() if found else None


def day_of(r: Resolver, phrase: Phrase) -> Found | None:
    """A date in words or digits: "March 6, 2018", "6 March", "2018-03-06", "11-01-89"."""
    if phrase.has("date", "compact"):
        value = _numeric(r, phrase.word("date", "compact"))
    else:
        value = month_day(
            r,
            phrase,
            phrase.word("month"),
            phrase.word("day", "ord", "sec"),
            year_named(phrase) or _year_told(r, phrase),
        )
    if value and phrase.has("part"):
        return Found("TIME", value + "T" + PARTS[phrase.word("part")])
    return Found("DATE", value) if value else None


def day_range(r: Resolver, phrase: Phrase) -> list[Found]:
    """Two days of one month: "April 24 and 25", "3-5 May"."""
    days = phrase.all("day")
    year = year_named(phrase)
    values = [month_day(r, phrase, phrase.word("month"), day, year) for day in days]
    if not all(values):
        return []
    cut = phrase.first + phrase.words.index(days[0]) + 1
    second = cut + phrase.tokens.words(cut, phrase.last).index(days[1])
    return [
        Found("DATE", values[0] or "", last=cut),
        Found("DATE", values[1] or "", first=second),
    ]


def weekday_near(r: Resolver, phrase: Phrase, word: str) -> str | None:
    """The day that a weekday's name stands for: the last one, or the next where the sentence looks ahead."""
    wanted = weekday_of(word)
    if r.published is None:
        return f"XXXX-WXX-{wanted + 1}"
    back = (r.published.weekday() - wanted) % 7
    which = phrase.word("last", "past", "next", "coming")
    if which == "previous" and r.day:
        base = r.day
        return moved(base, -(((base.weekday() - wanted) % 7) or 7), "D").__str__()
    if which in ("last", "past", "previous", "preceding"):
        steps = -(back or 7)
    elif which:
        steps = (7 - back) + (7 if which == "next" and 7 - back <= 2 else 0)
    else:
        told = tense.direction(phrase.tokens, phrase.first, phrase.last)
        until = (
            phrase.before() in ("until", "till") and not phrase.tokens.written[phrase.first - 1].istitle()
        ) or (phrase.before() == "as" and phrase.before(2) == "soon")
        if until or (told == tense.UNTOLD and phrase.before() == "by"):
            told = tense.FUTURE
        this = phrase.has("this") and told == tense.UNTOLD
        steps = (7 - back) % 7 if told == tense.FUTURE or this else -back
    return (r.published + timedelta(days=steps)).isoformat() if _safe(r.published, steps) else None


def _safe(day: date, steps: int) -> bool:
    return moved(day, steps, "D") is not None


def weekday(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "Tuesday", "last Friday", "Monday night"."""
    value = weekday_near(r, phrase, phrase.word("weekday"))
    if not value:
        return None
    part = phrase.word("part", "parts")
    if phrase.has("parts"):
        return Found("SET", f"XXXX-WXX-{weekday_of(phrase.word('weekday')) + 1}T{PARTS[part[:-1]]}")
    return Found("TIME", f"{value}T{PARTS[part]}") if part else Found("DATE", value)


def _adverb_day(r: Resolver, word: str) -> str:
    return r_day(r.published, {"yesterday": -1, "tomorrow": 1}.get(word, 0))


def r_day(base: date | None, steps: int) -> str:
    """A day so many days from another, as a value."""
    day = moved(base, steps, "D") if base else None
    return day.isoformat() if day else UNKNOWN["D"]


def adverb(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "today", "yesterday morning", "currently", "recently"."""
    word = phrase.word("adverb")
    if word in ("currently", "nowadays", "presently"):
        return present(r)
    if word in ("recently", "lately"):
        return past_ref(r, 183)
    if word == "overnight":
        return Found("TIME", r_day(r.published, -1) + "TNI")
    value, part = _adverb_day(r, word), phrase.word("part")
    if word == "tonight":
        part = "night"
    if word == "today" and phrase.before() == "usa":
        return None
    if phrase.has("noon"):
        return Found("TIME", value + "T12:00")
    return Found("TIME", f"{value}T{PARTS[part]}") if part else Found("DATE", value)


def clock(r: Resolver, phrase: Phrase) -> Found | None:
    """A time of day, with its day where one is named."""
    time = _time_of(phrase)
    if time is None:
        return None
    if phrase.has("month"):
        at = phrase.classes.index(CLASS["month"])
        near = phrase.words[max(0, at - 2) : at + 3]
        days = [w for w in near if ordinal_of(w) and len(w) <= 4 and ":" not in w and not _is_year(w)]
        day = next(
            (w for w in phrase.words[at + 1 : at + 2] if ordinal_of(w) and not _is_year(w)),
            days[0] if days else "",
        )
        value = month_day(r, phrase, phrase.word("month"), day, year_named(phrase)) if day else None
    elif phrase.has("weekday"):
        value = weekday_near(r, phrase, phrase.word("weekday"))
    elif phrase.has("adverb"):
        value = _adverb_day(r, phrase.word("adverb"))
    else:
        value = r_day(r.anchor, 0)
    return Found("TIME", f"{value}T{time}") if value else None


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit()


def _time_of(phrase: Phrase) -> str | None:
    if noon := phrase.word("noon"):
        return "24:00" if noon == "midnight" else "12:00"
    if phrase.has("zone") and not phrase.has("ampm", "clock"):
        return _by_zone(phrase.word("num", "year", "day"))
    raw = phrase.word("clock", "day", "num")
    hour_text, _, minutes = raw.replace(".", ":").partition(":")
    hour = int(hour_text) if hour_text.isdigit() else NUMBERS.get(hour_text, 99)
    half = phrase.word("ampm")[:1] or {"morning": "a"}.get(
        phrase.word("part"), "p" if phrase.has("part") or "tonight" in phrase.words else ""
    )
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    return f"{hour:02}:{int(minutes or 0):02}" if hour <= 24 else None


def _by_zone(word: str) -> str | None:
    """Such as "0735 GMT"."""
    good = len(word) == 4 and word.isdigit() and int(word[:2]) < 25 and int(word[2:]) < 60
    return f"{word[:2]}:{word[2:]}" if good else None


def weekend(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the weekend", "next weekend"."""
    if phrase.has("a") or phrase.before() in ("a", "per", "each", "every"):
        return None
    if r.published is None:
        return Found("DATE", "XXXX-WXX-WE")
    which = phrase.word("last", "past", "next", "coming", "this")
    steps = {"next": 7, "coming": 0, "this": 0, "last": -7, "past": -7}.get(which)
    if steps is None:
        told = tense.direction(phrase.tokens, phrase.first, phrase.last)
        steps = 0 if told == tense.FUTURE or r.published.weekday() >= 5 else -7
    day = moved(r.published, steps, "D")
    return Found("DATE", value_of(day, "W") + "-WE") if day else None


def part_of_day(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "this morning", "last night"."""
    part, which = PARTS[phrase.word("part")], phrase.word("last", "this", "that", "next")
    if not which and (part == "NI" or phrase.after() == "of"):
        return None
    if which in ("last", "previous") and part != "NI" and which == "last":
        return None
    if which == "this":
        base, steps = r.published, 0
    elif which == "last":
        base, steps = r.published, -1
    else:
        base, steps = r.day or r.published, {"next": 1, "following": 1, "previous": -1}.get(which, 0)
    return Found("TIME", f"{r_day(base, steps)}T{part}")
