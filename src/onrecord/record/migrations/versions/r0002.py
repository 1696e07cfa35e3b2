"""Articles get the hash of their text, those of which nothing was redacted; frozen like its SQL."""

from __future__ import annotations

import hashlib

from alembic import op
from sqlalchemy import text

from onrecord.record.migrate import execute_scripts

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None
_AT_ONCE = 200
_PAGE = text(
    "SELECT id, text FROM articles WHERE id > :last AND NOT redacted ORDER BY id LIMIT :count"
).bindparams(count=_AT_ONCE)
_FILL = text("UPDATE articles SET fingerprint = :fingerprint WHERE id = :id")


def upgrade() -> None:
    """Adds the column and fills it: SQLite has no function that could."""
    connection = op.get_bind()
    execute_scripts(connection, revision)
    last = -1
    while page := connection.execute(_PAGE, {"last": last}).all():
        last = page[-1].id
        hashes = [
            {"id": id_, "fingerprint": hashlib.sha256(words.encode()).hexdigest()} for id_, words in page
        ]
        connection.execute(_FILL, hashes)
