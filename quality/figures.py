"""A figure as the quality report prints it: its value, what it rests on, and its interval."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
ROUNDS = 400


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value, the number of statements (or other things) it rests on, its 95 % interval.

    lower_is_better: an error or a share of wrong ones; its bound is a ceiling.
    """

    name: str
    value: float
    n: int
    low: float
    high: float
    lower_is_better: bool = False

    def holds(self, bound: float) -> bool:
        """Whether the value keeps its floor, or its ceiling."""
        return self.value <= bound if self.lower_is_better else self.value >= bound


def bootstrap(
    documents: Sequence[T], value: Callable[[Sequence[T]], float], *, rounds: int = ROUNDS, seed: int = 1
) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile over documents drawn with replacement (Efron & Tibshirani 1993).

    Whole documents are drawn, since statements of one article are not independent. Rounds in which
    nothing is measured (NaN) do not count.
    """
    rng = random.Random(seed)
    drawn = (value(rng.choices(documents, k=len(documents))) for _ in range(rounds) if documents)
    values = sorted(v for v in drawn if v == v) or [float("nan")]
    return values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))]
