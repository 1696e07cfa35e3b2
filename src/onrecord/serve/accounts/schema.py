"""The tables of the accounts. They are never a part of the ledger, which is passed on to others.

Times are seconds since 1970, UTC. Passwords, sessions and tokens are kept as hashes alone.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Double, ForeignKey, Index, Integer, MetaData, Table, Text

VERSION: Final = 1
metadata = MetaData()

# What has a name and is remembered: JSON text. The schema's own version is among it.
remembered = Table(
    "remembered",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    # The name as it is compared: another spelling of it is not another person.
    Column("key", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("since", Double, nullable=False),
)

# user is NULL for the one person of a server that has no users.
sessions = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("user", Integer, ForeignKey("users.id"), index=True),
    Column("started", Double, nullable=False, index=True),
    Column("seen", Double, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("user", Integer, ForeignKey("users.id")),
    Column("name", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("since", Double, nullable=False),
    Column("expires", Double),
    Column("used", Double),
)
Index("tokens_user_name", tokens.c.user, tokens.c.name)

# Attempts to sign in, by hashes of names and addresses.
attempts = Table(
    "attempts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", Double, nullable=False, index=True),
)
