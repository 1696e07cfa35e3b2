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
# The least probability of a cue that anything is remembered of.
FAINT = 0.05


@dataclass(frozen=True, slots=True)
class Node:
    """A reading and the index of the one that it stands in (None: first level).

    depth: levels above it when it was found; listed: an item of a list that another introduces.
    """

    reading: Reading
    parent: int | None
    depth: int
    listed: bool = False


def read_all(model: Model, words: Words) -> tuple[list[Node], list[Reading]]:
    """All levels of a text, first level in text order, then level by level; and the faint readings.

    Faint ones lie under the threshold, but not far: with other evidence they may be right.
    """
    threshold = float(model.facts["threshold"])
    readings = outer_readings(model, words, FAINT)
    nodes = first_level([r for r in readings if r.anchor >= threshold])
    level = range(len(nodes))
    for _ in range(1, DEEPEST):
        before = len(nodes)
        nodes += _inner(model, words, nodes, level)
        level = range(before, len(nodes))
        if not level:
            break
    return nodes, [r for r in readings if r.anchor < threshold]


def outer_readings(model: Model, words: Words, threshold: float) -> list[Reading]:
    """What the model finds in the text itself, with `threshold` as the least probability of a cue."""
    pieces = first_pass(words, int(model.facts["longest"]))
    return _usable([f.reading for f in read(model, words, pieces, threshold)])


def _usable(readings: Sequence[Reading]) -> list[Reading]:
    """Readings with a content, each cue once."""
    best: dict[int, Reading] = {}
    for reading in readings:
        cue = reading.cue[0][0]
        if reading.content and (cue not in best or reading.anchor > best[cue].anchor):
            best[cue] = reading
    return list(best.values())


def first_level(readings: list[Reading]) -> list[Node]:
    """First-level readings, then those wholly inside one of them.

    Of two that overlap without one lying wholly inside the other, the more probable is kept.
    """
    outer, inner = _Nearby(), []
    for reading in sorted(readings, key=lambda r: r.anchor, reverse=True):
        near = outer.around(reading)
        clashes = [o for o in near if o.holds(reading.cue[0][0]) or reading.holds(o.cue[0][0])]
        if all(o.inside(reading) for o in clashes):
            inner += clashes
            outer.replace(clashes, reading)
        elif any(reading.inside(o) for o in clashes):
            inner.append(reading)
    kept = outer.all()
    at = {id(reading): i for i, reading in enumerate(kept)}
    nodes = [Node(reading, None, 0) for reading in kept]
    for reading in inner:
        parents = [at[id(o)] for o in outer.around(reading) if reading.inside(o)]
        if parents and reading.source:
            nodes.append(Node(reading, parents[0], 1))
    return nodes


class _Nearby:
    """Readings by the stretches of text that they touch: looking one up takes no longer in a longer text."""

    STRETCH = 256

    def __init__(self) -> None:
        self._shelves: dict[int, list[Reading]] = {}

    def _touched(self, reading: Reading) -> range:
        first, last = min(a for a, _ in reading.parts), max(b for _, b in reading.parts) - 1
        return range(first // self.STRETCH, last // self.STRETCH + 1)

    def around(self, reading: Reading) -> list[Reading]:
        near = {id(o): o for i in self._touched(reading) for o in self._shelves.get(i, ())}
        return list(near.values())

    def replace(self, old: list[Reading], new: Reading) -> None:
        gone = {id(o) for o in old}
        for o in old:
            for i in self._touched(o):
                self._shelves[i] = [r for r in self._shelves[i] if id(r) not in gone]
        for i in self._touched(new):
            self._shelves.setdefault(i, []).append(new)

    def all(self) -> list[Reading]:
        every = {id(r): r for shelf in self._shelves.values() for r in shelf}
        return sorted(every.values(), key=lambda r: r.cue[0])


def _inner(model: Model, words: Words, nodes: list[Node], level: range) -> list[Node]:
    """One level further down: the contents of `level` that may hold a cue are read again."""
    parents, pieces = [], []
    that = model.tokenizer.token_to_id("that") or -1
    for i in level:
        index = np.concatenate([np.arange(s, e) for s, e in nodes[i].reading.content])
        if len(index) > SHORTEST and np.isin(words.subwords[words.first[index]], model.inner_cue_ids).any():
            for piece in _pieces(words, index, int(model.facts["longest"]), that):
                parents.append(i)
                pieces.append(piece)
    known = {n.reading.cue[0][0] for n in nodes}
    inner = []
    for found in read(model, words, pieces, float(model.facts["inner_threshold"])):
        reading, parent = found.reading, parents[found.piece]
        if reading.content and reading.source and reading.cue[0][0] not in known:
            inner.append(Node(reading, parent, nodes[parent].depth + 1))
    return _outermost(inner)


def _pieces(words: Words, index: Ints, longest: int, that: int) -> list[Piece]:
    """A content as pieces of at most `longest` subwords, without marks around it all or a leading "that"."""
    quoted = bool((words.quote[index] > 0).all())
    if quoted:
        index = index[words.quote[index] == INSIDE]
    index = index[int(len(index) and words.subwords[words.first[index[0]]] == that) :]
    filled = np.cumsum(np.diff(words.first)[index])
    cuts = np.flatnonzero(np.diff(filled // longest)) + 1
    parts = [part for part in np.split(index, cuts) if len(part) > SHORTEST]
    return [Piece(part, np.ones(len(part), bool), plain=quoted) for part in parts]


def _outermost(nodes: list[Node]) -> list[Node]:
    """Of readings of one content, those that stand in no other's content; the others come a level later."""
    siblings: dict[int | None, list[Reading]] = {}
    for node in nodes:
        siblings.setdefault(node.parent, []).append(node.reading)
    return [
        n
        for n in nodes
        if not any(o is not n.reading and o.holds(n.reading.cue[0][0]) for o in siblings[n.parent])
    ]
