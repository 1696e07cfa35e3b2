"""Moves the times of a promise or a forecast on: "in November" without a year is the coming November."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from onrecord.extract.calendars import moved
from onrecord.extract.said import with_preposition
from onrecord.extract.wordlists import words
from onrecord.statement import Article, TimeExpression

# The last verb before a length of time speaks of what is to come.
AHEAD = (
    r"(?i)(?:\b(?:will|won['’]t|would|shall|can|may|might|could|should|going to|to)|['’]ll)\b"
    r"(?:(?!\b(?:have \w+(?:ed|en|n|ne)\b|has|had|was|were|been|did)\b|['’]ve\b|[.!?]\s)[\s\S])*\Z"
)
_PAST = r"(?i)\b(?:was|were|had|did|has|have|been|\w{3,}ed|won|lost|made|said|went)\b"
# "The agreement signed in December": what a participle just before it dates is over, save "scheduled".
_DONE = (
    r"(?i)(?<!\bbe )(?<!\bbeen )(?<!\bget )\b(?!(?:expect|schedul|plann|slat|project|anticipat|propos)ed\b)"
    r"(?:\w{3,}ed|held|won|lost|made|given|taken|struck)\s+(?:(?:with|by|between)\s(?:[\w’'-]+\s+){1,2})?\Z"
)
_MODAL = r"[^.;,]{0,25}\b(?:will|would|may|might|could|can|should|shall)\b"
_RECURRING = words(
    "jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun spr sum fal aut win"
)
_FIXED = words("last this earlier past ago previous year yesterday today")


@cache
def pattern(text: str) -> re.Pattern[str]:
    """A regular expression, compiled when it is first wanted: start-up is short."""
    return re.compile(text)


def coming(article: Article, time: TimeExpression, start: int, *, commits: bool) -> TimeExpression:
    """A month, season or day without its year, of what lies ahead ("can win in November"), is the coming one.

    start: where the content begins. A commitment lies ahead unless a verb before the time is in the past.
    """
    text, published = article.text, article.published
    if not (published and time.start and time.end and time.end < published):
        return time
    if (published - time.end).days > 366 or not _without_year(time):
        return time
    span, word = with_preposition(text, time.span)
    bounds = word in ("by", "until", "till", "no later than")
    if not bounds and pattern(_DONE).search(text, max(start, span.start - 45), span.start):
        return time
    ahead = pattern(AHEAD).search(text, max(start, time.span.start - 120), time.span.start)
    promised = commits and not pattern(_PAST).search(text, max(start, time.span.start - 120), time.span.start)
    week = time.granularity in ("day", "time") and not any(c.isdigit() for c in time.text)
    follows = not week and pattern(_MODAL).match(text, time.span.end)
    if week and (published - time.end).days < 4:
        promised = False
    if not (bounds or ahead or promised or follows):
        return time
    first, last = (moved(day, 1, "W" if week else "Y") for day in (time.start, time.end))
    return replace(time, start=first, end=last) if first and last else time


def _without_year(time: TimeExpression) -> bool:
    """Whether it names a month, a season, a weekday or a day of a month alone: those come again."""
    words = time.text.lower().replace(".", " ").split()
    if time.granularity not in ("day", "time", "month", "season") or re.search(r"\d{4}", time.text):
        return False
    return any(word[:3] in _RECURRING for word in words) and not _FIXED.intersection(words)
