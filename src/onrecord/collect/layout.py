"""Decides what each piece of a page is: headline, summary bullet, caption, item or running text.

Plain text, Markdown and HTML are cut into pieces each in their own way; what a piece is
follows from where it stands and how it ends, by the rules here. In doubt it is a paragraph,
so that no statement is lost from the running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.collect.credits import is_caption
from onrecord.statement import Block, BlockKind, Span

_MAX_HEADLINE = 200
_MAX_QUESTION_HEADLINE = 120
_CLOSING = "\"'”’»)]*_ "
_LABEL = re.compile(
    r"(?:the |our |story |article )?(?:key|main|quick|at a glance|in brief|in short|summary"
    r"|highlights|takeaways|what (?:we|to|you)|bottom line|tl;dr)[\w' ]{0,30}:?",
    re.IGNORECASE,
)


class Piece(NamedTuple):
    """A piece of the page before it is known what it is; offsets are code points, white space outside.

    `bulleted` tells a bullet from a numbered item, `lines` counts the lines it stands on.
    """

    kind: BlockKind
    start: int
    end: int
    bulleted: bool = False
    lines: int = 1


def settle(text: str, pieces: Sequence[Piece], *, headline_by_layout: bool) -> tuple[Block, ...]:
    """The pieces as blocks, each with its kind; `headline_by_layout` where nothing marks the headline."""
    kinds = [_plain_kind(text, piece) for piece in pieces]
    body = next((i for i, kind in enumerate(kinds) if _is_running(text, pieces[i], kind)), None)
    if body is not None:
        _mark_opening(text, pieces, kinds, body)
    if headline_by_layout and _first_is_headline(text, pieces, kinds):
        kinds[0] = "headline"
    return tuple(Block(kind, Span(p.start, p.end)) for kind, p in zip(kinds, pieces, strict=True))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """`[start, end)` without the white space at its edges."""
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())


def is_sentence(inside: str) -> bool:
    """Whether a piece ends like running text, or is too long for anything else."""
    return _last_mark(inside) in ".!:…" or len(inside) > _MAX_HEADLINE


def _plain_kind(text: str, piece: Piece) -> BlockKind:
    is_credit = piece.kind == "paragraph" and is_caption(text[piece.start : piece.end])
    return "caption" if is_credit else piece.kind


def _is_running(text: str, piece: Piece, kind: BlockKind) -> bool:
    """Whether the piece is of the article's running text, not a by-line, a date or a label."""
    inside = text[piece.start : piece.end]
    if kind not in ("paragraph", "quote") or _LABEL.fullmatch(inside[:60]):
        return False
    return is_sentence(inside)


def _mark_opening(text: str, pieces: Sequence[Piece], kinds: list[BlockKind], body: int) -> None:
    """Bullets before the running text sum the article up; what stands below says it again."""
    for index in range(body):
        if kinds[index] == "item" and pieces[index].bulleted:
            kinds[index] = "summary"


def _first_is_headline(text: str, pieces: Sequence[Piece], kinds: Sequence[BlockKind]) -> bool:
    if len(pieces) < 2 or kinds[0] != "paragraph" or "paragraph" not in kinds[1:]:
        return False
    inside = text[pieces[0].start : pieces[0].end]
    last = _last_mark(inside)
    if last == "?":
        return pieces[0].lines == 1 and len(inside) <= _MAX_QUESTION_HEADLINE and inside[0] not in "\"'“‘"
    return last not in ".!:;,…" and len(inside) <= _MAX_HEADLINE and pieces[0].lines <= 3


def _last_mark(inside: str) -> str:
    """The last character, closing quotation marks and brackets aside."""
    return inside.rstrip(_CLOSING)[-1:] or " "


def in_order(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces that hold something, in the order of the text, without overlap."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.start):
        if piece.start < piece.end and (not kept or kept[-1].end <= piece.start):
            kept.append(piece)
    return kept
