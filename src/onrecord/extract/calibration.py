"""Confidence: the calibrated probability that a statement's source and content are right.

A logistic regression over what the model says of a reading (Platt 1999), fitted by
training/calibrate.py on articles that the model was not trained on. "Right" means what
the attribution measure means: content and source share at least half of their tokens with
those of an attribution that a trained person marked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from onrecord.extract.readings import Reading


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted regression: one weight for each of `features_of`, and the intercept."""

    weights: tuple[float, ...]
    bias: float


def features_of(reading: Reading) -> list[float]:
    """Log-odds of the cue, log-probability of the reading, log of the content's words, a source or none."""
    chance = min(max(reading.anchor, 1e-4), 1 - 1e-4)
    size = sum(end - start for start, end in reading.content)
    return [
        math.log(chance / (1 - chance)),
        max(reading.path, -20.0),
        math.log(1 + size),
        float(bool(reading.source)),
    ]


def confidence(reading: Reading, calibration: Calibration | None) -> float:
    """A probability in [0, 1], rounded to three places; without calibration the model's own."""
    if calibration is None:
        return round(reading.anchor * math.exp(max(reading.path, -20.0)), 3)
    terms = zip(calibration.weights, features_of(reading), strict=True)
    return round(1 / (1 + math.exp(-calibration.bias - sum(w * x for w, x in terms))), 3)
