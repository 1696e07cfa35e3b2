"""Finds statements by their words and by filters, newest on record first.

The full-text index gives numbers of statements that may fit, newest first, a stretch at a time; the exact
conditions are then checked on those.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, func, select

from onrecord.entry import Entry
from onrecord.record import entries, lookup, matching
from onrecord.record.facets import filters
from onrecord.record.query import Query, words_of
from onrecord.record.schema import articles, readings, statements

_END = 2**31 - 1  # no statement has this number
# Of a longer time there are too many articles to ask where on the log their statements lie.
_SHORT = timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of entries. more: there are older ones that fit. cut: older ones were not looked for."""

    entries: list[Entry]
    more: bool
    cut: bool


def search(connection: Connection, query: Query) -> Found:
    """The newest `query.limit` statements that fit.

    Raises UnknownSpeaker, NothingFound (of an article) and Ambiguous for names and ids that mean nobody
    or several, BadOption for a query that makes no sense.
    """
    words = words_of(query.words)
    narrowing = filters(connection, query)
    nothing = words.impossible or any(each.impossible for each in narrowing)
    if nothing or query.limit < 1:
        return Found([], more=False, cut=False)
    groups = [each.tokens for each in narrowing if each.tokens]
    wanted = matching.Wanted(words, groups, *_bounds(connection, query))
    question = entries.asked(*(each.condition for each in narrowing)).order_by(statements.c.id.desc())
    found: list[Entry] = []
    looked_at = 0
    for numbers in _stretches(connection, wanted, query):
        looked_at += len(numbers or ())
        within = statements.c.id.between(wanted.above + 1, wanted.below - 1)
        chosen = within if numbers is None else statements.c.id.in_(numbers)
        asked = question.where(chosen).limit(query.limit + 1 - len(found))
        found += entries.entries(connection, asked)
        if len(found) > query.limit:
            return Found(found[: query.limit], more=True, cut=False)
    return Found(found, more=False, cut=looked_at >= matching.MOST)


def _stretches(connection: Connection, wanted: matching.Wanted, query: Query) -> Iterator[list[int] | None]:
    """Numbers of statements that may fit; None, once, where the tables alone can answer."""
    by_words = wanted.words.groups or wanted.words.without
    if wanted.anything or (query.article is not None and not by_words):
        return iter((None,))
    return iter(matching.stretches(connection, wanted, query.limit + 1))


def _bounds(connection: Connection, query: Query) -> tuple[int, int]:
    """Numbers between which the statements lie, the upper one first, both excluded."""
    below, above = _END if query.before is None else max(0, min(query.before, _END)), 0
    if query.article is not None:
        article = lookup.article_id(connection, query.article)
        numbers = select(func.min(statements.c.id), func.max(statements.c.id)).select_from(
            statements.join(articles, articles.c.id == statements.c.article)
        )
        lying = numbers.where(articles.c.article == article)
    elif query.since and query.until and query.until - query.since <= _SHORT:
        numbers = select(
            func.min(readings.c.id), func.max(readings.c.id + readings.c.statements)
        ).select_from(readings.join(articles, articles.c.id == readings.c.article))
        lying = numbers.where(articles.c.published.between(query.since, query.until))
    else:
        return below, above
    first, last = connection.execute(lying).one()
    return (below, above) if first is None else (min(below, last + 1), first - 1)
