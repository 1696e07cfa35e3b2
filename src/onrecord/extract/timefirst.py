"""Which characters a pattern can begin with: a search passes over the patterns that cannot match at a place.

Reads the part of the regular expressions that `timegrammar` writes: characters, sets, groups that do not
capture, looks ahead and back, and quantifiers.
"""

from __future__ import annotations

import re

_PIECE = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<open>\(\?:)|(?P<set>\[[^\]]*\])|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<char>.)"
)
_MARK = re.compile(r"[()|]")
_QUANTIFIER = re.compile(r"([?*+]|\{\d*,?\d*\})[+?]?")


def first_characters(pattern: str) -> str:
    """The characters with one of which every match of the pattern begins; "" where it can match nothing."""
    first, empty, _ = _choice(pattern, 0)
    return "" if empty else "".join(sorted(first))


def _choice(pattern: str, at: int) -> tuple[set[str], bool, int]:
    """The first characters of a group's alternatives, whether one is empty, and where the group ends."""
    first: set[str] = set()
    empty, begins = False, True
    while begins:
        found, nothing, at = _row(pattern, at)
        first |= found
        empty = empty or nothing
        begins = pattern[at : at + 1] == "|"
        at += 1
    return first, empty, at - 1


def _row(pattern: str, at: int) -> tuple[set[str], bool, int]:
    first: set[str] = set()
    empty = True
    while match := _PIECE.match(pattern, at):
        if match["close"] or match["bar"]:
            break
        at = match.end()
        found, nothing = set(match[0].strip("[]")), False
        if match["look"] or match["open"]:
            found, nothing, at = _choice(pattern, at)
            at += 1
        if match["look"]:
            found, nothing = set(), True
        if quantifier := _QUANTIFIER.match(pattern, at):
            at = quantifier.end()
            nothing = nothing or quantifier[0][0] in "?*" or quantifier[0].startswith("{0")
        if empty:
            first |= found
        empty = empty and nothing
        if not empty:
            return first, False, _end_of_row(pattern, at)
    return first, empty, at


def _end_of_row(pattern: str, at: int) -> int:
    """Where the alternative ends in which a place lies."""
    depth = 0
    for mark in _MARK.finditer(pattern, at):
        if not depth and mark[0] != "(":
            return mark.start()
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
    return len(pattern)
