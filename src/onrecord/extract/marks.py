"""Which words of a statement say how sure, on what condition, and by when, as the judge sees it.

The judge scores every subword as the first and as the last of the words of a mark; its own first
subword, which is no word, stands for none (as answers are found in a text: Devlin et al. 2019, section 4.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.statement import Span

MARKS = ("certainty", "condition", "when")
# A mark has at most so many subwords, and words of one mark stand at most so many characters apart.
LONGEST, APART = 60, 3


@dataclass(frozen=True, slots=True)
class Marked:
    """What the judge holds of one statement.

    ends: (2 * marks, subwords) log-probabilities of first and last subword, of each mark in turn;
    places: (subwords,) where each stands in the article, empty where it is no word.
    """

    ends: NDArray[np.float32]
    places: Sequence[Span]

    def none(self, mark: str) -> float:
        """The probability that the statement has no words of the mark."""
        first, last = self._ends(mark)
        return float(np.exp((first[0] + last[0]) / 2))

    def best(self, mark: str) -> tuple[Span, float] | None:
        """The most probable words and their probability; None for a statement without words."""
        first, last = self._ends(mark)
        scores = first[:, None] + last[None, :]
        scores = np.where(self._whole(), scores, -np.inf)
        i, j = np.unravel_index(int(scores.argmax()), scores.shape)
        if not np.isfinite(scores[i, j]):
            return None
        span = Span(self.places[int(i)].start, self.places[int(j)].end)
        return span, self.chance(mark, span)

    def read(self, span: Span) -> bool:
        """Whether the judge read any of these words: source, cue and the beginning of the content."""
        return bool(self._touched(span))

    def chance(self, mark: str, span: Span) -> float:
        """The probability of these words: the mean, as logarithms, of those of their ends."""
        first, last = self._ends(mark)
        touched = self._touched(span)
        if not touched:
            return 0.0
        word, end = self.places[touched[0]], self.places[touched[-1]]
        opens = np.logaddexp.reduce([first[i] for i in touched if self.places[i] == word])
        closes = np.logaddexp.reduce([last[i] for i in touched if self.places[i] == end])
        return float(np.exp((opens + closes) / 2))

    def _touched(self, span: Span) -> list[int]:
        return [i for i, p in enumerate(self.places) if p.start < span.end and span.start < p.end]

    def _ends(self, mark: str) -> NDArray[np.float32]:
        at = 2 * MARKS.index(mark)
        return self.ends[at : at + 2]

    def _whole(self) -> NDArray[np.bool_]:
        """(subwords, subwords): whether the words from one to another stand together in the article."""
        starts, stops = np.array(self.places).T
        real = stops > starts
        joined = real[1:] & real[:-1] & (starts[1:] >= starts[:-1]) & (starts[1:] - stops[:-1] <= APART)
        run = np.concatenate([[0], np.cumsum(~joined)])
        at = np.arange(len(run))
        length = at[None, :] - at[:, None]
        whole: NDArray[np.bool_] = (
            real[:, None] & (run[:, None] == run[None, :]) & (length >= 0) & (length < LONGEST)
        )
        return whole
