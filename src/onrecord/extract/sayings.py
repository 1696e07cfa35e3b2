"""Tells when a statement was said: the time near it whose signs weigh most, or none.

The weights are those of a conditional logit (McFadden 1974), learnt from labelled statements
(`training/said.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from onrecord.extract.said import as_said
from onrecord.extract.scenes import EVENT, Near, Scene
from onrecord.extract.signs import barred, signs
from onrecord.statement import Statement, When

# The least score of a time that is taken; that of none is 0. On documents left out of training F1 is the same
# at -.5 (precision .77, recall .73) and at -.1 (.81, .69): this gives up little of either.
LEAST = -0.2


@cache
def weights() -> Mapping[str, float]:
    """Sign -> weight; signs that are not named weigh nothing."""
    read: Mapping[str, float] = json.loads((files("onrecord.extract") / "said.json").read_text("utf-8"))
    return read


def said_at(scene: Scene, statement: Statement) -> When | None:
    """When it was said, by the words near it; None where no time near it tells.

    Left to the rules are statements inside others, of which none is labelled, a time inside the content
    ("opposed such a mill in 2007") and reports in entries, of which too few are.
    """
    rule = scene.ruled(statement)
    if statement.within or (rule and (scene.live or any(map(rule.span.within, statement.content)))):
        return rule
    near = considered(scene, statement)
    chosen = best([signs(scene, statement, one, near) for one in near], weights())
    if chosen is None:
        return None
    time = near[chosen].time
    if time.granularity == EVENT:
        return When(time.text, time.span, None, None)
    return as_said(scene.article, time)


def considered(scene: Scene, statement: Statement) -> list[Near]:
    """The times near a statement that can tell when it was said."""
    return [one for one in scene.near(statement) if not barred(scene, statement, one)]


def best(found: Sequence[Iterable[str]], weighed: Mapping[str, float]) -> int | None:
    """The number of the time whose signs weigh most, or None where all weigh too little."""
    scores = [sum(weighed.get(sign, 0.0) for sign in named) for named in found]
    top = max(range(len(scores)), key=lambda i: scores[i], default=None)
    return top if top is not None and scores[top] > LEAST else None
