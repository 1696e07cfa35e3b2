"""Puts together what the ledger knows of one statement or one article, for a page or a card."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from onrecord import track
from onrecord.entry import DISPUTED, Entry, Rating, misfits
from onrecord.errors import NothingFound
from onrecord.ledger.results import ArticleShown, Due, Outcome, Shown, Spread, Version
from onrecord.record import acts, beside, lookup, schema, versions
from onrecord.record.contract import statement_of
from onrecord.record.project import lines
from onrecord.record.project.work import Work, batches

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.statement import Statement

_a, _earlier = schema.articles.c, schema.articles.alias("earlier")
# Each article beside the version before it.
_VERSIONS: Final = schema.articles.outerjoin(_earlier, _a.version_of == _earlier.c.id)


def due_of(entry: Entry, today: date) -> Due:
    """An entry against its dates; entries without a last day are not due."""
    end = entry.due_end or entry.due_start or today
    return Due(entry, schedule_of(entry, today), (end - today).days)


def schedule_of(entry: Entry, today: date) -> track.Schedule:
    """Where a statement stands against its dates."""
    return track.schedule(
        due_start=entry.due_start,
        due_end=entry.due_end,
        verdict=None if misfits(entry) else entry.verdict,
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
    before = connection.scalar(select(_earlier.c.article).select_from(_VERSIONS).where(_a.article == subject))
    if before is None:
        raise NothingFound(id=subject, expected="earlier version of the article")
    return versions.changes(*(acts.document_of(connection, each) for each in (before, subject)))


def _versions(connection: Connection, subject: str) -> list[Version]:
    """All versions of an article, oldest first; one that has no others is its only one."""
    number = connection.execute(select(_a.id).where(_a.article == subject)).scalar_one()
    rows = select(_a.article, _a.added, _a.published, _earlier.c.article).select_from(_VERSIONS)
    numbers = batches(lines.versions(connection, number))
    found = (rows.where(_a.id.in_(batch)).order_by(_a.id) for batch in numbers)
    return [Version(*row) for asked in found for row in connection.execute(asked)]


def _machine(connection: Connection, subject: str) -> Statement | None:
    """The newest reading of a statement as the machine gave it; None where it was redacted away."""
    row = connection.execute(
        select(schema.statements.c.log_row).where(schema.statements.c.statement == subject)
    ).scalar_one()
    read = Work(connection).log_rows([row]).get(row)
    return None if read is None else statement_of(read[1], read[1]["article"])
