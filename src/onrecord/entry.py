"""What the ledger gives back: a statement as it now stands, what people did with it, how it turned out.

The ledger's stages (`record`, `track`, `score`) exchange these types, as the reading ones exchange
those of `statement`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

COMMITMENT_VERDICTS = (
    "in-the-works", "stalled", "kept", "partly-kept", "broken", "void", "unverifiable",
)  # fmt: skip
PREDICTION_VERDICTS = ("came-true", "did-not", "void")
# Verdicts after which the matter may still change by itself; all others are final.
PENDING_VERDICTS = ("in-the-works", "stalled")
DISPUTED = "disputed"
# What stands between the names of a chain where it is written as one text.
LINK = " → "
# Hex digits of an id that is shown.
SHORT = 12

# By what statements are scored.
By = Literal["speaker", "outlet", "topic", "year"]
EvidenceKind = Literal["url", "article", "reason"]
Schedule = Literal["no date", "upcoming", "due", "overdue", "early", "on time", "late", "date unknown"]
ACTS = (
    "article", "reading", "statement", "refusal", "topic", "correction", "rejection", "restoration",
    "rating", "withdrawal", "note", "merge", "split", "redaction", "feed", "unfollow",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """Something to be put on the log: what kind of act, on what, and its facts as plain JSON values."""

    act: str
    subject: str | None
    payload: dict[str, object]


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row of the log. `payload` is JSON text, None once redacted; hashes are 64 hex digits.

    time: UTC, as 2018-03-06T09:30:00.000000Z.
    """

    sequence: int
    time: str
    actor: str
    act: str
    subject: str | None
    payload: str | None
    salt: str | None
    digest: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verdict rests on: a web address, the id of an article in the ledger, or a written reason."""

    kind: EvidenceKind
    text: str


@dataclass(frozen=True, slots=True)
class Rating:
    """One person's present verdict on a statement. `on`: the day of the outcome, None where not given."""

    statement: str
    actor: str
    verdict: str
    on: date | None
    evidence: Evidence
    note: str | None
    time: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as the ledger now has it: the machine's reading with people's corrections in place.

    speaker: the name under which merged names go; speaker_read: as the article's reading (or a
    correction) gave it. certainty_low, _mid, _high: quartiles and median of the probability, in [0, 1].
    due_start, due_end: by when it is to be settled (a commitment's due, a prediction's by), both days
    included. chain: the names through whom it came, outermost first. verdict: that of all raters
    together, `disputed` where they differ, None where nobody rated. current: False where the newest
    reading of the article no longer finds it.
    """

    id: str
    article: str
    text: str
    speech: str
    part: str
    speaker: str | None
    speaker_read: str | None
    speaker_kind: str | None
    anonymous: bool | None
    chain: tuple[str, ...]
    kind: str | None
    commitment_type: str | None
    negative: bool | None
    denied: bool | None
    certainty_phrase: str | None
    certainty_low: float | None
    certainty_mid: float | None
    certainty_high: float | None
    due_text: str | None
    due_start: date | None
    due_end: date | None
    condition: str | None
    confidence: float
    kind_confidence: float | None
    outlet: str | None
    url: str | None
    title: str | None
    published: date | None
    verdict: str | None
    settled_on: date | None
    corrected: bool
    rejected: bool
    current: bool
    sequence: int


def short(id: str) -> str:  # noqa: A002
    """An id as people see it: its first twelve hex digits.

    No two of a million statements share them but by one chance in 500.
    """
    return id.removeprefix("sha256:")[:SHORT]


def verdicts_for(kind: str | None) -> tuple[str, ...]:
    """The verdicts that a statement of this kind can have; none where it cannot be settled."""
    return {"commitment": COMMITMENT_VERDICTS, "prediction": PREDICTION_VERDICTS}.get(kind or "", ())


def misfits(entry: Entry) -> bool:
    """Whether its verdict is none of its kind's: the kind was corrected afterwards. It settles nothing."""
    known = verdicts_for(entry.kind)
    return bool(known) and entry.verdict not in (None, DISPUTED, *known)
