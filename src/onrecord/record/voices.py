"""Looks over what one speaker said, by topic and year; and over the topics of one statement."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, or_, select, union

from onrecord.record import people
from onrecord.record.schema import articles, speakers, statements, topics
from onrecord.record.texts import fit

_s, _a, _t = statements.c, articles.c, topics.c


def topics_by(connection: Connection, name: str) -> list[str]:
    """The topics of what a speaker said under all names, in alphabetical order.

    Raises UnknownSpeaker, Ambiguous.
    """
    mine = _s.speaker.in_(people.speaker_ids(connection, name))
    if connection.scalar(select(_t.id).limit(1)) is None:
        return []  # nothing need be looked through
    own = select(_t.topic).join_from(topics, statements, _t.statement == _s.id).where(mine)
    # The articles first: most of a speaker's statements share theirs with others of the same speaker.
    there = select(_s.article).where(mine).distinct().subquery()
    whole = select(_t.topic).join_from(topics, there, _t.article == there.c.article)
    return sorted(connection.scalars(union(own, whole)), key=str.casefold)


def names_alike(connection: Connection, words: str, limit: int) -> list[str]:
    """The first names under which speakers go that have all of the words in one of their names."""
    own = func.coalesce(speakers.c.merged_into, speakers.c.id)
    chosen = select(own).where(*people.with_words(words))
    asked = select(speakers.c.name).where(speakers.c.id.in_(chosen)).order_by(speakers.c.name).limit(limit)
    return list(connection.scalars(asked))


def topics_of(connection: Connection, statement: str) -> list[str]:
    """The topics of the statement of this whole id, its own and its article's, in alphabetical order."""
    its = or_(_t.statement == _s.id, _t.article == _s.article)
    asked = select(_t.topic).join_from(topics, statements, its).where(_s.statement == fit(statement))
    return sorted(connection.scalars(asked.distinct()), key=str.casefold)


def years(connection: Connection) -> list[int]:
    """The years from which there can be articles, newest first."""
    ends = [
        connection.scalar(select(end(_a.published)).where(_a.published.is_not(None)))
        for end in (func.max, func.min)
    ]
    newest, oldest = (day.year if isinstance(day, date) else 0 for day in ends)
    return list(range(newest, oldest - 1, -1)) if newest else []
