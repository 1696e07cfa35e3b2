"""Looks up one statement or one article by its id, with what people did with it and where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Column, Connection, select

from onrecord.entry import SHORT, Entry, Evidence, LogRow, Rating
from onrecord.errors.ledger import Ambiguous, NothingFound
from onrecord.record import entries as reading
from onrecord.record import schema
from onrecord.record.log import BY_PEOPLE
from onrecord.record.project.work import Work, batches
from onrecord.record.schema import articles, log, readings, statements
from onrecord.record.texts import fit

SHORTEST: Final = 6  # hex digits of an id: of a million statements, one in sixteen shares its first six
_CANDIDATES: Final = 5
_ID: Final = re.compile(rf"(?:sha256:)?([0-9a-f]{{{SHORTEST},64}})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """Where a statement stands. content: the article's text from the beginning of its first fragment to the
    end of its last; before, after: the text around it; offset: of the content, in code points.
    """

    before: str
    content: str
    after: str
    offset: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's correction of one field. value: JSON, None where `withdrawn`. current: it holds now."""

    field: str
    value: str | None
    actor: str
    time: str
    why: str | None
    withdrawn: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A remark beside a statement or an article."""

    subject: str
    actor: str
    time: str
    text: str


def statement_id(connection: Connection, given: str) -> str:
    """The whole id of the statement whose id begins with `given`. Raises NothingFound, Ambiguous."""
    return _whole(connection, given, statements.c.statement, "statement")


def article_id(connection: Connection, given: str) -> str:
    """The whole id of the article whose id begins with `given`. Raises NothingFound, Ambiguous."""
    return _whole(connection, given, articles.c.article, "article")


def subject_id(connection: Connection, given: str) -> str:
    """The whole id of a statement, or else of an article. Raises NothingFound, Ambiguous."""
    try:
        return statement_id(connection, given)
    except NothingFound:
        return article_id(connection, given)


def _whole(connection: Connection, given: str, column: Column[str], expected: str) -> str:
    match = _ID.fullmatch(given.strip())
    if match is None:
        raise NothingFound(id=given, expected=expected)
    start = "sha256:" + match[1].lower()
    # A range instead of LIKE, which an index helps with only in some collations; "g" is behind all digits.
    alike = select(column).where(column >= start, column < start + "g").order_by(column)
    found = list(connection.scalars(alike.limit(_CANDIDATES + 1)))
    if not found:
        raise NothingFound(id=given, expected=expected)
    if len(found) > 1:
        enough = next(n for n in range(len(start), len(found[0])) if len({f[: n + 1] for f in found}) > 1)
        shown = [each.removeprefix("sha256:")[: max(SHORT, enough)] for each in found[:_CANDIDATES]]
        raise Ambiguous(id=given, candidates=", ".join(shown + ["…"] * (len(found) > _CANDIDATES)))
    return found[0]


def entry(connection: Connection, id: str) -> Entry:  # noqa: A002
    """The statement of this whole id as it now stands. Raises NothingFound."""
    for found in reading.entries(connection, reading.asked(statements.c.statement == fit(id))):
        return found
    raise NothingFound(id=id, expected="statement")


def entries(connection: Connection, ids: Sequence[str]) -> list[Entry]:
    """The statements of these whole ids as they now stand, in this order; unknown ones are left out."""
    found: dict[str, Entry] = {}
    for batch in batches([fit(each) for each in ids]):
        asked = reading.asked(statements.c.statement.in_(batch))
        found |= {each.id: each for each in reading.entries(connection, asked)}
    return [found[each] for each in ids if each in found]


def entries_of(connection: Connection, article: str) -> list[Entry]:
    """All statements of an article, rejected and earlier ones included, in the order they were read."""
    asked = reading.asked(articles.c.article == fit(article)).order_by(statements.c.log_row, statements.c.id)
    return list(reading.entries(connection, asked))


def history(connection: Connection, id: str) -> list[LogRow]:  # noqa: A002
    """The rows of the log about a statement or an article, oldest first: readings, and what people did.

    A statement's readings are the rows that each reading of its article put on the log for it. Redactions
    are those that emptied one of these rows.
    """
    id = fit(id)  # noqa: A001
    numbers = [*_machine_rows(connection, id)]
    by_people = select(log).where(log.c.subject == id, BY_PEOPLE)
    rows = {row.sequence: row for row in map(_row, connection.execute(by_people))}
    for batch in batches(numbers):
        asked = select(log).where(log.c.sequence.in_(batch), log.c.subject == id)
        rows |= {row.sequence: row for row in map(_row, connection.execute(asked))}
    if any(row.payload is None for row in rows.values()):
        rows |= _redactions(connection, set(rows))
    return [rows[number] for number in sorted(rows)]


def _row(row: Sequence[object]) -> LogRow:
    return LogRow(*row)  # type: ignore[arg-type]


def _machine_rows(connection: Connection, id: str) -> list[int]:  # noqa: A002
    """Numbers of rows among which are those of the machine about this id: it alone puts them there."""
    article = connection.execute(select(articles.c.id).where(articles.c.article == id)).scalar()
    if article is not None:
        read = connection.scalars(select(readings.c.id).where(readings.c.article == article))
        return [article, *read]
    found = select(statements.c.id, statements.c.log_row, statements.c.article)
    mine = connection.execute(found.where(statements.c.statement == id)).one_or_none()
    if mine is None:
        return []
    numbers = {mine.id, mine.log_row}
    of_article = select(readings.c.id, readings.c.statements).where(readings.c.article == mine.article)
    for first, count in connection.execute(of_article):
        # The statements of a reading follow it on the log; the first and the newest are known already.
        if not (first <= mine.id <= first + count or first <= mine.log_row <= first + count):
            numbers.update(range(first + 1, first + count + 1))
    return sorted(numbers)


def _redactions(connection: Connection, emptied: set[int]) -> dict[int, LogRow]:
    asked = select(log).where(log.c.act == "redaction", BY_PEOPLE, log.c.payload.is_not(None))
    rows = map(_row, connection.execute(asked.order_by(log.c.sequence)))
    return {row.sequence: row for row in rows if emptied & set(json.loads(row.payload or "{}")["rows"])}


def ratings(connection: Connection, ids: Sequence[str]) -> list[Rating]:
    """All raters' present verdicts on the statements of these whole ids, oldest first."""
    table, found = schema.ratings.c, list[Rating]()
    for batch in batches([fit(each) for each in ids]):
        asked = (
            select(
                statements.c.statement, table.actor, table.verdict, table.settled_on, table.evidence_kind,
                table.evidence, table.note, table.time, table.id,
            )
            .join_from(schema.ratings, statements, table.statement == statements.c.id)
            .where(statements.c.statement.in_(batch), table.current)
            .order_by(table.id)
        )  # fmt: skip
        for id_, actor, verdict, on, kind, evidence, note, time, _ in connection.execute(asked):
            found.append(Rating(id_, actor, verdict, on, Evidence(kind, evidence), note, time))
    return found


def corrections(connection: Connection, id: str) -> list[Correction]:  # noqa: A002
    """All corrections of a statement and all that were taken back, oldest first."""
    table = schema.corrections.c
    columns = (table.field, table.value, table.actor, table.time, table.why, table.withdrawn, table.current)
    asked = select(*columns).join_from(schema.corrections, statements, table.statement == statements.c.id)
    rows = connection.execute(asked.where(statements.c.statement == fit(id)).order_by(table.id))
    return [Correction(*row) for row in rows]


def notes(connection: Connection, id: str) -> list[Note]:  # noqa: A002
    """All notes beside a statement or an article, oldest first."""
    table = schema.notes.c
    columns = (table.subject, table.actor, table.time, table.text)
    rows = connection.execute(select(*columns).where(table.subject == fit(id)).order_by(table.id))
    return [Note(*row) for row in rows]


def context(connection: Connection, id: str, around: int = 200) -> Context:  # noqa: A002
    """A statement's words in its article, with `around` code points on each side.

    Raises NothingFound. Redacted words stand there as blanks.
    """
    asked = select(statements.c.log_row, articles.c.text).join_from(statements, articles)
    found = connection.execute(asked.where(statements.c.statement == fit(id))).one_or_none()
    if found is None:
        raise NothingFound(id=id, expected="statement")
    number, text = found
    _, payload = Work(connection).log_rows([number])[number]
    spans = payload["content"]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return Context(text[max(0, start - around) : start], text[start:end], text[end : end + around], start)
