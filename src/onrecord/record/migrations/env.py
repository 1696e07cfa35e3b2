"""Brings the tables of a ledger up to this version: Alembic runs it in the transaction of `migrate`."""

from __future__ import annotations

from alembic import context

from onrecord.record.schema import metadata

# SQLite, too, takes back the making of tables, as the transaction was begun by an explicit BEGIN.
context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True
)
context.run_migrations()
