"""Entries, ratings, log rows and look-ups made by hand: what is shown and exported, without a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from onrecord.entry import Entry, Evidence, LogRow, Rating
from onrecord.record.exports.batches import Words
from onrecord.statement import Span

PROMISE = "to run two ferries a day from June"
FERRY = f"The harbour office of Ellery said that Tessa Varga had promised {PROMISE}."
AT = FERRY.index(PROMISE)

ENTRY = Entry(
    id="sha256:3f9c2a41d07b" + "0" * 52,
    article="sha256:a1b2c3d4e5f6" + "0" * 52,
    text=PROMISE,
    speech="indirect",
    part="body",
    speaker="Tessa Varga",
    speaker_read="Tessa Varga",
    speaker_kind="person",
    anonymous=False,
    chain=("The harbour office of Ellery", "Tessa Varga"),
    kind="commitment",
    commitment_type="promise",
    negative=False,
    denied=False,
    certainty_phrase=None,
    certainty_low=None,
    certainty_mid=None,
    certainty_high=None,
    due_text="from June",
    due_start=date(2031, 6, 1),
    due_end=date(2031, 6, 30),
    condition=None,
    confidence=0.97,
    kind_confidence=0.9,
    outlet="The Ellery Post",
    url="https://news.example/ferry?a=1&b=2",
    title="Ferry talks resume",
    published=date(2031, 3, 4),
    verdict=None,
    settled_on=None,
    corrected=False,
    rejected=False,
    current=True,
    sequence=12,
)


def entry(**changed: Any) -> Entry:
    return replace(ENTRY, **changed)


def forecast(**changed: Any) -> Entry:
    """A prediction with a probability, of a speaker whom nobody relays."""
    of_its_own = {
        "id": "sha256:77aa00bb11cc" + "0" * 52,
        "text": "the quay could be flooded by autumn",
        "speaker": "Ines Holm",
        "speaker_read": "Ines Holm",
        "chain": ("Ines Holm",),
        "kind": "prediction",
        "commitment_type": None,
        "certainty_phrase": "could",
        "certainty_low": 0.25,
        "certainty_mid": 0.4,
        "certainty_high": 0.5,
        "due_text": "by autumn",
        "due_start": None,
        "due_end": date(2031, 9, 22),
    }
    return entry(**{**of_its_own, **changed})


def rating(statement: Entry = ENTRY, verdict: str = "kept", **changed: Any) -> Rating:
    given = Rating(
        statement=statement.id,
        actor="ana",
        verdict=verdict,
        on=date(2031, 6, 2),
        evidence=Evidence("url", "https://news.example/two-ferries"),
        note=None,
        time="2031-06-03T09:30:00.000000Z",
    )
    return replace(given, **changed)


def row(act: str, said: dict[str, object] | None, **changed: Any) -> LogRow:
    """A row of the log; `said` None: redacted."""
    known: dict[str, Any] = {
        "sequence": 7,
        "time": "2031-06-03T09:30:00.000000Z",
        "actor": "ana",
        "act": act,
        "subject": ENTRY.id,
        "payload": None if said is None else json.dumps(said),
        "salt": None if said is None else "0" * 32,
        "digest": "d" * 64,
        "previous": "p" * 64,
        "hash": "h" * 64,
    }
    return LogRow(**{**known, **changed})


def ratings_of(*ratings: Rating) -> Callable[[Sequence[str]], Mapping[str, Sequence[Rating]]]:
    """A look-up among these ratings."""

    def looked_up(ids: Sequence[str]) -> Mapping[str, Sequence[Rating]]:
        return {asked: [rating for rating in ratings if rating.statement == asked] for asked in ids}

    return looked_up


def words_of(**given: Words) -> Callable[[Sequence[str]], Mapping[str, Words]]:
    """A look-up that finds the promise in its article, or these words, by statement id."""

    def looked_up(ids: Sequence[str]) -> Mapping[str, Words]:
        usual = Words(FERRY, (Span(AT, AT + len(PROMISE)),), "en")
        return {asked: given.get(asked, usual) for asked in ids}

    return looked_up
