"""Looks over the whole ledger: how much there is, what came in last, which outlets and topics it knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from onrecord.record import entries, facets, people
from onrecord.record.schema import articles, log, statements
from onrecord.record.schema import topics as _topics

_a, _s = articles.c, statements.c
_BEGINNING = 90


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a ledger holds. Statements that were rejected, are no longer read, or stand in a headline, a
    summary or a caption count nowhere.

    speakers: of these statements; merged names are one speaker. commitments, predictions: among the
    statements. unrated: of these two, those on which nobody gave a verdict; settled: those with a final
    verdict of their kind; overdue: those without one whose last day has passed.
    """

    statements: int
    articles: int
    speakers: int
    commitments: int
    predictions: int
    unrated: int
    settled: int
    overdue: int


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list. added: UTC time. statements: how many count; sequence: its row of the log.

    begins: the first characters of its text.
    """

    id: str
    title: str | None
    outlet: str | None
    published: date | None
    added: str
    statements: int
    sequence: int
    begins: str = ""

    @property
    def heading(self) -> str:
        """What it is called: its title, or else its first line."""
        line = next(filter(None, map(str.strip, (self.title or self.begins).splitlines())), "")
        return line if self.title or len(line) < _BEGINNING else line.rpartition(" ")[0] + "…"


def newest(connection: Connection) -> int:
    """The number of the log's last row; 0 where it is empty."""
    return connection.scalar(select(func.max(log.c.sequence))) or 0


def counts(connection: Connection, today: date) -> Counts:
    """How much there is. Looks at every statement: half a second for a million of them."""
    settleable = _s.kind.in_(entries.SETTLEABLE)
    wanted: dict[str, ColumnElement[bool] | None] = {
        "statements": None,
        "commitments": _s.kind == "commitment",
        "predictions": _s.kind == "prediction",
        "unrated": settleable & _s.verdict.is_(None),
        "settled": settleable & ~entries.unsettled(),
        "overdue": entries.unsettled() & (_s.due_end < today),
    }
    columns = [
        (func.count() if condition is None else func.count().filter(condition)).label(name)
        for name, condition in wanted.items()
    ]
    found = connection.execute(select(*columns).where(entries.in_body(), entries.shown())).one()._mapping
    whole = {
        "articles": connection.scalar(select(func.count()).select_from(articles)) or 0,
        "speakers": people.how_many(connection),
    }
    return Counts(**found, **whole)


def article_rows(connection: Connection, *, before: int | None = None, limit: int = 50) -> list[ArticleRow]:
    """Articles, those put on record last first. before: only those with a smaller `sequence`."""
    its = (
        select(func.count())
        .select_from(statements)
        .where(_s.article == _a.id, entries.in_body(), entries.shown())
        .scalar_subquery()
    )
    columns = (
        _a.article,
        _a.title,
        _a.outlet,
        _a.published,
        _a.added,
        its,
        _a.id,
        func.substr(_a.text, 1, _BEGINNING),
    )
    asked: Select[Any] = select(*columns).order_by(_a.id.desc()).limit(max(limit, 0))
    if before is not None:
        asked = asked.where(_a.id < before)
    return [ArticleRow(*row) for row in connection.execute(asked)]


def outlets(connection: Connection, limit: int = 500) -> list[str]:
    """The names of outlets, in alphabetical order."""
    return sorted(facets.outlets(connection), key=str.casefold)[: max(limit, 0)]


def topics(connection: Connection, limit: int = 500) -> list[str]:
    """The names of topics, in alphabetical order."""
    names = connection.scalars(select(_topics.c.topic).distinct())
    return sorted(names, key=str.casefold)[: max(limit, 0)]
