"""Entries a batch at a time, each with the ratings and the words that belong to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from onrecord.entry import Entry, Rating
from onrecord.statement import Spans

# One look-up serves a batch: large enough to be quick, small enough to hold.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Words:
    """Where a statement stands: its article's text, the spans of its content in it, the language (BCP 47)."""

    text: str
    content: Spans
    language: str | None = None


# By statement id; a statement without any may be left out.
RatingsOf = Callable[[Sequence[str]], Mapping[str, Sequence[Rating]]]
WordsOf = Callable[[Sequence[str]], Mapping[str, Words]]


def batches(entries: Iterable[Entry], size: int = BATCH) -> Iterator[list[Entry]]:
    """The entries in their order, at most `size` together."""
    waiting = iter(entries)
    while batch := list(islice(waiting, size)):
        yield batch


def with_ratings(entries: Iterable[Entry], ratings_of: RatingsOf) -> Iterator[tuple[Entry, Sequence[Rating]]]:
    """Each entry with its present ratings, the earliest first."""
    for batch in batches(entries):
        ratings = ratings_of([entry.id for entry in batch])
        for entry in batch:
            yield entry, sorted(ratings.get(entry.id, ()), key=lambda rating: rating.time)


def plain(rating: Rating) -> dict[str, object]:
    """A rating as plain JSON values, without the id of its statement."""
    return {
        "actor": rating.actor,
        "verdict": rating.verdict,
        "on": rating.on.isoformat() if rating.on else None,
        "evidence": {"kind": rating.evidence.kind, "text": rating.evidence.text},
        "note": rating.note,
        "time": rating.time,
    }
