"""The ledger's answers as plain JSON values, under the names that the Python API gives them."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from onrecord.entry import LogRow
from onrecord.statement import Article, Document, ReaderInfo, Span, Statement


def plain(value: Any) -> Any:
    """A frozen value as objects, arrays, strings, numbers, true, false and null.

    Days are written as 2018-03-06. A statement of the machine's has the form of the published contract,
    a score that of its own `to_dict`; the payload of a log row is the JSON value that its text stands
    for, null where it was redacted.
    """
    if isinstance(value, Statement):
        return Document(Article(""), (value,), ReaderInfo("", "")).to_dict()["statements"][0]
    if isinstance(value, LogRow):
        return _fields(value) | {"payload": payload(value)}
    if hasattr(value, "to_dict"):
        return plain(value.to_dict())
    if is_dataclass(value):
        return _fields(value)
    return _simple(value)


def _simple(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, Span):
        return list(value)
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, tuple | list | frozenset | set):
        return [plain(part) for part in value]
    return value.value if isinstance(value, Enum) else value


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}


def payload(row: LogRow) -> Any:
    """What a row of the log says, None where it was redacted."""
    return None if row.payload is None else json.loads(row.payload)
