"""Compares two versions of an article: which paragraphs and words changed, which statements came and went."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.record.alignment import Effort, aligned, similar
from onrecord.statement import Span

if TYPE_CHECKING:
    from onrecord.statement import Article, Document, Statement

# A word with the blank before it, or a mark of punctuation: what a change is shown in.
_WORD = re.compile(r"\s?(?:\w+(?:[’'-]\w+)*|[^\w\s])")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_FACTS = ("url", "outlet", "title", "author", "published", "language")


class Paragraph(NamedTuple):
    """A paragraph: its text with each run of blanks as one, and where it stands in its own version."""

    text: str
    span: Span


class Piece(NamedTuple):
    """A stretch of a changed paragraph."""

    change: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A paragraph that changed. Pieces without the added ones are `before`, without the removed `after`."""

    before: Paragraph
    after: Paragraph
    pieces: tuple[Piece, ...]


class Fact(NamedTuple):
    """What is stated of the article besides its text, and changed: title, outlet, …; None where it is not."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two versions of an article, each part in the order of the text.

    added, removed, changed: paragraphs. A paragraph that moved was removed and added. came, went:
    statements whose words are in one version alone; stayed: the same words in both versions, as
    (before, after), whose speaker or kind may be another now.
    """

    added: tuple[Paragraph, ...]
    removed: tuple[Paragraph, ...]
    changed: tuple[Rewritten, ...]
    facts: tuple[Fact, ...]
    came: tuple[Statement, ...]
    went: tuple[Statement, ...]
    stayed: tuple[tuple[Statement, Statement], ...]


def changes(before: Document, after: Document) -> Changes:
    """What changed from one version of an article to the next. Time is bounded on texts of any length:
    where too much changed at once to be told word by word, it is told in larger pieces.
    """
    old, new = paragraphs(before.article), paragraphs(after.article)
    added: list[Paragraph] = []
    removed: list[Paragraph] = []
    changed: list[Rewritten] = []
    at = to = 0
    effort = Effort()
    for start, other, length in aligned([p.text for p in old], [p.text for p in new], effort):
        gone, here = old[at:start], new[to:other]
        pairs = list(similar([p.text for p in gone], [p.text for p in here], effort))
        changed += (_rewritten(gone[i], here[j], effort) for i, j in pairs)
        removed += _others(gone, {i for i, _ in pairs})
        added += _others(here, {j for _, j in pairs})
        at, to = start + length, other + length
    came, went, stayed = _statements(before.statements, after.statements)
    facts = tuple(_facts(before.article, after.article))
    return Changes(tuple(added), tuple(removed), tuple(changed), facts, came, went, stayed)


def paragraphs(article: Article) -> list[Paragraph]:
    """The paragraphs of an article: its blocks, and the lines before, between and behind them."""
    text = article.text
    found = (Paragraph(" ".join(text[start:end].split()), Span(start, end)) for start, end in _spans(article))
    return [paragraph for paragraph in found if paragraph.text]


def _spans(article: Article) -> Iterator[Span]:
    at = 0
    for span in (*(block.span for block in article.blocks), Span(len(article.text), len(article.text))):
        yield from (Span(*line.span()) for line in _LINE.finditer(article.text, at, span.start))
        yield span
        at = span.end


def _others(all_of_them: Sequence[Paragraph], taken: set[int]) -> Iterator[Paragraph]:
    return (paragraph for n, paragraph in enumerate(all_of_them) if n not in taken)


def _rewritten(before: Paragraph, after: Paragraph, effort: Effort) -> Rewritten:
    """Two versions of a paragraph with the words that changed."""
    worth = effort.allows(100 + len(before.text) + len(after.text))
    old, new = (_WORD.findall(p.text) if worth else [p.text] for p in (before, after))
    pieces: list[Piece] = []
    at = to = 0
    for start, other, length in aligned(old, new, effort):
        parts: tuple[Piece, ...] = (
            Piece("removed", "".join(old[at:start])),
            Piece("added", "".join(new[to:other])),
            Piece("same", "".join(old[start : start + length])),
        )
        pieces += (piece for piece in parts if piece.text)
        at, to = start + length, other + length
    return Rewritten(before, after, tuple(pieces))


def _facts(before: Article, after: Article) -> Iterator[Fact]:
    for name in _FACTS:
        one, other = (None if (v := getattr(a, name)) is None else str(v) for a in (before, after))
        if one != other:
            yield Fact(name, one, other)


def _statements(
    before: Sequence[Statement], after: Sequence[Statement]
) -> tuple[tuple[Statement, ...], tuple[Statement, ...], tuple[tuple[Statement, Statement], ...]]:
    """Statements that came, that went, and those whose words stayed: by the same speaker if there is one."""
    partner: dict[int, int] = {}
    for by_speaker in (True, False):
        taken = set(partner.values())
        waiting: defaultdict[object, deque[int]] = defaultdict(deque)
        for i, statement in enumerate(before):
            if i not in taken:
                waiting[_key(statement, by_speaker)].append(i)
        for j, statement in enumerate(after):
            if j not in partner and (same := waiting[_key(statement, by_speaker)]):
                partner[j] = same.popleft()
    taken = set(partner.values())
    went = tuple(s for i, s in enumerate(before) if i not in taken)
    came = tuple(s for j, s in enumerate(after) if j not in partner)
    return came, went, tuple((before[partner[j]], after[j]) for j in sorted(partner))


def _key(statement: Statement, by_speaker: bool) -> tuple[str, str | None]:
    return " ".join(statement.text.split()), statement.speaker.name if by_speaker else None
