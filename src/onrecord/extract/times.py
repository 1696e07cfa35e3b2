"""Finds the time expressions of an article: their TIMEX3 type and value, and the days that they mean.

Relative expressions are resolved against the publication date, some ("the next day") against the text's own
dates. Without a publication date they keep their words: no days, and a value such as "XXXX-XX-XX".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

from onrecord.extract.calendars import NO_DAYS, days_of
from onrecord.extract.timeforms import read
from onrecord.extract.timegrammar import Phrase, phrase_from, runs_of
from onrecord.extract.timevalues import Found, Resolver
from onrecord.extract.timewords import CLASS, Tokens, tokens_of
from onrecord.statement import TimeExpression, TimeType

# A text tells history when it names at least so many years that lie so far back, and hardly any near ones.
HISTORY_YEARS, HISTORY_DATES = 5, 8


def time_expressions(text: str, published: date | None) -> tuple[TimeExpression, ...]:
    """The time expressions of a text, in text order, not overlapping. Never raises; linear in the text.

    Granularity is the unit that was named: day, week, weekend, month, quarter, half, season, year, decade,
    century, time; "vague" for "soon" and its like, "" for lengths and sets.
    """
    tokens = tokens_of(text)
    resolver = Resolver(published, history=_tells_history(tokens, published))
    return tuple(_expression(tokens, phrase, found) for phrase, found in _readings(tokens, resolver))


def _readings(tokens: Tokens, resolver: Resolver) -> Iterator[tuple[Phrase, Found]]:
    for start, end in runs_of(tokens):
        at, run = start, tokens.classes[start:end]
        while phrase := phrase_from(tokens, run, start, at):
            found = read(resolver, phrase)
            yield from ((phrase, one) for one in found)
            at = (found[-1].last or phrase.last) if found else phrase.first + 1


def _expression(tokens: Tokens, phrase: Phrase, found: Found) -> TimeExpression:
    first = phrase.first if found.first is None else found.first
    last = phrase.last if found.last is None else found.last
    span = tokens.span(first, last)
    days, granularity = found.days, found.granularity
    if days is None:
        days, granularity = days_of(found.value) if found.type in ("DATE", "TIME") else (NO_DAYS, "")
    text = tokens.text[span.start : span.end]
    return TimeExpression(span, text, cast(TimeType, found.type), found.value, *days, granularity)


def _tells_history(tokens: Tokens, published: date | None) -> bool:
    """Whether the years that a text names lie almost all far before its publication."""
    year = CLASS["year"]
    if tokens.classes.count(year) < HISTORY_DATES:
        return False
    named = [int(w) for w, c in zip(tokens.written, tokens.classes, strict=True) if c == year]
    latest = published.year if published else 10_000
    near = sum(abs(latest - n) <= HISTORY_YEARS for n in named)
    today = tokens.classes.count(CLASS["weekday"]) + tokens.classes.count(CLASS["adverb"])
    return near * 10 <= len(named) and today * 4 <= len(named)
