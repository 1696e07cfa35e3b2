"""Asks the full-text index of either database for the numbers of statements that may fit, newest first.

Words never become SQL, nor the index's own language: SQLite gets each term in quotation marks, PostgreSQL
gets it as a value and cuts it into words itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, text

from onrecord.record.facets import ANY_KIND
from onrecord.record.query import Term, Words

# Statements that the index gives and that are looked at, at most, for one page.
MOST: Final = 5_000
# PostgreSQL's index knows no order. So it looks first, one by one (1 microsecond each), at the newest
# statements, and goes on so where a page will be full before the index could answer, at most as far as the
# second number. The index takes as long as looking at so many statements, and at so many more for each hit:
# what is rare has few.
NEWEST: Final = 5_000
AT_MOST: Final = 60_000
INDEX: Final = 25_000
HIT: Final = 8

_SQLITE: Final = text(
    "SELECT rowid FROM search WHERE search MATCH :wanted AND rowid < :below AND rowid > :above"
    " ORDER BY rowid DESC LIMIT :most"
)
_TOP: Final = text("SELECT max(id) FROM search WHERE id < :below")
# The fences keep PostgreSQL from using the index here, and from not using it there, where it expects much.
_NEWEST: Final = text(
    "SELECT id FROM (SELECT id, terms FROM search WHERE id < :below AND id > :above OFFSET 0) AS newest"
    " WHERE terms @@ CAST(:wanted AS tsquery) ORDER BY id DESC"
)
_INDEX: Final = text(
    "WITH found AS MATERIALIZED (SELECT id FROM search WHERE terms @@ CAST(:wanted AS tsquery))"
    " SELECT id FROM found WHERE id < :below AND id > :above ORDER BY id DESC LIMIT :most"
)
# A plan that is made for any words serves none well, and compiling one takes longer than the search.
_CUSTOM: Final = (
    "set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the index is asked: words, and groups of facets, each with one that must be there.

    below, above: numbers between which the statements lie, both excluded.
    """

    words: Words
    groups: Sequence[Sequence[str]]
    below: int
    above: int

    @property
    def anything(self) -> bool:
        """Whether there is nothing that the index could help with."""
        return not (self.words.groups or self.words.without or self.groups)


def stretches(connection: Connection, wanted: Wanted, first: int) -> Iterator[list[int]]:
    """Numbers in ever longer lists, the first of about `first`, `MOST` together at most."""
    if not wanted.words.groups and not wanted.groups:
        wanted = Wanted(wanted.words, (ANY_KIND,), wanted.below, wanted.above)  # -word alone
    ask = _from_sqlite if connection.dialect.name == "sqlite" else _from_postgresql
    return ask(connection, wanted, first)


def _from_sqlite(connection: Connection, wanted: Wanted, first: int) -> Iterator[list[int]]:
    values: dict[str, Any] = {"wanted": fts5(wanted), "below": wanted.below, "above": wanted.above}
    left, size = MOST, first
    while left > 0:
        values["most"] = size = min(size, left)
        numbers = list(connection.scalars(_SQLITE, values))
        yield numbers
        if len(numbers) < size:
            return
        left, size, values["below"] = left - size, 4 * size, numbers[-1]


def _from_postgresql(connection: Connection, wanted: Wanted, first: int) -> Iterator[list[int]]:
    below = (connection.scalar(_TOP, {"below": wanted.below}) or wanted.above) + 1
    asked, terms = tsquery(wanted)
    values: dict[str, Any] = {"wanted": connection.scalar(text(asked), terms)}
    looked_at, hits, size, top = 0, 0, NEWEST, below
    found: list[int] = []  # those that wait until a page may be full
    while below - 1 > wanted.above and size:
        values |= {"below": below, "above": max(wanted.above, below - 1 - size)}
        numbers = list(connection.scalars(_NEWEST, values))
        below, looked_at, hits = values["above"] + 1, looked_at + size, hits + len(numbers)
        found += numbers
        if len(found) >= first:
            yield from _cut(found, first)
            found = []
        size = _further(looked_at, hits, first, top)
    if below - 1 > wanted.above:
        values |= {"below": below, "above": wanted.above, "most": MOST}
        found += connection.scalars(_INDEX, values)
    yield from _cut(found, first)


def _further(looked_at: int, hits: int, first: int, all_: int) -> int:
    """How many more to look at one by one, if hits are as frequent as up to now; 0: the index is sooner."""
    if not hits:
        return 0
    more = max(NEWEST, looked_at * (first - hits) // hits)
    by_index = INDEX + HIT * all_ * hits // looked_at
    return more if more <= by_index and looked_at + more <= AT_MOST else 0


def _cut(numbers: list[int], size: int) -> Iterator[list[int]]:
    start = 0
    while start < len(numbers):
        yield numbers[start : start + size]
        start, size = start + size, 4 * size


def fts5(wanted: Wanted) -> str:
    """The query in the language of SQLite's FTS5."""
    columns = "{words names condition} : "
    parts = [f"{columns}({_any_of(group)})" for group in wanted.words.groups]
    parts += [f"facets : ({' OR '.join(tokens)})" for tokens in wanted.groups]
    query = " AND ".join(parts)
    if wanted.words.without:
        return f"({query}) NOT {columns}({_any_of(wanted.words.without)})"
    return query


def _any_of(terms: Sequence[Term]) -> str:
    return " OR ".join(
        '"' + term.text.replace('"', " ") + ('" *' if term.prefix else '"') for term in terms
    )  # fmt: skip


def tsquery(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The SELECT that gives the query as a tsquery of PostgreSQL, and the values of its parameters."""
    values: dict[str, Any] = {}

    def one(terms: Sequence[Term]) -> str:
        calls = []
        for term in terms:
            name = f"t{len(values)}"
            values[name] = term.text
            calls.append(f"search_phrase(:{name}, {'true' if term.prefix else 'false'})")
        return "(" + " || ".join(calls) + ")"

    parts = [one(group) for group in wanted.words.groups]
    if wanted.words.without:
        parts.append("!!" + one(wanted.words.without))
    facets = " & ".join("(" + " | ".join(f"'={token}'" for token in tokens) + ")" for tokens in wanted.groups)
    values["facets"] = facets
    query = " && ".join([*parts, "CAST(:facets AS tsquery)"])
    return f"SELECT CAST({query} AS text), {_CUSTOM}", values
