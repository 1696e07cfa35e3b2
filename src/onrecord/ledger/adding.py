"""Puts articles and what was read in them on the ledger's log; the same again is not put there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from onrecord.entry import Act
from onrecord.ledger.results import Added, State
from onrecord.record import acts, schema
from onrecord.record.log import append, head

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from onrecord.statement import Article, Document, ReaderInfo


def has(connection: Connection, article: str) -> bool:
    """Whether an article of this id was read before, by any reader."""
    known = select(schema.readings.c.id).join_from(schema.readings, schema.articles)
    return connection.execute(known.where(schema.articles.c.article == article).limit(1)).first() is not None


def add(
    connection: Connection,
    document: Document,
    *,
    actor: str,
    now: datetime,
    topic: str | None = None,
    reread: bool = False,
) -> Added:
    """Put a document on the log, within the caller's transaction: the article, its reading, its statements.

    An article that is there already is left alone, unless `reread` is given and another version
    of the reader, or another model, read it now.
    """
    article = document.article
    known = has(connection, article.id)
    if known and not (reread and not _read_by(connection, article.id, document.reader)):
        if topic is not None:
            _topic(connection, article.id, topic, actor=actor, now=now)
        return Added(article.id, "known", 0)
    before = None if known else _version_before(connection, article)
    if not known:
        append(connection, actor, [acts.article_act(article)], now=now)
    if topic is not None:  # before the statements: their index takes it in at once
        _topic(connection, article.id, topic, actor=actor, now=now)
    newest = head(connection)
    first = (newest.sequence if newest else 0) + 1
    machine = f"onrecord/{document.reader.version}"
    append(connection, machine, acts.reading_acts(document, first), now=now)
    state: State = "reread" if known else "version" if before else "new"
    return Added(article.id, state, len(document.statements), before)


def refuse(connection: Connection, name: str, code: str, message: str, *, actor: str, now: datetime) -> bool:
    """Put on the log that an input could not be read, and why; False where its last trouble was the same."""
    table = schema.refusals
    last = select(table.c.code).where(table.c.name == name).order_by(table.c.id.desc()).limit(1)
    if connection.execute(last).scalar() == code:
        return False
    payload: dict[str, object] = {"code": code, "message": message}
    append(connection, actor, [Act("refusal", name, payload)], now=now)
    return True


def _read_by(connection: Connection, article: str, reader: ReaderInfo) -> bool:
    table = schema.readings
    by_it = select(table.c.id).join_from(table, schema.articles).where(
        schema.articles.c.article == article,
        table.c.version == reader.version,
        table.c.model == reader.model,
    )  # fmt: skip
    return connection.execute(by_it.limit(1)).first() is not None


def _version_before(connection: Connection, article: Article) -> str | None:
    """The id of the newest article that the ledger has under the same address."""
    if article.url is None:
        return None
    table = schema.articles
    newest = select(table.c.article).where(table.c.url == article.url).order_by(table.c.id.desc()).limit(1)
    return connection.execute(newest).scalar()


def _topic(connection: Connection, subject: str, topic: str, *, actor: str, now: datetime) -> None:
    table = schema.topics
    there = select(table.c.id).join_from(table, schema.articles, table.c.article == schema.articles.c.id)
    same = there.where(schema.articles.c.article == subject, table.c.topic == topic)
    if connection.execute(same.limit(1)).first() is None:
        append(connection, actor, [Act("topic", subject, {"topic": topic})], now=now)
