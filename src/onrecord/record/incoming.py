"""Reads an export of a log line by line and lets through only rows that hang together.

Every line is checked before its row is believed: its form, its number, its time, its digest and its hash,
which covers the row before. So a file that was cut, edited or put together is refused, and where.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, BinaryIO

from onrecord.entry import ACTS, LogRow
from onrecord.errors import NotAnExport
from onrecord.record import chain

SCHEMA = "onrecord.ledger/1"
# No row of ours comes near it: an article is 10 MB at most, unless the limit was raised.
LONGEST_LINE = 128 * 1024 * 1024
FIELDS = tuple(item.name for item in fields(LogRow))
_NULLABLE = ("subject", "payload", "salt")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
# What no database takes as text; a payload escapes both, as JSON does.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(slots=True)
class Incoming:
    """An export that is being read. `rows` and `head` are what its first line promises."""

    lines: BinaryIO
    name: str
    rows: int = 0
    head: str = chain.GENESIS
    line: int = 0
    _redacted: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        found = self._object()
        if found is None or found.get("schema") != SCHEMA:
            schema = (found or {}).get("schema")
            raise self._refused(
                f"the schema is {schema}, and this version reads {SCHEMA}"
                if isinstance(schema, str)
                else f'it does not begin with {{"schema":"{SCHEMA}", …}}'
            )
        rows, head = found.get("rows"), found.get("head")
        if type(rows) is not int or rows < 0 or not isinstance(head, str):
            raise self._refused("rows must be a number and head a hash")
        self.rows, self.head = rows, head

    def __iter__(self) -> Iterator[LogRow]:
        """The rows in their order. Raises NotAnExport at the first that is not as it was written."""
        time, previous = "", chain.GENESIS
        for sequence in range(1, self.rows + 1):
            found = self._object()
            if found is None:
                raise self._refused(f"the file ends after {sequence - 1} of {self.rows} rows")
            row = self._row(found)
            if row.sequence != sequence:
                raise self._refused(f"row {row.sequence} stands where row {sequence} belongs")
            if row.previous != previous:
                raise self._refused(f"row {sequence} does not follow from the row before it")
            if row.time < time:
                raise self._refused(f"row {sequence} is earlier than the row before it")
            self._note_redaction(row)
            time, previous = row.time, row.hash
            yield row
        self._finish(previous)

    def _finish(self, previous: str) -> None:
        if self._object() is not None:
            raise self._refused(f"there is more than the {self.rows} rows that the first line promises")
        if previous != self.head:
            raise self._refused("the last row is not the one that the first line promises")
        if self._redacted:
            raise self._refused(f"row {min(self._redacted)} has no words, and no redaction names it")

    def _note_redaction(self, row: LogRow) -> None:
        if row.payload is None:
            self._redacted.add(row.sequence)
        elif row.act == "redaction":
            named = json.loads(row.payload).get("rows")
            if not isinstance(named, list) or any(type(number) is not int for number in named):
                raise self._refused(f"row {row.sequence}, a redaction, names no rows")
            self._redacted.difference_update(named)

    def _object(self) -> dict[str, Any] | None:
        """The next line as a JSON object; None at the end of the file."""
        self.line += 1
        raw = self.lines.readline(LONGEST_LINE + 1)
        if not raw:
            return None
        if len(raw) > LONGEST_LINE:
            raise self._refused(f"it is longer than {LONGEST_LINE // 1024 // 1024} MB")
        if not raw.endswith(b"\n"):
            raise self._refused("it is cut off")
        found = self._json(raw)
        if not isinstance(found, dict):
            raise self._refused("it is not a JSON object")
        return found

    def _json(self, raw: bytes) -> Any:
        try:
            return json.loads(raw.decode("utf-8"))
        except UnicodeDecodeError:
            raise self._refused("it is not UTF-8") from None
        except json.JSONDecodeError as error:
            raise self._refused(f"it is not JSON ({error.msg} at column {error.colno})") from None
        except (RecursionError, ValueError):  # nested without end; a number of thousands of digits
            raise self._refused("it is not JSON that can be read") from None

    def _row(self, found: dict[str, Any]) -> LogRow:
        if set(found) != set(FIELDS):
            raise self._refused("its fields are not " + ", ".join(FIELDS))
        for name, value in found.items():
            self._check_value(name, value)
        row = LogRow(**found)
        if row.act not in ACTS:
            raise self._refused(f"{row.act} is no act that this version knows")
        if not _TIME.fullmatch(row.time):
            raise self._refused("its time is not written as 2018-03-06T09:30:00.000000Z")
        self._check_hashes(row)
        if row.payload is not None and not isinstance(self._json(row.payload.encode()), dict):
            raise self._refused("its payload is not a JSON object")
        return row

    def _check_value(self, name: str, value: object) -> None:
        if name == "sequence":
            right = type(value) is int
        else:
            right = isinstance(value, str) or (value is None and name in _NULLABLE)
        if not right:
            raise self._refused(f"{name} is of the wrong type")
        if isinstance(value, str) and _UNSTORABLE.search(value):
            raise self._refused(f"{name} holds a NUL or half a character")

    def _check_hashes(self, row: LogRow) -> None:
        if (row.payload is None) != (row.salt is None):
            raise self._refused(f"row {row.sequence} has lost a part of its words")
        if row.payload is not None and chain.digest_of(row.salt or "", row.payload) != row.digest:
            raise self._refused(
                f"row {row.sequence} was changed: its payload is not the one it was hashed with"
            )
        expected = chain.hash_of(
            row.sequence, row.time, row.actor, row.act, row.subject, row.digest, row.previous
        )
        if expected != row.hash:
            raise self._refused(f"row {row.sequence} was changed: its hash does not fit")

    def _refused(self, reason: str) -> NotAnExport:
        return NotAnExport(name=self.name, line=self.line, reason=reason)
