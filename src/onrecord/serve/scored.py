"""One score in full: its figures in words, and the statements that each count rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onrecord.ledger import figures

if TYPE_CHECKING:
    from onrecord.ledger.results import Scores
    from onrecord.score import Bin, Scored

# So many ids of one count are kept; all of them can be searched for.
MOST: Final = 2_000
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
    """The statements under one count. kind: commitments or predictions; ids: the first `MOST` of `number`.

    status: by which the search finds them all, empty where it cannot.
    """

    kind: str
    key: str
    title: str
    status: str
    number: int
    ids: tuple[str, ...]


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


def full(found: Scores) -> Full | None:
    """The only score found in full; None where nothing can be settled."""
    if not found.rows:
        return None
    row = found.rows[0]
    return Full(
        name=row.name,
        commitments=tuple(figures.commitments(row.commitments)),
        predictions=tuple(figures.predictions(row.predictions)),
        bins=row.predictions.bins,
        counts=tuple(_counts(row)),
        everybody=_told(found.population) if found.population else (),
        left_out=found.left_out,
    )


def _told(row: Scored) -> Told:
    return (*figures.commitments(row.commitments), *figures.predictions(row.predictions))


def _counts(row: Scored) -> list[Count]:
    made = []
    for kind, key, title, status in COUNTS:
        ids: tuple[str, ...] = getattr(getattr(row, kind), key)
        if ids:
            made.append(Count(kind, key, title, status, len(ids), ids[:MOST]))
    return made
