"""Reads the publication date in an article's own head: a line that is a date, a byline that ends in one.

Where no line has one, the dateline may: "GENEVA, Oct 8, 2025 (Newswire) - Talks …".
Every "on Tuesday" in a statement is counted from it, so only what can be nothing else is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from onrecord.collect.dates import parse_date
from onrecord.statement import Block

# The head is what stands above the first paragraph of running text, and no more than a few lines.
_MOST_LINES = 8
_LONGEST = 150
_CHANGED = re.compile(r"\b(?:updated|modified|corrected|accessed|retrieved|archived|copyright|©)\b", re.I)
# Where in a line a date may begin: it has to be the last thing there.
_BEGINNING = re.compile(r"(?:^|[,|–—·•-] |\bpublished:? (?:on )?)(?=[\w])", re.I)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? "
_WEEKDAY_FIRST, _WEEKDAY_LAST = re.compile(f"^{_WEEKDAY}", re.I), re.compile(rf"\b{_WEEKDAY}$", re.I)
_YEAR_LAST = re.compile(
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9}\.?,? \d{4}"
    r"|[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})",
)
# What may stand before it: a byline, "Published", or a name, as of an outlet or a place.
_LEAD = re.compile(r"\W*(?:(?i:by|published)\b.*|(?:(?:[A-Z][\w.'’&-]*|of|the|and|&)\W+){0,4})")
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’ -]{2,30}(?:, [A-Z][\w. ]{1,20}){0,2}, (?=\d|[A-Z][a-z])(?P<day>[\w ,.]{8,22}?)"
    r"(?: ?(?:\([\w /]+\)|/[\w /]+/))? ?[-–—]{1,2} "
)
_CLOCK = re.compile(r"[,]? (?:at )?\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?(?: [A-Z]{2,4})?$", re.I)


def written_date(text: str, blocks: Sequence[Block]) -> date | None:
    """The day that the head of the article gives; None where it gives none, or two different ones."""
    lines: list[str] = []
    for block in blocks:
        inside = text[block.span.start : block.span.end]
        if len(inside) > _LONGEST or len(lines) > _MOST_LINES:
            break
        lines += inside.splitlines()
    days = {day for line in lines[:_MOST_LINES] if (day := _day(line)) is not None}
    if not days:
        days = {day for block in blocks[:_MOST_LINES] if (day := _placed(text, block)) is not None}
    return days.pop() if len(days) == 1 else None


def _day(line: str) -> date | None:
    """The date at the end of a line, if what stands before it is a byline, an outlet or a place."""
    line = _CLOCK.sub("", " ".join(line.strip(" \t*_()[]").split()))
    if _CHANGED.search(line):
        return None
    for found in _BEGINNING.finditer(line):
        before, rest = line[: found.end()], _WEEKDAY_FIRST.sub("", line[found.end() :])
        if _YEAR_LAST.fullmatch(rest) and _LEAD.fullmatch(_WEEKDAY_LAST.sub("", before)):
            return parse_date(rest)
    return None


def _placed(text: str, block: Block) -> date | None:
    """The day of a dateline, which opens the first paragraph; only with its year."""
    found = _DATELINE.match(text, block.span.start, block.span.end)
    return parse_date(found["day"]) if found and _YEAR_LAST.fullmatch(found["day"]) else None
