"""Decoding: the best reading of a cue is the best of all possible ones."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.decode import (
    B_CONTENT,
    B_CUE,
    B_SOURCE,
    I_CONTENT,
    IMPOSSIBLE,
    N_TAGS,
    OUTSIDE,
    allowed,
    best_tags,
    constrain,
    runs,
)


def transitions(seed: int) -> np.ndarray:
    scores = np.random.default_rng(seed).normal(size=(N_TAGS, N_TAGS)).astype(np.float32)
    return np.where(allowed(), scores, np.float32(IMPOSSIBLE))


@given(seed=st.integers(0, 10_000), length=st.integers(1, 4), cue=st.integers(0, 3))
def test_best_tags_are_those_that_trying_all_sequences_finds(seed: int, length: int, cue: int) -> None:
    cue = min(cue, length - 1)
    raw = np.random.default_rng(seed).normal(size=(1, length, N_TAGS)).astype(np.float32) * 2
    scores = constrain(raw, np.array([cue]), np.array([length]))
    between = transitions(seed)

    def score(tags: tuple[int, ...]) -> float:
        steps = sum(float(between[a, b]) for a, b in pairwise(tags))
        return steps + sum(float(scores[0, i, t]) for i, t in enumerate(tags))

    everything = list(product(range(N_TAGS), repeat=length))
    best = max(everything, key=score)
    tags, log_probability = best_tags(scores, between)
    assert tuple(tags[0].tolist()) == best
    total = np.logaddexp.reduce([score(t) for t in everything])
    assert log_probability[0] == pytest.approx(score(best) - total, abs=1e-3)


def test_the_cue_begins_where_it_was_found_and_nowhere_else() -> None:
    raw = np.zeros((2, 6, N_TAGS), np.float32)
    raw[:, :, B_CUE] = 9.0
    tags, _ = best_tags(constrain(raw, np.array([2, 5]), np.array([6, 6])), transitions(1))
    assert [np.flatnonzero(row == B_CUE).tolist() for row in tags] == [[2], [5]]


def test_nothing_is_found_beyond_the_window() -> None:
    raw = np.zeros((1, 8, N_TAGS), np.float32)
    raw[:, :, B_CONTENT] = 5.0
    tags, _ = best_tags(constrain(raw, np.array([1]), np.array([4])), transitions(2))
    assert (tags[0, 4:] == OUTSIDE).all()
    assert (tags[0, :4] != OUTSIDE).all()


def test_an_inside_tag_follows_its_own_role() -> None:
    table = allowed()
    assert table[B_CONTENT, I_CONTENT] and table[I_CONTENT, I_CONTENT]
    assert not table[OUTSIDE, I_CONTENT] and not table[B_SOURCE, I_CONTENT]


def test_runs_are_half_open_and_split_at_a_new_beginning() -> None:
    tags = np.array([B_CONTENT, I_CONTENT, OUTSIDE, B_CONTENT, B_CONTENT, I_CONTENT], np.int8)
    assert runs(tags, B_CONTENT, I_CONTENT) == [(0, 2), (3, 4), (4, 6)]
