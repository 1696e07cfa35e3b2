"""Words and layout: offsets are code points, whatever the text holds."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract import Model
from onrecord.extract.features import CLOSING, INSIDE, OPENING, OUTSIDE_MARKS, Words, words_of
from onrecord.extract.windows import windows_of

TEXTS = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from(list(" \n.,\"“”‘’'aAé̀😀ש\u202eß\u00a0\r\t"))),
    max_size=400,
)


def shown(text: str, words: Words) -> list[str]:
    return [text[s:e] for s, e in zip(words.start, words.end, strict=True)]


@given(TEXTS)
@settings(deadline=None)
def test_words_are_ordered_disjoint_and_inside_the_text(model: Model, text: str) -> None:
    words = words_of(text, model.tokenizer)
    assert (words.start < words.end).all()
    assert (words.start[1:] >= words.end[:-1]).all()
    assert not len(words) or (words.start[0] >= 0 and words.end[-1] <= len(text))
    assert not any(character.isspace() for word in shown(text, words) for character in (word[0], word[-1]))
    assert words.first[-1] == len(words.subwords)
    assert (np.diff(words.first) >= 1).all()


@given(TEXTS, st.integers(8, 60), st.integers(2, 6))
@settings(deadline=None)
def test_windows_cover_every_word_once_and_fit_the_model(
    model: Model, text: str, longest: int, overlap: int
) -> None:
    words = words_of(text, model.tokenizer)
    windows = windows_of(words, longest, overlap)
    owned = [i for w in windows for i in range(w.own_begin, w.own_end)]
    assert owned == list(range(len(words)))
    for w in windows:
        assert w.begin <= w.own_begin < w.own_end <= w.end
        assert words.first[w.end] - words.first[w.begin] <= max(longest, np.diff(words.first).max())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" twice.', {"yes": INSIDE, "twice": OUTSIDE_MARKS}),
        ("“One,” he said, “two.”", {"One": INSIDE, "he": OUTSIDE_MARKS, "two": INSIDE}),
        ("“Left open\nnext line", {"open": INSIDE, "next": OUTSIDE_MARKS}),
        ("It's Ann's “own” word", {"s": OUTSIDE_MARKS, "own": INSIDE}),
    ],
)
def test_words_know_whether_they_stand_in_quotation_marks(
    model: Model, text: str, expected: dict[str, int]
) -> None:
    words = words_of(text, model.tokenizer)
    found = dict(zip(shown(text, words), words.quote.tolist(), strict=True))
    assert {word: found[word] for word in expected} == expected


def test_quotation_marks_open_and_close(model: Model) -> None:
    words = words_of('"a" “b”', model.tokenizer)
    assert words.quote.tolist() == [OPENING, INSIDE, CLOSING, OPENING, INSIDE, CLOSING]


def test_time_grows_with_the_length_alone(model: Model) -> None:
    """A megabyte without a space is read as quickly as a megabyte of words (no quadratic step)."""
    spent = []
    for text in ("word " * 50_000, "x" * 250_000):
        start = time.process_time()
        words_of(text, model.tokenizer)
        spent.append(time.process_time() - start)
    assert spent[1] < 5 * spent[0] + 1
