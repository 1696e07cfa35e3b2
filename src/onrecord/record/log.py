"""Writes acts onto the append-only log, each chained to the one before, and reads them back.

Every change of the ledger is such an act: what was read, and what people did with it.
"""

from __future__ import annotations

import json
import secrets
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, literal_column, select

from onrecord.entry import Act, LogRow
from onrecord.record.chain import GENESIS, digest_of, hash_of
from onrecord.record.schema import log
from onrecord.record.texts import fit

Clock = Callable[[], datetime]
# An act with the name of its actor.
Signed = tuple[str, Act]
# Clocks of two machines differ, and a writer may have waited for its turn: so much is no news.
TOLERATED = timedelta(minutes=1)
_NAMES = tuple(column.name for column in log.columns)
_values = attrgetter(*_NAMES)
_COPY = f"COPY log ({', '.join(_NAMES)}) FROM STDIN"
_INSERT = f"INSERT INTO log ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"  # noqa: S608 - names of ours
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False)
_ASCII = json.JSONEncoder(separators=(",", ":"), allow_nan=False)
# Acts that follow from an article alone, made by `record.acts`.
_MACHINE = frozenset({"article", "reading", "statement"})
# As the partial indexes on the log have it: with values as parameters, SQLite would not use them.
BY_PEOPLE: Final[ColumnElement[bool]] = literal_column("log.act NOT IN ('article', 'reading', 'statement')")
# Rows fetched at a time when the log is read through.
_BATCH = 2_000
# The largest number that the columns of both databases take: no row has one as large.
_LARGEST = 2**31 - 1


class ClockBehind(UserWarning):
    """The machine's clock is behind the log's last row; the row's time is used instead."""


def append(
    connection: Connection,
    actor: str,
    acts: Sequence[Act],
    *,
    now: datetime,
    salts: Callable[[int], str] = secrets.token_hex,
) -> list[LogRow]:
    """Puts acts on the log, in order, and brings the tables up to date. Returns the rows written.

    connection: of `Store.writing`. now: aware; rows never go back in time, so a clock that is behind
    the last row is set to that (and ClockBehind is warned where it is so by more than a minute).
    salts: from a number of bytes to twice as many hex digits.
    """
    signed = [(actor, act) for act in acts]
    return append_after(connection, head(connection) if signed else None, signed, now=now, salts=salts)


def append_after(
    connection: Connection,
    last: LogRow | None,
    signed: Sequence[Signed],
    *,
    now: datetime,
    salts: Callable[[int], str] = secrets.token_hex,
) -> list[LogRow]:
    """As `append`, for acts of several actors; `last` is the log's head in this transaction."""
    from onrecord.record import project  # late: it takes the tables' side of the house with it

    if not signed:
        return []
    written = chained(last, signed, time=now, salts=salts)
    write(connection, written)
    acts = zip(written, signed, strict=True)
    project.apply(connection, written, {row.sequence: act.payload for row, (_, act) in acts if _is_it(row)})
    return written


def _is_it(row: LogRow) -> bool:
    """Whether the row's JSON would be read back as the very payload that it was made of.

    What the machine read holds only JSON's own values. Two halves of a character that stand side by side,
    escaped, are read back as one character.
    """
    return row.act in _MACHINE and "\\ud" not in (row.payload or "")


def write(connection: Connection, rows: Iterable[LogRow]) -> None:
    """Puts finished rows into the table, as fast as the database takes them, and changes nothing else.

    For `append` and for an import, which have seen to it that the rows follow from those that are there.
    """
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        cursor.executemany(_INSERT, [_values(row) for row in rows])
    else:
        with cursor.copy(_COPY) as copy:
            for row in rows:
                copy.write_row(_values(row))
    cursor.close()


def chained(
    last: LogRow | None, signed: Iterable[Signed], *, time: datetime, salts: Callable[[int], str]
) -> list[LogRow]:
    """The acts, each under its actor's name, as rows that follow `last` (None: the log is empty)."""
    before, previous = (last.sequence, last.hash) if last else (0, GENESIS)
    when = _not_before(last, time)
    rows = []
    for sequence, (name, act) in enumerate(signed, before + 1):
        salt, payload, actor = salts(16), payload_of(act), fit(name)
        subject = None if act.subject is None else fit(act.subject)
        digest = digest_of(salt, payload)
        digits = hash_of(sequence, when, actor, act.act, subject, digest, previous)
        rows.append(LogRow(sequence, when, actor, act.act, subject, payload, salt, digest, previous, digits))
        previous = digits
    return rows


def payload_of(act: Act) -> str:
    """The act's facts as compact JSON; in ASCII where they hold lone surrogates, which no database takes."""
    text = _COMPACT.encode(act.payload)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _ASCII.encode(act.payload)
    return text


def stamp(time: datetime) -> str:
    """The time in UTC as the log writes it: 2018-03-06T09:30:00.000000Z. Texts sort as times do."""
    if time.tzinfo is None:
        raise ValueError("a time without a zone is no time of the log")
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _not_before(last: LogRow | None, time: datetime) -> str:
    when = stamp(time)
    if last is None or when >= last.time:
        return when
    if stamp(time + TOLERATED) < last.time:
        told = (
            f"the clock says {when}, but the ledger's last row is of {last.time}: that time is used instead"
        )
        warnings.warn(told, ClockBehind, stacklevel=5)
    return last.time


def head(connection: Connection) -> LogRow | None:
    """The last row; None where the log is empty."""
    row = connection.execute(select(log).order_by(log.c.sequence.desc()).limit(1)).one_or_none()
    return None if row is None else LogRow(*row)


def rows(connection: Connection, *, since: int = 1, until: int | None = None) -> Iterator[LogRow]:
    """The rows numbered `since` to `until`, both included, in order, some at a time."""
    query = select(log).where(log.c.sequence >= since).order_by(log.c.sequence)
    if until is not None:
        query = query.where(log.c.sequence <= until)
    for row in connection.execute(query, execution_options={"yield_per": _BATCH}):
        yield LogRow(*row)


def newest(
    connection: Connection,
    *,
    act: str | None = None,
    actor: str | None = None,
    subject: str | None = None,
    last: int = 50,
    before: int | None = None,
    within: int | None = None,
) -> list[LogRow]:
    """The last rows of this act, actor and subject (None: of any), newest first.

    before: only rows with a smaller number. within: only among so many rows before that, or before the
    end: what is done seldom, by an actor, may be far back, and no index leads there.
    """
    query = select(log).order_by(log.c.sequence.desc()).limit(min(last, _LARGEST))
    if before is not None:
        before = min(before, _LARGEST)
        query = query.where(log.c.sequence < before)
    if within is not None:
        above = select(func.max(log.c.sequence)).scalar_subquery() if before is None else before - 1
        query = query.where(log.c.sequence > above - min(within, _LARGEST))
    machine = act in _MACHINE if act is not None else subject is None or subject.startswith("sha256:")
    if not machine:
        query = query.where(BY_PEOPLE)
    for column, wanted in ((log.c.act, act), (log.c.actor, actor), (log.c.subject, subject)):
        if wanted is not None:
            query = query.where(column == wanted)
    return [LogRow(*row) for row in connection.execute(query)]
