"""Checks a stretch of the log's rows against their hashes, as bytes, in this process or in one of its own.

Each row carries the hash of the row before, so that stretches can be checked side by side: what joins them
is checked with the first row of each. Run as a program it reads a `Task` as JSON and prints `Findings`.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from binascii import hexlify
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from onrecord.record.chain import GENESIS, head_of

# sequence, time, actor, act, subject, payload, salt, digest, previous, hash: as the database gives them.
Raw = tuple[Any, ...]
_ROWS = (
    "SELECT sequence, time, actor, act, subject, payload, salt, digest, previous, hash "
    "FROM log WHERE {} ORDER BY sequence"
)
_FETCHED = 2_000


@dataclass(frozen=True, slots=True)
class Task:
    """Which rows to check, first and last included, and how to reach them (see `Store.access`)."""

    access: dict[str, Any]
    first: int
    last: int


@dataclass(slots=True)
class Findings:
    """What was found in a stretch of rows.

    rows: how many are as they were written; head: the hash of the last of them. bad: the first row that is
    not, and why. redacted: rows without words. redactions: each act of redaction, and the rows that it names.
    """

    rows: int = 0
    head: str = GENESIS
    bad: tuple[int, str] | None = None
    redacted: list[int] = field(default_factory=list)
    redactions: list[tuple[int, list[int]]] = field(default_factory=list)


def check(task: Task) -> Findings:
    """Checks the rows of a task, up to the first bad one. Raises what the database's driver raises."""
    last = f"sequence <= {task.last}"
    with _connected(task.access) as select:
        if task.first == 1:  # begins before row 1, so that a row put in there is seen
            return _checked(select(last), 1, task.last, b"", GENESIS.encode())
        before = list(select(f"sequence = {task.first - 1}"))
        if not before:
            return Findings(bad=(task.first - 1, "it is missing"))
        rows = select(f"sequence >= {task.first} AND {last}")
        return _checked(rows, task.first, task.last, before[0][1], before[0][-1])


def _checked(rows: Iterable[Raw], first: int, last: int, time: bytes, previous: bytes) -> Findings:
    """The hashes are those of `chain`, written out here: calling its functions took a third of the time."""
    found = Findings()
    expected, head, headed = first, b"", (b"", b"", b"")
    for row in rows:
        sequence, when, actor, act, subject, payload, salt, digest, before, stored = row
        try:
            if headed != (when, actor, act):  # the same for many rows, one after another
                head, headed = head_of(when, actor, act), (when, actor, act)
            number = b"%d" % sequence
            what = b"-;" if subject is None else b"%d:%b;" % (len(subject), subject)
            content = b"3:row;%d:%b;%b%b64:%b;64:%b;" % (
                len(number), number, head, what, digest, previous,
            )  # fmt: skip
            if payload is None and salt is None:
                found.redacted.append(sequence)
                said = digest
            else:
                said = b"7:payload;%d:%b;%d:%b;" % (len(salt), salt, len(payload), payload)
                said = hexlify(sha256(said).digest())
        except TypeError:  # a field is empty that cannot be
            content = said = b""
        if (
            sequence != expected
            or before != previous
            or said != digest
            or len(digest) != 64
            or hexlify(sha256(content).digest()) != stored
            or when < time
        ):
            found.bad = _told(row, expected, said, time, previous)
            return found
        if act == b"redaction" and payload is not None:
            found.redactions.append((sequence, named_rows(payload)))
        expected, time, previous = sequence + 1, when, stored
        found.rows += 1
    found.head = previous.decode()
    if expected <= last:
        found.bad = expected, "it is missing"
    return found


def _told(row: Raw, expected: int, said: bytes, time: bytes, previous: bytes) -> tuple[int, str]:
    """The number of the bad row, and what is wrong with it."""
    sequence, when, *_, payload, salt, digest, before, _ = row
    if sequence > expected:
        return expected, "it is missing"
    if sequence < expected:
        return sequence, "it was put in from outside: a log begins with row 1"
    if (payload is None) != (salt is None) or None in (when, digest, before):
        return sequence, "a part of it is missing"
    if said != digest:
        return sequence, "its payload is not what was written"
    if before != previous:
        return sequence, f"it does not follow from row {expected - 1}"
    if when < time:
        return sequence, f"it is earlier than row {expected - 1}"
    return sequence, "its time, actor, act, subject or hash is not what was written"


def redactions(access: dict[str, Any]) -> list[tuple[int, list[int]]]:
    """All acts of redaction that the log has now, whether as they were written or not, as in `Findings`."""
    with _connected(access) as select:
        rows = list(select("act = 'redaction' AND payload IS NOT NULL"))
    return [(row[0], named_rows(row[5])) for row in rows]


def named_rows(payload: bytes) -> list[int]:
    """The rows that a redaction's payload names."""
    try:
        rows = json.loads(payload)["rows"]
    except (ValueError, LookupError, TypeError):
        return []
    return [row for row in rows if isinstance(row, int)] if isinstance(rows, list) else []


@contextmanager
def _connected(access: dict[str, Any]) -> Iterator[Callable[[str], Iterable[Raw]]]:
    """A function that gives the rows of which a condition holds, texts as bytes; all of one snapshot."""
    if "sqlite" in access:
        raw = sqlite3.connect(access["sqlite"], uri=True, timeout=access["timeout"], isolation_level=None)
        raw.text_factory = bytes
        try:
            raw.execute("BEGIN")
            yield lambda condition: raw.execute(_ROWS.format(condition))
        finally:
            raw.close()
        return
    import psycopg
    from psycopg.types.string import ByteaBinaryLoader

    with psycopg.connect(**access["postgresql"]) as connection:
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.adapters.register_loader("text", ByteaBinaryLoader)

        def select(condition: str) -> Iterator[Raw]:
            # In pages: a cursor of the server takes twice as long for the same rows.
            page: list[Raw] = []
            while not page or len(page) == _FETCHED:
                rest = f"{condition} AND sequence > {page[-1][0]}" if page else condition
                cursor = connection.cursor(binary=True)
                page = cursor.execute(f"{_ROWS.format(rest)} LIMIT {_FETCHED}".encode()).fetchall()
                yield from page
                if not page:
                    return

        yield select


def main() -> None:
    """Checks the task on standard input and prints the findings, both as JSON."""
    print(json.dumps(asdict(check(Task(**json.load(sys.stdin))))))  # noqa: T201 - to the process that asked


if __name__ == "__main__":
    main()
