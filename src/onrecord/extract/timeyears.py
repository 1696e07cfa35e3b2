"""Gives expressions of months, quarters, seasons, years and decades their meaning."""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract import tense
from onrecord.extract.calendars import NO_DAYS, days_of, third
from onrecord.extract.timedays import year_named
from onrecord.extract.timegrammar import Phrase
from onrecord.extract.timevalues import Found, Resolver, month_of
from onrecord.extract.timewords import DECADE_WORDS, OTHER, SEASONS, UNIT_WORDS
from onrecord.extract.timewords import year_spelled as year_in_words
from onrecord.extract.wordlists import words


def month_in(r: Resolver, phrase: Phrase) -> Found | None:
    """A month, with or without its year."""
    word = phrase.word("month")
    month = month_of(word)
    if phrase.has("year"):
        return r.date(f"{year_named(phrase):04}-{month:02}", r.part(phrase))
    if phrase.form == "month_of" and r.published:
        steps = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(phrase.words[-2], 0)
        return r.date(f"{r.published.year + steps:04}-{month:02}", r.part(phrase))
    if len(phrase.words) == 1 and _a_name(phrase):
        return None
    short = word in ("may", "march") or len(word) == 3
    if short and len(phrase.words) == 1 and not _month_like(phrase):
        return None
    year = _month_year(r, phrase, month)
    return r.date(f"{year:04}-{month:02}" if year else f"XXXX-{month:02}", r.part(phrase))


_BEFORE_MONTHS = words(
    "in of since until till by to from through during for last this next early late mid between and or "
    "after before ending ended the - each every on with her his its their our my 's"
)
_NAMES = frozenset(["april", "may", "june", "august", "march"])


def _a_name(phrase: Phrase) -> bool:
    """Whether the month is a person's name: "Jill June", "April Moss", "Jan"."""
    word, written = phrase.words[0], phrase.tokens.written
    if len(word) == 3 and word != "may":
        return phrase.before() not in ("in", "since", "until", "by", "from", "to", "last", "next", "-")
    if word not in _NAMES:
        return False
    behind = written[phrase.first - 1] if phrase.first else ""
    ahead = written[phrase.last] if phrase.last < len(written) else ""
    if behind.istitle() and phrase.tokens.classes[phrase.first - 1] == OTHER:
        return True
    named = ahead.istitle() and phrase.tokens.classes[phrase.last] == OTHER
    return (
        named
        and phrase.before() not in _BEFORE_MONTHS
        and phrase.before() not in ("a", "its", "her", "his", "'s")
    )


def _month_like(phrase: Phrase) -> bool:
    """Whether "May" and "March" stand where a month stands, not a verb or a name."""
    if phrase.after() in ("on", "for", "against", "to") and phrase.before() in (
        "and",
        "or",
        "the",
        "for",
        "to",
        "-",
    ):
        return False
    return phrase.before() in _BEFORE_MONTHS


def _month_year(r: Resolver, phrase: Phrase, month: int) -> int | None:
    which = phrase.word("last", "past", "next", "coming")
    if r.published and which:
        back = which in ("last", "past", "previous", "preceding", "prior")
        same = (r.published.month <= month) if back else (r.published.month >= month)
        return r.published.year + ((-1 if back else 1) if same else 0)
    if r.published and phrase.has("this"):
        # Around the turn of the year, "this January" and "this December" are of the year beside.
        ahead, told = month - r.published.month, tense.direction(phrase.tokens, phrase.first, phrase.last)
        next_year, last_year = ahead < -8 and told != tense.PAST, ahead > 8 and told == tense.PAST
        return r.published.year + next_year - last_year
    return r.nearest(phrase, lambda y: days_of(f"{y:04}-{month:02}")[0], 10)


# What may follow a number that is no year: "2000 people", "1,998 points".
_COUNTED = words(
    "people points miles feet dollars shares men women children troops soldiers meters metres yards "
    "pounds tons votes kilometers kilometres km jobs percent pct employees workers members families "
    "homes cars seats calories marks francs yen square cubic metric words pages units barrels degrees "
    "employees hours acres hectares students"
)


_BEFORE_YEARS = words(
    "in since until till by of from to before after during between and or through early late mid around "
    "about circa the year for"
)


_NO_YEAR = frozenset(["$", "£", "€", "#", "¥", "no", "no.", "number", "/", "flight", "resolution"])


def year_in(r: Resolver, phrase: Phrase) -> Found | None:
    """A year, where the words around it do not make it a mere number."""
    word = phrase.word("year")
    before, year = phrase.before(), int(word)
    if before in _NO_YEAR:
        return None
    if (
        phrase.after() in _COUNTED
        or phrase.after() in ("%", "/")
        or (before == "-" and phrase.before(2).isalpha())
    ):
        return None
    plain = len(phrase.words) == 1
    if plain and phrase.after() in UNIT_WORDS:
        return None
    if plain and not 1900 <= year <= 2050 and before not in _BEFORE_YEARS and phrase.before() != "(":
        return None
    return r.date(word, r.part(phrase))


def year_range(r: Resolver, phrase: Phrase) -> list[Found]:
    """Such as "1990-1995", "the 2016-17 budget"."""
    first, second = phrase.words[0], phrase.words[2]
    begun = int(first)
    ended = (
        int(first[:2] + second)
        if len(second) == 2 and second.isdigit()
        else int(second)
        if len(second) == 4 and second.isdigit()
        else 0
    )
    if not (begun < ended <= begun + 120 and 1000 <= begun <= 2100) or phrase.before() in _NO_YEAR:
        alone = Phrase("year", phrase.first, phrase.first + 1, phrase.tokens, phrase.classes[:1])
        found = year_in(r, alone)
        return [replace(found, last=phrase.first + 1)] if found else []
    return [Found("DATE", first, last=phrase.first + 1), Found("DATE", str(ended), first=phrase.first + 2)]


def year_spelled(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "nineteen ninety-six"."""
    year = year_in_words(phrase.words)
    if year and phrase.has("month"):
        return Found("DATE", f"{year}-{month_of(phrase.word('month')):02}")
    return Found("DATE", str(year)) if year else None


def decade(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the late 1970s", "the '80s", "the nineties"."""
    word = phrase.word("decade")
    digits = "".join(c for c in word if c.isdigit())
    if len(digits) == 4:
        return r.date(digits[:3], r.part(phrase))
    if not phrase.has("the") or phrase.has("its"):
        return None
    tens = DECADE_WORDS.get(word) or int(digits or 0) // 10
    return r.date(f"{'20' if tens == 1 or digits[:1] == '0' else '19'}{tens}", r.part(phrase))


def before_christ(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "490 BC": a value, but no days, since no calendar of ours has them."""
    digits = phrase.word("num", "day", "year")
    return (
        Found("DATE", f"BC{int(digits):04}", NO_DAYS, "year")
        if digits.isdigit() and len(digits) < 5
        else None
    )


def _in_a_name(phrase: Phrase) -> bool:
    """Whether the season is part of a name: "the Winter Games"."""
    written = phrase.tokens.written[phrase.last - 1 : phrase.last + 1]
    return len(written) == 2 and all(word[:1].isupper() and word[1:].islower() for word in written)


def season(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "last fall", "the summer of 1998"."""
    word = phrase.word("season")
    name, which = SEASONS[word], phrase.word("last", "past", "next", "coming", "this", "that")
    if phrase.has("year"):
        return r.date(f"{year_named(phrase)}-{name}", r.part(phrase))
    if _in_a_name(phrase):
        return None
    sure = (
        which
        or phrase.has("early", "late", "mid")
        or phrase.before() in ("in", "by", "over", "until", "since")
    )
    if not sure and (word == "fall" or not phrase.has("the") or phrase.after() == "of"):
        return None
    if r.published is None:
        return Found("DATE", f"XXXX-{name}")
    year = _season_year(r, phrase, name, which)
    return r.date(f"{year:04}-{name}", r.part(phrase)) if year else None


def _season_year(r: Resolver, phrase: Phrase, name: str, which: str) -> int | None:
    if r.published is None:
        return None
    if phrase.has("of") and phrase.has("unit"):
        return r.published.year + {"last": -1, "next": 1}.get(phrase.words[-2], 0)
    years = range(r.published.year - 1, r.published.year + 3)
    days = {year: days_of(f"{year:04}-{name}")[0] for year in years}
    if which in ("last", "past", "previous"):
        over = [y for y, d in days.items() if d.end and d.end < r.published]
        return max(over, default=None)
    if which in ("next", "coming"):
        ahead = [y for y, d in days.items() if d.start and d.start > r.published]
        return min(ahead, default=None)
    if which == "this":
        return r.published.year + (name == "WI" and r.published.month > 6)
    return r.nearest(phrase, lambda y: days_of(f"{y:04}-{name}")[0], 6)


def half_in(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the last half of 1989", of a year or a decade."""
    if phrase.has("decade"):
        found = decade(r, phrase)
        return found and Found("DATE", found.value, third(days_of(found.value)[0], "late"), "decade")
    year: int | None = year_named(phrase)
    if year is None and r.published:
        year = r.published.year - (phrase.words.count("last") > 1)
    return Found("DATE", f"{year}-H2") if year else Found("DATE", "XXXX-H2")
