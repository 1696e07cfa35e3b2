"""Finds who said what, and what is meant: from an article to its statements, hearsay and lists included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.extract.calibration import confidence
from onrecord.extract.features import Words, words_of
from onrecord.extract.judge import judged
from onrecord.extract.lists import with_items
from onrecord.extract.meaning import Judged, meant
from onrecord.extract.model import Model
from onrecord.extract.nesting import Node, read_all
from onrecord.extract.quotes import continued, speech
from onrecord.extract.readings import Ranges
from onrecord.settings import Settings
from onrecord.statement import (
    Article,
    Span,
    Spans,
    Speaker,
    Statement,
    TimeExpression,
    Voice,
    covered,
)


def read_article(
    article: Article, model: Model, settings: Settings
) -> tuple[tuple[Statement, ...], tuple[TimeExpression, ...]]:
    """All statements of an article, with what they mean, and its time expressions.

    First-level statements stand in text order, each followed by those inside it.
    """
    found = tuple(attributions(article, model))
    statements = [each.statement for each in found]
    scores, marked = judged(model.judge, model.tokenizer, article.text, statements)
    rows = [
        Judged(each.statement, tuple(row.tolist()), marks, each.listed)
        for each, row, marks in zip(found, scores, marked, strict=True)
    ]
    return meant(
        article, rows, model.facts["kinds"], scale=settings.probability_scale, author=settings.author_voice
    )


def attributions(article: Article, model: Model) -> Sequence[Attribution]:
    """The statements as the model finds them: source, cue and content, and in which other they stand."""
    words = words_of(article.text, model.tokenizer)
    if not len(words):
        return ()
    nodes, faint = read_all(model, words)
    first = [i for i, n in enumerate(nodes) if n.parent is None]
    for i, reading in zip(first, continued(words, [nodes[i].reading for i in first]), strict=True):
        nodes[i] = replace(nodes[i], reading=reading)
    nodes = with_items(article, words, nodes, faint)
    return tuple(_Tree(article, words, model, nodes).attributions())


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement without its meaning. listed: an item of a list that a sentence before it introduces."""

    statement: Statement
    listed: bool


# An inner statement that is less sure than this, given that the one around it is right, is left out:
# no text that people marked tells how many of them are right, and a wrong one is worse than none.
LEAST_INNER = 0.3


class _Tree:
    """Turns nodes into statements, parents before children."""

    def __init__(self, article: Article, words: Words, model: Model, nodes: list[Node]) -> None:
        self.article, self.words, self.model, self.nodes = article, words, model, nodes
        self.article_id = article.id
        self.children: dict[int | None, list[int]] = {}
        for i in sorted(range(len(nodes)), key=lambda i: nodes[i].reading.content[0]):
            self.children.setdefault(nodes[i].parent, []).append(i)

    def attributions(self) -> Iterator[Attribution]:
        for i in self.children.get(None, []):
            if self._in_a_block(nodes_start(self.words, self.nodes[i])):
                yield from self._with_inner(i, None)

    def _in_a_block(self, offset: int) -> bool:
        return not self.article.blocks or self.article.block_at(offset) is not None

    def _with_inner(self, i: int, outer: Statement | None) -> Iterator[Attribution]:
        statement = self._statement(i, outer)
        if not statement.content:
            return
        yield Attribution(statement, self.nodes[i].listed)
        for child in self.children.get(i, []):
            if self.nodes[child].listed or self._sure(self.nodes[child]) >= LEAST_INNER:
                yield from self._with_inner(child, statement)

    def _statement(self, i: int, outer: Statement | None) -> Statement:
        reading = self.nodes[i].reading
        source, cue, content = (self._spans(r) for r in (reading.source, reading.cue, reading.content))
        # The number of a list's item stands in no block, and is nobody's words.
        content = tuple(span for span in content if self._in_a_block(span.start))
        name = covered(self.article.text, source).strip(" ,;:–—-") or None
        return Statement(
            article_id=self.article_id,
            source=source,
            cue=cue,
            content=content,
            text=covered(self.article.text, content),
            speech=speech(self.article.text, self.words, reading.content),
            speaker=Speaker(name=name, mention=source),
            chain=(*(outer.chain if outer else ()), Voice(name)),
            confidence=self._confidence(self.nodes[i], outer),
            within=outer.id if outer else None,
            part=self.article.part_at(content[0].start) if content else "body",
        )

    def _confidence(self, node: Node, outer: Statement | None) -> float:
        """An inner statement can be right only if the one around it is; an item is as sure as its list."""
        if outer and node.listed:
            return outer.confidence
        sure = self._sure(node)
        return round(sure * outer.confidence, 3) if outer else sure

    def _sure(self, node: Node) -> float:
        return confidence(node.reading, self.model.calibration)

    def _spans(self, ranges: Ranges) -> Spans:
        return tuple(Span(int(self.words.start[a]), int(self.words.end[b - 1])) for a, b in ranges)


def nodes_start(words: Words, node: Node) -> int:
    """The first character of a node's cue."""
    return int(words.start[node.reading.cue[0][0]])
