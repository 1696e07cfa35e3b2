"""Opens the database that the record is kept in, and gives transactions for reading and for writing.

There is one writer at a time, on both databases, so that the log's rows follow each other without a gap;
readers see one snapshot and wait for nobody.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from onrecord.errors import DatabaseGone, LedgerReadOnly, NoLedger, OlderLedger
from onrecord.record import migrate, postgresql, sqlite
from onrecord.record.memory import Memory
from onrecord.record.places import Place, Reached, place_of
from onrecord.record.troubles import passes, translated

# Seconds between the attempts to reach a server that went away: 30 in total, as a restart takes.
PAUSES = (0.2, 0.4, 0.8, 1.6, 3.0, 5.0, 8.0, 11.0)
# Seconds to wait, at least, where others are making the same ledger: they have its tables to make first.
MAKING = 60.0

Result = TypeVar("Result")


class Store:
    """An open ledger's database. Threads may share it; a forked process must open its own."""

    def __init__(self, reached: Reached, place: Place, *, timeout: float) -> None:
        """As `open` calls it."""
        self._engine, self.why_read_only, self.access = reached
        self.where = place
        self.timeout = timeout
        self.memory = Memory()
        self._side = sqlite if isinstance(place.at, Path) else postgresql
        self._changes = sqlite.Changes(str(self.access["sqlite"])) if "sqlite" in self.access else None

    @classmethod
    def open(
        cls, place: str, *, create: bool = False, read_only: bool = False, timeout: float = 10.0
    ) -> Store:
        """Opens the ledger at a path, `sqlite:///path` or `postgresql://user@host/name`.

        create: make it where there is none; one of an older version is upgraded. read_only: change
        nothing, whatever is asked; a file that cannot be written is opened so by itself. timeout:
        seconds to wait for another process's lock.
        Raises NoLedger, NotALedger, NewerLedger, OlderLedger, LedgerLocked, LedgerReadOnly, DiskFull,
        DatabaseGone, BadDatabaseAddress, and MissingExtra where psycopg is needed and not there.
        """
        where = place_of(place)
        with translated(where.shown, timeout):
            if isinstance(where.at, Path):
                reached = sqlite.connect(where.at, create=create, read_only=read_only, timeout=timeout)
            else:
                reached = postgresql.connect(where.at, read_only=read_only, timeout=timeout)
            store = cls(reached, where, timeout=timeout)
            try:
                store._make_ready(create=create)
            except BaseException:
                store.close()
                raise
        return store

    @property
    def place(self) -> str:
        """The place as it may be shown: without a password."""
        return self.where.shown

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    def _make_ready(self, *, create: bool) -> None:
        with self._engine.connect() as connection:
            found = migrate.revision_at(connection, self.place)
            if found == migrate.KNOWN[-1]:
                return
            if found is None and not create:
                raise NoLedger(place=self.place)
            if self.why_read_only is not None:
                reason = self.why_read_only
                if found is not None:
                    raise OlderLedger(place=self.place, found=found, reason=reason)
                raise LedgerReadOnly(place=self.place, reason=reason)
            self._side.prepare(connection, self.place, timeout=max(self.timeout, MAKING))
        migrate.load()  # before the lock is taken: others may be waiting for it
        with self._writing(max(self.timeout, MAKING)) as connection:
            if not migrate.is_current(connection):  # another process may have been quicker
                migrate.upgrade(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, once no other does. It is committed at the end, or wholly taken back.

        Raises LedgerLocked, LedgerReadOnly, DiskFull, DatabaseGone.
        """
        with self._writing(self.timeout) as connection:
            yield connection

    @contextmanager
    def _writing(self, timeout: float) -> Iterator[Connection]:
        if self.why_read_only is not None:
            raise LedgerReadOnly(place=self.place, reason=self.why_read_only)
        with translated(self.place, timeout), self._engine.connect() as connection:
            self._side.begin_writing(connection, timeout=timeout)
            with connection.begin():
                self._side.lock(connection, timeout=timeout)
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads, and sees the ledger as it was at its first SELECT.

        Raises DatabaseGone, NotALedger.
        """
        with translated(self.place, self.timeout), self._engine.connect() as connection:
            self._side.begin_reading(connection)
            with connection.begin():
                self._side.forbid_writing(connection)
                yield connection

    def changed(self) -> int | None:
        """A number that is another one after every commit, whoever's; None where only a question can tell.

        What was read after it was asked for holds for as long as it stays the same.
        """
        return None if self._changes is None else self._changes.number()

    def backup(self, path: str | os.PathLike[str]) -> None:
        """Copies an SQLite ledger, while others may write to it, into a new file.

        Raises CannotWrite where the file is there already or cannot be made; a PostgreSQL ledger is
        exported instead (`record.exchange`).
        """
        with translated(self.place, self.timeout):
            sqlite.backup(self._engine, Path(path))

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()
        if self._changes is not None:
            self._changes.close()


def retrying(
    store: Store, work: Callable[[Connection], Result], *, sleep: Callable[[float], object] = time.sleep
) -> Result:
    """The result of `work(connection)` in a writing transaction; again from the start where the server left.

    After a break in the very commit, the log is looked at: what is on it is not put there a second time.
    Raises DatabaseGone where the server does not come back in about 30 seconds, and what `work` raises.
    """
    done: tuple[Result, postgresql.Ticket] | None = None
    for pause in (*PAUSES, None):
        try:
            with store.writing() as connection:
                if done is not None and postgresql.was_committed(connection, done[1]):
                    return done[0]
                done, result = None, work(connection)
                ticket = postgresql.ticket(connection) if store.dialect == "postgresql" else None
                done = (result, ticket) if ticket else None
            return result
        except DatabaseGone as gone:
            if pause is None or not passes(gone):
                raise
            sleep(pause)
    raise AssertionError("the last attempt returns or raises")
