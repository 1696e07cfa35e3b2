"""Indexes and views know in which part of its article a statement stands; frozen like its SQL."""

from __future__ import annotations

from alembic import op

from onrecord.record.migrate import execute_scripts

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None


def upgrade() -> None:
    """Makes the two indexes anew that statements are counted with, and the views of statements."""
    execute_scripts(op.get_bind(), revision)
