"""Makes all tables anew from the log, and says where they are not what the log adds up to."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, create_engine, insert, select

from onrecord.record import project
from onrecord.record.engine import Store
from onrecord.record.project.feeds import STATE
from onrecord.record.schema import log, metadata
from onrecord.record.verify import verify

# Differences told; after so many, nobody needs the rest.
_TOLD: Final = 20
_AT_ONCE: Final = 2_000


def rebuild(store: Store) -> int:
    """Makes all tables anew from the log, in one transaction. Gives the number of the log's rows.

    The chain is verified first: from a log that was tampered with, nothing is made. The state of followed
    feeds, which is not on the log, is kept. Raises ChainBroken and what `Store.writing` raises.
    """
    verify(store)
    with store.writing() as connection:
        return project.build(connection)


def differences(store: Store) -> list[str]:
    """Where the tables are not what the log adds up to: one line each, at most 20; empty where they are.

    The log is copied into a file of its own, which is deleted again, and the tables are made there.
    """
    with tempfile.TemporaryDirectory() as directory, store.reading() as connection:
        engine = create_engine(f"sqlite:///{Path(directory) / 'scratch.db'}")
        metadata.create_all(engine)
        with engine.begin() as scratch:
            for page in _pages(connection):
                scratch.execute(insert(log), page)
            project.build(scratch)
            found = list(_compared(connection, scratch))
        engine.dispose()
    return found


def _pages(connection: Connection) -> Iterator[list[dict[str, Any]]]:
    last = 0
    while True:
        asked = select(log).where(log.c.sequence > last).order_by(log.c.sequence).limit(_AT_ONCE)
        page = [dict(row) for row in connection.execute(asked).mappings()]
        if not page:
            return
        yield page
        last = page[-1]["sequence"]


def _compared(connection: Connection, scratch: Connection) -> Iterator[str]:
    told = 0
    for table in metadata.sorted_tables:
        if table is log:
            continue
        columns = [
            column for column in table.columns if column.name not in (STATE if table.name == "feeds" else ())
        ]
        for line in _table_differences(table, columns, connection, scratch):
            yield line
            told += 1
            if told == _TOLD:
                return


def _table_differences(
    table: Table, columns: list[Column[Any]], connection: Connection, scratch: Connection
) -> Iterator[str]:
    asked = select(*columns).order_by(table.c.id).execution_options(yield_per=_AT_ONCE)
    for there, right in _paired(iter(connection.execute(asked)), iter(scratch.execute(asked))):
        if there is None or right is None:
            side = "has too much" if right is None else "lacks"
            yield f"{table.name}: {side}, row {(there or right)[0]}"
        elif tuple(there) != tuple(right):
            wrong = [
                f"{column.name} is {mine!r}, not {its!r}"
                for column, mine, its in zip(columns, there, right, strict=True)
                if mine != its
            ]
            yield f"{table.name}: row {right[0]}, {'; '.join(wrong)}"


def _paired(there: Iterator[Any], right: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
    """Rows of the same number beside each other, None where one side has none; both come in order."""
    mine, its = next(there, None), next(right, None)
    while mine is not None or its is not None:
        if its is None or (mine is not None and mine[0] < its[0]):
            yield mine, None
            mine = next(there, None)
        elif mine is None or its[0] < mine[0]:
            yield None, its
            its = next(right, None)
        else:
            yield mine, its
            mine, its = next(there, None), next(right, None)
