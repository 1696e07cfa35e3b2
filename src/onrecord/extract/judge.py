"""Runs the small model that judges what a statement does, and marks words in it, over those of an article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.kinds import SENSES
from onrecord.extract.marks import Marked
from onrecord.extract.plainly import Plainly
from onrecord.statement import Span, Statement

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
# Subwords of source and cue, and of the content, that are looked at: of a long content its beginning.
LONGEST_CUE, LONGEST_CONTENT = 32, 92
# Subwords in one run: a few short statements together, long ones alone.
BATCH = 256
_NOWHERE = Span(0, 0)


class Input(NamedTuple):
    """A statement as the judge reads it: three lists of one length.

    ids: subwords; parts: 0 source and cue, 1 content; places: where each stands in the article, an empty
    span for a mark that stands nowhere.
    """

    ids: list[int]
    parts: list[int]
    places: list[Span]


def inputs_of(plainly: Plainly, cue: Sequence[Span], content: Sequence[Span], tokenizer: Tokenizer) -> Input:
    """The input of one statement; cue: the spans of its source and cue."""
    said, at = _subwords(plainly, cue, tokenizer, LONGEST_CUE)
    told, where = _subwords(plainly, content, tokenizer, LONGEST_CONTENT)
    return Input(
        [CLS, *said, SEP, *told, SEP],
        [0] * (len(said) + 2) + [1] * (len(told) + 1),
        [_NOWHERE, *at, _NOWHERE, *where, _NOWHERE],
    )


def _subwords(
    plainly: Plainly, spans: Sequence[Span], tokenizer: Tokenizer, longest: int
) -> tuple[list[int], list[Span]]:
    parts = plainly.parts(spans)
    encoded = tokenizer.encode(" ".join(part.words for part in parts), add_special_tokens=False)
    starts = [0, *accumulate(len(part.words) + 1 for part in parts)]
    places = [parts[bisect_right(starts, start) - 1].span for start, _ in encoded.offsets[:longest]]
    return encoded.ids[:longest], places


def judged(
    session: InferenceSession, tokenizer: Tokenizer, text: str, statements: Sequence[Statement]
) -> tuple[NDArray[np.float32], list[Marked]]:
    """(statements, 15) scores in the order of `onrecord.extract.kinds.SENSES`, and what is marked in each."""
    plainly = Plainly(text)
    rows = [inputs_of(plainly, sorted(s.source + s.cue), s.content, tokenizer) for s in statements]
    out = np.zeros((len(rows), len(SENSES)), np.float32)
    ends: dict[int, NDArray[np.float32]] = {}
    for group in _batches([len(row.ids) for row in rows]):
        width = len(rows[group[-1]].ids)
        batch = np.zeros((2, len(group), width), np.int64)
        for i, k in enumerate(group):
            row = rows[k]
            batch[0, i, : len(row.ids)], batch[1, i, : len(row.ids)] = row.ids, row.parts
        out[group], scores = session.run(None, {"ids": batch[0], "parts": batch[1]})
        ends |= {k: _log_softmax(scores[i, :, : len(rows[k].ids)]) for i, k in enumerate(group)}
    return out, [Marked(ends[k], row.places) for k, row in enumerate(rows)]


def _log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of each row."""
    shifted = scores - scores.max(1, keepdims=True)
    result: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return result


def _batches(sizes: Sequence[int]) -> list[list[int]]:
    """Indexes in order of size, as many in a run as fit."""
    groups: list[list[int]] = []
    for i in sorted(range(len(sizes)), key=sizes.__getitem__):
        if groups and (len(groups[-1]) + 1) * sizes[i] <= BATCH:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups
