"""Gives what scores are made of: commitments and predictions, with what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from onrecord.entry import Entry
from onrecord.record import entries, facets, people
from onrecord.record.project.speakers import BLANK
from onrecord.record.project.work import fit
from onrecord.record.query import Query
from onrecord.record.schema import articles, ratings, statements
from onrecord.record.schema import topics as _topics

_s, _a = statements.c, articles.c


def settleable(
    connection: Connection,
    *,
    speaker: str | None = None,
    outlet: str | None = None,
    topic: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[Entry]:
    """Commitments and predictions, rated or not, in the order they were put on record.

    Without rejected ones, redacted ones, and what the newest reading no longer finds and nobody touched.
    since, until: days of publication, both included. Raises UnknownSpeaker, Ambiguous.
    """
    conditions = _chosen(connection, speaker, outlet, topic, since, until)
    return entries.entries(connection, entries.asked(*conditions).order_by(_s.id))


def rated(
    connection: Connection,
    *,
    speaker: str | None = None,
    outlet: str | None = None,
    topic: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[Entry]:
    """As `settleable`, of those that somebody rated: a small part of them, found by an index."""
    conditions = _chosen(connection, speaker, outlet, topic, since, until)
    question = entries.asked(_s.verdict.is_not(None), *conditions)
    return entries.entries(connection, question.order_by(_s.id))


def _chosen(
    connection: Connection,
    speaker: str | None,
    outlet: str | None,
    topic: str | None,
    since: date | None,
    until: date | None,
) -> list[ColumnElement[bool]]:
    conditions = [_s.kind.in_(entries.SETTLEABLE), ~_s.text.contains(BLANK)]
    if speaker is not None:
        conditions.append(_s.speaker.in_(people.speaker_ids(connection, speaker)))
    asked = Query(outlet=outlet, topic=topic, since=since, until=until)
    return conditions + [each.condition for each in facets.filters(connection, asked)]


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
