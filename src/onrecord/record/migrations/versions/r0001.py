"""The ledger's first tables, its search index and its views for people."""

from __future__ import annotations

from alembic import op

from onrecord.record.migrate import execute_scripts

revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def upgrade() -> None:
    """Makes everything."""
    execute_scripts(op.get_bind(), revision)
