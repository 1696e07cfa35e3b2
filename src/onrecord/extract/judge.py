"""Runs the small model that judges what a statement does, over the statements of an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.kinds import SENSES
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


def inputs_of(
    plainly: Plainly, cue: Sequence[Span], content: Sequence[Span], tokenizer: Tokenizer
) -> tuple[list[int], list[int]]:
    """Subword ids and parts (0 source and cue, 1 content) of one statement."""
    said = tokenizer.encode(plainly.words(cue), add_special_tokens=False).ids[:LONGEST_CUE]
    told = tokenizer.encode(plainly.words(content), add_special_tokens=False).ids[:LONGEST_CONTENT]
    return [CLS, *said, SEP, *told, SEP], [0] * (len(said) + 2) + [1] * (len(told) + 1)


def senses(
    session: InferenceSession, tokenizer: Tokenizer, text: str, statements: Sequence[Statement]
) -> NDArray[np.float32]:
    """(statements, 15) scores in the order of `onrecord.extract.kinds.SENSES`."""
    plainly = Plainly(text)
    rows = [inputs_of(plainly, sorted(s.source + s.cue), s.content, tokenizer) for s in statements]
    out = np.zeros((len(rows), len(SENSES)), np.float32)
    for group in _batches([len(ids) for ids, _ in rows]):
        width = len(rows[group[-1]][0])
        batch = np.zeros((2, len(group), width), np.int64)
        for i, k in enumerate(group):
            ids, parts = rows[k]
            batch[0, i, : len(ids)], batch[1, i, : len(ids)] = ids, parts
        out[group] = session.run(None, {"ids": batch[0], "parts": batch[1]})[0]
    return out


def _batches(sizes: Sequence[int]) -> list[list[int]]:
    """Indexes in order of size, as many in a run as fit."""
    groups: list[list[int]] = []
    for i in sorted(range(len(sizes)), key=sizes.__getitem__):
        if groups and (len(groups[-1]) + 1) * sizes[i] <= BATCH:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups
