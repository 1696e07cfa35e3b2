"""Gives expressions of what comes again their meaning: "every two weeks", "daily", "Sundays"."""

from __future__ import annotations

from onrecord.extract.timegrammar import Phrase
from onrecord.extract.timeunits import measured
from onrecord.extract.timevalues import Found, Resolver, period, weekday_of
from onrecord.extract.timewords import PARTS, number_of


def _in_a_title(phrase: Phrase) -> bool:
    """Whether it is a word of a name: "the Daily News", "Person of the Year"."""
    written = phrase.tokens.written[max(0, phrase.first - 1) : phrase.last + 1]
    return len(written) > 2 and written[-2].istitle() and (written[-1].istitle() or written[0].istitle())


_SETS = {"daily": "P1D", "nightly": "P1D", "annually": "P1Y", "hourly": "PT1H"}


def set_of(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "every two weeks", "daily", "once a month"."""
    if word := phrase.word("set"):
        if _in_a_title(phrase):
            return None
        return Found("SET", _SETS[word])
    if part := phrase.word("part"):
        return Found("SET", f"XXXX-XX-XXT{PARTS[part]}")
    if phrase.has("weekend", "weekends"):
        return Found("SET", "XXXX-WXX-WE")
    if phrase.has("once"):
        phrase = Phrase("set", phrase.last - 1, phrase.last, phrase.tokens, phrase.classes[-1:])
    unit, clock = measured(phrase)
    count = 2.0 if phrase.words[1:2] == ["other"] else (number_of(phrase.all("num", "day")) or 1)
    return Found("SET", period(count, unit, clock=clock))


def weekday_set(r: Resolver, phrase: Phrase) -> Found:
    """Such as "every Monday", "Sundays"."""
    return Found("SET", f"XXXX-WXX-{weekday_of(phrase.word('weekday', 'weekdays')) + 1}")
