"""Says which articles are versions of one another: under one address, or one text with more said of it.

An article without an address stands under that of the article that it is a version of. Two versions of a
third article need not be versions of each other: one text that two outlets have printed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Connection, Select, bindparam, exists, or_, select

from onrecord.record.project.work import one_of
from onrecord.record.schema import articles, readings

_a = articles.c
_of, _next, _later = articles.alias("of"), articles.alias("next"), articles.alias("later")


def versions(connection: Connection, number: int) -> list[int]:
    """The numbers of an article and of all versions before and after it, oldest first."""
    return sorted(connection.scalars(_VERSIONS, {"number": number}))


def _line(name: str, first: Select[Any], related: Callable[[Any, Any], ColumnElement[bool]]) -> CTE:
    """The articles of `first`, those that are related to them, those that are related to these, and so on.

    A fourth column is handed on from each article to those that are found through it.
    """
    line = first.cte(name, recursive=True)
    _, _, _, start = line.c
    found = select(_next.c.id, _next.c.url, _next.c.version_of, start)
    return line.union(found.select_from(_next.join(line, related(_next.c, line.c))))


_itself = select(_a.id, _a.url, _a.version_of, _a.id.label("start")).where(_a.id == bindparam("number"))
_before = _line("before", _itself, lambda it, at: or_(it.id == at.version_of, it.url == at.url))
_after = _line("after", _itself, lambda it, at: or_(it.version_of == at.id, it.url == at.url))
_VERSIONS: Final = select(_before.c.id).union(select(_after.c.id))

# Of articles by their ids, for `among`. Those that they are versions of, beside their own ids:
BEFORE: Final = select(_a.article, _a.version_of).where(_a.version_of.is_not(None), one_of(_a.article))

# Those that stood under their address before them, and are shown still:
_under = _of.join(articles, (_a.url == _of.c.url) & (_a.id < _of.c.id))
_older = select(_a.id, _a.url, _a.version_of, _of.c.id.label("start")).select_from(_under)
_below = _line(
    "below", _older.where(one_of(_of.c.article)), lambda it, at: (it.version_of == at.id) & it.url.is_(None)
)
_shown = exists().where(readings.c.article == _below.c.id, readings.c.current)
OLDER: Final = select(_below.c.id).where(_shown)

# Those that have a version after them, or after the one under whose address they stand:
_each = select(_of.c.id, _of.c.url, _of.c.version_of, _of.c.id.label("start")).where(one_of(_of.c.article))
_above = _line("above", _each, lambda it, at: (it.id == at.version_of) & at.url.is_(None))
_next_under = (_later.c.url == _above.c.url) & (_later.c.id > _above.c.id)
OUTDATED: Final = select(_above.c.start).where(
    exists().where(_later.c.version_of == _above.c.start) | exists().where(_next_under)
)
