"""Entries, ratings and look-ups built by hand, so that exports can be tested without a ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from onrecord.entry import Entry, Evidence, Rating
from onrecord.record.exports.batches import Words
from onrecord.statement import Span, content_hash

FERRY = "The harbour office said that Tessa Varga had promised to run two ferries a day from June 2031."
PROMISE = "to run two ferries a day from June 2031"
AT = FERRY.index(PROMISE)

_ENTRY = Entry(
    id=content_hash("statement", "ferry"),
    article=content_hash("article", "ferry"),
    text=PROMISE,
    speech="indirect",
    part="body",
    speaker="Tessa Varga",
    speaker_read="Varga",
    speaker_kind="person",
    anonymous=False,
    chain=("harbour office", "Varga"),
    kind="commitment",
    commitment_type="promise",
    negative=False,
    denied=None,
    certainty_phrase=None,
    certainty_low=None,
    certainty_mid=None,
    certainty_high=None,
    due_text="from June 2031",
    due_start=date(2031, 6, 1),
    due_end=date(2031, 6, 30),
    condition=None,
    confidence=0.93,
    kind_confidence=0.8,
    outlet="The Ellery Post",
    url="https://post.example/ferry?a=1&b=2",
    title="Ferry talks resume",
    published=date(2031, 3, 4),
    verdict=None,
    settled_on=None,
    corrected=False,
    rejected=False,
    current=True,
    sequence=3,
)


def entry(**changes: Any) -> Entry:
    """A promise about ferries, with changes."""
    return replace(_ENTRY, **changes)


def rating(statement: Entry, verdict: str = "kept", **changes: Any) -> Rating:
    """A rating of it by Ada, with changes."""
    evidence = Evidence("url", "https://post.example/two-ferries")
    made = Rating(
        statement.id, "Ada Quist", verdict, date(2031, 6, 2), evidence, None, "2031-06-03T09:30:00.000000Z"
    )
    return replace(made, **changes)


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
