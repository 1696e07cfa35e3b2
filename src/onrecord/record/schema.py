"""The tables of the ledger: the log, and what it adds up to.

Every row of every table but `feeds`' state follows from the log and can be rebuilt from it. The `id` of
a row is the sequence number of the act that made it, so that rebuilding gives the same ids.
Names are plain words, for people who open the file with other tools.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)


def _id(reference: str = "log.sequence") -> Column[int]:
    return Column("id", Integer, ForeignKey(reference), primary_key=True, autoincrement=False)


def _to(name: str, table: str, *, null: bool = False, index: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{table}.id"), nullable=null, index=index)


def _flag(name: str, default: str = "0") -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=text("true" if default == "1" else "false"))


# payload and salt are emptied by a redaction; digest, which the chain is made of, stays.
log = Table(
    "log",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("time", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text),
    Column("payload", Text),
    Column("salt", Text),
    Column("digest", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
# What people did is looked up by its subject; what the machine read is found by its own tables. These
# indexes, and those of due_end and verdict below, hold a part of the rows; which, is said in the migrations'
# SQL. To say it here as well would make every start of the program load both databases' dialects. For the
# same reason only the SQL says that text of any length has hash indexes on PostgreSQL.
Index("log_redacted", log.c.sequence)
Index("log_subject", log.c.subject)
Index("log_act", log.c.act)

articles = Table(
    "articles",
    metadata,
    _id(),
    Column("article", Text, nullable=False, unique=True),
    Column("url", Text, index=True),
    Column("outlet", Text, index=True),
    Column("title", Text),
    Column("author", Text),
    Column("language", Text),
    Column("published", Date, index=True),
    Column("published_from", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("blocks", Text, nullable=False),
    Column("added", Text, nullable=False),
    _to("version_of", "articles", null=True, index=True),
    _flag("redacted"),
    # SHA-256 of the text; NULL where words of it were redacted, as that of a short text could be guessed.
    Column("fingerprint", Text, index=True),
)

readings = Table(
    "readings",
    metadata,
    _id(),
    _to("article", "articles", index=True),
    Column("version", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("times", Text, nullable=False),
    Column("read", Text, nullable=False),
    _flag("current", "1"),
)

speakers = Table(
    "speakers",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text),
    _to("merged_into", "speakers", null=True, index=True),
)

statements = Table(
    "statements",
    metadata,
    _id(),
    Column("statement", Text, nullable=False, unique=True),
    _to("article", "articles", index=True),
    _to("reading", "readings"),
    _to("within", "statements", null=True),
    _to("speaker", "speakers", null=True),
    Column("speaker_name", Text),
    Column("speaker_kind", Text),
    Column("anonymous", Boolean),
    Column("chain", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("part", Text, nullable=False),
    Column("speech", Text, nullable=False),
    Column("kind", Text),
    Column("commitment_type", Text),
    Column("negative", Boolean),
    Column("denied", Boolean),
    Column("certainty_phrase", Text),
    Column("certainty_low", Double),
    Column("certainty_mid", Double),
    Column("certainty_high", Double),
    Column("due_text", Text),
    Column("due_start", Date),
    Column("due_end", Date),
    Column("condition", Text),
    Column("confidence", Double, nullable=False),
    Column("kind_confidence", Double),
    Column("verdict", Text),
    Column("settled_on", Date),
    # The log row of the newest reading; `id` is the log row of the first.
    Column("log_row", Integer, ForeignKey("log.sequence"), nullable=False),
    _flag("current", "1"),
    _flag("corrected"),
    _flag("rejected"),
)
# With what decides whether a statement counts: so those of speakers are counted without a look at the table.
_counts = ("speaker", "id", "part", "rejected", "current", "corrected", "verdict")
Index("statements_speaker", *(statements.c[name] for name in _counts))
Index("statements_due_end", statements.c.due_end)
Index("statements_speaker_due", statements.c.speaker, statements.c.due_end)
# Wide enough to count the outcomes of all speakers without a look at the table.
_counted = (
    "speaker", "verdict", "kind", "speaker_kind", "anonymous", "rejected", "denied", "certainty_mid",
    "due_end", "log_row", "article", "part",
)  # fmt: skip
Index("statements_rated", *(statements.c[name] for name in _counted))

corrections = Table(
    "corrections",
    metadata,
    _id(),
    _to("statement", "statements", index=True),
    Column("field", Text, nullable=False),
    Column("value", Text),  # JSON; NULL where the correction takes an earlier one back
    Column("actor", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("why", Text),
    _flag("withdrawn"),
    _flag("current", "1"),
)

rejections = Table(
    "rejections",
    metadata,
    _id(),
    _to("statement", "statements", index=True),
    Column("actor", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("why", Text),
    _flag("current", "1"),
)

ratings = Table(
    "ratings",
    metadata,
    _id(),
    _to("statement", "statements", index=True),
    Column("actor", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("settled_on", Date),
    Column("evidence_kind", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("note", Text),
    Column("time", Text, nullable=False),
    _flag("current", "1"),
)

notes = Table(
    "notes",
    metadata,
    _id(),
    Column("subject", Text, nullable=False, index=True),
    Column("actor", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("text", Text, nullable=False),
)

topics = Table(
    "topics",
    metadata,
    _id(),
    Column("topic", Text, nullable=False, index=True),
    _to("article", "articles", null=True, index=True),
    _to("statement", "statements", null=True, index=True),
    Column("actor", Text, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    _id(),
    Column("judgement", Text, nullable=False),  # merge or split
    _to("speaker", "speakers", index=True),
    _to("into", "speakers", null=True),
    Column("actor", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("why", Text),
)

refusals = Table(
    "refusals",
    metadata,
    _id(),
    Column("name", Text, nullable=False, index=True),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("time", Text, nullable=False),
)

# etag, modified, polled and problem are the state of following a feed, and not on the log.
feeds = Table(
    "feeds",
    metadata,
    _id(),
    Column("url", Text, nullable=False, unique=True),
    Column("outlet", Text),
    Column("title", Text),
    Column("topic", Text),
    Column("actor", Text, nullable=False),
    Column("added", Text, nullable=False),
    _flag("followed", "1"),
    Column("etag", Text),
    Column("modified", Text),
    Column("polled", Text),
    Column("problem", Text),
)
