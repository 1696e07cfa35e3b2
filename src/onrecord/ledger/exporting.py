"""Hands a ledger's statements to other programs, and takes the export of a whole log in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord import track
from onrecord.errors import BadOption
from onrecord.record import entries, exchange, facets, files
from onrecord.record.exports import FORMATS, lookups
from onrecord.record.query import Query
from onrecord.record.schema import statements

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.entry import Entry
    from onrecord.record.engine import Store

# The exact form of the whole log; all others are of statements as they now stand.
LOG = "jsonl"
_PAGE = 500


def export(
    store: Store,
    form: str,
    out: BinaryIO | str | os.PathLike[str],
    *,
    query: Query | None,
    site: str | None,
    force: bool,
    today: date,
) -> int:
    """Write the log or the statements that `query` finds, to an open file or to a new one."""
    if form not in (LOG, *FORMATS):
        expected = "one of " + ", ".join((LOG, *FORMATS))
        raise BadOption(option="--format", value=form, expected=expected, example=LOG)
    if isinstance(out, str | os.PathLike):
        with files.whole(Path(out), force=force, never=files.files_of(store)) as file:
            return export(store, form, file, query=query, site=site, force=force, today=today)
    if form == LOG:
        return exchange.export(store, out)
    with store.reading() as connection:
        chosen = found(connection, query or Query(today=today))
        more: dict[str, Any] = {"ratings_of": lookups.ratings_of(connection)}
        if form == "webannotation":
            more["words_of"] = lookups.words_of(connection)
        if form == "claimreview":
            more |= {"names": track.politifact, "site": site}
        written: int = import_module(f"onrecord.record.exports.{form}").write(chosen, out, **more)
    return written


def found(connection: Connection, query: Query) -> Iterator[Entry]:
    """All entries that a query's filters let through, in the order they were put on record."""
    if query.words:
        raise BadOption(
            option="words", value=query.words, expected="empty: filters say what is exported", example='""'
        )  # fmt: skip
    conditions = (each.condition for each in facets.filters(connection, query))
    question = entries.asked(*conditions).order_by(statements.c.id)
    return entries.entries(connection, question.execution_options(yield_per=_PAGE))
