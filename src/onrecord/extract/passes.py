"""Runs the model over many pieces of many texts, in batches of like length, and decodes what it finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.extract.decode import best_tags, constrain
from onrecord.extract.features import Words
from onrecord.extract.model import Model, Piece
from onrecord.extract.readings import Reading, as_reading
from onrecord.extract.windows import windows_of

# Words in one run of the model: small batches stay in the processor's cache. Measured: runs of
# 2,048 take 1.4 times as long a word as runs of 256.
BATCH = 256
# Words decoded before and after a cue. Of the training data's attributions 99.8 % lie inside.
BEFORE, AFTER = 96, 192


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
    """Readings of all pieces in text order, with ranges in words of the text."""
    found: list[Found] = []
    for group in _batches(words, pieces):
        found.extend(_read_group(model, words, pieces, group, threshold))
    return sorted(found, key=lambda f: (f.reading.cue[0], f.piece))


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


def _read_group(
    model: Model, words: Words, pieces: Sequence[Piece], group: list[int], threshold: float
) -> Iterable[Found]:
    anchors = model.run(words, [pieces[i] for i in group], threshold)
    if not len(anchors.cue):
        return
    lengths = np.array([len(pieces[i].words) for i in group])[anchors.piece]
    begin = np.maximum(anchors.cue - BEFORE, 0)
    width = int(min(anchors.scores.shape[1], (np.minimum(anchors.cue + AFTER, lengths) - begin).max()))
    begin = np.maximum(np.minimum(begin, anchors.scores.shape[1] - width), 0)
    columns = begin[:, None] + np.arange(width)
    scores = np.take_along_axis(anchors.scores, columns[:, :, None], axis=1)
    limited = constrain(scores, anchors.cue - begin, lengths - begin)
    tags, paths = best_tags(limited, model.transitions)
    for k in range(len(tags)):
        index = pieces[group[int(anchors.piece[k])]].words[begin[k] :]
        reading = as_reading(tags[k], index, float(anchors.chance[k]), float(paths[k]))
        yield Found(group[int(anchors.piece[k])], reading)
