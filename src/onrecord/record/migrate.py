"""Makes the tables of a new ledger, brings those of an older one up to date, and knows what is no ledger.

Alembic is loaded only where something is made or upgraded: an ordinary opening costs one SELECT.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError

from onrecord.errors import NewerLedger, NotALedger
from onrecord.record.schema import metadata

# The revisions that this version knows, oldest first; the last is that of `schema`.
KNOWN = ("0001", "0002", "0003")
# "onrc": what the program `file`, and other readers of SQLite headers, know a ledger by.
APPLICATION = 0x6F6E7263
MIGRATIONS = Path(__file__).parent / "migrations"
# In this order, for each revision; what a revision lacks is left out.
_SCRIPTS = (
    "{revision}.tables.{dialect}.sql", "{revision}.search.{dialect}.sql", "{revision}.views.{dialect}.sql",
    "{revision}.views.sql",
)  # fmt: skip
# One SELECT that also fails where there is a table of another program's under one of these names.
_CHECK = (
    "SELECT version_num FROM alembic_version WHERE NOT EXISTS (SELECT digest FROM log WHERE sequence < 0)"
)


def revision_at(connection: Connection, place: str) -> str | None:
    """The revision of the ledger's tables; None where there is nothing yet.

    Raises NewerLedger where this version does not know the revision, and NotALedger where the tables
    are another program's. An SQLite file that has any other table belongs to another program; in a
    PostgreSQL database others may have theirs beside ours.
    """
    found = _asked(connection)
    if found in KNOWN:
        return found
    try:
        with connection.begin():
            return _looked_into(connection, place, found)
    except NotALedger:
        found = _asked(connection)  # between the two looks another process may have made a ledger of it
        if found in KNOWN:
            return found
        raise


def _asked(connection: Connection) -> str | None:
    """The revision that the tables say they have; None where there are none, or other ones."""
    try:
        with connection.begin():
            found = connection.exec_driver_sql(_CHECK).scalar()
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) != sqlite3.SQLITE_ERROR:
            raise
        return None
    return None if found is None else str(found)


def _looked_into(connection: Connection, place: str, found: str | None) -> str | None:
    inspector = inspect(connection)
    tables = set(inspector.get_table_names())
    if found is not None:
        raise NewerLedger(place=place, found=found, known=KNOWN[-1])
    ours = tables & {*metadata.tables, "alembic_version"}
    foreign = ours if connection.dialect.name == "postgresql" else tables
    if foreign:
        raise NotALedger(place=place, reason=f"it holds another program's table {min(foreign)}")
    return None


def load() -> None:
    """Imports what `upgrade` needs, which takes longer than `upgrade` itself."""
    import alembic.command
    import alembic.config  # noqa: F401


def is_current(connection: Connection) -> bool:
    """Whether the tables are those of this version; within a transaction, which this cannot break."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return bool(found == KNOWN[-1])


def upgrade(connection: Connection) -> None:
    """Makes or upgrades the tables within the connection's transaction: all of it happens, or nothing."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")


def execute_scripts(connection: Connection, revision: str) -> None:
    """Executes the frozen SQL files of a revision, as they stand."""
    for pattern in _SCRIPTS:
        path = MIGRATIONS / pattern.format(revision=revision, dialect=connection.dialect.name)
        if path.exists():
            _execute(connection, path.read_text(encoding="utf-8"))


def _execute(connection: Connection, script: str) -> None:
    """With the driver's own cursor: SQLAlchemy would take `:name` and `%` for parameters."""
    cursor = connection.connection.cursor()
    for statement in _statements(script) if connection.dialect.name == "sqlite" else (script,):
        cursor.execute(statement)
    cursor.close()


def _statements(script: str) -> Iterator[str]:
    """SQLite executes one statement at a time; a trigger's body holds semicolons of its own."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""
    if waiting.strip():
        yield waiting
