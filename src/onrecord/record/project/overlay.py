"""Lays people's corrections over the machine's reading of a statement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from onrecord.record.project.work import Payload, Work, day, one_of
from onrecord.record.schema import corrections
from onrecord.record.texts import fit

_PRESENT: Final = select(corrections.c.statement, corrections.c.field, corrections.c.value).where(
    one_of(corrections.c.statement), corrections.c.current, ~corrections.c.withdrawn
)
# The columns that hold each field which is not called like its column.
_COLUMNS: Final = {"speaker.name": "speaker_name", "speaker.anonymous": "anonymous"}


def lay(work: Work, values: Mapping[int, Payload]) -> None:
    """Changes the columns of statements, by number, to what people's present corrections say."""
    fields: dict[int, dict[str, Any]] = {}
    for number, name, value in work.among(_PRESENT, values):
        fields.setdefault(number, {})[name] = json.loads(value)
    for number, corrected in fields.items():
        values[number].update(corrected_columns(corrected), corrected=True)


def corrected_columns(fields: Mapping[str, Any]) -> Payload:
    """Columns for corrected fields. What only commitments have goes when the kind becomes another."""
    columns: Payload = {}
    for name, value in fields.items():
        if name == "due":
            columns |= _due(value)
        else:
            column = _COLUMNS.get(name, name.replace(".", "_"))
            columns[column] = fit(value) if isinstance(value, str) else value
    if fields.get("kind", "commitment") != "commitment":
        columns |= {"commitment_type": None, "negative": None}
    return columns


def _due(value: Mapping[str, str | None] | None) -> Payload:
    """The article's words no longer say it, so the days themselves stand in their place."""
    if value is None:
        return {"due_text": None, "due_start": None, "due_end": None}
    start, end = value["start"], value["end"]
    words = start if start == end else f"{start or ''}..{end or ''}"
    return {"due_text": words, "due_start": day(start), "due_end": day(end)}
