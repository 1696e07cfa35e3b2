"""Puts people's corrections and rejections of statements into their tables, and takes them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import bindparam, select, update

from onrecord.entry import LogRow
from onrecord.record.project import overlay, speakers, statements
from onrecord.record.project.work import Payload, Row, Work, compact, fit_or_none, one_of
from onrecord.record.schema import corrections, rejections
from onrecord.record.schema import statements as table
from onrecord.record.texts import fit

_NOW: Final = select(table.c.id, table.c.log_row, table.c.within, table.c.current).where(one_of(table.c.id))
_EARLIER: Final = (
    update(corrections)
    .where(corrections.c.statement == bindparam("_statement"), corrections.c.field == bindparam("_field"))
    .where(corrections.c.current)
    .values(current=False)
)
_RESTORE: Final = (
    update(rejections)
    .where(rejections.c.statement == bindparam("_statement"), rejections.c.current)
    .values(current=False)
)
_MARK: Final = update(table).where(table.c.id == bindparam("_id")).values(rejected=bindparam("_rejected"))


def correct(work: Work, rows: Sequence[Row]) -> None:
    """Corrections and their withdrawals: of each field, the last word counts.

    A withdrawal gives the field back to the machine's reading; its own row is never the present one.
    """
    ids = statements.ids_of(work, (row.subject or "" for row, _ in rows))
    mine = [(row, payload, ids[row.subject or ""]) for row, payload in rows if row.subject in ids]
    if not mine:
        return
    named = [(payload.get("value"), None, row.sequence) for row, payload, _ in mine if _names(payload)]
    speakers.ids_of(work, named)
    last = {(number, payload["field"]): row.sequence for row, payload, number in mine}
    present = set(last.values())
    work.connection.execute(_EARLIER, [{"_statement": number, "_field": name} for number, name in last])
    work.put(corrections, [_columns(row, said, number, present) for row, said, number in mine])
    relay(work, {number for _, _, number in mine})


def _names(payload: Payload) -> bool:
    return payload["field"] == "speaker.name" and not payload.get("withdrawn")


def _columns(row: LogRow, payload: Payload, number: int, present: set[int]) -> Payload:
    withdrawn = bool(payload.get("withdrawn"))
    return _said(row, payload, number) | {
        "field": payload["field"],
        "value": None if withdrawn else compact(payload["value"]),
        "withdrawn": withdrawn,
        "current": row.sequence in present and not withdrawn,
    }


def _said(row: LogRow, payload: Payload, number: int) -> Payload:
    """The columns that corrections and rejections have in common."""
    by = {"actor": fit(row.actor), "time": row.time, "why": fit_or_none(payload.get("why"))}
    return {"id": row.sequence, "statement": number} | by


def relay(work: Work, numbers: Iterable[int]) -> None:
    """Reads statements, by number, anew from the log and lays the present corrections over them."""
    values: dict[int, Payload] = {}
    found = list(work.among(_NOW, numbers))
    acts = work.log_rows([row for _, row, _, _ in found])
    for number, row, within, current in found:
        if row in acts:
            machine = statements.values_of(acts[row][1])
            values[number] = machine | {"log_row": row, "within": within, "current": current}
    overlay.lay(work, values)
    statements.name_speakers(work, values.values())
    statements.change(work, values)


def reject(work: Work, rows: Sequence[Row]) -> None:
    """Rejections and restorations; a restoration lifts everybody's rejection of the statement."""
    ids = statements.ids_of(work, (row.subject or "" for row, _ in rows))
    mine = [(row, payload, ids[row.subject or ""]) for row, payload in rows if row.subject in ids]
    restored = {number: row.sequence for row, _, number in mine if row.act == "restoration"}
    if restored:
        work.connection.execute(_RESTORE, [{"_statement": number} for number in restored])
    made = [
        _said(row, payload, number) | {"current": row.sequence > restored.get(number, 0)}
        for row, payload, number in mine
        if row.act == "rejection"
    ]
    work.put(rejections, made)
    marks = {number: row.act == "rejection" for row, _, number in mine}
    if marks:
        work.connection.execute(_MARK, [{"_id": n, "_rejected": rejected} for n, rejected in marks.items()])
