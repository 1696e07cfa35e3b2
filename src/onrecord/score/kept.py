"""Turns counts of kept promises into rates, with their intervals, alone and in view of the population."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, betaln, expit, gammaln

from onrecord.score.figures import Estimate, Rate

Floats = NDArray[np.float64]

LEVEL: Final = 0.90
JEFFREYS: Final = 0.5
# A population is learned from at least this many speakers with two cases or more each: with fewer, how
# far speakers differ from one another cannot be told, and a speaker would be shrunk towards himself.
MIN_SPEAKERS: Final = 5
# The population's prior is worth between half a case and a thousand cases.
_STRENGTHS: Final = (0.5, 1000.0)
# The grid of priors: points each way, and how many standard errors the means reach to both sides.
_POINTS: Final = 25
_REACH: Final = 4.0
_LEAST: Final = 1e-9  # of a variance
# How often the grid is drawn closer, and below which log likelihood ratio a prior is out of the question.
_ZOOMS: Final = 3
_DOUBT: Final = 8.0
# Groups whose posteriors are computed together: some megabytes of numbers.
_AT_ONCE: Final = 256


def rates(
    k: Sequence[int], n: Sequence[int], *, shrink: bool = True, among: Others | None = None
) -> list[Rate | None]:
    """The rate `k` of `n` for each group; None where n is 0.

    Interval: equal-tailed, from the posterior Beta(k + 1/2, n - k + 1/2) (Jeffreys); its low end is 0 where
    k is 0, and its high end 1 where k is n (Brown, Cai and DasGupta 2001). Shrunk: posterior with the
    priors that `population` finds in all groups; among: all groups, where `k` and `n` are of some.
    """
    kept, all_ = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    low, high = jeffreys(kept, all_)
    found = among.prior if among else population(kept, all_) if shrink else None
    prior = found if shrink else None
    shrunk = _shrunk(kept, all_, prior) if prior else [None] * len(kept)
    with np.errstate(invalid="ignore"):
        share = kept / all_
    columns = zip(k, n, share.tolist(), low.tolist(), high.tolist(), shrunk, strict=True)
    return [Rate(*column) if column[1] else None for column in columns]


def jeffreys(k: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Both ends of the 90 % Jeffreys interval of a share, for each pair."""
    low, high = _tails(k + JEFFREYS, n - k + JEFFREYS)
    return np.where(k == 0, 0.0, low), np.where(k == n, 1.0, high)


class Prior(NamedTuple):
    """What the groups' rates may be draws of: Beta priors (a, b), and how much weight each has (sum 1)."""

    a: Floats
    b: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class Others:
    """What is known of all groups: the priors, None where they are too few."""

    prior: Prior | None


def others(k: Sequence[int], n: Sequence[int]) -> Others:
    """What some of these groups, of which each has `k` of `n`, are shrunk towards: for `rates`."""
    return Others(population(np.asarray(k, dtype=float), np.asarray(n, dtype=float)))


def population(k: Floats, n: Floats) -> Prior | None:
    """The Beta priors of which the groups' rates look like draws: a hierarchical model, by its grid.

    How alike the groups are, a + b, and their mean are both unknown: each point of a grid weighs as much as
    its beta-binomial likelihood and the hyperprior, flat in the mean and in (a + b) ** -1/2 (Gelman et al.
    2013, Bayesian Data Analysis, 5.3). One best prior would say too much where groups are few. None with
    fewer than `MIN_SPEAKERS` groups of two cases or more.
    """
    if int((n >= 2).sum()) < MIN_SPEAKERS:
        return None
    k, n = k[n > 0], n[n > 0]
    least, most = (strength**-0.5 for strength in reversed(_STRENGTHS))
    for _ in range(_ZOOMS):  # many groups leave little doubt: the grid is drawn where there is some
        roots = np.linspace(least, most, _POINTS)
        _, a, b = _means(k, n, roots**-2)
        profile = _log_likelihood(k, n, a, b)
        near = np.flatnonzero(profile > profile.max() - _DOUBT)
        least, most = roots[max(near[0] - 1, 0)], roots[min(near[-1] + 1, _POINTS - 1)]
    a, b, width = _grid(k, n, np.linspace(least, most, _POINTS) ** -2)
    likelihood = _log_likelihood(k, n, a, b)
    weight = np.exp(likelihood - likelihood.max()) * width
    return Prior(a, b, weight / weight.sum())


def _log_likelihood(k: Floats, n: Floats, a: Floats, b: Floats) -> Floats:
    """The beta-binomial log likelihood of all groups for each pair of a and b, apart from a constant."""
    return _log_gammas(k, a) + _log_gammas(n - k, b) - _log_gammas(n, a + b) - len(n) * betaln(a, b)


def _log_gammas(numbers: Floats, more: Floats) -> Floats:
    """The sum of ln Γ(number + more) over the numbers, for each `more`; each number is looked at once."""
    known, counts = np.unique(numbers, return_counts=True)
    total = np.zeros_like(more)
    for number, count in zip(known, counts, strict=True):
        total += count * gammaln(number + more)
    return total


def _means(k: Floats, n: Floats, strength: Floats) -> tuple[Floats, Floats, Floats]:
    """For each a + b: how many cases its mean rests on, and the a and b with the mean that fits best.

    Each group weighs n / (1 + (n - 1) / (a + b + 1)) (Kleinman 1973, JASA 68), and half a case either way is
    added: nobody is certain to keep or to break everything.
    """
    weight = n / (1 + (n - 1) / (strength[:, None] + 1))
    cases = weight.sum(axis=1) + 1
    mean = ((weight * k / n).sum(axis=1) + 0.5) / cases
    return cases, mean * strength, (1 - mean) * strength


def _grid(k: Floats, n: Floats, strength: Floats) -> tuple[Floats, Floats, Floats]:
    """The grid's a and b, means around the one that fits best, and each point's share of the hyperprior."""
    cases, a, b = (each[:, None] for each in _means(k, n, strength))
    mean, all_ = a / (a + b), strength[:, None]
    step = np.linspace(-_REACH, _REACH, _POINTS) / np.sqrt(cases * mean * (1 - mean))
    means = expit(np.log(a / b) + step)
    width = means * (1 - means) * (step[:, 1:2] - step[:, :1])
    return (means * all_).ravel(), ((1 - means) * all_).ravel(), width.ravel()


def _shrunk(k: Floats, n: Floats, prior: Prior) -> list[Estimate | None]:
    """Mean and middle 90 % of each group's posterior: of the Beta with the mixture's mean and variance."""
    parts = [
        _moments(k[at : at + _AT_ONCE], n[at : at + _AT_ONCE], prior) for at in range(0, len(k), _AT_ONCE)
    ]
    mean, square = np.concatenate(parts, axis=1) if parts else (k, k)
    size = mean * (1 - mean) / np.maximum(square - mean**2, _LEAST) - 1
    low, high = _tails(mean * size, (1 - mean) * size)
    return [Estimate(*three) for three in zip(mean.tolist(), low.tolist(), high.tolist(), strict=True)]


def _moments(k: Floats, n: Floats, prior: Prior) -> Floats:
    """Mean and mean square of each group's posterior, in two rows."""
    a, b = prior.a[:, None], prior.b[:, None]
    cases = n + a + b
    mine = (k + a) / cases
    return np.stack([prior.weight @ mine, prior.weight @ (mine * (1 - mine) / (cases + 1) + mine**2)])


def _tails(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    tail = (1 - LEVEL) / 2
    return np.asarray(betaincinv(a, b, tail)), np.asarray(betaincinv(a, b, 1 - tail))
