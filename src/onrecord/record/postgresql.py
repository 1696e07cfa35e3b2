"""Keeps the record in a PostgreSQL database: how it is reached, locked, asked what it had committed."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import URL, Connection, create_engine, text

from onrecord.errors import BadDatabaseAddress, MissingExtra
from onrecord.record.places import Reached

Ticket = tuple[int, str]
# The advisory lock of the one writer; "onrecord" as a number.
WRITER = int.from_bytes(b"onrecord", "big")
# xmin is the transaction that made a row.
_OURS = text(
    "SELECT sequence, hash FROM "
    "(SELECT sequence, hash, xmin FROM log ORDER BY sequence DESC LIMIT 1) AS last_row "
    "WHERE xmin = pg_current_xact_id_if_assigned()::xid"
)
_THERE = text("SELECT 1 FROM log WHERE sequence = :sequence AND hash = :hash")
# Connections that stay open; as many again may come for a moment.
_POOL: Final[dict[str, Any]] = {"pool_size": 10, "max_overflow": 10, "pool_use_lifo": True}
# A server that falls silent (a cut cable, a frozen host) is given up after about half a minute.
_ALIVE = {"keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 2, "tcp_user_timeout": 30_000}


def connect(url: URL, *, read_only: bool, timeout: float) -> Reached:
    """Makes what connects to the database when it is first used."""
    ours = {
        "connect_timeout": max(2, round(timeout)),
        "application_name": "onrecord",
        "client_encoding": "utf8",
        # Compiling a query takes 0.2 s, more than any of ours runs.
        "options": "-c jit=off",
        **_ALIVE,
    }
    given = {name: value for name, value in ours.items() if name not in url.query}
    try:
        engine = create_engine(url, connect_args=given, pool_pre_ping=True, **_POOL)
    except ImportError:
        missing = MissingExtra(feature="A ledger on PostgreSQL", library="psycopg", extra="postgresql")
        raise missing from None
    _, arguments = engine.dialect.create_connect_args(url)
    reason = "it was opened for reading alone" if read_only else None
    # Without SQLAlchemy's own `context`, which is an object of psycopg's.
    plain = {name: value for name, value in arguments.items() if isinstance(value, str | int)}
    return Reached(engine, reason, {"postgresql": {**plain, **given}})


def prepare(connection: Connection, shown: str, *, timeout: float) -> None:
    """Articles hold names of all scripts. Raises BadDatabaseAddress where the database cannot keep them."""
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    connection.rollback()
    if encoding != "UTF8":
        raise BadDatabaseAddress(place=shown, reason=f"the database's encoding is {encoding}, not UTF8")


def begin_writing(connection: Connection, *, timeout: float) -> None:
    """The level that shows, after the lock was waited for, what the writer before has committed."""
    connection.execution_options(isolation_level="READ COMMITTED")


def begin_reading(connection: Connection) -> None:
    """One snapshot for all SELECTs."""
    connection.execution_options(isolation_level="REPEATABLE READ")


def forbid_writing(connection: Connection) -> None:
    """What only reads cannot write by mistake.

    Not with SQLAlchemy's `postgresql_readonly`: after it, the connection's next transaction is begun as one
    that writes, even where the database or the account is set to read-only.
    """
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def lock(connection: Connection, *, timeout: float) -> None:
    """Waits until no other process writes."""
    milliseconds = max(1, round(timeout * 1000))
    connection.execute(
        text(f"SET LOCAL lock_timeout = {milliseconds}; SELECT pg_advisory_xact_lock({WRITER})"),
        execution_options={"no_parameters": True},
    )


def ticket(connection: Connection) -> Ticket | None:
    """The last row that this transaction put on the log, to know it by later; None where it put none there.

    The transaction's own number would not do: after a crash the server may give it to another one.
    """
    row = connection.execute(_OURS).one_or_none()
    return None if row is None else (row[0], row[1])


def was_committed(connection: Connection, ticket: Ticket) -> bool:
    """Whether the row is on the log. A writer asks: by then the transaction that broke off has ended."""
    return connection.execute(_THERE, {"sequence": ticket[0], "hash": ticket[1]}).first() is not None
