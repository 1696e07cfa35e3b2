"""What a ledger holds, without what differs between two runs of the same work: times, salts and hashes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from onrecord.record import schema
from onrecord.record.engine import Store
from onrecord.record.rebuild import rebuild

# Columns that depend on when it was done, or on chance.
PASSING = {
    "log": {"time", "salt", "digest", "previous", "hash"},
    "articles": {"added"},
    "readings": {"read"},
    "feeds": {"added", "polled"},
}
ELSEWHERE = {"time"}

Contents = dict[str, list[tuple[Any, ...]]]


def contents(place: str) -> Contents:
    """Every table's rows, in the order of their keys."""
    store = Store.open(place, read_only=True)
    try:
        return _rows(store, {table: PASSING.get(table, ELSEWHERE) for table in schema.metadata.tables})
    finally:
        store.close()


def _rows(store: Store, without: Mapping[str, set[str]]) -> Contents:
    """Every table's rows, without these columns of it."""
    found = {}
    with store.reading() as connection:
        for table in schema.metadata.sorted_tables:
            columns = [column for column in table.columns if column.name not in without.get(table.name, ())]
            rows = connection.execute(select(*columns).order_by(*table.primary_key.columns))
            found[table.name] = [tuple(row) for row in rows]
    return found


def spoilt(store: Store) -> str | None:
    """The first row that is another one when all tables are made anew from the log; None where none is."""
    before = _rows(store, {})
    rebuild(store)
    return difference(before, _rows(store, {}))


def difference(one: Contents, other: Contents) -> str | None:
    """The first row in which two ledgers differ; None where they are equal."""
    for table, rows in one.items():
        others = other[table]
        for number, (here, there) in enumerate(zip(rows, others, strict=False), start=1):
            if here != there:
                return f"{table}, row {number}: {here} and {there}"
        if len(rows) != len(others):
            return f"{table}: {len(rows)} rows and {len(others)}"
    return None
