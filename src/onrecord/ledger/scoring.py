"""Scores speakers, outlets, topics or years of a ledger on what became of their statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from onrecord import score as scores
from onrecord.ledger.results import Scores
from onrecord.record import outcomes, people

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.entry import Entry
    from onrecord.score import By


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be scored: by what, whom, from which period, by whose verdicts."""

    by: By = "speaker"
    name: str | None = None
    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    topic: str | None = None
    rater: str | None = None


def score(connection: Connection, wanted: Wanted, *, min_n: int, early: bool, today: date) -> Scores:
    """The scores that are wanted. Raises UnknownSpeaker, Ambiguous, BadOption."""
    name = wanted.name
    if name is not None and wanted.by == "speaker":
        name = people.canonical(connection, name)
    topics = outcomes.topics(connection) if wanted.by == "topic" else None
    found = scores.compute(
        _entries(connection, wanted), by=wanted.by, today=today, min_n=min_n, early=early, topics=topics
    )
    rows = tuple(row for row in found.rows if name is None or row.name == name)
    return Scores(rows, found.population, found.left_out)


def _entries(connection: Connection, wanted: Wanted) -> Iterator[Entry]:
    entries = outcomes.settleable(
        connection, outlet=wanted.outlet, topic=wanted.topic, since=wanted.since, until=wanted.until
    )
    if wanted.rater is None:
        return entries
    verdicts = outcomes.ratings_by(connection, wanted.rater)
    return (_as_rated(entry, verdicts.get(entry.id)) for entry in entries)


def _as_rated(entry: Entry, rated: tuple[str, date | None] | None) -> Entry:
    """The entry with one rater's verdict in the place of that of all."""
    verdict, on = rated or (None, None)
    return replace(entry, verdict=verdict, settled_on=on)
