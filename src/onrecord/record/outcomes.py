"""Gives what scores are made of: commitments and predictions, with what became of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from onrecord.entry import verdicts_for
from onrecord.record import entries, facets, people
from onrecord.record.query import Query
from onrecord.record.schema import articles, log, ratings, speakers, statements
from onrecord.record.schema import topics as _topics
from onrecord.record.texts import fit

_s, _a = statements.c, articles.c
# The rows of the log whose words are gone: a figure must lead to words.
_REDACTED = select(log.c.sequence).where(log.c.payload.is_(None))


class Case(NamedTuple):
    """What a score needs of a statement; the fields are those of `Entry`."""

    id: str
    speaker: str | None
    speaker_kind: str | None
    anonymous: bool | None
    kind: str | None
    denied: bool | None
    certainty_low: float | None
    certainty_mid: float | None
    certainty_high: float | None
    due_end: date | None
    outlet: str | None
    published: date | None
    verdict: str | None
    part: str
    current: bool
    rejected: bool


_FIELDS = (
    _s.statement, entries.SPEAKER, _s.speaker_kind, _s.anonymous, _s.kind, _s.denied, _s.certainty_low,
    _s.certainty_mid, _s.certainty_high, _s.due_end, _a.outlet, _a.published, _s.verdict, _s.part,
    _s.current, _s.rejected,
)  # fmt: skip


def settleable(
    connection: Connection,
    *,
    speaker: str | None = None,
    outlet: str | None = None,
    topic: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Iterator[Case]:
    """Commitments and predictions, rated or not, in the order they were put on record.

    Without rejected ones, redacted ones, and what the newest reading no longer finds and nobody touched. What
    stands in a headline, a summary or a caption is among them: a score says how many of these it leaves out.
    since, until: days of publication, both included. limit: the first of them. Raises UnknownSpeaker,
    Ambiguous.
    """
    conditions = chosen(connection, speaker, outlet, topic, since, until)
    question = select(*_FIELDS).select_from(entries.SOURCE).where(*conditions).order_by(_s.id).limit(limit)
    return map(Case._make, connection.execute(question))


def chosen(
    connection: Connection,
    speaker: str | None,
    outlet: str | None,
    topic: str | None,
    since: date | None,
    until: date | None,
    *,
    rated: bool = False,
) -> list[ColumnElement[bool]]:
    """The conditions of `settleable`. rated: without the one that it is shown. Raises what that does."""
    conditions = [_s.kind.in_(entries.SETTLEABLE), _s.log_row.not_in(_REDACTED)]
    if speaker is not None:
        conditions.append(_s.speaker.in_(people.speaker_ids(connection, speaker)))
    asked = Query(outlet=outlet, topic=topic, since=since, until=until)
    shown, *narrowing = facets.filters(connection, asked)
    return conditions + [each.condition for each in (narrowing if rated else [shown, *narrowing])]


@dataclass(frozen=True, slots=True)
class Tally:
    """How the statements of one speaker came out: commitments, and predictions that were put flatly."""

    kept: int
    partly_kept: int
    broken: int
    came_true: int
    did_not: int


# In the order of the fields of a tally.
_COUNTED = ("kept", "partly-kept", "broken", "came-true", "did-not")


def tallies(
    connection: Connection,
    *,
    today: date,
    early: bool = False,
    outlet: str | None = None,
    topic: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> list[Tally]:
    """The tally of every speaker who can be scored, in no order: what one speaker is compared with.

    Counts what `score` would count in the entries of `settleable`, but in the database.
    """
    # Without the condition that it is shown: what is rated is. So an index answers alone.
    conditions = [*chosen(connection, None, outlet, topic, since, until, rated=True), entries.in_body()]
    conditions += [_s.rejected.is_(False), _s.verdict.is_not(None), _s.anonymous.is_not(True)]
    conditions.append(func.coalesce(_s.speaker_kind, "").not_in(("group", "unknown")))
    flat = [_s.kind == "prediction", _s.certainty_mid.is_(None), _s.denied.is_not(True)]
    flat += [] if early else [func.coalesce(_s.due_end, date.min) <= today]
    dated = outlet is not None or since is not None or until is not None
    source = statements.join(articles, articles.c.id == _s.article) if dated else statements
    # In the order of the index, so that nothing need be sorted.
    columns = (_s.speaker, _s.verdict, _s.kind)
    counted = select(*columns, func.count(), func.sum(case((and_(*flat), 1), else_=0)))
    rows = connection.execute(counted.select_from(source).where(*conditions).group_by(*columns)).all()
    merged = select(speakers.c.id, speakers.c.merged_into).where(speakers.c.merged_into.is_not(None))
    own: dict[int, int] = {row.id: row.merged_into for row in connection.execute(merged)}
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for speaker, verdict, kind, n, n_flat in rows:
        if speaker is not None and verdict in verdicts_for(kind):
            counts[own.get(speaker, speaker)][verdict] += n if kind == "commitment" else n_flat
    return [Tally(*(count[name] for name in _COUNTED)) for count in counts.values()]


def ratings_by(connection: Connection, rater: str) -> dict[str, tuple[str, date | None]]:
    """One person's present verdicts: verdict and day of the outcome, by the statement's id."""
    asked = select(_s.statement, ratings.c.verdict, ratings.c.settled_on).join_from(ratings, statements)
    rows = connection.execute(asked.where(ratings.c.actor == fit(rater), ratings.c.current))
    return {id_: (verdict, on) for id_, verdict, on in rows}


def topics(connection: Connection) -> dict[str, list[str]]:
    """The topics of each statement that has any, by its id: its own, and those of its article."""
    found: dict[str, list[str]] = {}
    for its in (_topics.c.statement == _s.id, _topics.c.article == _s.article):
        rows = connection.execute(
            select(_s.statement, _topics.c.topic)
            .join_from(_topics, statements, its)
            .where(_s.kind.in_(entries.SETTLEABLE))
            .order_by(_topics.c.id)
        )
        for id_, topic in rows:
            if topic not in found.setdefault(id_, []):
                found[id_].append(topic)
    return found
