"""Finds rows of the log by what they are about, whoever put them there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.errors import NothingFound
from onrecord.record import log, lookup

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.entry import LogRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows; the names are explained at `Ledger.log`."""

    act: str | None
    actor: str | None
    subject: str | None
    last: int
    before: int | None
    within: int | None


def rows(connection: Connection, wanted: Wanted) -> list[LogRow]:
    """The rows that are wanted, newest first. Raises Ambiguous."""
    subject = wanted.subject
    if subject is not None:
        try:
            subject = lookup.subject_id(connection, subject)
        except NothingFound:  # then it is a name or an address, or nothing
            pass
        else:
            return _about(connection, subject, wanted)
    return log.newest(
        connection, act=wanted.act, actor=wanted.actor, subject=subject, last=wanted.last,
        before=wanted.before, within=wanted.within,
    )  # fmt: skip


def _about(connection: Connection, subject: str, wanted: Wanted) -> list[LogRow]:
    """Through the tables: no index of the log leads to what the machine put there about a subject."""
    found = [row for row in lookup.history(connection, subject) if row.subject == subject]
    for name in ("act", "actor"):
        if (value := getattr(wanted, name)) is not None:
            found = [row for row in found if getattr(row, name) == value]
    if wanted.before is not None:
        found = [row for row in found if row.sequence < wanted.before]
    return found[::-1][: max(wanted.last, 0)]
