"""Lists: where a statement introduces a list, every item becomes a statement of its own.

"The office laid out five points the North agreed to:" and five items give five statements
by the North, relayed by the office.
"""

from __future__ import annotations

from collections.abc import Sequence
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
_SUBJECTS = frozenset(("the", "he", "she", "they", "it", "his", "her", "its", "their", "both"))
_COUNTS = frozenset(
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "some", "many",
     "the", "these", "its", "their", "his", "her", "following", "a")
)  # fmt: skip
LONGEST_CLAUSE = 12
LONGEST_CUE = 5
# Parent of a node that a better one has replaced: nothing is its child and it is shown nowhere.
DROPPED = -1


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


def with_items(
    article: Article, words: Words, nodes: list[Node], faint: Sequence[Reading] = ()
) -> list[Node]:
    """The nodes, and one more for every item of a list that one of them introduces.

    `faint` are readings that the model holds possible: a list behind a paragraph makes the
    one that announces it likely enough.
    """
    nodes = list(nodes)
    for listing in listings(article):
        begin, end = words_in(words, article.blocks[listing.intro])
        phrase = _phrase(article.text, words, begin, end)
        at = _introducer(article.text, words, nodes, (begin, end), phrase, faint)
        if at is None:
            continue
        source, cue, parent = _voice(nodes, at, phrase)
        outer = nodes[at].reading
        for item in listing.items:
            content = _item_content(article.text, words, nodes, words_in(words, article.blocks[item]))
            if content:
                reading = Reading(source, cue, content, outer.anchor, outer.path)
                nodes.append(Node(reading, parent, 0 if parent is None else 1, listed=True))
                _take_in(nodes, len(nodes) - 1)
    return nodes


@dataclass(frozen=True, slots=True)
class Phrase:
    """What announces a list: "five points | the North | agreed to". Word ranges of the text.

    begin, end: the whole phrase; source, cue: of the clause that says whose the list is, if there is one.
    """

    begin: int
    end: int
    source: tuple[int, int] | None
    cue: tuple[int, int] | None


def _phrase(text: str, words: Words, begin: int, end: int) -> Phrase | None:
    """The announcing phrase that ends a paragraph, if its noun is a known one."""
    names = [text[words.start[i] : words.end[i]] for i in range(begin, end)]
    while names and not names[-1].isalnum():
        names.pop()
    low = [name.lower() for name in names]
    head = max((i for i, name in enumerate(low) if name in _HEADS), default=None)
    if head is None:
        return None
    first = next(
        (i for i in range(head, max(-1, head - 6), -1) if low[i] in _COUNTS or low[i].isdigit()), head
    )
    clause = _clause(names, low, head)
    if clause is None and head < len(low) - 1:
        return None
    source, cue = clause or (None, None)
    moved = [(a + begin, b + begin) if clause else None for a, b in (source or (0, 0), cue or (0, 0))]
    return Phrase(begin + first, begin + len(low), moved[0], moved[1])


def _clause(names: list[str], low: list[str], head: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Source and cue of the clause behind the noun: a subject, then the verb that ends the sentence."""
    if not 2 <= len(low) - head - 1 <= LONGEST_CLAUSE:
        return None
    begin = head + 1 + (low[head + 1] in _RELATIVES)
    verb = len(low) - 1 - (low[-1] in _TAILS)
    while verb - 1 > begin and low[verb - 1] in _HELPERS:
        verb -= 1
    if verb <= begin or not _is_name(names[begin:verb]):
        return None
    return (begin, verb), (verb, len(low))


def _is_name(names: list[str]) -> bool:
    """A clause's subject: a pronoun, a name, or a noun phrase with its article."""
    return names[0][0].isupper() or names[0].lower() in _SUBJECTS


def _introducer(
    text: str,
    words: Words,
    nodes: list[Node],
    intro: tuple[int, int],
    phrase: Phrase | None,
    faint: Sequence[Reading],
) -> int | None:
    """Index of the first-level node that announces the list; a faint or a torn one is put right."""
    here = [i for i, n in enumerate(nodes) if n.parent is None and intro[0] <= n.reading.cue[0][0] < intro[1]]
    if phrase is None:
        return next((i for i in reversed(here) if _reaches_end(text, words, nodes[i].reading, intro)), None)
    readings = [nodes[i].reading for i in here] + [r for r in faint if intro[0] <= r.cue[0][0] < intro[1]]
    mended = [m for m in (_announcing(text, words, r, phrase) for r in readings) if m]
    if not mended:
        return None
    best = max(mended, key=lambda r: r.anchor)
    torn = [i for i in here if nodes[i].reading.cue[-1][1] > best.cue[0][0]]
    node = Node(best, None, 0)
    if torn:
        nodes[torn[0]] = node
        for i in torn[1:]:
            nodes[i] = Node(nodes[i].reading, DROPPED, 0)
        return torn[0]
    nodes.append(node)
    return len(nodes) - 1


def _announcing(text: str, words: Words, reading: Reading, phrase: Phrase) -> Reading | None:
    """The reading with the whole phrase as its content, and as its cue what stands before the phrase."""
    # A subject of the phrase's own clause, taken for a second piece of the source, is left to the clause.
    source = tuple(part for part in reading.source if part[1] <= phrase.begin)
    if not source:
        return None
    # The cue's own first word, where words stand between: "the office, which speaks for …, laid out".
    start = source[-1][1]
    if start < reading.cue[0][0] < phrase.begin:
        start = reading.cue[0][0]
    while start < phrase.begin and not text[words.start[start]].isalnum():
        start += 1
    if not 1 <= phrase.begin - start <= LONGEST_CUE:
        return None
    content = ((phrase.begin, phrase.end),)
    # Source and content are the grammar's now: how sure the model was of its own tells nothing of them.
    return Reading(source, ((start, phrase.begin),), content, reading.anchor, 0.0)


def _reaches_end(text: str, words: Words, reading: Reading, intro: tuple[int, int]) -> bool:
    last = intro[1] - 1
    while last > intro[0] and not text[words.start[last]].isalnum():
        last -= 1
    return any(a <= last < b or a == last + 1 for a, b in reading.content + reading.cue)


def _voice(nodes: list[Node], at: int, phrase: Phrase | None) -> tuple[Ranges, Ranges, int | None]:
    """Source, cue and parent of the items that node `at` introduces."""
    if phrase and phrase.source and phrase.cue:
        return (phrase.source,), (phrase.cue,), at
    return nodes[at].reading.source, nodes[at].reading.cue, nodes[at].parent


def _item_content(text: str, words: Words, nodes: list[Node], item: tuple[int, int]) -> Ranges:
    """The item's words without its final full stop, up to a sentence that is somebody else's report."""
    begin, end = item
    for start in _sentence_starts(text, words, begin, end)[1:]:
        if any(n.depth == 0 and min(n.reading.parts)[0] == start for n in nodes):
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
    for i, node in enumerate(nodes[:item]):
        if node.depth == 0 and node.reading.inside(nodes[item].reading):
            nodes[i] = Node(node.reading, item, nodes[item].depth + 1)
