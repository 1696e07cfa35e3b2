"""Where the accounts are kept: a small database of their own beside the ledger, readable by nobody else.

For a ledger in a file, another file beside it; on PostgreSQL, a schema in the same database; or in memory.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, select, text
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import CreateSchema

from onrecord.errors import LedgerReadOnly, NewerLedger
from onrecord.record import postgresql, sqlite
from onrecord.record.places import Reached, place_of, why_read_only
from onrecord.record.troubles import translated
from onrecord.serve.accounts import schema

SUFFIX: Final = ".accounts"
SCHEMA: Final = "onrecord_accounts"
TIMEOUT: Final = 10.0
_MODE: Final = 0o600
_VERSION: Final = "version"
# The advisory lock of who writes accounts; writers of the ledger hold another, and may do so for long.
_WRITER: Final = int.from_bytes(b"accounts", "big") >> 1


class Store:
    """An open database of accounts. Threads may share it."""

    def __init__(self, reached: Reached, shown: str) -> None:
        """As `open` and `in_memory` call it."""
        self._engine = reached.engine
        self._changes = sqlite.Changes(reached.access["sqlite"]) if "sqlite" in reached.access else None
        self.place = shown

    @classmethod
    def open(cls, ledger: str) -> Store:
        """The accounts of the ledger at a place, made where there are none.

        Raises LedgerReadOnly where they cannot be written, and the other errors of a ledger's opening.
        """
        where = place_of(ledger)
        with translated(where.shown, TIMEOUT):
            reached = _file(where.at) if isinstance(where.at, Path) else _server(where.at)
            shown = where.shown + SUFFIX if isinstance(where.at, Path) else where.shown
            return cls(reached, shown)._made()

    @classmethod
    def in_memory(cls) -> Store:
        """Accounts that end with the server."""
        return cls(Reached(_memory(), None, {}), ":memory:")._made()

    def _made(self) -> Store:
        try:
            with self.writing() as connection:
                if self._engine.dialect.name == "postgresql":
                    connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
                schema.metadata.create_all(connection)
                _check_version(connection, self.place)
        except BaseException:
            self.close()
            raise
        return self

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads. Raises DatabaseGone, NotALedger."""
        with translated(self.place, TIMEOUT), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, once no other does. Raises LedgerLocked, LedgerReadOnly, DiskFull."""
        with translated(self.place, TIMEOUT), self._engine.connect() as connection:
            if self._engine.dialect.name == "sqlite":
                sqlite.begin_writing(connection, timeout=TIMEOUT)
            with connection.begin():
                if self._engine.dialect.name == "postgresql":
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITER})"))
                yield connection

    def changed(self) -> int | None:
        """A number that is another one after every commit, whoever's; None where only a question can tell."""
        return None if self._changes is None else self._changes.number()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()
        if self._changes is not None:
            self._changes.close()


def _check_version(connection: Connection, place: str) -> None:
    table = schema.remembered
    found = connection.execute(select(table.c.value).where(table.c.key == _VERSION)).scalar()
    if found is None:
        connection.execute(insert(table).values(key=_VERSION, value=str(schema.VERSION)))
    elif int(found) != schema.VERSION:
        raise NewerLedger(place=place, found=found, known=schema.VERSION)


def _file(ledger: Path) -> Reached:
    """The file beside a ledger's, for its owner alone; SQLite gives its -wal the same mode."""
    path = ledger.with_name(ledger.name + SUFFIX)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, _MODE))
        path.chmod(_MODE)
    except OSError as error:
        raise LedgerReadOnly(place=path, reason=error.strerror or str(error)) from error
    if reason := why_read_only(path):
        raise LedgerReadOnly(place=path, reason=reason)
    reached = sqlite.connect(path, create=True, read_only=False, timeout=TIMEOUT)
    with reached.engine.connect() as connection:
        sqlite.prepare(connection, str(path), timeout=TIMEOUT)
    return reached


def _server(url: URL) -> Reached:
    reached = postgresql.connect(url, read_only=False, timeout=TIMEOUT)
    return reached._replace(engine=reached.engine.execution_options(schema_translate_map={None: SCHEMA}))


def _memory() -> Engine:
    def opened() -> sqlite3.Connection:
        return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)

    # One connection, which is the database; threads wait for each other.
    engine = create_engine("sqlite://", creator=opened, poolclass=QueuePool, pool_size=1, max_overflow=0)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine
