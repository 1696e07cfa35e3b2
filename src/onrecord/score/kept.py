"""Turns counts of kept promises into rates, with their intervals, alone and in view of the population."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, betaln

from onrecord.score.figures import Estimate, Rate

Floats = NDArray[np.float64]

LEVEL: Final = 0.90
JEFFREYS: Final = 0.5
# A population is learned from at least this many speakers with two cases or more each: with fewer, how
# far speakers differ from one another cannot be told, and a speaker would be shrunk towards himself.
MIN_SPEAKERS: Final = 5
# The population's prior is worth between half a case and a thousand cases.
_STRENGTHS: Final = (0.5, 1000.0)
_GOLDEN: Final = (5**0.5 - 1) / 2


Counts = tuple[Sequence[int], Sequence[int]]


def rates(
    k: Sequence[int], n: Sequence[int], *, shrink: bool = True, among: Counts | None = None
) -> list[Rate | None]:
    """The rate `k` of `n` for each group; None where n is 0.

    Interval: equal-tailed, from the posterior Beta(k + 1/2, n - k + 1/2) (Jeffreys); its low end is 0 where
    k is 0, and its high end 1 where k is n (Brown, Cai and DasGupta 2001). Shrunk: posterior with the
    prior that `population` finds in all groups; among: k and n of all groups, where `k` and `n` are of some.
    """
    kept, all_ = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    low, high = jeffreys(kept, all_)
    every = (np.asarray(each, dtype=float) for each in among) if among else (kept, all_)
    prior = population(*every) if shrink else None
    shrunk = _shrunk(kept, all_, prior) if prior else [None] * len(kept)
    with np.errstate(invalid="ignore"):
        share = kept / all_
    columns = zip(k, n, share.tolist(), low.tolist(), high.tolist(), shrunk, strict=True)
    return [Rate(*column) if column[1] else None for column in columns]


def jeffreys(k: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Both ends of the 90 % Jeffreys interval of a share, for each pair."""
    low, high = _tails(k + JEFFREYS, n - k + JEFFREYS)
    return np.where(k == 0, 0.0, low), np.where(k == n, 1.0, high)


def population(k: Floats, n: Floats) -> tuple[float, float] | None:
    """The Beta prior (a, b) of which the groups' rates look like draws: empirical Bayes.

    How alike the groups are, a + b, is that of the greatest beta-binomial likelihood; the mean belonging
    to it weighs each group by n / (1 + (n - 1) / (a + b + 1)) (Kleinman 1973, JASA 68), so that one
    talkative speaker is not the population. None with fewer than `MIN_SPEAKERS` groups of two or more.
    """
    if int((n >= 2).sum()) < MIN_SPEAKERS:
        return None
    pairs, counts = np.unique(np.stack([k, n])[:, n > 0], axis=1, return_counts=True)
    kept, all_ = pairs

    def likelihood(log_strength: float) -> float:
        a, b = _prior(kept, all_, counts, float(np.exp(log_strength)))
        return float((counts * (betaln(kept + a, all_ - kept + b) - betaln(a, b))).sum())

    low, high = (float(np.log(strength)) for strength in _STRENGTHS)
    for _ in range(32):  # golden section: narrows the interval by 0.618 each time
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        low, high = (low, right) if likelihood(left) >= likelihood(right) else (left, high)
    return _prior(kept, all_, counts, float(np.exp((low + high) / 2)))


def _prior(k: Floats, n: Floats, counts: NDArray[np.intp], strength: float) -> tuple[float, float]:
    weight = counts * n / (1 + (n - 1) / (strength + 1))
    mean = float((weight * k / n).sum() / weight.sum())
    least = 0.5 / (float((counts * n).sum()) + 1)  # nobody is certain to keep or to break everything
    mean = min(max(mean, least), 1 - least)
    return mean * strength, (1 - mean) * strength


def _shrunk(k: Floats, n: Floats, prior: tuple[float, float]) -> list[Estimate | None]:
    a, b = k + prior[0], n - k + prior[1]
    low, high = _tails(a, b)
    mean = a / (a + b)
    return [Estimate(*three) for three in zip(mean.tolist(), low.tolist(), high.tolist(), strict=True)]


def _tails(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    tail = (1 - LEVEL) / 2
    return np.asarray(betaincinv(a, b, tail)), np.asarray(betaincinv(a, b, 1 - tail))
