"""Scores speakers, outlets, topics or years of a ledger on what became of their statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from onrecord import score as scores
from onrecord.ledger.results import Scores
from onrecord.record import browsing, outcomes, people

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.record.memory import Memory
    from onrecord.record.outcomes import Case
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


def score(
    connection: Connection,
    wanted: Wanted,
    *,
    min_n: int,
    early: bool,
    today: date,
    memory: Memory | None = None,
) -> Scores:
    """The scores that are wanted. memory: what everybody's counts are remembered in, as one speaker after
    another is compared with them. Raises UnknownSpeaker, Ambiguous, BadOption.
    """
    name = wanted.name
    one = name is not None and wanted.by == "speaker"
    if name is not None and one:
        name = people.canonical(connection, name)
    # All raters' verdicts together are in the tables, ready to be counted; one rater's are not.
    among = None
    if one and wanted.rater is None:
        among = _everybody(connection, wanted, early, today, memory)
    found = scores.compute(
        _cases(connection, wanted, None if among is None else name),
        by=wanted.by,
        today=today,
        min_n=min_n,
        early=early,
        topics=outcomes.topics(connection) if wanted.by == "topic" else None,
        among=among,
    )
    rows = tuple(row for row in found.rows if name is None or row.name == name)
    return Scores(rows, found.population, found.left_out)


def _everybody(
    connection: Connection, wanted: Wanted, early: bool, today: date, memory: Memory | None
) -> scores.Population:
    if memory is None:
        return _population(connection, wanted, early, today)
    key = ("population", early, today, *_period(wanted).values())
    head = browsing.newest(connection)
    return memory.get(key, head, lambda: _population(connection, wanted, early, today))


def _population(connection: Connection, wanted: Wanted, early: bool, today: date) -> scores.Population:
    tallies = outcomes.tallies(connection, today=today, early=early, **_period(wanted))
    n = [tally.kept + tally.partly_kept + tally.broken for tally in tallies]
    return scores.Population(
        kept=([tally.kept for tally in tallies], n),
        at_all=([tally.kept + tally.partly_kept for tally in tallies], n),
        flat=([t.came_true for t in tallies], [t.came_true + t.did_not for t in tallies]),
    )


def _period(wanted: Wanted) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in ("outlet", "topic", "since", "until")}


def _cases(connection: Connection, wanted: Wanted, speaker: str | None) -> Iterator[Case]:
    cases = outcomes.settleable(connection, speaker=speaker, **_period(wanted))
    if wanted.rater is None:
        return cases
    verdicts = outcomes.ratings_by(connection, wanted.rater)
    return (_as_rated(case, verdicts.get(case.id)) for case in cases)


def _as_rated(case: Case, rated: tuple[str, date | None] | None) -> Case:
    """The case with one rater's verdict in the place of that of all."""
    return case._replace(verdict=rated[0] if rated else None)
