"""Puts together what the ledger knows of one statement or one article, for a page or a card."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from onrecord import track
from onrecord.entry import DISPUTED, Entry, Rating
from onrecord.errors import NothingFound
from onrecord.ledger.results import ArticleShown, Due, Outcome, Shown, Spread, Version
from onrecord.record import acts, beside, lookup, schema, versions
from onrecord.record.contract import statement_of
from onrecord.record.project.work import Work

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.statement import Statement


def due_of(entry: Entry, today: date) -> Due:
    """An entry against its dates; entries without a last day are not due."""
    end = entry.due_end or entry.due_start or today
    return Due(entry, schedule_of(entry, today), (end - today).days)


def schedule_of(entry: Entry, today: date) -> track.Schedule:
    """Where a statement stands against its dates."""
    return track.schedule(
        due_start=entry.due_start,
        due_end=entry.due_end,
        verdict=entry.verdict,
        settled_on=entry.settled_on,
        today=today,
    )


def outcome_of(entry: Entry, ratings: list[Rating], today: date) -> Outcome:
    """The present outcome of a statement, all raters beside one another."""
    return Outcome(
        entry.verdict, entry.verdict == DISPUTED, schedule_of(entry, today), tuple(ratings)
    )  # fmt: skip


def statement(connection: Connection, given: str, today: date) -> Shown:
    """All that is known of a statement. Raises NothingFound, Ambiguous."""
    subject = lookup.statement_id(connection, given)
    entry = lookup.entry(connection, subject)
    return Shown(
        entry=entry,
        machine=_machine(connection, subject),
        context=lookup.context(connection, subject),
        corrections=tuple(lookup.corrections(connection, subject)),
        notes=tuple(lookup.notes(connection, subject)),
        history=tuple(lookup.history(connection, subject)),
        outcome=outcome_of(entry, lookup.ratings(connection, [subject]), today),
    )


def article(connection: Connection, given: str) -> ArticleShown:
    """An article with its statements and its versions. Raises NothingFound, Ambiguous."""
    subject = lookup.article_id(connection, given)
    return ArticleShown(
        id=subject,
        article=acts.document_of(connection, subject).article,
        entries=tuple(lookup.entries_of(connection, subject)),
        versions=tuple(_versions(connection, subject)),
    )


def spread(connection: Connection, given: str) -> Spread:
    """An article with all that stands beside it. Raises NothingFound, Ambiguous."""
    shown = article(connection, given)
    return Spread(shown, beside.beside(connection, shown.id))


def differences(connection: Connection, given: str) -> versions.Changes:
    """What changed since the version before."""
    subject = lookup.article_id(connection, given)
    known = [version.article for version in _versions(connection, subject)]
    at = known.index(subject)
    if at == 0:
        raise NothingFound(id=subject, expected="earlier version of the article")
    before, after = (acts.document_of(connection, known[n]) for n in (at - 1, at))
    return versions.changes(before, after)


def _versions(connection: Connection, subject: str) -> list[Version]:
    """All articles under the same address, oldest first; an article without an address is its only one."""
    table = schema.articles
    columns = (table.c.article, table.c.added, table.c.published)
    url = connection.execute(select(table.c.url).where(table.c.article == subject)).scalar()
    same = table.c.article == subject if url is None else table.c.url == url
    rows = connection.execute(select(*columns).where(same).order_by(table.c.id))
    return [Version(*row) for row in rows]


def _machine(connection: Connection, subject: str) -> Statement | None:
    """The newest reading of a statement as the machine gave it; None where it was redacted away."""
    row = connection.execute(
        select(schema.statements.c.log_row).where(schema.statements.c.statement == subject)
    ).scalar_one()
    read = Work(connection).log_rows([row]).get(row)
    return None if read is None else statement_of(read[1], read[1]["article"])
