"""The frozen types that every stage exchanges: spans, articles, statements, documents.

A `Span` is a half-open pair of code-point offsets into `Article.text`; text is
never stored where a span will do. Ids are content hashes, so the same article
read twice is the same article on any machine.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

SCHEMA = "onrecord.document/1"

Part = Literal["body", "headline", "summary", "caption"]
BlockKind = Literal["paragraph", "item", "quote", "headline", "summary", "caption"]
Speech = Literal["direct", "mixed", "indirect"]
KINDS = ("commitment", "directive", "question", "prediction", "expression", "assessment", "claim")
COMMITMENTS = ("promise", "offer", "agreement", "refusal", "threat", "intention")
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
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


def _written(spans: Iterable[Span]) -> str:
    """Spans as JSON has them: [[0, 3], [5, 9]]."""
    return "[" + ", ".join([f"[{start}, {end}]" for start, end in spans]) + "]"


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
class Certainty:
    """How likely the speaker says it is: the words, and what readers understand by them.

    low, high: quartiles, mid: median, all in [0, 1], of the probability that the content is so.
    """

    phrase: str
    span: Span
    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class When:
    """A time as the article words it, and the interval of days it stands for, both ends included.

    start, end: None where no calendar gives them, or on the side where the interval is open.
    """

    text: str
    span: Span
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression of the article, with type and value of TIMEX3 (ISO-TimeML, ISO 24617-1).

    start, end: the interval of days, both ends included; None where unresolved or open.
    granularity: day, week, month, quarter, year, …: how exactly the words say it.
    """

    span: Span
    text: str
    type: TimeType
    value: str
    start: date | None
    end: date | None
    granularity: str


@dataclass(frozen=True, slots=True)
class Condition:
    """The clause on which a commitment or a prediction depends."""

    text: str
    span: Span


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
    certainty: Certainty | None = None
    said_at: When | None = None
    due: When | None = None
    by: When | None = None
    condition: Condition | None = None

    @property
    def id(self) -> str:
        """Content hash of the article's id, the enclosing statement's id and the spans."""
        roles = [_written(spans) for spans in (self.source, self.cue, self.content)]
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
    times: tuple[TimeExpression, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The document as plain JSON values, in the shape of schema `onrecord.document/1`."""
        return {
            "schema": SCHEMA,
            "article": _article_dict(self.article),
            "statements": [_statement_dict(s) for s in self.statements],
            "times": _plain(self.times),
            "reader": {"version": self.reader.version, "model": self.reader.model},
        }


# The order in which a statement's fields are printed.
_PRINTED = (
    "within", "source", "cue", "content", "text", "part", "speech", "speaker", "chain", "kind",
    "commitment_type", "negative", "kind_confidence", "denied", "certainty", "said_at", "due", "by",
    "condition", "confidence",
)  # fmt: skip


def _plain(value: Any) -> Any:
    """Spans and dates, tuples and dataclasses of them, as plain JSON values."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _article_dict(article: Article) -> dict[str, Any]:
    facts = ("url", "outlet", "title", "author", "language", "published", "published_from", "text", "blocks")
    return {"id": article.id} | {name: _plain(getattr(article, name)) for name in facts}


def _statement_dict(statement: Statement) -> dict[str, Any]:
    return {"id": statement.id} | {name: _plain(getattr(statement, name)) for name in _PRINTED}
