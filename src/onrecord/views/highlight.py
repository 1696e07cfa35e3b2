"""An article's text cut at every boundary of a block or a span, so that marks may nest and overlap.

The pieces, joined, are the text again: nothing is added, nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from onrecord.statement import Article, Span
from onrecord.views.rows import Row

Role = Literal["source", "cue", "content"]
Kind = Literal["paragraph", "item", "quote", "headline", "summary", "caption", "gap"]
_REFLOWED = 45  # a line at least this long, ended inside a paragraph, was broken by a machine


class Mark(NamedTuple):
    """One span of one statement."""

    row: Row
    role: Role
    span: Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text under the same marks. `begins`: the statements whose first piece it is."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[Row, ...]

    @property
    def target(self) -> Row | None:
        """The innermost statement here; where several meet, one whose source or cue this is."""
        if not self.marks:
            return None
        return max(self.marks, key=lambda m: (m.row.depth, m.role != "content", -m.row.number)).row

    @property
    def classes(self) -> str:
        """CSS classes: `source`, `cue`, and `c1` to `c3` for how many contents lie over each other."""
        roles = [mark.role for mark in self.marks]
        names: list[str] = [role for role in ("source", "cue") if role in roles]
        if "content" in roles:
            names.append(f"c{min(roles.count('content'), 3)}")
        if not any(mark.row.counted for mark in self.marks):
            names.append("outside")
        return " ".join(names)

    @property
    def around(self) -> tuple[Mark, ...]:
        """The marks that go on here from the piece before: what a number shown between them stands in."""
        beginning = {row.number for row in self.begins}
        return tuple(mark for mark in self.marks if mark.row.number not in beginning)

    @property
    def ground(self) -> str:
        """The class of what a number shown before this piece stands on."""
        contents = sum(mark.role == "content" for mark in self.around)
        return f"c{min(contents, 3)}" if contents else ""


def numbers(marks: tuple[Mark, ...]) -> str:
    """The numbers of the statements that marks belong to, joined by spaces."""
    return " ".join(str(number) for number in sorted({mark.row.number for mark in marks}))


@dataclass(frozen=True, slots=True)
class Region:
    """A block of the page, or a gap between blocks, as segments."""

    kind: Kind
    segments: tuple[Segment, ...]
    reflow: bool = False


def regions(article: Article, rows: Sequence[Row]) -> Iterator[Region]:
    """The article's text as regions in order; all their segments joined are the text."""
    parts = list(_parts(article))
    marks = [mark for row in rows for mark in _marks(row, len(article.text))]
    pieces = iter(_pieces(article.text, marks, [start for _, start, _ in parts]))
    piece = next(pieces, None)
    for kind, start, end in parts:
        segments = []
        while piece is not None and piece[0] < end:
            segments.append(piece[1])
            piece = next(pieces, None)
        yield Region(kind, tuple(segments), reflow=_broken_by_machine(article.text[start:end]))


def _parts(article: Article) -> Iterator[tuple[Kind, int, int]]:
    """Blocks in order without overlaps, and what lies between them."""
    at = 0
    for block in sorted(article.blocks, key=lambda block: block.span):
        start, end = max(block.span.start, at), min(block.span.end, len(article.text))
        if start < end:
            yield from _unclaimed(article.text, at, start)
            yield block.kind, start, end
            at = end
    yield from _unclaimed(article.text, at, len(article.text))


def _unclaimed(text: str, start: int, end: int) -> Iterator[tuple[Kind, int, int]]:
    """Text that no block claims: its paragraphs (lines that are not blank), and the white space between."""
    blank = True
    opened = at = start
    for line in text[start:end].splitlines(keepends=True):
        if (not line.strip()) != blank:
            if opened < at:
                yield "gap" if blank else "paragraph", opened, at
            opened, blank = at, not blank
        at += len(line)
    if opened < end:
        yield "gap" if blank else "paragraph", opened, end


def _marks(row: Row, length: int) -> Iterator[Mark]:
    statement = row.statement
    roles: tuple[tuple[Role, tuple[Span, ...]], ...] = (
        ("source", statement.source),
        ("cue", statement.cue),
        ("content", statement.content),
    )
    for role, spans in roles:
        for start, end in spans:
            span = Span(max(start, 0), min(end, length))
            if span.start < span.end:
                yield Mark(row, role, span)


def _pieces(text: str, marks: list[Mark], cuts: list[int]) -> Iterator[tuple[int, Segment]]:
    """All segments with their offsets: a sweep over the boundaries with the marks that are open."""
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for index, mark in enumerate(marks):
        opening.setdefault(mark.span.start, []).append(index)
        closing.setdefault(mark.span.end, []).append(index)
    begins = _begins(marks)
    under: dict[int, Mark] = {}
    for start, end in pairwise(sorted({0, len(text), *cuts, *opening, *closing})):
        for index in closing.get(start, ()):
            del under[index]
        for index in opening.get(start, ()):
            under[index] = marks[index]
        yield start, Segment(text[start:end], tuple(under.values()), tuple(begins.get(start, ())))


def _begins(marks: list[Mark]) -> dict[int, list[Row]]:
    """The statements that begin at an offset."""
    first: dict[int, tuple[int, Row]] = {}
    for mark in marks:
        start, _ = first.get(mark.row.number, (mark.span.end, mark.row))
        first[mark.row.number] = (min(start, mark.span.start), mark.row)
    begins: dict[int, list[Row]] = {}
    for start, row in first.values():
        begins.setdefault(start, []).append(row)
    return begins


def _broken_by_machine(text: str) -> bool:
    """Whether a block's line ends come from a fixed line length, so that lines may be joined for eyes."""
    lines = text.strip().splitlines()
    return len(lines) > 1 and all(len(line) >= _REFLOWED for line in lines[:-1])
