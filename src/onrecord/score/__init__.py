"""Rates speakers and outlets on the outcomes of what they said, with an interval beside every figure."""

from __future__ import annotations

from onrecord.entry import By
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
from onrecord.score.scores import Population, Result, compute, counted, score

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
    "counted",
    "score",
]
