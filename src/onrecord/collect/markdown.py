"""Cuts Markdown into blocks and reads its front matter; the text itself stays as it is.

Spans point into the file, so list markers, "#" and ">" lie outside the blocks, and
emphasis inside them. Code, tables, HTML and front matter are in no block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.collect.dates import parse_date
from onrecord.collect.layout import Piece, in_order, settle, trimmed
from onrecord.collect.metadata import Metadata
from onrecord.statement import Block, BlockKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_NEWLINE = re.compile(r"\r\n?|\n")
_FRONT = re.compile(r"---[ \t]*(?:\r\n?|\n)")
_FIELD = re.compile(r"([A-Za-z_-]{1,30})[ \t]*:[ \t]*(\S.*)?")
_IMAGE_ALONE = re.compile(r"(?:!?\[[^\[\]]{0,300}\]\([^()\s]{1,2000}\)\s*)+")
# The block parser takes a second or two for this much; longer files are laid out as plain text.
_MAX_MARKDOWN = 150_000
_NAMES = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline"),
    "published": ("date", "published", "pubdate"),
    "outlet": ("outlet", "source", "publisher", "site"),
    "url": ("url", "canonical", "link"),
    "language": ("language", "lang"),
}


def is_too_long(text: str) -> bool:
    """Whether the text is too long to be parsed as Markdown in reasonable time."""
    return len(text) > _MAX_MARKDOWN


def read_markdown(text: str) -> tuple[tuple[Block, ...], Metadata]:
    """The blocks of a Markdown text, as spans into it, and what its front matter and title say."""
    body, found = _front_matter(text)
    pieces, title = _pieces(text, body)
    marked = any(piece.kind == "headline" for piece in pieces)
    blocks = settle(text, pieces, headline_by_layout=not marked)
    return blocks, found.over(Metadata(title=title))


def _front_matter(text: str) -> tuple[int, Metadata]:
    """Where the body begins, and the values of the simple `name: value` lines before it."""
    opening = _FRONT.match(text)
    if not opening:
        return 0, Metadata()
    values: dict[str, str] = {}
    at = opening.end()
    for line in text[at : at + 20_000].splitlines(keepends=True):
        at += len(line)
        if line.rstrip() in ("---", "..."):
            return at, _metadata(values)
        if (field := _FIELD.match(line)) and field.group(2):
            values.setdefault(field.group(1).lower(), _value(field.group(2).strip()))
    return 0, Metadata()


def _value(written: str) -> str:
    """A value without the quotation marks around it; a list in brackets as names with "and" between."""
    if written[0] == "[" and written[-1] == "]":
        return " and ".join(_value(part.strip()) for part in written[1:-1].split(",") if part.strip())
    return (
        written[1:-1] if len(written) > 1 and written[0] == written[-1] and written[0] in "\"'" else written
    )


def _metadata(values: dict[str, str]) -> Metadata:
    def first(names: Sequence[str]) -> str | None:
        return next((values[name] for name in names if values.get(name)), None)

    return Metadata(
        url=first(_NAMES["url"]),
        outlet=first(_NAMES["outlet"]),
        title=first(_NAMES["title"]),
        author=first(_NAMES["author"]),
        language=first(_NAMES["language"]),
        published=parse_date(first(_NAMES["published"])),
    )


def _pieces(text: str, body: int) -> tuple[list[Piece], str | None]:
    """The pieces from offset `body` on, and the text of the first heading."""
    starts = [body, *(match.end() for match in _NEWLINE.finditer(text, body)), len(text)]
    pieces: list[Piece] = []
    title: str | None = None
    for kind, bulleted, continues, inline in _inlines(_tokens(text[body:])):
        span = _located(text, starts, inline)
        if span is None or _IMAGE_ALONE.fullmatch(text[slice(*span)]):
            continue
        if kind == "headline":
            title = title or inline.content.strip() or None
            kind = "headline" if not pieces else "paragraph"
        if continues and pieces and pieces[-1].kind == "item":
            pieces[-1] = pieces[-1]._replace(end=span[1])
        else:
            pieces.append(Piece(kind, *span, bulleted=bulleted))
    return in_order(pieces), title


def _tokens(text: str) -> list[Token]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser.parse(text)


def _inlines(tokens: Sequence[Token]) -> Iterator[tuple[BlockKind, bool, bool, Token]]:
    """Each run of text with its kind, whether bulleted, and whether it goes on with the item before it."""
    around: list[str] = []
    last_item: tuple[str, ...] | None = None
    fresh = False
    for token in tokens:
        if token.nesting == 1:
            around.append(token.type)
            fresh = fresh or token.type == "list_item_open"
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline" and "table_open" not in around:
            kind = _kind(around)
            here = tuple(around[:-1])
            yield kind, _innermost_list(around) == "bullet_list_open", not fresh and here == last_item, token
            last_item, fresh = (here if kind == "item" else None), False


def _kind(around: Sequence[str]) -> BlockKind:
    if "list_item_open" in around:
        return "item"
    if "blockquote_open" in around:
        return "quote"
    return "headline" if around[-1:] == ["heading_open"] else "paragraph"


def _innermost_list(around: Sequence[str]) -> str | None:
    return next((kind for kind in reversed(around) if kind.endswith("_list_open")), None)


def _located(text: str, starts: Sequence[int], inline: Token) -> tuple[int, int] | None:
    """Where the token's text stands in the file: its lines, without the markers before the text."""
    if not inline.map or not inline.content.strip():
        return None
    top, bottom = inline.map[0], min(inline.map[1], len(starts) - 1)
    start, end = trimmed(text, starts[top], starts[bottom])
    wanted = inline.content.strip().splitlines()
    first = text.find(wanted[0].strip(), start, starts[top + 1])
    last = text.rfind(wanted[-1].strip(), start, end)
    return (first if first >= 0 else start), (last + len(wanted[-1].strip()) if last >= 0 else end)
