"""What is read off the first and last words that the judge marks."""

from __future__ import annotations

import re

import numpy as np
import pytest

from onrecord.extract.marks import MARKS, Marked
from onrecord.statement import Span

TEXT = "Ori said: it may well rain"


def sure_of(text: str, words: str | None) -> Marked:
    """A judge that reads every word of the text, and is sure of the words, or that there are none."""
    places = [Span(0, 0), *(Span(*found.span()) for found in re.finditer(r"\w+|[^\w\s]", text)), Span(0, 0)]
    start = text.index(words) if words else -1
    stop = start + len(words or "")
    at = [i for i, place in enumerate(places) if start <= place.start < place.end <= stop] or [0]
    ends = np.full((2 * len(MARKS), len(places)), 1e-4, np.float32)
    ends[:, 0] = 0.5
    ends[:2, 0] = 1e-4
    ends[0, at[0]] = ends[1, at[-1]] = 1 - 1e-4 * (len(places) - 1)
    return Marked(np.log(ends), places)


def test_the_most_probable_words() -> None:
    found = sure_of(TEXT, "may well").best("certainty")
    assert found and TEXT[found[0].start : found[0].end] == "may well"
    assert found[1] == pytest.approx(1, abs=0.01)


def test_none() -> None:
    assert sure_of(TEXT, None).none("certainty") > 0.99
    assert sure_of(TEXT, "may").none("certainty") < 0.01


def test_the_chance_of_words_is_that_of_both_ends() -> None:
    marked, at = sure_of(TEXT, "may well"), TEXT.index("may")
    assert marked.chance("certainty", Span(at, at + 8)) > 0.99
    assert marked.chance("certainty", Span(at, at + 3)) == pytest.approx(0.01, rel=0.01)
    assert marked.chance("certainty", Span(900, 903)) == 0


def test_words_of_one_mark_stand_together_in_the_article() -> None:
    places = [Span(0, 0), Span(50, 53), Span(0, 0), Span(10, 13), Span(14, 18), Span(0, 0)]
    ends = np.full((6, 6), np.log(1e-3), np.float32)
    ends[0, 1] = ends[1, 4] = np.log(0.9)
    found = Marked(ends, places).best("certainty")
    assert found and found[0] in (Span(50, 53), Span(14, 18))


def test_a_statement_without_words_has_none() -> None:
    nowhere = [Span(0, 0)] * 3
    assert Marked(np.zeros((6, 3), np.float32), nowhere).best("certainty") is None
