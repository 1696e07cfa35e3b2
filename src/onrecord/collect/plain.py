"""Cuts plain text into blocks by its layout: blank lines, indents, bullets and numbers.

The text itself is never changed; blocks are spans into it, without the white space and
the list markers around them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.collect.layout import Piece, settle, trimmed
from onrecord.collect.markers import Marker, accepted, marker_of
from onrecord.statement import Block, Span

# No article has more lines; beyond, layout would cost memory and mean nothing (a word list, a log).
_MAX_LINES = 50_000
# Text wrapped by hand or by mail programs has no line longer than this.
_MAX_WRAPPED = 100
_FINAL = ".!?:…\"”’'"


class Line(NamedTuple):
    """A line that holds something; offsets are code points, white space outside.

    `indent` counts the white space before it, `after_blank` tells that a blank line stands before it.
    """

    start: int
    end: int
    indent: int
    after_blank: bool


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text, in order, disjoint; one for everything beyond 50,000 lines."""
    if text.count("\n") + text.count("\r") > _MAX_LINES:
        return (Block("paragraph", Span(*trimmed(text, 0, len(text)))),)
    lines = list(_lines(text))
    return settle(text, list(_pieces(text, lines)), headline_by_layout=True)


def _lines(text: str) -> Iterator[Line]:
    start, blank = 0, False
    for raw in text.splitlines(keepends=True):
        inside = raw.strip()
        if inside:
            first = start + len(raw) - len(raw.lstrip())
            yield Line(first, first + len(inside), first - start, blank)
        blank = not inside
        start += len(raw)


def _pieces(text: str, lines: Sequence[Line]) -> Iterator[Piece]:
    markers = accepted([marker_of(text[line.start : line.start + 12]) for line in lines])
    spaced = any(line.after_blank for line in lines[1:])
    width = _wrapped_at(text, lines)
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or _begins(text, lines, markers, first, index, spaced=spaced, width=width):
            yield _piece(lines[first:index], markers[first])
            first = index


def _piece(lines: Sequence[Line], marker: Marker | None) -> Piece:
    start, end = lines[0].start, lines[-1].end
    if marker is None:
        return Piece("paragraph", start, end, lines=len(lines))
    return Piece("item", start + marker.length, end, bulleted=marker.bulleted, lines=len(lines))


def _begins(
    text: str,
    lines: Sequence[Line],
    markers: Sequence[Marker | None],
    first: int,
    index: int,
    *,
    spaced: bool,
    width: int | None,
) -> bool:
    """Whether the line at `index` begins a new piece after the one that began at `first`."""
    line, before = lines[index], lines[index - 1]
    if line.after_blank or markers[index]:
        return True
    ended = text[before.end - 1] in _FINAL
    if markers[first]:
        continues = line.indent > lines[first].indent or text[line.start].islower() or (spaced and not ended)
        return not continues
    if width is None:
        return True
    return not _is_full(text, before, line, width) or (ended and line.indent > before.indent)


def _wrapped_at(text: str, lines: Sequence[Line]) -> int | None:
    """The width at which paragraphs are wrapped, in characters; None where each line is a paragraph.

    Wrapped lines are short, and most of them stop in mid-sentence.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
    lengths = [max(a.end - a.start, b.end - b.start) for a, b in pairs]
    short = [length for length in lengths if length <= _MAX_WRAPPED]
    ended = sum(text[a.end - 1] in _FINAL for a, _ in pairs)
    if not pairs or len(short) < 0.9 * len(pairs) or ended > 0.5 * len(pairs):
        return None
    return max(short)


def _is_full(text: str, line: Line, following: Line, width: int) -> bool:
    """Whether the first word of the following line would not have fitted on this one."""
    word = text[following.start : following.end].split(None, 1)[0]
    return line.end - line.start + 1 + len(word) > 0.85 * width
