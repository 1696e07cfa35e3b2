"""Keeps the tables what the log adds up to: lets each act take effect on them.

`apply` lets new acts take effect, `build` makes all tables anew. Both give the same tables: the tests hold
one against the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, delete, select, text, update

from onrecord.entry import LogRow
from onrecord.record.project import (
    articles,
    corrections,
    feeds,
    notes,
    ratings,
    redactions,
    speakers,
    statements,
)
from onrecord.record.project.work import Payload, Row, Work
from onrecord.record.schema import feeds as feeds_table
from onrecord.record.schema import log, metadata

__all__ = ["apply", "build", "chunks"]

Family = Callable[[Work, Sequence[Row]], None] | str
_CHUNK: Final = 4_000  # rows; about 150 articles, a few MB of JSON
# Acts of one family that follow one another are applied together.
_FAMILIES: Final[Mapping[str, Family]] = MappingProxyType(
    {
        "correction": corrections.correct,
        "rejection": corrections.reject,
        "restoration": corrections.reject,
        "rating": ratings.rate,
        "withdrawal": ratings.rate,
        "note": notes.note,
        "merge": speakers.judge,
        "split": speakers.judge,
        "feed": feeds.follow,
        "unfollow": feeds.follow,
        "redaction": "redaction",
    }
)


def apply(
    connection: Connection, rows: Sequence[LogRow], payloads: Mapping[int, Payload] = MappingProxyType({})
) -> None:
    """Lets acts that are on the log take effect on the tables, in the connection's transaction.

    payloads: by sequence, those that need not be read from the rows' JSON once more.

    A reading and its statements belong into one call: use `chunks` to cut up longer stretches. A redaction
    empties the rows of the log that it names, and builds all tables anew without the words.
    """
    _let(Work(connection, payloads), rows)


def build(connection: Connection, *, until: int | None = None) -> int:
    """Makes all tables but the log anew from its rows up to `until`; gives their number.

    The state of the feeds that are followed, which is not on the log, is kept.
    """
    state = select(feeds_table.c.id, *(feeds_table.c[name] for name in feeds.STATE))
    kept = [dict(each) for each in connection.execute(state).mappings()]
    _empty(connection)
    work, count = Work(connection), 0
    for chunk in chunks(_log(connection, until)):
        _let(work, chunk)
        count += len(chunk)
    for each in kept:
        connection.execute(update(feeds_table).where(feeds_table.c.id == each["id"]).values(each))
    return count


def chunks(rows: Iterable[LogRow], size: int = _CHUNK) -> Iterator[list[LogRow]]:
    """Rows in lists of about `size`, each ending where a reading with its statements ends."""
    chunk: list[LogRow] = []
    for row in rows:
        if len(chunk) >= size and row.act != "statement":
            yield chunk
            chunk = []
        chunk.append(row)
    if chunk:
        yield chunk


def _let(work: Work, rows: Sequence[LogRow]) -> None:
    for family, run in _runs(rows):
        acts = work.read(run)
        if family == "redaction":
            _redact(work, acts)
        elif isinstance(family, str):
            for round_ in _rounds(acts):
                _take_in(work, round_)
        elif acts:
            family(work, acts)


def _runs(rows: Iterable[LogRow]) -> Iterator[tuple[Family, list[LogRow]]]:
    """Neighbouring acts of one family."""
    for family, run in groupby(rows, key=lambda row: _FAMILIES.get(row.act, "read")):
        yield family, list(run)


def _rounds(acts: Iterable[Row]) -> Iterator[list[Row]]:
    """Cut where an article is read once more: what the one before found must be there by then."""
    round_: list[Row] = []
    read: set[str | None] = set()
    for row, payload in acts:
        if row.act == "reading":
            if row.subject in read:
                yield round_
                round_, read = [], set()
            read.add(row.subject)
        round_.append((row, payload))
    if round_:
        yield round_


def _take_in(work: Work, acts: Sequence[Row]) -> None:
    """Articles, readings, statements, refusals and topics: tables that do not ask for order among them."""
    of: dict[str, list[Row]] = {}
    for row, payload in acts:
        of.setdefault(row.act, []).append((row, payload))
    if "article" in of:
        articles.add(work, of["article"])
    # Those of articles first: the search index would take in all statements of the article once more.
    rest = notes.topic_articles(work, of["topic"]) if "topic" in of else []
    fresh = articles.read(work, of["reading"]) if "reading" in of else {}
    if "statement" in of:
        statements.read(work, of["statement"], fresh)
    if "reading" in of:
        articles.supersede(work, (row.subject or "" for row, _ in of["reading"]))
    if "refusal" in of:
        notes.refuse(work, of["refusal"])
    if rest:
        notes.topic_statements(work, rest)


def _redact(work: Work, acts: Iterable[Row]) -> None:
    for row, payload in acts:
        if redactions.empty(work, (row, payload)):
            build(work.connection, until=row.sequence - 1)
            if work.connection.dialect.name == "sqlite":
                # FTS5 keeps the words of deleted rows until it merges its segments.
                work.connection.execute(text("INSERT INTO search (search) VALUES ('rebuild')"))
        redactions.mark(work, (row, payload))


def _log(connection: Connection, until: int | None) -> Iterator[LogRow]:
    """The log in order, read in pages: a cursor held open would see the tables change under it."""
    last = 0
    while True:
        asked = select(log).where(log.c.sequence > last).order_by(log.c.sequence).limit(_CHUNK)
        if until is not None:
            asked = asked.where(log.c.sequence <= until)
        page = [LogRow(*row) for row in connection.execute(asked)]
        yield from page
        if len(page) < _CHUNK:
            return
        last = page[-1].sequence


def _empty(connection: Connection) -> None:
    tables = [table for table in reversed(metadata.sorted_tables) if table is not log]
    if connection.dialect.name == "postgresql":
        # DELETE would search columns without an index for rows that point here, once for each row that goes.
        connection.execute(text(f"TRUNCATE {', '.join(table.name for table in tables)} CASCADE"))
        return
    # For the same reason: `within` has no index, and a million rows would be searched a million times.
    connection.execute(text("CREATE INDEX statements_rebuild ON statements (within)"))
    for table in tables:
        connection.execute(delete(table))
    connection.execute(text("DROP INDEX statements_rebuild"))
