"""What stands beside the text of one article: all that was read in it, and what people put to that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.record.contract import statement_of
from onrecord.record.lookup import Correction, Note
from onrecord.record.project.work import Work, batches
from onrecord.record.schema import articles, corrections, notes, readings, statements, topics
from onrecord.record.texts import fit
from onrecord.statement import Statement


@dataclass(frozen=True, slots=True)
class Beside:
    """Of one article, by the ids of statements. machine: the newest reading of each, before any correction;
    what was redacted is not there. read: what its newest reading found, whether or not a later version of the
    article took its place. corrections: those that hold now, oldest first. notes: also by the id of
    the article itself. topics: those of the whole article, in alphabetical order.
    """

    machine: dict[str, Statement]
    read: frozenset[str]
    corrections: dict[str, list[Correction]]
    notes: dict[str, list[Note]]
    topics: tuple[str, ...]


def beside(connection: Connection, article: str) -> Beside:
    """What stands beside the article of this whole id; nothing where there is none."""
    machine = _machine(connection, article)
    return Beside(
        machine=machine,
        read=_read(connection, article),
        corrections=_corrections(connection, article),
        notes=_notes(connection, [article, *machine]),
        topics=_topics(connection, article),
    )


def _machine(connection: Connection, article: str) -> dict[str, Statement]:
    rows = select(statements.c.log_row).join_from(statements, articles).where(_of(article))
    acts = Work(connection).log_rows(list(connection.scalars(rows)))
    # By the log's own name of it: the words of a redacted article give its statements other ids.
    return {row.subject or "": statement_of(payload, article) for row, payload in acts.values()}


def _read(connection: Connection, article: str) -> frozenset[str]:
    newest = select(func.max(readings.c.id)).join_from(readings, articles).where(_of(article))
    # The article once more: statements have an index of their articles, and none of their readings.
    its = select(statements.c.statement).join_from(statements, articles).where(_of(article))
    return frozenset(connection.scalars(its.where(statements.c.reading == newest.scalar_subquery())))


def _corrections(connection: Connection, article: str) -> dict[str, list[Correction]]:
    table = corrections.c
    asked = (
        select(
            statements.c.statement, table.field, table.value, table.actor, table.time, table.why,
            table.withdrawn, table.current,
        )
        .join_from(corrections, statements, table.statement == statements.c.id)
        .join(articles, articles.c.id == statements.c.article)
        .where(_of(article), table.current)
        .order_by(table.id)
    )  # fmt: skip
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    for id_, *values in connection.execute(asked):
        found[id_].append(Correction(*values))
    return dict(found)


def _notes(connection: Connection, subjects: Sequence[str]) -> dict[str, list[Note]]:
    found: defaultdict[str, list[Note]] = defaultdict(list)
    columns = (notes.c.subject, notes.c.actor, notes.c.time, notes.c.text)
    for batch in batches([fit(each) for each in subjects]):
        asked = select(*columns).where(notes.c.subject.in_(batch)).order_by(notes.c.id)
        for row in connection.execute(asked):
            found[row.subject].append(Note(*row))
    return dict(found)


def _topics(connection: Connection, article: str) -> tuple[str, ...]:
    asked = select(topics.c.topic).join_from(topics, articles).where(_of(article)).distinct()
    return tuple(sorted(connection.scalars(asked), key=str.casefold))


def _of(article: str) -> ColumnElement[bool]:
    return articles.c.article == fit(article)
