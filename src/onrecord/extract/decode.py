"""Finds the best reading of a cue: a constrained Viterbi search over the model's tag scores.

For every cue the model scores, for every word of its window, seven tags: outside, and
begin / inside of the source, of the cue itself and of the content. Sequences in which a
role is entered without its beginning, or the cue lies anywhere but at its place, are
impossible. (Viterbi and forward algorithm: Rabiner 1989, Proc. IEEE 77(2).)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Tags = NDArray[np.int8]

OUTSIDE, B_SOURCE, I_SOURCE, B_CUE, I_CUE, B_CONTENT, I_CONTENT = range(7)
N_TAGS = 7
IMPOSSIBLE = -1e4

_BEGIN_OF = {I_SOURCE: B_SOURCE, I_CUE: B_CUE, I_CONTENT: B_CONTENT}


def allowed() -> NDArray[np.bool_]:
    """(7, 7) which tag may follow which: an inside tag follows its own beginning or inside."""
    table = np.ones((N_TAGS, N_TAGS), bool)
    for inside, begin in _BEGIN_OF.items():
        table[:, inside] = False
        table[[begin, inside], inside] = True
    return table


def constrain(emissions: Floats, cues: NDArray[np.int64], lengths: NDArray[np.int64]) -> Floats:
    """Scores with the impossible ones at IMPOSSIBLE.

    emissions: (n_cues, n_words, 7); cues: (n_cues,) the cue's first word; lengths: (n_cues,)
    words of the window, beyond which all is outside.
    """
    scores = emissions.astype(np.float32, copy=True)
    rows = np.arange(len(cues))
    scores[:, 0, [I_SOURCE, I_CUE, I_CONTENT]] = IMPOSSIBLE
    at_cue = scores[rows, cues, B_CUE]
    scores[:, :, B_CUE] = IMPOSSIBLE
    scores[rows, cues, :] = IMPOSSIBLE
    scores[rows, cues, B_CUE] = at_cue
    beyond = np.arange(scores.shape[1])[None, :] >= lengths[:, None]
    scores[beyond] = IMPOSSIBLE
    scores[beyond, OUTSIDE] = 0.0
    return scores


def best_tags(scores: Floats, transitions: Floats) -> tuple[Tags, Floats]:
    """The best tag sequence of every cue, and its log-probability under the model.

    scores: (n_cues, n_words, 7) constrained; transitions: (7, 7), impossible ones at IMPOSSIBLE.
    Returns tags (n_cues, n_words) and log-probabilities (n_cues,), at most 0.
    """
    n, length, _ = scores.shape
    back = np.zeros((length, n, N_TAGS), np.int8)
    best = scores[:, 0].copy()
    total = scores[:, 0].astype(np.float64)
    weights = np.exp(transitions.astype(np.float64))
    for i in range(1, length):
        step = best[:, :, None] + transitions[None]
        back[i] = step.argmax(1)
        best = step.max(1) + scores[:, i]
        top = total.max(1, keepdims=True)
        total = np.log(np.exp(total - top) @ weights + 1e-300) + top + scores[:, i]
    tags = np.zeros((n, length), np.int8)
    rows = np.arange(n)
    tags[:, -1] = best.argmax(1)
    for i in range(length - 1, 0, -1):
        tags[:, i - 1] = back[i, rows, tags[:, i]]
    top = total.max(1)
    norm = np.log(np.exp(total - top[:, None]).sum(1)) + top
    return tags, np.minimum(best.max(1) - norm, 0.0).astype(np.float32)


def runs(tags: Tags, begin: int, inside: int) -> list[tuple[int, int]]:
    """Half-open word ranges of one role in one tag sequence, in order."""
    found: list[tuple[int, int]] = []
    for i in np.flatnonzero((tags == begin) | (tags == inside)).tolist():
        if tags[i] == begin or not found or found[-1][1] != i:
            found.append((i, i + 1))
        else:
            found[-1] = (found[-1][0], i + 1)
    return found
