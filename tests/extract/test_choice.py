"""Whose words are taken, the rules' or the judge's."""

from __future__ import annotations

import pytest
from extract.test_marks import sure_of

from onrecord.extract.choice import chosen, features
from onrecord.statement import Span

TEXT = "Ori said that a man who may be ill could win"
MAY, COULD, ELSEWHERE = (
    Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in ("may", "could", "Ori")
)
RULES, JUDGE = (0.0, 0.0, 1.0, 1.0), (1.0, 0.0, 0.0, 0.0)


def choose(said: str | None, ruled: Span | None, weights: tuple[float, ...]) -> Span | None:
    return chosen(ruled, [MAY, COULD], sure_of(TEXT, said), weights)


@pytest.mark.parametrize("said", [None, "may", "could"])
@pytest.mark.parametrize("ruled", [None, MAY, COULD])
def test_by_one_of_them_alone(said: str | None, ruled: Span | None) -> None:
    assert choose(said, ruled, RULES) == ruled
    assert choose(said, ruled, JUDGE) == {None: None, "may": MAY, "could": COULD}[said]


def test_words_that_no_rule_finds_are_not_taken() -> None:
    assert choose("win", None, JUDGE) is None


def test_a_judge_that_is_sure_beats_the_rules_and_one_that_is_not_does_not() -> None:
    weights = (1.0, 0.0, 3.0, 3.0)
    assert choose("may", COULD, weights) == MAY
    unsure = sure_of(TEXT, "may")
    unsure = type(unsure)(unsure.ends * 0.2, unsure.places)
    assert chosen(COULD, [MAY, COULD], unsure, weights) == COULD


def test_what_the_judge_did_not_read_is_left_to_the_rules() -> None:
    behind = Span(len(TEXT) + 1, len(TEXT) + 9)
    assert chosen(behind, [MAY, behind], sure_of(TEXT, "may"), JUDGE) == behind


def test_the_features() -> None:
    marked = sure_of(TEXT, "may")
    assert features(None, None, marked)[1:] == (1, 0, 1)
    assert features(None, MAY, marked)[1:] == (1, 0, 0)
    assert features(MAY, MAY, marked)[1:] == (0, 1, 0)
    assert features(MAY, MAY, marked)[0] == pytest.approx(0, abs=0.01)
    assert features(COULD, MAY, marked)[0] < -5
