"""A ledger's store with a clock of its own, on which the tests of the log's tables act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, select

from onrecord.entry import Act, LogRow
from onrecord.record import acts, redact
from onrecord.record.engine import Store
from onrecord.record.log import append, head
from onrecord.record.schema import articles, log, statements
from onrecord.statement import Article, Document, ReaderInfo, Span, Speaker, Statement, Voice, covered

START = datetime(2031, 5, 2, 9, 30, tzinfo=UTC)
READER = ReaderInfo("0.1.0", "sha256:" + "a" * 64)


class Acting:
    """Each method is one transaction with one act, a minute after the one before."""

    def __init__(self, place: str) -> None:
        self.store = Store.open(place, create=True)
        self.now = START

    def acts(self, given: Sequence[Act], by: str = "Ada") -> list[LogRow]:
        self.now += timedelta(minutes=1)
        with self.store.writing() as connection:
            return append(connection, by, given, now=self.now)

    def act(self, act: str, subject: str, by: str = "Ada", **payload: Any) -> LogRow:
        return self.acts([Act(act, subject, payload)], by)[0]

    def add(self, document: Document) -> Document:
        """An article, where it is not there, and its reading."""
        article = document.article
        if not self.rows(articles, article=article.id):
            self.acts([acts.article_act(article)])
        with self.store.reading() as connection:
            last = head(connection)
        self.acts(acts.reading_acts(document, (last.sequence if last else 0) + 1), "onrecord/0.1.0")
        return document

    def redact(self, target: str, why: str = "order of the court") -> LogRow:
        self.now += timedelta(minutes=1)
        with self.store.writing() as connection:
            act = redact.redaction_act(connection, target, why)
            return append(connection, "Ada", [act], now=self.now)[0]

    def rows(self, table: Table, **where: Any) -> list[dict[str, Any]]:
        """The rows of a table, by id, in which columns have these values."""
        asked = select(table).order_by(*table.primary_key)
        for name, value in where.items():
            asked = asked.where(table.c[name] == value)
        with self.store.reading() as connection:
            return [dict(row) for row in connection.execute(asked).mappings()]

    def row(self, table: Table, **where: Any) -> dict[str, Any]:
        (row,) = self.rows(table, **where)
        return row

    def statement(self, name: str) -> dict[str, Any]:
        return self.row(statements, statement=name)

    def document(self, name: str) -> Document:
        with self.store.reading() as connection:
            return acts.document_of(connection, name)

    def everything(self) -> str:
        """All that the log and the tables hold, as one text to look for words in."""
        tables = log.metadata.sorted_tables
        return "\n".join(str(row) for table in tables for row in self.rows(table))


def said(text: str, *quotes: tuple[str, str], url: str | None = None, title: str | None = None) -> Document:
    """A document of one text in which (name, words) are said; both must stand in the text."""
    article = Article(text, url=url, title=title)
    made = [_quote(article, name, words) for name, words in quotes]
    return Document(article, tuple(made), READER)


def _quote(article: Article, name: str, words: str) -> Statement:
    content = _span(article.text, words)
    source = _span(article.text, name)
    return Statement(
        article.id, (source,), (), (content,), covered(article.text, [content]), "indirect",
        Speaker(name, "person", False, (source,)), (Voice(name, "person"),), 0.9, kind="claim",
    )  # fmt: skip


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


Open = Callable[[], Acting]
