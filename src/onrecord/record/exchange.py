"""Hands out a whole log as JSON lines, and takes such an export in: what it adds up to is then the same.

The first line is {"schema":"onrecord.ledger/1","rows":N,"head":"<hash of the last row>"}; each further line
is one row of the log with all its fields, in order. Nothing else is needed: every table follows from the log.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, select
from sqlalchemy.exc import InternalError, OperationalError

from onrecord.entry import LogRow
from onrecord.errors import HistoriesDiffer, NotAnExport, NotFound, Unreadable
from onrecord.record import files, project, sense
from onrecord.record.chain import GENESIS
from onrecord.record.engine import Store, retrying
from onrecord.record.incoming import FIELDS, SCHEMA, Incoming
from onrecord.record.log import head, rows, write
from onrecord.record.project.work import Work
from onrecord.record.schema import log
from onrecord.record.troubles import unfit

# Rows held at a time: so many, or so many characters of payload.
_ROWS = 2_000
_CHARACTERS = 8_000_000


def export(store: Store, out: BinaryIO) -> int:
    """Write the whole log as it stands now. Returns the number of rows."""
    with store.reading() as connection:
        last = head(connection)
        count, newest = (last.sequence, last.hash) if last else (0, GENESIS)
        out.write(_line({"schema": SCHEMA, "rows": count, "head": newest}))
        for row in rows(connection, until=count):
            out.write(_line({name: getattr(row, name) for name in FIELDS}))
    return count


def backup(store: Store, path: Path, *, force: bool = False) -> None:
    """Write a whole copy, while others may go on writing: SQLite as a file like it, PostgreSQL as an export.

    force: replace a regular file at `path`, but never the ledger itself. Raises CannotWrite, and then
    nothing has changed at `path`.
    """
    own = files.files_of(store)
    if store.dialect == "sqlite":
        with files.beside(path, force=force, never=own) as waiting:
            waiting.unlink()  # it must not be there for the copy to be made
            store.backup(waiting)
    else:
        with files.whole(path, force=force, never=own) as out:
            export(store, out)


def import_file(store: Store, path: Path) -> int:
    """Take in an export. Returns the number of rows that were new. See `import_`.

    Raises NotFound and Unreadable as well.
    """

    def work(connection: Connection) -> int:
        with _opened(path) as lines:
            return _take(connection, Incoming(lines, str(path)))

    return retrying(store, work)


def import_(store: Store, lines: BinaryIO, *, name: str) -> int:
    """Take in an export: all of it where the ledger is empty, the rest where it has the beginning.

    A ledger that has all of it, or more, stays as it is. Rows stay as they are, with their times,
    actors and hashes. Returns the number of rows that were new. Raises NotAnExport where a line is not as
    it was written, and HistoriesDiffer where the ledger has another row in the place of one; in both cases
    nothing has changed.
    """
    with store.writing() as connection:
        return _take(connection, Incoming(lines, name))


def _take(connection: Connection, incoming: Incoming) -> int:
    last = head(connection)
    known = last.sequence if last else 0
    for chunk in _chunks(incoming):
        new = [row for row in chunk if row.sequence > known]
        _compare(connection, chunk[: len(chunk) - len(new)], incoming.name)
        if new:
            write(connection, new)
    # Only now: what stands in place of redacted words comes after them.
    for chunk in project.chunks(_again(connection, known + 1, incoming.rows)):
        work = Work(connection)
        acts = work.read(chunk)
        for act in acts:
            with _sensible(incoming.name, [act[0]]):
                sense.check(work, act)
        with _sensible(incoming.name, chunk):
            project.apply(connection, chunk)
            sense.check_places(connection, acts)
    return max(0, incoming.rows - known)


@contextmanager
def _sensible(name: str, chunk: Sequence[LogRow]) -> Iterator[None]:
    """A chain proves that rows belong together, not that what they say makes sense: anybody can make one."""
    plain = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
    senseless: tuple[type[Exception], ...] = (*plain, *unfit())
    try:
        yield
    except (OperationalError, InternalError):  # the database's trouble, not the file's
        raise
    except senseless as error:
        first, last = chunk[0].sequence, chunk[-1].sequence
        which = (
            f"row {first} ({chunk[0].act})" if first == last else f"an act among the rows {first} to {last}"
        )
        reason = f"{which} does not say what such an act says"
        raise NotAnExport(name=name, line=first + 1, reason=f"{reason} ({type(error).__name__})") from error


def _again(connection: Connection, first: int, last: int) -> Iterator[LogRow]:
    """The rows that were just written, in pages: an open cursor would see a redaction change them."""
    for since in range(first, last + 1, _ROWS):
        yield from list(rows(connection, since=since, until=min(last, since + _ROWS - 1)))


def _compare(connection: Connection, chunk: Sequence[LogRow], name: str) -> None:
    """Raise HistoriesDiffer where the ledger's own rows are not these."""
    if not chunk:
        return
    between = log.c.sequence.between(chunk[0].sequence, chunk[-1].sequence)
    own = connection.execute(select(log.c.hash).where(between).order_by(log.c.sequence)).scalars()
    for row, digits in zip(chunk, own, strict=True):
        if row.hash != digits:
            raise HistoriesDiffer(name=name, row=row.sequence)


def _chunks(rows: Iterable[LogRow]) -> Iterator[list[LogRow]]:
    chunk: list[LogRow] = []
    held = 0
    for row in rows:
        chunk.append(row)
        held += len(row.payload or "")
        if len(chunk) == _ROWS or held > _CHARACTERS:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except (FileNotFoundError, ValueError):
        raise NotFound(name=path) from None
    except OSError as error:
        raise Unreadable(name=path, reason=error.strerror or error) from None


def _line(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
