"""Reads the place of a ledger as a user gives it: a path, sqlite:///path, or a PostgreSQL address."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from onrecord.errors import BadDatabaseAddress

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_SECRETS = ("password", "sslpassword", "passfile")
_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ledger is: an SQLite file, or a PostgreSQL database. `shown` has no password."""

    shown: str
    at: Path | URL


class Reached(NamedTuple):
    """What opening a place gives.

    why_read_only: None where it can be written. access: by which another process of ours reaches the
    same place, with the bare driver; it holds the password.
    """

    engine: Engine
    why_read_only: str | None
    access: dict[str, Any]


def place_of(text: str) -> Place:
    """The place that the text names. Raises BadDatabaseAddress where it names none."""
    scheme = _SCHEME.match(text)
    if scheme is None:
        return _file(text, text)
    if scheme[1].lower() == "sqlite":
        return _file(text, text[len("sqlite://") :].removeprefix("/"))
    if scheme[1].lower() not in _POSTGRESQL:
        raise _bad(_without_secrets(text), f"no database of the kind {scheme[1]} is supported")
    return _server(text)


def _file(given: str, path: str) -> Place:
    if path in ("", ":memory:"):
        raise _bad(given or "''", "it names no file")
    if "\0" in path:
        raise _bad(given, "a path cannot have a NUL character")
    try:
        is_directory = Path(path).is_dir()
    except OSError as error:  # a directory that one may not enter, a name that is too long
        raise _bad(given, error.strerror or str(error)) from error
    if is_directory:
        raise _bad(given, "it is a directory")
    return Place(shown=path, at=Path(path))


def _server(text: str) -> Place:
    try:
        url = make_url(text).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise _bad(_without_secrets(text), "it is not of the form postgresql://user@host:port/name") from None
    public = URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    ).difference_update_query(_SECRETS)
    shown = public.render_as_string()
    if not url.database:
        raise _bad(shown, "it names no database")
    return Place(shown=shown, at=url)


def _without_secrets(text: str) -> str:
    """An address that cannot be read whole, without anything between // and @, and without its query."""
    return re.sub(r"//.*@", "//", text.partition("?")[0], flags=re.DOTALL)


def _bad(place: str, reason: str) -> BadDatabaseAddress:
    return BadDatabaseAddress(place=place, reason=reason)


def why_read_only(path: Path) -> str | None:
    """Why a present SQLite file cannot be written by this user; None where it can.

    SQLite makes files of its own beside it, so its directory must be writable as well.
    """
    if not os.access(path, os.W_OK):
        return "the file is read-only"
    return None if os.access(path.absolute().parent, os.W_OK) else "its directory is read-only"
