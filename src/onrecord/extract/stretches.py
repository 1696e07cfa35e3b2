"""Stretches of time as deadlines: "within 100 days", "five to 10 years", "between May 3 and May 5"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.extract.calendars import days_of, moved, value_of
from onrecord.extract.coming import AHEAD, pattern
from onrecord.extract.said import with_preposition
from onrecord.extract.timewords import number_of
from onrecord.statement import Article, Span, TimeExpression, When

_DURATION = r"P(\d+(?:\.\d+)?)([DWMQY])(?:(\d+)M)?|PT(\d+)([HM])"
# "Five to 10 years": the number by which the stretch is over at the latest.
_MOST = r"(?i)\b(?:to|or)\s+([\w.-]+)\s+\w+\Z"
# "Within six months of the ruling": not counted from the publication.
_FROM_AN_EVENT = r"\s+(?:of|after|from|following)\s+(?!now\b|today\b)"
_FROM_AN_EVENT += r"(?:[^,.;:!?—“”\"\n]|(?<=\b[A-Z][a-z][a-z])\.(?=\s\d)){3,60}(?!\w)"
# What joins two days to a stretch; "and" does so behind "between".
_JOINTS = r"\s*(?:[-–]|\b(?:to|through|or)\b)\s*"
_PAIR = r"\s+and\s+"
_OPENING = r"(?i)\b(between|from)\s+\Z"


def length_ahead(article: Article, time: TimeExpression) -> When | None:
    """Such as "within 100 days" or "in two weeks": a length counted from the publication date."""
    span, word = with_preposition(article.text, time.span)
    if word not in ("within", "in", "for", "over", "during", "through", "throughout"):
        return None
    if word != "within" and not pattern(AHEAD).search(article.text, max(0, span.start - 120), span.start):
        return None
    if word == "within" and (event := pattern(_FROM_AN_EVENT).match(article.text, span.end)):
        whole = Span(span.start, event.start() + len(event[0].rstrip()))
        return When(article.text[whole.start : whole.end], whole, None, None)
    text = article.text[span.start : span.end]
    match = pattern(_DURATION).fullmatch(time.value)
    if article.published is None or match is None:
        return When(text, span, None, None)
    if match[4]:
        days = -(-int(match[4]) // (24 if match[5] == "H" else 24 * 60))
        return When(text, span, article.published, moved(article.published, days, "D"))
    end = moved(article.published, _most(text) or float(match[1]), match[2])
    if end and match[3]:
        end = moved(end, int(match[3]), "M")
    if word != "in" or end is None:
        return When(text, span, article.published, end)
    unit = days_of(value_of(end, match[2]))[0]
    return When(text, span, max(unit.start or end, article.published), unit.end)


def _most(text: str) -> float | None:
    found = pattern(_MOST).search(text)
    return number_of(found[1].lower().split("-")) if found else None


def joined(text: str, times: Iterable[TimeExpression]) -> Iterator[TimeExpression]:
    """The expressions in text order, two days that are the ends of a stretch as one expression."""
    held: TimeExpression | None = None
    for time in times:
        if held is not None and _joins(text, held, time):
            opening = _opening(text, held)
            span = Span(opening.start() if opening else held.span.start, time.span.end)
            yield replace(held, text=text[span.start : span.end], span=span, end=time.end)
            held = None
            continue
        if held is not None:
            yield held
        held = time
    if held is not None:
        yield held


def _joins(text: str, first: TimeExpression, second: TimeExpression) -> bool:
    if not (first.type == second.type == "DATE" and first.end and second.start and second.end):
        return False
    if not first.end < second.start <= second.end or second.span.start - first.span.end > 12:
        return False
    if pattern(_JOINTS).fullmatch(text, first.span.end, second.span.start):
        return True
    opening = _opening(text, first)
    between = opening is not None and opening[1].lower() == "between"
    return between and pattern(_PAIR).fullmatch(text, first.span.end, second.span.start) is not None


def _opening(text: str, first: TimeExpression) -> re.Match[str] | None:
    """The word in front of its first day that opens a stretch: "between", "from"."""
    return pattern(_OPENING).search(text, max(0, first.span.start - 12), first.span.start)
