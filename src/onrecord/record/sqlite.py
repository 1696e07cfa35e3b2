"""Keeps the record in an SQLite file: how it is opened, locked, read where nothing may be written, copied."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, cast
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from onrecord.errors import CannotWrite, LedgerReadOnly, NoLedger
from onrecord.record.places import Reached, why_read_only

# KiB of pages held in memory by a connection that writes, and by one that reads: of these there are many,
# and the system keeps the file's pages for all of them.
CACHE = 65_536
READING_CACHE = 8_192
# Threads that help to sort what does not fit into that: a million statements, in two thirds of the time.
SORTING = 2
# What else each connection is told. wal_autocheckpoint: pages that are gathered before they are copied into
# the file: an index of hashes is changed all over, and most of its pages more than once in 64 MB.
_TUNED: Final = {
    "foreign_keys": "ON",
    "cache_size": -CACHE,
    "threads": SORTING,
    "wal_autocheckpoint": 16_384,
}
# Connections that stay open; those used last are used again, as they hold the pages that are wanted.
POOL = 16


def connect(path: Path, *, create: bool, read_only: bool, timeout: float) -> Reached:
    """Opens the file, or makes it."""
    if not path.exists():
        if not create or read_only:
            raise NoLedger(place=path)
        _make_directory(path)
    reason = "it was opened for reading alone" if read_only else None
    if reason is None and path.exists():
        reason = why_read_only(path)
    address = _address(path, create=create, writable=reason is None)
    return Reached(_engine(address, timeout), reason, {"sqlite": address, "timeout": timeout})


def _make_directory(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerReadOnly(place=path, reason=error.strerror or str(error)) from error
    if not os.access(path.absolute().parent, os.W_OK):
        raise LedgerReadOnly(place=path, reason="its directory is read-only")


def _address(path: Path, *, create: bool, writable: bool) -> str:
    uri = "file:" + quote(str(path.absolute()))
    if writable:
        return uri + ("?mode=rwc" if create else "?mode=rw")
    return uri + ("?immutable=1" if _unchangeable(path, uri) else "?mode=ro")


def _unchangeable(path: Path, uri: str) -> bool:
    """Whether the file can only be read as one that nobody changes.

    A file in WAL mode needs another beside it even for reading. Where that is neither there nor can be
    made, nobody can be writing either; but words waiting in the write-ahead log must not be passed over.
    """
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        return False
    try:
        probe = sqlite3.connect(uri + "?mode=ro", uri=True)
        try:
            probe.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        finally:
            probe.close()
    except sqlite3.Error as error:
        return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
    return False


def _engine(address: str, timeout: float) -> Engine:
    def opened() -> sqlite3.Connection:
        # isolation_level=None: sqlite3 begins no transaction by itself, `_begin` does.
        raw = sqlite3.connect(
            address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False
        )
        # FULL: what was acknowledged survives a power cut.
        raw.execute("PRAGMA synchronous = FULL")
        for name, value in _TUNED.items():
            raw.execute(f"PRAGMA {name} = {value}")
        return raw

    pool = {"poolclass": QueuePool, "pool_size": POOL, "pool_use_lifo": True}
    engine = create_engine("sqlite://", creator=opened, **pool)
    event.listen(engine, "begin", _begin)
    return engine


class Changes:
    """Tells cheaply whether anybody, in this process or another, has committed to a file since it was asked.

    It costs some microseconds, a hundredth of a question put through the engine.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._lock = threading.Lock()
        self._raw: sqlite3.Connection | None = None

    def number(self) -> int | None:
        """A number that is another one after every commit; None where the file cannot be asked just now."""
        with self._lock, suppress(sqlite3.Error):
            if self._raw is None:
                self._raw = sqlite3.connect(
                    self._address, uri=True, timeout=0, isolation_level=None, check_same_thread=False
                )
            found = self._raw.execute("PRAGMA data_version").fetchone()
            return int(found[0])
        return None

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        with self._lock:
            if self._raw is not None:
                self._raw.close()
            self._raw = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("onrecord_begin", "BEGIN"))


def prepare(connection: Connection, shown: str, *, timeout: float) -> None:
    """Puts a new file into WAL mode, so that readers and the writer do not wait for each other.

    That needs the file for a moment alone, and SQLite does not wait for it by itself.
    """
    end = time.monotonic() + timeout
    raw = connection.connection.cursor()
    while True:
        try:
            raw.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(0.02)


def begin_writing(connection: Connection, *, timeout: float) -> None:
    """The writer's lock is taken at the beginning: a transaction that began by reading could lose it."""
    _execute(connection, "PRAGMA query_only = OFF")
    _execute(connection, f"PRAGMA cache_size = -{CACHE}")
    _execute(connection, f"PRAGMA busy_timeout = {max(1, round(timeout * 1000))}")
    connection.execution_options(onrecord_begin="BEGIN IMMEDIATE")


def begin_reading(connection: Connection) -> None:
    """What only reads cannot write by mistake."""
    _execute(connection, "PRAGMA query_only = ON")
    _execute(connection, f"PRAGMA cache_size = -{READING_CACHE}")


def forbid_writing(connection: Connection) -> None:
    """`begin_reading` did."""


def _execute(connection: Connection, statement: str) -> None:
    """Outside any transaction: SQLAlchemy would begin one."""
    connection.connection.cursor().execute(statement)


def lock(connection: Connection, *, timeout: float) -> None:
    """BEGIN IMMEDIATE has it."""


def backup(engine: Engine, path: Path) -> None:
    """Copies the database with SQLite's own backup, one consistent state, into a file that was not there."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    except OSError as error:
        raise CannotWrite(name=str(path), reason=error.strerror or str(error)) from error
    os.close(descriptor)
    try:
        _copy(engine, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _copy(engine: Engine, path: Path) -> None:
    target = sqlite3.connect(path)
    try:
        with engine.connect() as connection:
            source: sqlite3.Connection = cast("sqlite3.Connection", connection.connection.driver_connection)
            source.backup(target)
    finally:
        target.close()
