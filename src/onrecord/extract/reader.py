"""Finds who said what: from an article to its statements, all levels of hearsay, lists included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.calibration import confidence
from onrecord.extract.features import Words, words_of
from onrecord.extract.lists import with_items
from onrecord.extract.model import Model
from onrecord.extract.nesting import Node, read_all
from onrecord.extract.quotes import continued, speech
from onrecord.extract.readings import Ranges
from onrecord.statement import Article, Span, Spans, Speaker, Statement, Voice, covered


def statements_of(article: Article, model: Model) -> tuple[Statement, ...]:
    """All statements of an article: first-level ones in text order, each followed by those inside it."""
    words = words_of(article.text, model.tokenizer)
    if not len(words):
        return ()
    nodes, faint = read_all(model, words)
    first = [i for i, n in enumerate(nodes) if n.parent is None]
    for i, reading in zip(first, continued(words, [nodes[i].reading for i in first]), strict=True):
        nodes[i] = replace(nodes[i], reading=reading)
    nodes = with_items(article, words, nodes, faint)
    return tuple(_Tree(article, words, model, nodes).statements())


class _Tree:
    """Turns nodes into statements, parents before children."""

    def __init__(self, article: Article, words: Words, model: Model, nodes: list[Node]) -> None:
        self.article, self.words, self.model, self.nodes = article, words, model, nodes
        self.article_id = article.id
        self.children: dict[int | None, list[int]] = {}
        for i in sorted(range(len(nodes)), key=lambda i: nodes[i].reading.content[0]):
            self.children.setdefault(nodes[i].parent, []).append(i)

    def statements(self) -> Iterator[Statement]:
        for i in self.children.get(None, []):
            if self._in_a_block(nodes_start(self.words, self.nodes[i])):
                yield from self._with_inner(i, None)

    def _in_a_block(self, offset: int) -> bool:
        return not self.article.blocks or self.article.block_at(offset) is not None

    def _with_inner(self, i: int, outer: Statement | None) -> Iterator[Statement]:
        statement = self._statement(i, outer)
        yield statement
        for child in self.children.get(i, []):
            yield from self._with_inner(child, statement)

    def _statement(self, i: int, outer: Statement | None) -> Statement:
        reading = self.nodes[i].reading
        source, cue, content = (self._spans(r) for r in (reading.source, reading.cue, reading.content))
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
            part=self.article.part_at(content[0].start),
        )

    def _confidence(self, node: Node, outer: Statement | None) -> float:
        """An inner statement can be right only if the one around it is; an item is as sure as its list."""
        if outer and node.listed:
            return outer.confidence
        sure = confidence(node.reading, self.model.calibration)
        return round(sure * outer.confidence, 3) if outer else sure

    def _spans(self, ranges: Ranges) -> Spans:
        return tuple(Span(int(self.words.start[a]), int(self.words.end[b - 1])) for a, b in ranges)


def nodes_start(words: Words, node: Node) -> int:
    """The first character of a node's cue."""
    return int(words.start[node.reading.cue[0][0]])
