"""Turns the model's scores into what the speaker does by saying it: kind, type of commitment, negation.

The labels are the project's own (see the labels page of the documentation). A kind is the most
probable of seven; its confidence is that probability, made honest by a temperature that was fitted
on statements kept out of training (Guo et al. 2017, "On calibration of modern neural networks").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from onrecord.statement import COMMITMENTS, KINDS

SENSES = (*KINDS, *COMMITMENTS, "negative", "denied")

_COMMITMENT_AT = len(KINDS)
_NEGATIVE_AT = SENSES.index("negative")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a statement does. confidence: probability in [0, 1] that `kind` is right.

    commitment_type and negative are None for what is no commitment.
    """

    kind: str
    confidence: float
    commitment_type: str | None
    negative: bool | None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: the cue that announces it, and its own words."""

    cue: str
    content: str


def sense_of(senses: Sequence[float], facts: Mapping[str, Any], item: Item | None = None) -> Sense:
    """The sense of one reading. senses: (15,) scores in the order of SENSES.

    An item of a list was not before the model when it judged the sentence that announces the
    list: there the announcing verb decides, where it says enough, and the item's own negation.
    """
    scores = np.asarray(senses, np.float64)
    chances = _softmax(scores[: len(KINDS)] / float(facts["temperature"]))
    kind = KINDS[int(chances.argmax())]
    confidence = float(chances.max())
    type_ = COMMITMENTS[int(scores[_COMMITMENT_AT:_NEGATIVE_AT].argmax())]
    negative = type_ == "refusal" or bool(scores[_NEGATIVE_AT] > 0)
    if item:
        negative = refrains(item.content)
    if item and (said := announced(item.cue)):
        kind, type_, confidence = said[0], said[1] or type_, float(facts["listed"])
    committed = kind == "commitment"
    return Sense(
        kind=kind,
        confidence=round(confidence, 3),
        commitment_type=type_ if committed else None,
        negative=negative if committed else None,
    )


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max())
    result: np.ndarray = powers / powers.sum()
    return result


@cache
def _announcers() -> tuple[tuple[re.Pattern[str], str, str | None], ...]:
    """Verbs that say by themselves what the items of a list are: pattern, kind, type of commitment."""
    table = (
        (r"agree\w*|consent\w*", "commitment", "agreement"),
        (r"promis\w*|pledg\w*|vow\w*|guarant\w*|commit\w*|assur\w*|undert\w*", "commitment", "promise"),
        (r"offer\w*", "commitment", "offer"),
        (r"threaten\w*", "commitment", "threat"),
        (r"refus\w*|declin\w*", "commitment", "refusal"),
        (r"plan(?:s|ned)?|intend\w*", "commitment", "intention"),
        (r"demand\w*|urg\w*|order\w*|recommend\w*|request\w*|call(?:s|ed)? (?:on|for)", "directive", None),
        (r"ask(?:s|ed)? whether|wonder\w*", "question", None),
        (r"predict\w*|forecast\w*|expect\w*", "prediction", None),
    )
    return tuple(
        (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), kind, type_) for words, kind, type_ in table
    )


@cache
def _negation() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:will not|won['’]t|shall not|would not|wouldn['’]t|do(?:es)? not (?:intend|plan)|not to|never"
        r"|no (?:intention|plans?) (?:of|to)|no longer|refrains? from|rules? out|forgoes?|abstains? from)\b",
        re.IGNORECASE,
    )


def refrains(content: str) -> bool:
    """Whether a commitment's main clause says that something will *not* be done."""
    main = re.split(r"[,;]|\b(?:while|if|unless|as long as|until|because|so that)\b", content, maxsplit=1)[0]
    return bool(_negation().search(main))


def announced(cue: str) -> tuple[str, str | None] | None:
    """Kind and type of commitment that a list's announcing verb gives by itself; None where it gives none."""
    for pattern, kind, type_ in _announcers():
        if pattern.search(cue):
            return kind, type_
    return None
