"""One score in full: its figures in words, and the statements that each count rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onrecord.ledger import figures

if TYPE_CHECKING:
    from onrecord.ledger.results import Scores
    from onrecord.score import Bin, Scored

# So many statements of each count are shown beside each other.
FIRST: Final = 3
# The counts of commitments and of predictions, what each is called, and by which status it is searched for.
COUNTS: Final = (
    ("commitments", "kept", "kept", "kept"),
    ("commitments", "partly_kept", "partly kept", "partly-kept"),
    ("commitments", "broken", "broken", "broken"),
    ("commitments", "ahead", "settled before the last day", ""),
    ("commitments", "pending", "in the works or stalled", ""),
    ("commitments", "disputed", "disputed", "disputed"),
    ("commitments", "void", "void", "void"),
    ("commitments", "unverifiable", "unverifiable", "unverifiable"),
    ("commitments", "overdue", "overdue", "overdue"),
    ("commitments", "open", "not rated", ""),
    ("predictions", "came_true", "came true", "came-true"),
    ("predictions", "did_not", "did not", "did-not"),
    ("predictions", "with_probability", "with a probability", ""),
    ("predictions", "flat", "put flatly", ""),
    ("predictions", "denied", "denied", ""),
    ("predictions", "waiting", "rated early, and waiting", ""),
    ("predictions", "disputed", "disputed", "disputed"),
    ("predictions", "void", "void", "void"),
    ("predictions", "overdue", "overdue", "overdue"),
    ("predictions", "open", "open", ""),
)
Told = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Count:
    """The statements under one count. kind: commitments or predictions; first: the ids of a few of them.

    status: by which the search finds them all, empty where it cannot.
    """

    kind: str
    key: str
    title: str
    status: str
    number: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Full:
    """All figures of one, each with what it is called; `everybody`: those of all together."""

    name: str
    commitments: Told
    predictions: Told
    bins: tuple[Bin, ...]
    counts: tuple[Count, ...]
    everybody: Told
    left_out: dict[str, int]


Look = Callable[[Mapping[tuple[str, str], int]], Mapping[tuple[str, str], Sequence[str]]]


def full(found: Scores, look: Look) -> Full | None:
    """The only score found in full; None where nothing can be settled.

    look: gives the first few ids under each of these counts, of which it is told how many there are.
    """
    if not found.rows:
        return None
    row = found.rows[0]
    numbers = {(kind, key): len(getattr(getattr(row, kind), key)) for kind, key, *_ in COUNTS}
    first = look({count: number for count, number in numbers.items() if number})
    return Full(
        name=row.name,
        commitments=tuple(figures.commitments(row.commitments)),
        predictions=tuple(figures.predictions(row.predictions)),
        bins=row.predictions.bins,
        counts=tuple(
            Count(kind, key, title, status, numbers[kind, key], tuple(first[kind, key]))
            for kind, key, title, status in COUNTS
            if numbers[kind, key]
        ),
        everybody=_told(found.population) if found.population else (),
        left_out=found.left_out,
    )


def _told(row: Scored) -> Told:
    return (*figures.commitments(row.commitments), *figures.predictions(row.predictions))
