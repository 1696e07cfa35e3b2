"""The frozen types that every stage exchanges: spans, articles, statements, documents.

A `Span` is a half-open pair of code-point offsets into `Article.text`; text is
never stored where a span will do. Ids are content hashes, so the same article
read twice is the same article on any machine.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

SCHEMA = "onrecord.document/1"

Part = Literal["body", "headline", "summary", "caption"]
BlockKind = Literal["paragraph", "item", "quote", "headline", "summary", "caption"]
Speech = Literal["direct", "mixed", "indirect"]
PublishedFrom = Literal["option", "metadata", "text", "unknown"]


class Span(NamedTuple):
    """Half-open code-point offsets `[start, end)` into `Article.text`."""

    start: int
    end: int

    def within(self, other: Span) -> bool:
        """Whether this span lies wholly inside `other`."""
        return other.start <= self.start and self.end <= other.end


Spans = tuple[Span, ...]


def content_hash(*fields: str | None) -> str:
    """SHA-256 over length-prefixed UTF-8 fields, as `sha256:<64 hex digits>`.

    The length prefix keeps ("ab", "c") and ("a", "bc") apart; None differs from "".
    Lone surrogates (which no encoder accepts) are hashed as they are.
    """
    digest = hashlib.sha256()
    for field in fields:
        if field is None:
            digest.update(b"-;")
            continue
        raw = field.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(raw) + raw + b";")
    return "sha256:" + digest.hexdigest()


def covered(text: str, spans: Iterable[Span]) -> str:
    """The text under `spans`, fragments joined by a space."""
    return " ".join(text[start:end] for start, end in spans)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the page, in reading order: a paragraph, a list item, a headline, …

    `headline`, `summary` (the bullets above an article) and `caption` are not
    running text: what is said in them is usually said again below.
    """

    kind: BlockKind
    span: Span

    @property
    def part(self) -> Part:
        """The part of the page that the block belongs to."""
        if self.kind == "headline" or self.kind == "summary" or self.kind == "caption":
            return self.kind
        return "body"


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it came in. All spans of its statements point into `text`."""

    text: str
    blocks: tuple[Block, ...] = ()
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    language: str | None = None
    published: date | None = None
    published_from: PublishedFrom = "unknown"

    @property
    def id(self) -> str:
        """Content hash of the text and of what identifies the publication."""
        published = self.published.isoformat() if self.published else None
        return content_hash("article", self.text, self.url, self.outlet, self.title, published)

    def block_at(self, offset: int) -> Block | None:
        """The block at a code-point offset. Blocks are disjoint and in text order."""
        at = bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1
        return self.blocks[at] if at >= 0 and offset < self.blocks[at].span.end else None

    def part_at(self, offset: int) -> Part:
        """The part of the page at a code-point offset; `body` where no block says otherwise."""
        block = self.block_at(offset)
        return block.part if block else "body"


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of a chain: somebody through whom the words came."""

    name: str | None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who answers for the words. Meanings of the fields: the labels page of the documentation.

    `confidence` is a probability in [0, 1]; None until a resolver has judged it.
    """

    name: str | None
    kind: str | None = None
    anonymous: bool | None = None
    mention: Spans = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution: a source, a cue and a content, each a tuple of spans in text order.

    `within` is the id of the statement whose content this one was found in.
    `confidence` is the calibrated probability in [0, 1] that the statement is right.
    Fields that a later stage fills are None.
    """

    article_id: str
    source: Spans
    cue: Spans
    content: Spans
    text: str
    speech: Speech
    speaker: Speaker
    chain: tuple[Voice, ...]
    confidence: float
    within: str | None = None
    part: Part = "body"
    kind: str | None = None
    commitment_type: str | None = None
    negative: bool | None = None
    kind_confidence: float | None = None
    denied: bool | None = None
    certainty: dict[str, Any] | None = None
    said_at: dict[str, Any] | None = None
    due: dict[str, Any] | None = None
    by: dict[str, Any] | None = None
    condition: dict[str, Any] | None = None

    @property
    def id(self) -> str:
        """Content hash of the article's id, the enclosing statement's id and the spans."""
        roles = [str([list(s) for s in spans]) for spans in (self.source, self.cue, self.content)]
        return content_hash("statement", self.article_id, self.within, *roles)


@dataclass(frozen=True, slots=True)
class ReaderInfo:
    """What read the article: the package's version and the model's hash."""

    version: str
    model: str


@dataclass(frozen=True, slots=True)
class Document:
    """An article with what was read in it. `to_dict` gives the published JSON contract."""

    article: Article
    statements: tuple[Statement, ...]
    reader: ReaderInfo
    times: tuple[dict[str, Any], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The document as plain JSON values, in the shape of schema `onrecord.document/1`."""
        return {
            "schema": SCHEMA,
            "article": _article_dict(self.article),
            "statements": [_statement_dict(s) for s in self.statements],
            "times": list(self.times),
            "reader": {"version": self.reader.version, "model": self.reader.model},
        }


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def _article_dict(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "author": article.author,
        "language": article.language,
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from,
        "text": article.text,
        "blocks": [{"kind": b.kind, "span": list(b.span)} for b in article.blocks],
    }


def _statement_dict(statement: Statement) -> dict[str, Any]:
    speaker = statement.speaker
    return {
        "id": statement.id,
        "within": statement.within,
        "source": _pairs(statement.source),
        "cue": _pairs(statement.cue),
        "content": _pairs(statement.content),
        "text": statement.text,
        "part": statement.part,
        "speech": statement.speech,
        "speaker": {
            "name": speaker.name,
            "kind": speaker.kind,
            "anonymous": speaker.anonymous,
            "mention": _pairs(speaker.mention),
            "confidence": speaker.confidence,
        },
        "chain": [{"name": v.name, "kind": v.kind} for v in statement.chain],
        "kind": statement.kind,
        "commitment_type": statement.commitment_type,
        "negative": statement.negative,
        "kind_confidence": statement.kind_confidence,
        "denied": statement.denied,
        "certainty": statement.certainty,
        "said_at": statement.said_at,
        "due": statement.due,
        "by": statement.by,
        "condition": statement.condition,
        "confidence": statement.confidence,
    }
