"""Sorts statements by how they came out and by whose record they are; says what is left out, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol

from onrecord.entry import DISPUTED, By

_COMMITMENTS: Final[dict[str | None, str]] = {
    None: "open",
    "in-the-works": "pending",
    "stalled": "pending",
    "kept": "kept",
    "partly-kept": "partly_kept",
    "broken": "broken",
    "void": "void",
    "unverifiable": "unverifiable",
    DISPUTED: "disputed",
}
_PREDICTIONS: Final[dict[str | None, str]] = {
    None: "open",
    "came-true": "came_true",
    "did-not": "did_not",
    "void": "void",
    DISPUTED: "disputed",
}
_UNSETTLED: Final = ("open", "pending", "disputed")
_RATED: Final = ("kept", "partly_kept", "broken")
Forecast = tuple[float, float, float, float]  # quartile, median, quartile, outcome 0 or 1


class Scorable(Protocol):
    """What is looked at of a statement: an `Entry`, or a part of one. The fields are explained there."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def speaker(self) -> str | None: ...  # noqa: D102
    @property
    def speaker_kind(self) -> str | None: ...  # noqa: D102
    @property
    def anonymous(self) -> bool | None: ...  # noqa: D102
    @property
    def kind(self) -> str | None: ...  # noqa: D102
    @property
    def denied(self) -> bool | None: ...  # noqa: D102
    @property
    def certainty_low(self) -> float | None: ...  # noqa: D102
    @property
    def certainty_mid(self) -> float | None: ...  # noqa: D102
    @property
    def certainty_high(self) -> float | None: ...  # noqa: D102
    @property
    def due_end(self) -> date | None: ...  # noqa: D102
    @property
    def outlet(self) -> str | None: ...  # noqa: D102
    @property
    def published(self) -> date | None: ...  # noqa: D102
    @property
    def verdict(self) -> str | None: ...  # noqa: D102
    @property
    def part(self) -> str: ...  # noqa: D102
    @property
    def current(self) -> bool: ...  # noqa: D102
    @property
    def rejected(self) -> bool: ...  # noqa: D102


@dataclass(slots=True)
class Group:
    """The statements of one speaker, outlet, topic or year: their numbers by count, and settled forecasts.

    flat_true: how many of the predictions that were put flatly came true.
    """

    commitments: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    predictions: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    forecasts: list[Forecast] = field(default_factory=list)
    flat_true: int = 0


def reason_against(entry: Scorable) -> str | None:
    """Why a statement counts in no score at all; None where it may count."""
    if entry.rejected:
        return "rejected"
    known = {"commitment": _COMMITMENTS, "prediction": _PREDICTIONS}.get(entry.kind or "")
    if known is None:
        return "neither commitment nor prediction"
    if entry.part != "body":
        return "headline, summary or caption"  # an editor's words
    if entry.verdict not in known:
        return "verdict of another kind"
    return "no longer read" if entry.verdict is None and not entry.current else None


def names_of(entry: Scorable, by: By, topics: Mapping[str, Sequence[str]]) -> tuple[str, ...] | str:
    """The groups to which a statement belongs, or, as a string, why it belongs to none.

    A description ("a senior official"), a group or an unknown speaker may be another one in every
    article: they are nobody's record.
    """
    if by == "topic":
        return tuple(dict.fromkeys(topics.get(entry.id, ()))) or "no topic"
    if by == "outlet":
        return (entry.outlet,) if entry.outlet else "no outlet"
    if by == "year":
        return (f"{entry.published.year:04d}",) if entry.published else "no publication date"
    if entry.anonymous:
        return "anonymous speaker"
    if entry.speaker_kind == "group":
        return "group of speakers"
    return (entry.speaker,) if entry.speaker and entry.speaker_kind != "unknown" else "unknown speaker"


def put(entry: Scorable, alike: Sequence[int], groups: Sequence[Group], today: date, *, early: bool) -> None:
    """Put statements that are alike, by their numbers, under their counts in each of `groups`.

    entry: what they are like.
    """
    names, forecast = (
        (_commitment(entry, today), None)
        if entry.kind == "commitment"
        else _prediction(entry, today, early=early)
    )
    for group in groups:
        lists = group.commitments if entry.kind == "commitment" else group.predictions
        for name in names:
            lists[name] += alike
        group.flat_true += len(alike) * (names == ["came_true", "flat"])
        if forecast is not None:
            group.forecasts += [forecast] * len(alike)


def _commitment(entry: Scorable, today: date) -> list[str]:
    name = _COMMITMENTS[entry.verdict]
    end = entry.due_end
    if end and name in _UNSETTLED and today > end:
        return [name, "overdue"]
    return [name, "ahead"] if end and name in _RATED and today < end else [name]


def _prediction(entry: Scorable, today: date, *, early: bool) -> tuple[list[str], Forecast | None]:
    """Its counts, and what it adds to the measures of probability, if anything.

    Before its last day an event can come about early, but cannot fail to come about (or only by
    exception). To count what is rated before that day would count too many that came true.
    """
    name = _PREDICTIONS[entry.verdict]
    end = entry.due_end
    if name in _UNSETTLED:
        return ([name, "overdue"] if end and today > end else [name]), None
    if name == "void":
        return [name], None
    if end and today < end and not early:
        return ["waiting"], None
    if entry.denied:
        return [name, "denied"], None
    mid = entry.certainty_mid
    if mid is None:
        return [name, "flat"], None
    low = mid if entry.certainty_low is None else entry.certainty_low
    high = mid if entry.certainty_high is None else entry.certainty_high
    return [name, "with_probability"], (low, mid, high, float(name == "came_true"))
