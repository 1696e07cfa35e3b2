"""Lists: where a statement introduces a list, every item becomes a statement of its own.

"The office laid out five points the North agreed to:" and five items give five statements
by the North, relayed by the office.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from onrecord.extract.features import Words
from onrecord.extract.nesting import Node
from onrecord.extract.readings import Ranges, Reading
from onrecord.statement import Article, Block

# Nouns that announce a list; a clause after one says whose they are ("points X agreed to").
_HEADS = frozenset(
    (
        "actions",
        "aims",
        "areas",
        "arguments",
        "assurances",
        "changes",
        "claims",
        "commitments",
        "complaints",
        "concerns",
        "concessions",
        "conclusions",
        "conditions",
        "decisions",
        "demands",
        "findings",
        "goals",
        "guarantees",
        "ideas",
        "issues",
        "items",
        "lessons",
        "measures",
        "messages",
        "objections",
        "objectives",
        "options",
        "pillars",
        "plans",
        "pledges",
        "points",
        "priorities",
        "principles",
        "problems",
        "promises",
        "proposals",
        "questions",
        "reasons",
        "recommendations",
        "reforms",
        "requests",
        "requirements",
        "rules",
        "steps",
        "suggestions",
        "tasks",
        "terms",
        "things",
        "undertakings",
        "ways",
    )
)
_TAILS = frozenset(("to", "on", "for", "with", "in", "about", "upon", "of"))
_HELPERS = frozenset(("has", "have", "had", "will", "would", "is", "are", "was", "were", "also", "already"))
_RELATIVES = frozenset(("that", "which"))
LONGEST_CLAUSE = 12


@dataclass(frozen=True, slots=True)
class Listing:
    """The introducing block's index, and those of the items behind it."""

    intro: int
    items: tuple[int, ...]


def listings(article: Article) -> list[Listing]:
    """Runs of two or more items, each directly behind a paragraph."""
    found = []
    blocks = article.blocks
    for i, block in enumerate(blocks[:-1]):
        if block.kind in {"paragraph", "quote"} and blocks[i + 1].kind == "item":
            last = i + 1
            while last < len(blocks) and blocks[last].kind == "item":
                last += 1
            if last - i > 2:
                found.append(Listing(i, tuple(range(i + 1, last))))
    return found


def words_in(words: Words, block: Block) -> tuple[int, int]:
    """Half-open range of the words of a block."""
    return (
        int(np.searchsorted(words.start, block.span.start)),
        int(np.searchsorted(words.start, block.span.end)),
    )


def with_items(article: Article, words: Words, nodes: list[Node]) -> list[Node]:
    """The nodes, and one more for every item of a list that one of them introduces."""
    nodes = list(nodes)
    for listing in listings(article):
        begin, end = words_in(words, article.blocks[listing.intro])
        at = _introducer(article.text, words, nodes, begin, end)
        if at is None:
            continue
        source, cue, parent = _voice(article.text, words, nodes, at, end)
        for item in listing.items:
            content = _item_content(article.text, words, nodes, words_in(words, article.blocks[item]))
            if content:
                outer = nodes[at].reading
                nodes.append(
                    _item_node(Reading(source, cue, content, outer.anchor, outer.path), parent, nodes)
                )
                _take_in(nodes, len(nodes) - 1)
    return nodes


def _item_node(reading: Reading, parent: int | None, nodes: list[Node]) -> Node:
    return Node(reading, parent, 0 if parent is None else nodes[parent].depth + 1, listed=True)


def _introducer(text: str, words: Words, nodes: list[Node], begin: int, end: int) -> int | None:
    """The deepest node of the introducing paragraph that reaches its last word."""
    last = end - 1
    while last > begin and not text[words.start[last]].isalnum():
        last -= 1
    reaching = []
    for i, node in enumerate(nodes):
        parts = node.reading.content + node.reading.cue
        inside = begin <= node.reading.cue[0][0] < end
        if inside and any(s <= last < e or s == last + 1 for s, e in parts):
            reaching.append(i)
    return max(reaching, key=lambda i: nodes[i].depth, default=None)


def _voice(
    text: str, words: Words, nodes: list[Node], at: int, end: int
) -> tuple[Ranges, Ranges, int | None]:
    """Source, cue and parent of the items that node `at` introduces, in a paragraph that ends at `end`."""
    reading = nodes[at].reading
    clause = _clause(text, words, (reading.cue[0][0], end))
    if clause:
        return (clause[0],), (clause[1],), at
    return reading.source, reading.cue, nodes[at].parent


def _clause(text: str, words: Words, told: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Source and cue of a clause that ends a list's announcement: "points | the North | agreed to".

    told: the words from the introducing cue to the end of its paragraph.
    """
    names = [text[words.start[i] : words.end[i]] for i in range(*told)]
    while names and not names[-1].isalnum():
        names.pop()
    low = [name.lower() for name in names]
    head = max((i for i, name in enumerate(low) if name in _HEADS), default=None)
    if head is None or not 2 <= len(low) - head - 1 <= LONGEST_CLAUSE:
        return None
    begin = head + 1 + (low[head + 1] in _RELATIVES)
    stop = len(low)
    verb = stop - 1 - (low[-1] in _TAILS)
    while verb - 1 > begin and low[verb - 1] in _HELPERS:
        verb -= 1
    if verb <= begin or not _is_name(names[begin:verb]):
        return None
    offset = told[0]
    return (offset + begin, offset + verb), (offset + verb, offset + stop)


def _is_name(names: list[str]) -> bool:
    """A clause's subject: a pronoun, a name, or a noun phrase with its article."""
    first = names[0]
    return first[0].isupper() or first.lower() in {
        "the",
        "he",
        "she",
        "they",
        "it",
        "his",
        "her",
        "its",
        "their",
        "both",
    }


def _item_content(text: str, words: Words, nodes: list[Node], item: tuple[int, int]) -> Ranges:
    """The item's words without its final full stop, up to a sentence that is somebody else's report."""
    begin, end = item
    for start in _sentence_starts(text, words, begin, end)[1:]:
        if any(
            n.depth == 0 and min(n.reading.source + n.reading.cue + n.reading.content)[0] == start
            for n in nodes
        ):
            end = start
            break
    while end > begin and text[words.start[end - 1]] in ".;,":
        end -= 1
    return ((begin, end),) if end > begin else ()


def _sentence_starts(text: str, words: Words, begin: int, end: int) -> list[int]:
    stops = (i for i in range(begin, end - 1) if text[words.start[i]] in ".?!" and words.gap[i + 1] > 0)
    return [begin, *(i + 1 for i in stops if text[words.start[i + 1]].isupper() or words.quote[i + 1] > 0)]


def _take_in(nodes: list[Node], item: int) -> None:
    """First-level readings wholly inside the item's content become its inner ones."""
    content = nodes[item].reading.content
    for i, node in enumerate(nodes[:item]):
        parts = node.reading.source + node.reading.cue + node.reading.content
        if node.depth == 0 and all(any(s <= a and b <= e for s, e in content) for a, b in parts):
            nodes[i] = Node(node.reading, item, nodes[item].depth + 1)
