"""Looks over what one speaker said, by kind, year and topic; and over the topics of one statement."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, extract, func, or_, select, union

from onrecord.record import entries, people
from onrecord.record.schema import articles, statements, topics
from onrecord.record.texts import fit

_s, _a, _t = statements.c, articles.c, topics.c


@dataclass(frozen=True, slots=True)
class Said:
    """How many statements of a speaker are of each kind, of each year of publication, on each topic.

    Rejected statements and those that are no longer read are not counted. kinds: most frequent first;
    years: newest first; topics: in alphabetical order. Statements without a kind, a day or a topic are
    missing in that list, and one may have several topics.
    """

    statements: int
    kinds: dict[str, int]
    years: dict[int, int]
    topics: dict[str, int]


def said(connection: Connection, name: str) -> Said:
    """What the speaker who is meant by `name` said, under all names. Raises UnknownSpeaker, Ambiguous."""
    mine = [_s.speaker.in_(people.speaker_ids(connection, name)), entries.shown()]
    kinds = select(_s.kind, func.count()).where(*mine).group_by(_s.kind)
    counts = {kind: int(count) for kind, count in connection.execute(kinds)}
    year = extract("year", _a.published)
    years = select(year, func.count()).join_from(statements, articles).where(*mine).group_by(year)
    by_year = {int(each): int(count) for each, count in connection.execute(years) if each is not None}
    own = select(_t.topic, _s.id).join_from(topics, statements, _t.statement == _s.id).where(*mine)
    whole = select(_t.topic, _s.id).join_from(topics, statements, _t.article == _s.article).where(*mine)
    each_once = union(own, whole).subquery()
    by_topic = select(each_once.c.topic, func.count()).group_by(each_once.c.topic)
    return Said(
        statements=sum(counts.values()),
        kinds={kind: n for kind, n in sorted(counts.items(), key=lambda pair: -pair[1]) if kind},
        years=dict(sorted(by_year.items(), reverse=True)),
        topics=dict(sorted(((str(t), int(n)) for t, n in connection.execute(by_topic)), key=_folded)),
    )


def _folded(pair: tuple[str, int]) -> str:
    return pair[0].casefold()


def topics_of(connection: Connection, statement: str) -> list[str]:
    """The topics of the statement of this whole id, its own and its article's, in alphabetical order."""
    its = or_(_t.statement == _s.id, _t.article == _s.article)
    asked = (
        select(_t.topic).join_from(topics, statements, its).where(_s.statement == fit(statement)).distinct()
    )
    return sorted(connection.scalars(asked), key=str.casefold)
