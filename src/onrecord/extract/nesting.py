"""Chains: which statement was found inside which, and contents that are read again for more.

Trained people mark only the outermost attribution of a sentence, and so does the model.
Whatever stands inside a content is therefore read once more, as if it were a text of its
own, until nothing more is found: "the office reported that Kim said he would talk" gives
office → Kim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.extract.features import INSIDE, Ints, Words
from onrecord.extract.model import Model, Piece
from onrecord.extract.passes import first_pass, read
from onrecord.extract.readings import Reading

# Levels of hearsay that are read; nothing deeper was seen in news.
DEEPEST = 5
# A content shorter than this many words holds no source, cue and content.
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Node:
    """A reading and the index of the one that it stands in (None: first level).

    depth: levels above it when it was found; listed: an item of a list that another introduces.
    """

    reading: Reading
    parent: int | None
    depth: int
    listed: bool = False


def read_all(model: Model, words: Words) -> list[Node]:
    """All levels of a text, first level in text order, then level by level."""
    threshold = float(model.facts["threshold"])
    found = [f.reading for f in read(model, words, first_pass(words, int(model.facts["longest"])), threshold)]
    nodes = _first_level(_usable(found))
    level = range(len(nodes))
    for _ in range(1, DEEPEST):
        before = len(nodes)
        nodes += _inner(model, words, nodes, level)
        level = range(before, len(nodes))
        if not level:
            break
    return nodes


def _usable(readings: Sequence[Reading]) -> list[Reading]:
    """Readings with a content, each cue once."""
    best: dict[int, Reading] = {}
    for reading in readings:
        cue = reading.cue[0][0]
        if reading.content and (cue not in best or reading.anchor > best[cue].anchor):
            best[cue] = reading
    return list(best.values())


def _first_level(readings: list[Reading]) -> list[Node]:
    """First-level readings, then those wholly inside one of them.

    Of two that overlap without one lying wholly inside the other, the more probable is kept.
    """
    outer: list[Reading] = []
    inner: list[Reading] = []
    for reading in sorted(readings, key=lambda r: r.anchor, reverse=True):
        clashes = [o for o in outer if o.holds(reading.cue[0][0]) or reading.holds(o.cue[0][0])]
        if all(_inside(o, reading) for o in clashes):
            inner += clashes
            outer = [o for o in outer if o not in clashes] + [reading]
        elif any(_inside(reading, o) for o in clashes):
            inner.append(reading)
    nodes = [Node(r, None, 0) for r in sorted(outer, key=lambda r: r.cue[0])]
    for reading in inner:
        at = next((i for i, n in enumerate(nodes) if n.depth == 0 and _inside(reading, n.reading)), None)
        if at is not None and reading.source:
            nodes.append(Node(reading, at, 1))
    return nodes


def _inside(inner: Reading, outer: Reading) -> bool:
    parts = inner.source + inner.cue + inner.content
    return all(any(a <= s and e <= b for a, b in outer.content) for s, e in parts)


def _inner(model: Model, words: Words, nodes: list[Node], level: range) -> list[Node]:
    """One level further down: the contents of `level` that may hold a cue are read again."""
    parents, pieces = [], []
    for i in level:
        index = np.concatenate([np.arange(s, e) for s, e in nodes[i].reading.content])
        if len(index) > SHORTEST and np.isin(words.subwords[words.first[index]], model.inner_cue_ids).any():
            for piece in _pieces(words, index, int(model.facts["longest"])):
                parents.append(i)
                pieces.append(piece)
    known = {n.reading.cue[0][0] for n in nodes}
    inner = []
    for found in read(model, words, pieces, float(model.facts["inner_threshold"])):
        reading, parent = found.reading, parents[found.piece]
        if reading.content and reading.source and reading.cue[0][0] not in known:
            inner.append(Node(reading, parent, nodes[parent].depth + 1))
    return _outermost(inner)


def _pieces(words: Words, index: Ints, longest: int) -> list[Piece]:
    """A content as pieces of at most `longest` subwords; quotation marks around all of it are left out."""
    quoted = bool((words.quote[index] > 0).all())
    if quoted:
        index = index[words.quote[index] == INSIDE]
    filled = np.cumsum(np.diff(words.first)[index])
    cuts = np.flatnonzero(np.diff(filled // longest)) + 1
    parts = [part for part in np.split(index, cuts) if len(part) > SHORTEST]
    return [Piece(part, np.ones(len(part), bool), plain=quoted) for part in parts]


def _outermost(nodes: list[Node]) -> list[Node]:
    """Of readings of one content, those that stand in no other's content; the others come a level later."""
    return [
        n
        for n in nodes
        if not any(
            o is not n and o.parent == n.parent and o.reading.holds(n.reading.cue[0][0]) for o in nodes
        )
    ]
