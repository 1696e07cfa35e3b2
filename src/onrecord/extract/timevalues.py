"""What a time expression can mean, and what the text has spoken of so far, against which it is resolved.

`Resolver` keeps the publication date and the last day and quarter named, for "the next day", "a year "
"earlier".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.extract import tense
from onrecord.extract.calendars import Days, days_of, moved, third, value_of
from onrecord.extract.timegrammar import Phrase
from onrecord.extract.timewords import MONTHS, ORDINALS, UNIT_WORDS, WEEKDAYS
from onrecord.extract.wordlists import words

UNKNOWN = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "E": "X" * 3,
    "C": "XX",
}


# How far ahead "in the coming days" and its like reach, in days; "soon" is a year, the future open.
AHEAD = {"D": 14, "W": 61, "M": 366, "Q": 731, "Y": 3653, "E": 10958, "C": 36525}


@dataclass(frozen=True, slots=True)
class Found:
    """What a phrase means. `days` None: read off the value. `last`: where the extent ends, if earlier."""

    type: str
    value: str
    days: Days | None = None
    granularity: str = ""
    first: int | None = None
    last: int | None = None


def unit_of(word: str) -> str:
    """The letter of a unit's word, singular or plural ("" for none)."""
    return UNIT_WORDS.get(word) or UNIT_WORDS.get(word.removesuffix("s"), "")


def month_of(word: str) -> int:
    """1 to 12, from a month's name or its short form."""
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word.rstrip(".")[:3]))


def weekday_of(word: str) -> int:
    """0 (Monday) to 6."""
    return next(
        n for n, name in enumerate(WEEKDAYS) if name.startswith(word.rstrip(".").removesuffix("s")[:3])
    )


def ordinal_of(word: str) -> int:
    """The number of an ordinal, in words or digits; 0 for none."""
    digits = "".join(c for c in word if c.isdigit())
    return int(digits) if digits else ORDINALS.get(word, 0)


def period(count: float | None, unit: str, *, clock: bool = False) -> str:
    """A TIMEX3 duration; None is an unknown count. Decades and centuries are counted in years."""
    mark = "PT" if clock else "P"
    if count is None:
        return f"{mark}X{unit}"
    if unit in ("E", "C"):
        count, unit = count * (10 if unit == "E" else 100), "Y"
    whole = int(count)
    rest = count - whole
    small = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60) if clock else ("D", 30)}
    if not rest or unit not in small:
        return f"{mark}{count:.10g}{unit}" if count < 1e9 else f"{mark}X{unit}"
    name, size = small[unit]
    return (f"{mark}{whole}{unit}" if whole else mark) + f"{round(rest * size)}{name}"


# What is spoken of with its date before it is held: "the November election".
_SCHEDULED = words(
    "election elections vote ballot referendum runoff midterms convention summit deadline hearing trial"
)


class Resolver:
    """Gives phrases their meaning, in text order. `history`: the text tells of years long gone."""

    def __init__(self, published: date | None, *, history: bool = False) -> None:
        self.published = published
        self.history = history
        self.day: date | None = None
        self.quarter: str | None = None
        self.months = False
        self.named = ""

    @property
    def anchor(self) -> date | None:
        """What "the month" and "the year" are counted from."""
        return self.day if self.history and self.day else self.published

    def remember(self, found: Found, form: str) -> None:
        """Keeps the day or quarter that an expression has named."""
        if found.type in ("DATE", "TIME"):
            days, granularity = days_of(found.value)
            self.named = found.value if granularity else self.named
            if days.start and granularity in ("day", "time", "month", "year", "week"):
                self.day = days.start
            begun = self.published is None or (days.start is not None and days.start <= self.published)
            running = self.published is None or (
                days.end is not None and (self.published - days.end).days < 200
            )
            if granularity == "quarter" and form != "ago" and begun and running:
                self.quarter, self.months = found.value, False
        elif found.type == "DURATION" and found.value in ("P6M", "P9M"):
            self.months = True

    def by_unit(self, unit: str, count: float = 0, base: date | None = None) -> str:
        """The value of the calendar unit so many units away from the publication date."""
        base = base or self.anchor
        day = moved(base, count, unit) if base else None
        return value_of(day, unit) if day else UNKNOWN[unit]

    def date(self, value: str, part: str = "", *, type_: str = "DATE") -> Found:
        """A date, or an early, middle or late part of one."""
        if not part:
            return Found(type_, value)
        days, granularity = days_of(value)
        if part == "rest" and days.start and days.end and self.published and days.end >= self.published:
            days = Days(max(days.start, self.published), days.end)
        if part in ("earlier", "later") and days.start and days.end and self.published:
            inside = days.start <= self.published <= days.end
            if inside:
                days = (
                    Days(days.start, self.published) if part == "earlier" else Days(self.published, days.end)
                )
        return Found(type_, value, third(days, part), granularity)

    def part(self, phrase: Phrase) -> str:
        """The part of the unit that a phrase speaks of: early, mid, late, earlier, later or none."""
        word = phrase.word("early", "late", "mid", "end", "beginning", "earlier", "later", "rest")
        return {
            "latter": "late",
            "remainder": "rest",
            "balance": "rest",
            "middle": "mid",
            "end": "late",
            "close": "late",
            "beginning": "early",
            "start": "early",
        }.get(word, word)

    def nearest(self, phrase: Phrase, days_in: Callable[[int], Days], weight: float) -> int | None:
        """The year in which a yearly thing is nearest, by the tense of the sentence; None for none."""
        if self.history and self.day:
            year = self.day.year
            before = days_in(year).end
            return year + 1 if before and before < self.day and (self.day - before).days > 200 else year
        if self.published is None:
            return None
        years = range(self.published.year - 4, self.published.year + 5)
        found = self.nearest_of(phrase, [days_in(year) for year in years], weight)
        return next((year for year in years if days_in(year) == found), None) if found else None

    def nearest_of(self, phrase: Phrase, choices: Sequence[Days], weight: float) -> Days | None:
        """The interval nearest to the publication, by the tense of the sentence; None for none."""
        if self.published is None:
            return None
        told = self._told(phrase)
        if phrase.before() == "since":
            told, weight = tense.PAST, 100.0
        costs = []
        for at, (start, end) in enumerate(choices):
            if start and end:
                ahead, behind = (start - self.published).days, (self.published - end).days
                if told == tense.UNTOLD and ahead > 0:
                    ahead = round(ahead * 1.7)
                wrong = (ahead > 0 and told == tense.PAST) or (behind > 0 and told == tense.FUTURE)
                costs.append((max(ahead, behind, 0) * (weight if wrong else 1), at))
        return choices[min(costs)[1]] if costs else None

    @staticmethod
    def _told(phrase: Phrase) -> int:
        told = tense.direction(phrase.tokens, phrase.first, phrase.last)
        bound = phrase.before() in ("until", "till", "by", "before") or phrase.before(2) in ("until", "by")
        scheduled = phrase.after() in _SCHEDULED or phrase.after(2) in _SCHEDULED
        return tense.FUTURE if told == tense.UNTOLD and (bound or scheduled) else told


def present(r: Resolver) -> Found:
    """The present, as TIMEX3 has it."""
    return Found("DATE", "PRESENT_REF", Days(r.published, r.published), "vague")


def past_ref(r: Resolver, back: int | None = None) -> Found:
    """An unnamed past, reaching back so many days."""
    start = moved(r.published, -back, "D") if r.published and back else None
    return Found("DATE", "PAST_REF", Days(start, r.published), "vague")


def future_ref(r: Resolver, ahead: int | None = None) -> Found:
    """An unnamed future, reaching ahead so many days; without an end where none are given."""
    end = moved(r.published, ahead, "D") if r.published and ahead else None
    return Found("DATE", "FUTURE_REF", Days(r.published, end), "vague")
