"""Scores speakers, outlets, topics or years of a ledger on what became of their statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from onrecord import score as scores
from onrecord.errors import BadOption
from onrecord.ledger.results import Scores
from onrecord.record import browsing, counting, outcomes, people
from onrecord.record.counting import Behind, Counted, Period
from onrecord.score.sorting import Group, names_of, put, reason_against

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

    @property
    def period(self) -> Period:
        """What narrows the statements, whoever's they are."""
        return Period(self.outlet, self.topic, self.since, self.until)


def score(
    connection: Connection,
    wanted: Wanted,
    *,
    min_n: int,
    early: bool,
    today: date,
    memory: Memory | None = None,
    ids: bool = True,
) -> Scores:
    """The scores that are wanted. memory: what everybody's counts are remembered in, as one speaker after
    another is compared with them. ids: list the statements under each count. Raises UnknownSpeaker,
    Ambiguous, BadOption.
    """
    name = wanted.name
    one = name is not None and wanted.by == "speaker"
    if name is not None and one:
        name = people.canonical(connection, name)
    # All raters' verdicts together are in the tables, ready to be counted; one rater's are not.
    among = None
    if one and wanted.rater is None:
        among = _everybody(connection, wanted, early, today, memory)
    alone = None if among is None else name
    if wanted.rater is not None or wanted.by == "topic" or (ids and alone is not None):
        topics = outcomes.topics(connection) if wanted.by == "topic" else None
        cases = _cases(connection, wanted, alone)
        found = scores.compute(
            cases, by=wanted.by, today=today, min_n=min_n, early=early, topics=topics, among=among
        )
        found = found if ids else found.unlisted()
    else:
        if ids:
            alike, listed = counting.listed(connection, wanted.by, wanted.period, today=today)
        else:
            alike, listed = _counted(connection, wanted, alone, today, memory), None
        found = scores.counted(
            alike, by=wanted.by, today=today, min_n=min_n, early=early, among=among, ids=listed
        )
    rows = tuple(row for row in found.rows if name is None or row.name == name)
    return Scores(rows, found.population, found.left_out)


def _counted(
    connection: Connection, wanted: Wanted, name: str | None, today: date, memory: Memory | None
) -> list[Counted]:
    """Cases that are counted already: of a speaker, or of all; where those of all are known, out of these."""
    key, head = ("counted", wanted.by, today, wanted.period), browsing.newest(connection)
    if name is not None:
        known: list[Counted] | None = memory.known(key, head) if memory else None
        if known is None:
            return counting.counted(connection, wanted.by, wanted.period, today=today, speaker=name)
        return [each for each in known if each.case.speaker == name]

    def count() -> list[Counted]:
        return counting.counted(connection, wanted.by, wanted.period, today=today)

    return memory.get(key, head, count) if memory else count()


# By part (commitments, predictions) and count: how many statements are under it.
Numbers = Mapping[tuple[str, str], int]
# So many statements of somebody are looked through for the first of every count; the rest is looked up.
_LOOKED_AT = 2_000


def firsts(
    connection: Connection, wanted: Wanted, numbers: Numbers, *, early: bool, today: date, each: int
) -> dict[tuple[str, str], list[str]]:
    """The ids of the first few statements under each of these counts of the score of `wanted.name`.

    Raises UnknownSpeaker, Ambiguous.
    """
    name = wanted.name or ""
    speaker = name if wanted.by == "speaker" else None
    group = Group()
    topics = outcomes.topics(connection) if wanted.by == "topic" else {}
    looked_at = outcomes.settleable(connection, speaker=speaker, limit=_LOOKED_AT, **wanted.period._asdict())
    entries = list(looked_at)
    for number, entry in enumerate(entries):
        if not reason_against(entry) and name in names_of(entry, wanted.by, topics):
            put(entry, (number,), [group], today, early=early)
    lists = {"commitments": group.commitments, "predictions": group.predictions}
    found = {
        (part, count): [entries[number].id for number in lists[part][count][:each]] for part, count in numbers
    }
    for (part, count), ids in found.items():
        if len(ids) < min(each, numbers[part, count]):
            asked = Behind(wanted.by, name, part, count, early)
            more = counting.behind(connection, asked, wanted.period, today=today, limit=each)
            found[part, count] = [entry.id for entry in more]
    return found


def _everybody(
    connection: Connection, wanted: Wanted, early: bool, today: date, memory: Memory | None
) -> scores.Population:
    if memory is None:
        return _population(connection, wanted, early, today)
    key = ("population", early, today, *wanted.period)
    head = browsing.newest(connection)
    return memory.get(key, head, lambda: _population(connection, wanted, early, today))


def _population(connection: Connection, wanted: Wanted, early: bool, today: date) -> scores.Population:
    from onrecord.score.kept import others  # NumPy and SciPy, late

    tallies = outcomes.tallies(connection, today=today, early=early, **wanted.period._asdict())
    n = [tally.kept + tally.partly_kept + tally.broken for tally in tallies]
    return scores.Population(
        kept=others([tally.kept for tally in tallies], n),
        at_all=others([tally.kept + tally.partly_kept for tally in tallies], n),
        flat=others([t.came_true for t in tallies], [t.came_true + t.did_not for t in tallies]),
    )


def _cases(connection: Connection, wanted: Wanted, speaker: str | None) -> Iterator[Case]:
    cases = outcomes.settleable(connection, speaker=speaker, **wanted.period._asdict())
    if wanted.rater is None:
        return cases
    verdicts = _verdicts(connection, wanted.rater)
    return (_as_rated(case, verdicts.get(case.id)) for case in cases)


def _verdicts(connection: Connection, rater: str) -> dict[str, tuple[str, date | None]]:
    """One person's verdicts by the statement's id. Raises BadOption for somebody who gave none."""
    verdicts = outcomes.ratings_by(connection, rater)
    if not verdicts:
        expected = "somebody whose verdicts are on record (onrecord log shows who settled what)"
        raise BadOption(option="--rater", value=rater, expected=expected, example='"Ana Ruiz"')
    return verdicts


def _as_rated(case: Case, rated: tuple[str, date | None] | None) -> Case:
    """The case with one rater's verdict in the place of that of all."""
    return case._replace(verdict=rated[0] if rated else None)
