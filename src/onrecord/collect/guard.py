"""Refuses HTML that would harm the parser, in one pass and before the parser sees it.

Beyond its own depth the parser drops content without a word, and what finds the article
takes seconds for pages of a size that no article has.
"""

from __future__ import annotations

import re
from collections import Counter

from onrecord.errors import TooDeep, TooLarge

# libxml2 stops at 256 levels, "html" and "body" included.
MAX_DEPTH = 240
# The largest news pages, live blogs with all their comments, have some 10,000; this many take about 5 s.
MAX_ELEMENTS = 30_000

_TAG = re.compile(r"<(?:(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})|(!--)|[!?])")
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
_RAW = frozenset(("script", "style", "textarea", "title"))
# These need no end tag: the next one of its kind closes the one before it.
_OPTIONAL_NAMES = "p li dt dd tr td th thead tbody tfoot option optgroup a button"
_CLOSED_BY_NEXT = frozenset(_OPTIONAL_NAMES.split())


def check_markup(html: str, *, name: str) -> None:
    """Raise TooDeep or TooLarge for more than `MAX_DEPTH` elements at once or `MAX_ELEMENTS` in all."""
    open_tags: list[str] = []
    counts: Counter[str] = Counter()
    at = elements = 0
    while at >= 0 and (tag := _TAG.search(html, at)):
        at = _after(html, tag)
        element = (tag.group(2) or "").lower()
        if tag.group(1):
            _close(element, open_tags, counts)
        elif element:
            elements += 1
            if not (element in _VOID or element in _RAW or html.startswith("/>", at - 2)):
                _close_before(element, open_tags, counts)
                open_tags.append(element)
                counts[element] += 1
        if len(open_tags) > MAX_DEPTH:
            raise TooDeep(name=name, depth=f"at least {len(open_tags)}", limit=MAX_DEPTH)
        if elements > MAX_ELEMENTS:
            size = f"at least {elements:,} HTML elements"
            raise TooLarge(name=name, size=size, limit=f"{MAX_ELEMENTS:,}")


def _close(name: str, open_tags: list[str], counts: Counter[str]) -> None:
    if not counts[name]:
        return
    while True:
        last = open_tags.pop()
        counts[last] -= 1
        if last == name:
            return


def _close_before(name: str, open_tags: list[str], counts: Counter[str]) -> None:
    """Close what needs no end tag: a new "li" ends the "p" and the "li" before it."""
    if name not in _CLOSED_BY_NEXT or not counts[name]:
        return
    for tag in reversed(open_tags):
        if tag == name:
            _close(name, open_tags, counts)
        if tag == name or tag not in _CLOSED_BY_NEXT:
            return


def _after(html: str, tag: re.Match[str]) -> int:
    """Where the tag ends, with the content of scripts and comments; -1 where it does not end."""
    if tag.group(3):
        # "<!-->" is a whole comment.
        end = html.find("-->", tag.start() + 2)
        return end + 3 if end >= 0 else -1
    end = html.find(">", tag.end())
    name = (tag.group(2) or "").lower()
    if end >= 0 and name in _RAW and not tag.group(1):
        closing = re.compile(rf"</{name}", re.IGNORECASE).search(html, end)
        return closing.start() if closing else -1
    return end + 1 if end >= 0 else -1
