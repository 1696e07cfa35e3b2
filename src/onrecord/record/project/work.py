"""What the small modules of `project` share: the connection, the payloads of acts, words fit for a column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any, Final, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Date, Select, Table, bindparam, select

from onrecord.entry import LogRow
from onrecord.record.schema import log
from onrecord.record.texts import fit

Payload = dict[str, Any]
Row = tuple[LogRow, Payload]
T = TypeVar("T")

_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# SQLite takes at most 32,766 values in one question, PostgreSQL 65,535.
_AT_ONCE: Final = 10_000


def fit_or_none(words: str | None) -> str | None:
    """As `fit`, of words that may be absent."""
    return None if words is None else fit(words)


def compact(value: object) -> str:
    """A value as JSON text fit for a column."""
    return fit(_COMPACT.encode(value))


def day(words: str | None) -> date | None:
    """A day that is written 2018-04-01."""
    return date.fromisoformat(words) if words else None


def batches(values: Iterable[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """The values in lists of at most `size`, few enough for one question to either database."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def replacements(connection: Connection) -> dict[int, Payload]:
    """What stands in place of each redacted row's payload, by sequence; a later redaction outweighs."""
    found: dict[int, Payload] = {}
    asked = select(log.c.payload).where(log.c.act == "redaction", log.c.payload.is_not(None))
    for text in connection.execute(asked.order_by(log.c.sequence)).scalars():
        found |= {int(sequence): payload for sequence, payload in json.loads(text)["replacements"].items()}
    return found


def one_of(column: Column[Any]) -> ColumnElement[bool]:
    """That a column has one of the values that `Work.among` is given."""
    return column.in_(bindparam("values", expanding=True))


_ROWS: Final = select(log).where(one_of(log.c.sequence))


@dataclass(slots=True)
class Work:
    """One applying of acts to the tables.

    given: by sequence, payloads that are at hand. parents: by the key of each speaker's name, the key of the
    one it was merged into; None until asked for.
    """

    connection: Connection
    given: Mapping[int, Payload] = field(default_factory=dict)
    parents: dict[str, str] | None = None
    _replacements: Mapping[int, Payload] | None = field(default=None)

    def payload(self, row: LogRow) -> Payload | None:
        """What an act says; where it was redacted, what stands in its place, None where nothing does."""
        if row.sequence in self.given:
            return self.given[row.sequence]
        if row.payload is not None:
            found: Payload = json.loads(row.payload)
            return found
        if self._replacements is None:
            self._replacements = replacements(self.connection)
        return self._replacements.get(row.sequence)

    def read(self, rows: Iterable[LogRow]) -> list[Row]:
        """The acts with their payloads, without those of which nothing is left."""
        pairs = ((row, self.payload(row)) for row in rows)
        return [(row, payload) for row, payload in pairs if payload is not None]

    def forget(self) -> None:
        """What was read from the log before is no longer so."""
        self.given = {}
        self.parents = None
        self._replacements = None

    def log_rows(self, sequences: Sequence[int]) -> dict[int, Row]:
        """Rows of the log with their payloads, by sequence."""
        found = [LogRow(*row) for row in self.among(_ROWS, sequences)]
        return {row.sequence: (row, payload) for row, payload in self.read(found)}

    def among(self, asked: Select[Any], values: Iterable[object]) -> Iterator[Any]:
        """The rows of a SELECT made by `one_of`, for any number of values."""
        for batch in batches(set(values)):
            yield from self.connection.execute(asked, {"values": batch})

    def put(self, table: Table, rows: Sequence[Payload]) -> None:
        """Adds rows, all with the same columns, as fast as the driver takes them."""
        if not rows:
            return
        columns = tuple(rows[0])
        cursor = self.connection.connection.cursor()
        values = list(map(itemgetter(*columns), rows))
        if self.connection.dialect.name == "sqlite":
            cursor.executemany(_insert(table.name, columns), _stored(table, columns, values))
        else:
            with cursor.copy(_copy(table.name, columns)) as copy:
                for row in values:
                    copy.write_row(row)
        cursor.close()


def _stored(table: Table, columns: Sequence[str], values: list[Any]) -> list[Any]:
    """Values as the schema's types write them in SQLite: it has no type for days."""
    days = [i for i, name in enumerate(columns) if isinstance(table.c[name].type, Date)]
    if not days:
        return values
    rows = list(map(list, values))
    for row in rows:
        for i in days:
            row[i] = row[i] and row[i].isoformat()
    return rows


@lru_cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of ours


@lru_cache
def _copy(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f"COPY {table} ({names}) FROM STDIN"
