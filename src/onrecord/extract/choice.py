"""Chooses the words of certainty of a statement: those that rules and judge together hold most probable.

The rules find the words that can mean it, and say which they would take; the judge says how probable it
holds each, and none. A conditional logit weighs them (McFadden 1974, "Conditional logit analysis of
qualitative choice behavior"). Its weights, in the model's figures, were fitted by training/choose.py on
articles whose marked words were kept from the judge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from onrecord.extract.marks import Marked
from onrecord.statement import Span

_LEAST = 1e-4  # what the judge holds less probable than this is all alike


def chosen(
    ruled: Span | None, found: Iterable[Span], marked: Marked, weights: Sequence[float]
) -> Span | None:
    """The words to take, or None. ruled: what the rules take; found: what they find.

    What the rules take outside the words that the judge read is left to them.
    """
    if ruled is not None and not marked.read(ruled):
        return ruled
    options = dict.fromkeys([None, ruled, *found])
    return max(options, key=lambda span: _score(features(span, ruled, marked), weights))


def features(span: Span | None, ruled: Span | None, marked: Marked) -> tuple[float, ...]:
    """What is held of some words, or of none (None).

    The log-probability, as the judge has it; whether it is none; whether the rules take it: words, and none.
    """
    chance = marked.none("certainty") if span is None else marked.chance("certainty", span)
    same = span == ruled
    return (
        math.log(max(chance, _LEAST)),
        float(span is None),
        float(same and span is not None),
        float(same and span is None),
    )


def _score(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))
