"""Knows the verdicts on commitments and predictions, how people write them, and their PolitiFact names."""

from __future__ import annotations

import re
from typing import Final

from onrecord.entry import DISPUTED, PENDING_VERDICTS

# Other ways to write a verdict, after lower case and hyphens. PolitiFact's and Polimètre's words are
# among them, so that their trackers need not be learned anew.
_SAME: Final = {
    "partly": "partly-kept",
    "partially-kept": "partly-kept",
    "kept-in-part": "partly-kept",
    "compromise": "partly-kept",
    "promise-kept": "kept",
    "promise-broken": "broken",
    "not-kept": "broken",
    "in-works": "in-the-works",
    "didnt": "did-not",
    "did-not-happen": "did-not",
    "did-not-come-true": "did-not",
    "didnt-come-true": "did-not",
    "came-about": "came-true",
    "happened": "came-true",
}
# PolitiFact's promise meter. It rates promises alone, and has no word for what was never put to the
# test (void) or cannot be judged (unverifiable): these have no rating there, not an average one.
_POLITIFACT: Final = {
    None: "Not Yet Rated",
    "in-the-works": "In the Works",
    "stalled": "Stalled",
    "kept": "Promise Kept",
    "partly-kept": "Compromise",
    "broken": "Promise Broken",
}


def normalised(text: str) -> str:
    """A verdict as the ledger writes it: "Partly kept" and "partly_kept" are `partly-kept`.

    What is no verdict is only put in lower case and hyphens; whether it is one, `checked_rating` tells.
    """
    words = re.sub(r"[\s_-]+", "-", text.strip().lower()).strip("-")
    words = words.replace("'", "").replace("’", "")
    return _SAME.get(words, words)


def is_final(verdict: str | None) -> bool:
    """Whether the matter is settled: rated, without dispute, and not merely on its way."""
    return verdict is not None and verdict != DISPUTED and verdict not in PENDING_VERDICTS


def shown_as(verdict: str | None, kind: str | None) -> str:
    """A verdict in words for people; where there is none, `not yet rated` or, for a prediction, `open`."""
    if verdict is None:
        return "open" if kind == "prediction" else "not yet rated"
    return verdict.replace("-", " ")


def politifact(verdict: str | None, kind: str | None) -> str | None:
    """PolitiFact's name for a verdict on a commitment; None where its scale has none.

    Predictions, void and unverifiable commitments and disputed verdicts have none.
    """
    return _POLITIFACT.get(verdict) if kind == "commitment" else None
