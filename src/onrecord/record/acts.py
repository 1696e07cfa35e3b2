"""Turns what was read into acts for the log, and the log's acts back into documents."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from onrecord.entry import Act
from onrecord.errors.ledger import NothingFound
from onrecord.record.contract import (
    article_of,
    plain_article,
    plain_statement,
    plain_time,
    statement_of,
    times_of,
)
from onrecord.record.project.work import Work
from onrecord.record.schema import articles, readings, statements
from onrecord.statement import Article, Document, ReaderInfo


def article_act(article: Article, version_of: str | None = None) -> Act:
    """The act that puts an article on record.

    version_of: the id of the article that it is a version of where its address does not say so, as the log
    has it for good. Whoever replays the log could not find it out: of a text that was redacted since, nobody
    knows whether another was the same, and old logs hold the same text as two articles, which they stay.
    """
    said = {} if version_of is None else {"version_of": version_of}
    return Act("article", article.id, plain_article(article) | said)


def reading_acts(document: Document, sequence: int) -> list[Act]:
    """The acts that put a reading on record and each of its statements; `sequence` is the reading's own."""
    article = document.article.id
    reader = {"version": document.reader.version, "model": document.reader.model}
    times = [plain_time(time) for time in document.times]
    reading: dict[str, object] = {"reader": reader, "times": times, "statements": len(document.statements)}
    where = {"article": article, "reading": sequence}
    found = [Act("reading", article, reading)]
    for statement in document.statements:
        values = plain_statement(statement)
        values.update(where)
        found.append(Act("statement", statement.id, values))
    return found


def merge_acts(names: Sequence[str], into: str, why: str | None) -> list[Act]:
    """The acts that join names to another name: one each, so that each judgement has a row of its own."""
    return [Act("merge", into, {"speakers": [name], "why": why}) for name in names]


def document_of(connection: Connection, article: str) -> Document:
    """An article with its newest reading, as the machine gave it: people's corrections are not applied.

    Redacted words are blanked; the ids of statements stay, so theirs is that of the article as it came.
    Where the article was put on record but not read, there are no statements, and the reader has no name.
    Raises NothingFound.
    """
    newest = select(func.max(readings.c.id)).where(readings.c.article == articles.c.id)
    asked = select(articles.c.id, newest.scalar_subquery()).where(articles.c.article == article)
    found = connection.execute(asked).one_or_none()
    if found is None:
        raise NothingFound(id=article, expected="article")
    number, reading = found
    rows = select(statements.c.log_row).where(statements.c.reading == reading, statements.c.article == number)
    said = connection.execute(rows.order_by(statements.c.log_row)).scalars().all() if reading else ()
    acts = Work(connection).log_rows([number, *([reading] if reading else ()), *said])
    payloads = {sequence: payload for sequence, (_, payload) in acts.items()}
    if number not in payloads:
        raise NothingFound(id=article, expected="article")
    read = payloads.get(reading, {"reader": {"version": "", "model": ""}, "times": []})
    return Document(
        article=article_of(payloads[number]),
        statements=tuple(statement_of(payloads[row], article) for row in said if row in payloads),
        reader=ReaderInfo(**read["reader"]),
        times=times_of(read["times"]),
    )
