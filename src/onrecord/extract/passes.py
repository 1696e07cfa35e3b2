"""Runs the model over many pieces of many texts, in batches of like length, and decodes what it finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.decode import best_tags, constrain
from onrecord.extract.features import Ints, Words
from onrecord.extract.model import Model, Piece
from onrecord.extract.readings import Reading, as_reading
from onrecord.extract.windows import windows_of

# Words in one run of the model: a single window stays in the processor's cache. Measured: runs of
# 256 words take 1.2 times, of 2,048 words 1.6 times as long a word as runs of 128.
BATCH = 128
# Words decoded before and after a cue. Of the training data's attributions 99.8 % lie inside.
BEFORE, AFTER = 96, 192
# Cues that are decoded together.
TOGETHER = 256


@dataclass(frozen=True, slots=True)
class Found:
    """A reading and the piece that it was found in."""

    piece: int
    reading: Reading


def first_pass(words: Words, longest: int) -> list[Piece]:
    """The windows of a text as pieces."""
    pieces = []
    for window in windows_of(words, longest):
        index = np.arange(window.begin, window.end)
        pieces.append(Piece(index, (index >= window.own_begin) & (index < window.own_end)))
    return pieces


def read(model: Model, words: Words, pieces: Sequence[Piece], threshold: float) -> list[Found]:
    """Readings of all pieces in text order, with ranges in words of the text.

    Many cues are decoded together: the search takes one step a word, however many cues there are.
    """
    found: list[Found] = []
    waiting: list[_Scores] = []
    for group in _batches(words, pieces):
        waiting.append(_scores(model, words, pieces, group, threshold))
        if sum(len(part.cue) for part in waiting) >= TOGETHER:
            found += _decoded(model, pieces, waiting)
            waiting = []
    found += _decoded(model, pieces, waiting)
    return sorted(found, key=lambda f: (f.reading.cue[0], f.piece))


def _decoded(model: Model, pieces: Sequence[Piece], parts: Sequence[_Scores]) -> list[Found]:
    parts = [part for part in parts if len(part.cue)]
    if not parts:
        return []
    width = max(part.scores.shape[1] for part in parts)
    scores = np.concatenate([_widened(part.scores, width) for part in parts])
    cue, length, begin, piece, chance = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("cue", "length", "begin", "piece", "chance")
    )
    tags, paths = best_tags(constrain(scores, cue, length), model.transitions)
    found = []
    for k in range(len(tags)):
        index = pieces[int(piece[k])].words[int(begin[k]) :]
        found.append(Found(int(piece[k]), as_reading(tags[k], index, float(chance[k]), float(paths[k]))))
    return found


@dataclass(frozen=True, slots=True)
class _Scores:
    """Tag scores around each cue of some pieces. cue and length count from `begin`."""

    piece: Ints
    begin: Ints
    cue: Ints
    length: Ints
    chance: NDArray[np.float32]
    scores: NDArray[np.float32]


def _batches(words: Words, pieces: Sequence[Piece]) -> Iterable[list[int]]:
    sizes = [len(piece.words) for piece in pieces]
    group: list[int] = []
    for i in sorted(range(len(pieces)), key=sizes.__getitem__):
        if group and (len(group) + 1) * sizes[i] > BATCH:
            yield group
            group = []
        group.append(i)
    if group:
        yield group


def _scores(
    model: Model, words: Words, pieces: Sequence[Piece], group: list[int], threshold: float
) -> _Scores:
    found = model.run(words, [pieces[i] for i in group], threshold)
    lengths = np.array([len(pieces[i].words) for i in group])[found.piece]
    begin = np.maximum(found.cue - BEFORE, 0)
    end = np.minimum(found.cue + AFTER, lengths)
    width = int((end - begin).max(initial=0))
    columns = np.minimum(begin[:, None] + np.arange(width), found.scores.shape[1] - 1)
    scores = np.take_along_axis(found.scores, columns[:, :, None], axis=1)
    piece = np.array(group)[found.piece]
    return _Scores(piece, begin, found.cue - begin, end - begin, found.chance, scores)


def _widened(scores: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    return np.pad(scores, ((0, 0), (0, width - scores.shape[1]), (0, 0)))
