"""Quotation marks: how the words are given, and quotations that go on in the next paragraph."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from onrecord.extract.features import CLOSING, OPENING, Ints, Words
from onrecord.extract.readings import Ranges, Reading
from onrecord.statement import Speech

# Function words that stand outside the marks without making a direct quotation mixed.
_LINKS = {"that", "to", "if", "whether", "as", "how", "why", "what", "of"}


def speech(text: str, words: Words, content: Ranges) -> Speech:
    """direct: all words stand in quotation marks; mixed: some; indirect: none.

    Double marks of any kind count; single ones where they enclose the whole content.
    """
    index = np.concatenate([np.arange(s, e) for s, e in content])
    spoken = [i for i in index.tolist() if text[words.start[i]].isalnum()]
    if _single_quoted(text, words, content):
        return "direct"
    quoted = [bool(words.quote[i]) for i in spoken]
    if not any(quoted):
        return "indirect"
    outside = [
        text[words.start[i] : words.end[i]].lower() for i, q in zip(spoken, quoted, strict=True) if not q
    ]
    return "direct" if len(outside) <= 2 and set(outside) <= _LINKS else "mixed"


def _single_quoted(text: str, words: Words, content: Ranges) -> bool:
    first, last = text[words.start[content[0][0]]], text[words.end[content[-1][1] - 1] - 1]
    return first in "‘'" and last in "’'" and len(content) == 1 and content[0][1] - content[0][0] > 2


def continued(words: Words, readings: list[Reading]) -> list[Reading]:
    """Readings whose quotation is left open at a paragraph's end go on in the next one.

    News style opens every paragraph of a long quotation with a mark and closes only the last.
    Words that another reading has taken are left to it.
    """
    starts = np.flatnonzero(words.gap >= 2)
    taken = np.zeros(len(words), bool)
    for reading in readings:
        for start, end in reading.parts:
            taken[start:end] = True
    return [_extended(words, reading, starts, taken) for reading in readings]


def _extended(words: Words, reading: Reading, starts: Ints, taken: np.ndarray) -> Reading:
    while True:
        begin, end = _next_paragraph(words, starts, reading.content[-1][1])
        if begin is None or taken[begin:end].any() or not _left_open(words, reading.content[-1]):
            return reading
        taken[begin:end] = True
        reading = replace(reading, content=(*reading.content, (begin, end)))


def _left_open(words: Words, fragment: tuple[int, int]) -> bool:
    """Whether the fragment's line has an opening mark that is not closed by the fragment's end."""
    last = fragment[1] - 1
    return bool(words.quote[last] > 0 and words.quote[last] != CLOSING)


def _next_paragraph(words: Words, starts: Ints, end: int) -> tuple[int | None, int]:
    """The quoted stretch that opens the paragraph after word `end`, if `end` closes its own paragraph."""
    at = int(np.searchsorted(starts, end))
    if at >= len(starts) or starts[at] - end > 1 or end >= len(words):
        return None, 0
    begin = int(starts[at])
    stop = int(starts[at + 1]) if at + 1 < len(starts) else len(words)
    if words.quote[begin] != OPENING:
        return None, 0
    closing = np.flatnonzero(words.quote[begin:stop] == CLOSING)
    return begin, begin + int(closing[0]) + 1 if len(closing) else stop
