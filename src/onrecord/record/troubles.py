"""Tells what a database's exception means for the ledger: locked, read-only, full, gone, damaged."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, StatementError

from onrecord.errors import DatabaseGone, DiskFull, LedgerError, LedgerLocked, LedgerReadOnly, NotALedger

# Extended results of SQLITE_IOERR that mean a write found no room (quota, a full tmpfs under shared memory).
_NO_ROOM = (
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
)
# SQLSTATEs, by their first characters (PostgreSQL manual, appendix A).
_LOCKED = ("55P03", "40001", "40P01")
_FORBIDDEN = ("25006", "42501")
_FULL = ("53100", "53200")
_DAMAGED = ("XX001", "XX002", "58030")
# Trouble that passes by itself when a server comes back: connection lost, shutdown, starting up, too many.
_PASSING = ("08", "57P01", "57P02", "57P03", "53300")
_GONE = (*_PASSING, "28", "3D000")


@contextmanager
def translated(place: str, seconds: float) -> Iterator[None]:
    """Raises the errors E402 and E404 to E407 in place of the database's own.

    place: how the ledger is shown; seconds: for how long a lock was waited for. What is none of these
    troubles (a wrong SQL statement, a broken constraint) is a fault of ours and goes through as it is.
    """
    try:
        yield
    except _kinds() as error:
        told = told_of(error, place, seconds)
        if told is None:
            raise
        raise told from error


def told_of(error: BaseException, place: str, seconds: float) -> LedgerError | None:
    """The error of ours that a database's exception amounts to; None where it is none of these troubles."""
    raw = _raw(error)
    if isinstance(raw, sqlite3.Error):
        return _sqlite(raw, place, seconds)
    return _postgresql(raw, place, seconds)


def passes(error: DatabaseGone) -> bool:
    """Whether the server may come back by itself (not so for a wrong name or password)."""
    state = getattr(_raw(error.__cause__), "sqlstate", None)
    return not (text := str(state or "")) or text.startswith(_PASSING)


def reason_of(error: BaseException) -> str:
    """The first line of what the database's driver says."""
    return (str(_raw(error)).strip().splitlines() or [type(error).__name__])[0]


def unfit() -> tuple[type[Exception], ...]:
    """What either database raises, also past SQLAlchemy, at values that a column does not take."""
    psycopg = sys.modules.get("psycopg")
    drivers = (sqlite3, psycopg) if psycopg else (sqlite3,)
    names = ("DataError", "IntegrityError", "InterfaceError", "ProgrammingError")
    return (StatementError, *(getattr(driver, name) for driver in drivers for name in names))


def _kinds() -> tuple[type[Exception], ...]:
    psycopg = sys.modules.get(
        "psycopg"
    )  # an extra; nothing of it can have been raised where it is not loaded
    return (DBAPIError, sqlite3.Error, *((psycopg.Error,) if psycopg else ()))


def _raw(error: BaseException | None) -> BaseException | None:
    return error.orig if isinstance(error, DBAPIError) else error


def _sqlite(error: sqlite3.Error, place: str, seconds: float) -> LedgerError | None:
    extended = getattr(error, "sqlite_errorcode", 0)
    code, reason = extended & 0xFF, reason_of(error)
    if not code and reason.startswith("Could not decode"):  # sqlite3's own complaint about text that is none
        return NotALedger(place=place, reason=reason)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerLocked(place=place, seconds=f"{seconds:g}")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return LedgerReadOnly(place=place, reason=reason)
    if code == sqlite3.SQLITE_FULL or extended in _NO_ROOM:
        return DiskFull(place=place, reason=reason)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR):
        return NotALedger(place=place, reason=reason)
    return None


def _postgresql(error: BaseException | None, place: str, seconds: float) -> LedgerError | None:
    if error is None:
        return None
    state, reason = str(getattr(error, "sqlstate", None) or ""), reason_of(error)
    if state.startswith(_LOCKED):
        return LedgerLocked(place=place, seconds=f"{seconds:g}")
    if state.startswith(_FORBIDDEN):
        return LedgerReadOnly(place=place, reason=reason)
    if state.startswith(_FULL):
        return DiskFull(place=place, reason=reason)
    if state.startswith(_DAMAGED):
        return NotALedger(place=place, reason=reason)
    # libpq gives no SQLSTATE where no server answered or the connection broke.
    lost = not state and type(error).__name__ == "OperationalError"
    return DatabaseGone(place=place, reason=reason) if lost or state.startswith(_GONE) else None
