"""Measures forecasts against what came of them: Brier and log score, their parts, calibration, skill.

Everything is computed for all groups (speakers, outlets, …) at once. Conventions: the Brier score is the
mean of (p - o)², between 0 and 1 (not the two-class sum, which is twice that); the log score is the mean of
ln of the probability given to what happened, with p kept between 0.01 and 0.99, so between -4.61 and -0.01.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import scoringrules
from numpy.typing import NDArray
from scipy.special import bdtrik

from onrecord.score.figures import Bin, Murphy, Spread
from onrecord.score.sorting import Forecast

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Rule = Callable[[Floats, Floats], Floats]

BINS: Final = 10
# "Will happen" is 100 % to half of its readers. A single one that fails would make a score of minus
# infinity, beyond all repair, although no speaker said "one in infinitely many".
CLIP: Final = 0.01
_TAIL: Final = 0.05


@dataclass(frozen=True, slots=True)
class _Forecasts:
    """The forecasts of all groups, a row each: the number of the group, quartiles and median, outcome."""

    group: Ints
    low: Floats
    mid: Floats
    high: Floats
    outcome: Floats


class Measures(NamedTuple):
    """The measures of one group's forecasts; see `figures.Predictions` for their meaning."""

    mean_forecast: float
    brier: Spread
    log_score: Spread
    base_brier: float
    skill: float | None
    murphy: Murphy
    bins: tuple[Bin, ...]


def measures(groups: Sequence[Sequence[Forecast]]) -> list[Measures | None]:
    """The measures of each group of forecasts that are settled; None for a group without any.

    A forecast: lower quartile, median and upper quartile of its probability, outcome 0 or 1.
    """
    forecasts = _gathered(groups)
    n = np.array([len(group) for group in groups], dtype=float)
    brier = _spreads(forecasts, n, _brier)
    logs = _spreads(forecasts, n, _log)
    forecast = _mean(forecasts.mid, forecasts.group, n)
    observed = _mean(forecasts.outcome, forecasts.group, n)
    parts, bins = _binned(forecasts, n, observed)
    base = (observed * (1 - observed)).tolist()
    skill = [1 - score.mid / least if least > 0 else None for score, least in zip(brier, base, strict=True)]
    columns = zip(forecast.tolist(), brier, logs, base, skill, parts, map(tuple, bins), strict=True)
    return [Measures(*row) if group else None for group, row in zip(groups, columns, strict=True)]


def _gathered(groups: Sequence[Sequence[Forecast]]) -> _Forecasts:
    rows = np.array([row for group in groups for row in group], dtype=float).reshape(-1, 4)
    number = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    return _Forecasts(number, rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3])


def _brier(outcome: Floats, p: Floats) -> Floats:
    return np.asarray(scoringrules.brier_score(outcome, p), dtype=float)


def _log(outcome: Floats, p: Floats) -> Floats:
    """The library gives the surprise, -ln p, of which less is better."""
    return -np.asarray(scoringrules.log_score(outcome, np.clip(p, CLIP, 1 - CLIP)), dtype=float)


def _mean(values: Floats, group: Ints, n: Floats) -> Floats:
    sums = np.bincount(group, weights=values, minlength=len(n))
    return np.divide(sums, n, out=np.zeros_like(n), where=n > 0)


def _spreads(forecasts: _Forecasts, n: Floats, rule: Rule) -> list[Spread]:
    readings = (forecasts.mid, forecasts.low, forecasts.high)
    three = np.stack([_mean(rule(forecasts.outcome, p), forecasts.group, n) for p in readings])
    rows = np.vstack([three, three.min(axis=0), three.max(axis=0)])
    return [Spread(*row) for row in rows.T.tolist()]


def _binned(forecasts: _Forecasts, n: Floats, observed: Floats) -> tuple[list[Murphy], list[list[Bin]]]:
    """Murphy's terms and the bins of each group. A bin includes its lower end; the last one both ends."""
    p, o = forecasts.mid, forecasts.outcome
    # Rounded first: 0.3 times 10 must not land below 3.
    number = np.minimum(np.floor(np.round(p * BINS, 9)).astype(np.intp), BINS - 1)
    cells, at = np.unique(forecasts.group * BINS + number, return_inverse=True)
    size = np.bincount(at, minlength=len(cells)).astype(float)
    mean_p, mean_o = _mean(p, at, size), _mean(o, at, size)
    group = cells // BINS
    away_p, away_o = p - mean_p[at], o - mean_o[at]
    terms = (
        (size * (mean_p - mean_o) ** 2, group),
        (size * (mean_o - observed[group]) ** 2, group),
        (observed[forecasts.group] * (1 - observed[forecasts.group]), forecasts.group),
        (away_p**2, forecasts.group),
        (2 * away_p * away_o, forecasts.group),
    )
    table = np.stack([_mean(values, index, n) for values, index in terms]).T.tolist()
    low, high = band(size, mean_p)
    bins: list[list[Bin]] = [[] for _ in n]
    columns = (group, cells % BINS, size.astype(int), mean_p, mean_o, low, high)
    for of, bin_, *figures in zip(*(column.tolist() for column in columns), strict=True):
        bins[of].append(Bin(bin_ / BINS, (bin_ + 1) / BINS, *figures))
    return [Murphy(*row) for row in table], bins


def band(n: Floats, p: Floats) -> tuple[Floats, Floats]:
    """The 90 % binomial band of the share of `n` that happen, each with probability `p`.

    Both ends are possible shares, k / n: at most 5 % lie below the low one, at most 5 % above the high one.
    """
    return _quantile(_TAIL, n, p) / n, _quantile(1 - _TAIL, n, p) / n


def _quantile(q: float, n: Floats, p: Floats) -> Floats:
    """The least k with P(at most k of n) >= q; certain and impossible ones have no distribution to invert."""
    k = np.ceil(bdtrik(q, n, np.clip(p, 1e-12, 1 - 1e-12)))
    return np.where(p <= 0, 0.0, np.where(p >= 1, n, np.clip(k, 0, n)))
