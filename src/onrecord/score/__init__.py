"""Rates speakers and outlets on the outcomes of what they said, with an interval beside every figure."""

from __future__ import annotations

from onrecord.score.figures import (
    Bin,
    Commitments,
    Estimate,
    Murphy,
    Predictions,
    Rate,
    Scored,
    Spread,
)
from onrecord.score.scores import Population, Result, compute, score
from onrecord.score.sorting import By

__all__ = [
    "Bin",
    "By",
    "Commitments",
    "Estimate",
    "Murphy",
    "Population",
    "Predictions",
    "Rate",
    "Result",
    "Scored",
    "Spread",
    "compute",
    "score",
]
