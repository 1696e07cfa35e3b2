"""Makes entries for scoring, each with an outcome, without a ledger."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from onrecord.entry import Entry

_NUMBERS = count(1)
TODAY = date(2020, 1, 1)


def entry(kind: str | None = "commitment", verdict: str | None = None, **fields: Any) -> Entry:
    """An entry of Ada Quist's, said on 1 March 2018; `fields` override what is not said."""
    number = next(_NUMBERS)
    usual: dict[str, Any] = {
        "id": f"sha256:{number:064x}", "article": "sha256:" + "a" * 64, "text": "the ferry will run",
        "speech": "indirect", "part": "body", "speaker": "Ada Quist", "speaker_read": "Quist",
        "speaker_kind": "person", "anonymous": False, "chain": ("Ada Quist",), "kind": kind,
        "commitment_type": "promise" if kind == "commitment" else None, "negative": False, "denied": False,
        "certainty_phrase": None, "certainty_low": None, "certainty_mid": None, "certainty_high": None,
        "due_text": None, "due_start": None, "due_end": None, "condition": None, "confidence": 0.9,
        "kind_confidence": 0.9, "outlet": "Lund Courier", "url": None, "title": None,
        "published": date(2018, 3, 1), "verdict": verdict, "settled_on": None, "corrected": False,
        "rejected": False, "current": True, "sequence": number,
    }  # fmt: skip
    return Entry(**(usual | fields))


def forecast(mid: float, happened: bool, **fields: Any) -> Entry:
    """A prediction with a probability, without a spread of meanings unless `fields` give one."""
    spread = {"certainty_low": mid, "certainty_mid": mid, "certainty_high": mid, "certainty_phrase": "likely"}
    return entry("prediction", "came-true" if happened else "did-not", **(spread | fields))
