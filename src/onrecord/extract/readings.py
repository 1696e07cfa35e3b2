"""Readings: what the model made of each cue, before chains and lists turn them into statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.decode import (
    B_CONTENT,
    B_CUE,
    B_SOURCE,
    I_CONTENT,
    I_CUE,
    I_SOURCE,
    Tags,
    runs,
)

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One cue with its source and content, as half-open ranges of the text's words.

    anchor: probability that the word begins a cue; path: log-probability of source, cue
    and content, given that it does.
    """

    source: Ranges
    cue: Ranges
    content: Ranges
    anchor: float
    path: float

    @property
    def parts(self) -> Ranges:
        """All fragments, whatever their role."""
        return self.source + self.cue + self.content

    def inside(self, outer: Reading) -> bool:
        """Whether every fragment lies in the content of `outer`."""
        return all(any(a <= s and e <= b for a, b in outer.content) for s, e in self.parts)

    def holds(self, word: int) -> bool:
        """Whether a word stands in this reading's content."""
        return any(start <= word < end for start, end in self.content)


def as_reading(tags: Tags, index: NDArray[np.int64], anchor: float, path: float) -> Reading:
    """The reading that one tag sequence stands for; index[i] is the text's word under tags[i]."""
    return Reading(
        source=_in_text(runs(tags, B_SOURCE, I_SOURCE), index),
        cue=_in_text(runs(tags, B_CUE, I_CUE), index),
        content=_in_text(runs(tags, B_CONTENT, I_CONTENT), index),
        anchor=anchor,
        path=path,
    )


def _in_text(ranges: Iterable[tuple[int, int]], index: NDArray[np.int64]) -> Ranges:
    """Ranges of a piece as ranges of the text, cut wherever the piece leaves words out."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        words = index[start:end]
        for part in np.split(words, np.flatnonzero(np.diff(words) != 1) + 1):
            found.append((int(part[0]), int(part[-1]) + 1))
    return tuple(found)
