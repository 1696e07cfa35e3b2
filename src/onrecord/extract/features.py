"""Turns an article's text into words, subwords and layout features: what the reader's model sees.

A word is what BERT's pre-tokenizer cuts (runs of letters and digits, single punctuation
marks); its subwords come from the model's own WordPiece vocabulary. Tags are given to
words, so a span can never begin or end inside one. The vocabulary is uncased: what case,
white space and quotation marks tell is given to the model beside it, as three small classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

SHAPES = 7  # lower, Title, UPPER, miXed, digits, punctuation, single capital
GAPS = 4  # before the word: nothing, a blank, a line break, a blank line
QUOTES = 4  # outside, inside, opening mark, closing mark
OUTSIDE_MARKS, INSIDE, OPENING, CLOSING = range(QUOTES)

# Longer runs without white space are no words; WordPiece would spend quadratic time on them.
LONGEST_WORD = 100
# The tokenizer is fed by pieces of this many characters, cut at white space.
PIECE = 20_000

_OPENING, _CLOSING, _STRAIGHT = "“„«", "”»", '"'


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, and their subwords. All offsets are code points.

    start, end: (n_words,) the words' characters.
    shape, gap, quote: (n_words,) classes below SHAPES, GAPS, QUOTES.
    paragraph: (n_words,) index of the line that the word stands in.
    first: (n_words + 1,) index of the word's first subword; the last entry is n_subwords.
    subwords: (n_subwords,) vocabulary ids.
    """

    start: Ints
    end: Ints
    shape: Ints
    gap: Ints
    quote: Ints
    paragraph: Ints
    first: Ints
    subwords: Ints

    def __len__(self) -> int:
        return len(self.start)


def words_of(text: str, tokenizer: Tokenizer) -> Words:
    """Cuts `text` into words and subwords; time is linear in its length."""
    starts: list[int] = []
    ends: list[int] = []
    firsts: list[int] = []
    ids: list[int] = []
    for begin, piece in _pieces(text):
        _append(piece, begin, tokenizer, starts, ends, firsts, ids)
    start, end = np.array(starts, np.int64), np.array(ends, np.int64)
    gap = _gaps(text, start, end)
    return Words(
        start=start,
        end=end,
        shape=np.array([_shape(text[s:e]) for s, e in zip(starts, ends, strict=True)], np.int64),
        gap=gap,
        quote=_quotes(text, start, gap),
        paragraph=np.cumsum(gap >= 2),
        first=np.array([*firsts, len(ids)], np.int64),
        subwords=np.array(ids, np.int64),
    )


def _append(
    piece: str,
    begin: int,
    tokenizer: Tokenizer,
    starts: list[int],
    ends: list[int],
    firsts: list[int],
    ids: list[int],
) -> None:
    encoding = tokenizer.encode(piece, add_special_tokens=False)
    previous = None
    for word, (s, e), token in zip(encoding.word_ids, encoding.offsets, encoding.ids, strict=True):
        if word == previous:
            ends[-1] = begin + e
        elif e > s:
            starts.append(begin + s)
            ends.append(begin + e)
            firsts.append(len(ids))
        else:
            continue
        ids.append(token)
        previous = word


def _pieces(text: str) -> list[tuple[int, str]]:
    """Cuts a long text at white space, so that memory stays bounded; words that never end are cut hard."""
    found = []
    begin = 0
    while begin < len(text):
        stop = min(begin + PIECE, len(text))
        if stop < len(text):
            blank = max(text.rfind(" ", begin, stop), text.rfind("\n", begin, stop))
            stop = blank + 1 if blank > begin else stop
        found.append((begin, text[begin:stop]))
        begin = stop
    return found


def _shape(word: str) -> int:
    if not word[0].isalnum():
        return 5
    if word.isdigit():
        return 4
    if word.islower():
        return 0
    if word.isupper():
        return 6 if len(word) == 1 else 2
    return 1 if word[0].isupper() and word[1:].islower() else 3


def _gaps(text: str, start: Ints, end: Ints) -> Ints:
    gaps = np.zeros(len(start), np.int64)
    previous = 0
    for i, s in enumerate(start.tolist()):
        between = text[previous:s]
        if between:
            lines = between.count("\n") or between.count("\r")
            gaps[i] = 3 if lines > 1 else 2 if lines else 1 if between.isspace() else 0
        previous = int(end[i])
    if len(gaps):
        gaps[0] = 3
    return gaps


def _quotes(text: str, start: Ints, gap: Ints) -> Ints:
    """Whether each word stands inside double quotation marks; every line begins outside."""
    found = np.zeros(len(start), np.int64)
    inside = False
    for i, s in enumerate(start.tolist()):
        if gap[i] >= 2:
            inside = False
        char = text[s]
        if char in _STRAIGHT:
            opens = (
                not inside
                and (gap[i] > 0 or text[s - 1 : s] in "([—–-")
                and not text[s + 1 : s + 2].isspace()
            )
            found[i], inside = (OPENING, True) if opens else (CLOSING, False)
        elif char in _OPENING:
            found[i], inside = OPENING, True
        elif char in _CLOSING:
            found[i], inside = CLOSING, False
        else:
            found[i] = inside
    return found
