"""Gives quarters their meaning, and what is compared with them: "the third quarter", "a year earlier"."""

from __future__ import annotations

from onrecord.extract import tense
from onrecord.extract.calendars import days_of, months_from
from onrecord.extract.timedays import year_named
from onrecord.extract.timegrammar import Phrase
from onrecord.extract.timevalues import Found, Resolver, ordinal_of, period, unit_of
from onrecord.extract.timewords import number_of


def quarters(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the first two quarters of 1990"; "the first nine months" is a length."""
    count, unit = number_of(phrase.all("num", "day")), unit_of(phrase.word("units"))
    if unit != "Q" or count != 2:
        return Found("DURATION", period(count, unit), last=phrase.first + phrase.words.index("of"))
    half = 1 if ordinal_of(phrase.word("ord")) == 1 else 2
    return Found("DATE", f"{year_named(phrase)}-H{half}")


def quarter_named(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "Q3 2018", "H1"."""
    name = phrase.tokens.written[phrase.first]
    letter, number = name[0], int(name[1])
    if letter == "H" and number > 2:
        return None
    year = year_named(phrase) or _quarter_year(r, phrase, number, letter)
    return Found("DATE", f"{year:04}-{name}" if year else f"XXXX-{name}")


def quarter(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the third quarter", "the first half of 2018", "the 20th century"."""
    number = ordinal_of(phrase.word("ord", "sec")) or 4
    named = {"quarter", "quarters"} & set(phrase.words)
    unit = "Q" if named else unit_of(phrase.word("unit", "units"))
    if unit == "C" and 1 <= number <= 30:
        return r.date(f"{number - 1:02}", r.part(phrase))
    half = phrase.has("half")
    if (unit != "Q" and not half) or not 1 <= number <= (2 if half else 4):
        return None
    letter = "H" if half else "Q"
    year: int | None = year_named(phrase)
    if half and phrase.has("decade"):
        return _half_decade(phrase, number)
    if year is None and r.published and phrase.has("ago", "earlier"):
        return Found("DATE", f"{(_quarter_year(r, phrase, number, letter) or 1) - 1:04}-{letter}{number}")
    if year is None and r.published and (phrase.has("of") or phrase.has("last", "this", "next")):
        year = r.published.year + (-1 if phrase.has("last") else 1 if phrase.has("next") else 0)
    if year is None:
        year = _quarter_year(r, phrase, number, letter)
    return r.date(f"{year:04}-{letter}{number}" if year else f"XXXX-{letter}{number}", r.part(phrase))


def _half_decade(phrase: Phrase, number: int) -> Found | None:
    digits = phrase.word("decade")[:3]
    if not digits.isdigit():
        return None
    days = months_from(int(digits) * 10 + 5 * (number - 1), 1, 60)
    return Found("DATE", digits, days, "decade")


def _quarter_year(r: Resolver, phrase: Phrase, number: int, letter: str) -> int | None:
    """The last one begun; the next where the sentence looks ahead and it does not run now."""
    if r.published is None:
        return None
    start, end = days_of(f"{r.published.year:04}-{letter}{number}")[0]
    told = tense.direction(phrase.tokens, phrase.first, phrase.last)
    if start is None or start <= r.published:
        return r.published.year + (told == tense.FUTURE and end is not None and end < r.published)
    return r.published.year - (told != tense.FUTURE)


def quarter_now(r: Resolver) -> str:
    """The quarter spoken of: the last one named, or the last one that is over."""
    return r.quarter or r.by_unit("Q", -1)


def year_ago(r: Resolver, phrase: Phrase | None = None) -> Found:
    """A year before what is spoken of: the same quarter, or else the year."""
    if phrase is not None and phrase.has("num", "day", "units"):
        return Found(
            "DURATION", period(number_of(phrase.all("num", "day")), unit_of(phrase.word("units")) or "M")
        )
    if phrase is not None and (unit := unit_of(phrase.word("unit"))) not in ("Y", "", "Q"):
        return Found("DATE", r.by_unit(unit, -1))
    if r.months:
        named = phrase is not None and phrase.has("period")
        return Found("DURATION", "P9M") if named else Found("DATE", r.by_unit("Y", -1))
    if r.quarter or (phrase is not None and "quarter" in phrase.words):
        quarter = quarter_now(r)
        if quarter[:4].isdigit() and (r.published is None or int(quarter[:4]) >= r.published.year):
            return Found("DATE", f"{int(quarter[:4]) - 1:04}{quarter[4:]}")
        return Found("DATE", quarter)
    return Found("DATE", r.by_unit("Y", -1))


def same_period(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the same quarter last year", "the same year"."""
    unit = unit_of(phrase.word("unit"))
    if phrase.has("last", "year", "ago", "earlier"):
        quarter = quarter_now(r)
        if unit == "Q" and quarter[:4].isdigit():
            return Found("DATE", f"{year_named(phrase) or int(quarter[:4]) - 1:04}{quarter[4:]}")
        return year_ago(r)
    if unit in ("", "Q"):
        return Found("DATE", quarter_now(r)) if unit and r.quarter else None
    return Found("DATE", r.by_unit(unit, 0, r.day)) if r.day else None


def period_spoken_of(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the latest period": the quarter spoken of."""
    return Found("DATE", quarter_now(r)) if r.quarter or r.published else None


def year_period(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the 1988 period", "the 1988 quarter"."""
    year, quarter = year_named(phrase), quarter_now(r)
    unit = unit_of(phrase.word("unit"))
    if unit not in ("", "Q", "Y"):
        return None
    return Found(
        "DATE", f"{year}{quarter[4:]}" if (r.quarter and not r.months and unit != "Y") else f"{year}"
    )
