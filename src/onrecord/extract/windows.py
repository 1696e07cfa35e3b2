"""Cuts a long article into windows that the model can read, at paragraph ends where possible.

An attribution hardly ever crosses a paragraph (1 in 120 of the training data), so windows
need no overlap there. A paragraph longer than a window is read in overlapping windows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from onrecord.extract.features import Words

# Subwords of a window without its two special tokens.
LONGEST = 254
# Words that two windows share where a paragraph had to be cut.
OVERLAP = 48


@dataclass(frozen=True, slots=True)
class Window:
    """Words `[begin, end)` are read; cues are taken from `[own_begin, own_end)` alone.

    The own parts of a text's windows follow one another without gap or overlap.
    """

    begin: int
    end: int
    own_begin: int
    own_end: int


def windows_of(words: Words, longest: int = LONGEST, overlap: int = OVERLAP) -> list[Window]:
    """Windows of at most `longest` subwords that cover all words, in order."""
    found: list[Window] = []
    begin = 0
    for stop in (*_paragraph_starts(words)[1:], len(words)):
        if _size(words, begin, stop) <= longest:
            continue
        last = _last_paragraph(words, begin, stop)
        if last > begin:
            found.append(Window(begin, last, begin, last))
            begin = last
        if _size(words, begin, stop) > longest:
            found.extend(_cut(words, begin, stop, longest, overlap))
            begin = stop
    if begin < len(words):
        found.append(Window(begin, len(words), begin, len(words)))
    return found


def _paragraph_starts(words: Words) -> list[int]:
    return [int(i) for i in np.flatnonzero(words.gap >= 2)]


def _size(words: Words, begin: int, end: int) -> int:
    return int(words.first[end] - words.first[begin])


def _last_paragraph(words: Words, begin: int, stop: int) -> int:
    """Start of the last paragraph of `[begin, stop)`."""
    here = words.paragraph[stop - 1]
    return max(begin, int(np.searchsorted(words.paragraph, here)))


def _cut(words: Words, begin: int, stop: int, longest: int, overlap: int) -> Iterator[Window]:
    own = begin
    while True:
        end = int(np.searchsorted(words.first, words.first[begin] + longest, side="right")) - 1
        end = min(max(end, own + 1), stop)
        own_end = stop if end == stop else max(own + 1, end - overlap // 2)
        yield Window(begin, end, own, own_end)
        if own_end >= stop:
            return
        own = own_end
        begin = max(begin + 1, own_end - overlap // 2)
