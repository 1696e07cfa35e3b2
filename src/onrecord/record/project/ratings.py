"""Keeps everybody's present rating of a statement, and what all raters together say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from sqlalchemy import bindparam, select, update

from onrecord.entry import DISPUTED, LogRow
from onrecord.record.project import statements
from onrecord.record.project.work import Payload, Row, Work, day, fit_or_none, one_of
from onrecord.record.schema import ratings
from onrecord.record.schema import statements as table
from onrecord.record.texts import fit

_SAID: Final = select(ratings.c.statement, ratings.c.verdict, ratings.c.settled_on).where(
    one_of(ratings.c.statement), ratings.c.current
)
_EARLIER: Final = (
    update(ratings)
    .where(ratings.c.statement == bindparam("_statement"), ratings.c.actor == bindparam("_actor"))
    .where(ratings.c.current)
    .values(current=False)
)
_SETTLE: Final = (
    update(table)
    .where(table.c.id == bindparam("_id"))
    .values(verdict=bindparam("_verdict"), settled_on=bindparam("_on"))
)


def rate(work: Work, rows: Sequence[Row]) -> None:
    """Ratings and withdrawals: each takes the place of what the same person said before."""
    ids = statements.ids_of(work, (row.subject or "" for row, _ in rows))
    mine = [(row, payload, ids[row.subject or ""]) for row, payload in rows if row.subject in ids]
    if not mine:
        return
    last = {(number, fit(row.actor)): row.sequence for row, _, number in mine}
    work.connection.execute(_EARLIER, [{"_statement": number, "_actor": actor} for number, actor in last])
    present = set(last.values())
    made = [_columns(row, said, number, present) for row, said, number in mine if row.act == "rating"]
    work.put(ratings, made)
    settle(work, {number for _, _, number in mine})


def _columns(row: LogRow, payload: Payload, number: int, present: Collection[int]) -> Payload:
    evidence = payload["evidence"]
    return {
        "id": row.sequence,
        "statement": number,
        "actor": fit(row.actor),
        "verdict": payload["verdict"],
        "settled_on": day(payload["on"]),
        "evidence_kind": evidence["kind"],
        "evidence": fit(evidence["text"]),
        "note": fit_or_none(payload["note"]),
        "time": row.time,
        "current": row.sequence in present,
    }


def settle(work: Work, numbers: Collection[int]) -> None:
    """Writes on statements, by number, what their present ratings say together."""
    said: dict[int, list[tuple[str, date | None]]] = {number: [] for number in numbers}
    for number, verdict, on in work.among(_SAID, numbers):
        said[number].append((verdict, on))
    work.connection.execute(
        _SETTLE,
        [
            {"_id": number, "_verdict": verdict, "_on": on}
            for number, (verdict, on) in ((n, together(each)) for n, each in said.items())
        ],
    )


def together(said: Iterable[tuple[str, date | None]]) -> tuple[str | None, date | None]:
    """The verdict and the day of several ratings: `disputed` and None where they differ."""
    pairs = list(said)
    verdicts, days = {verdict for verdict, _ in pairs}, {on for _, on in pairs}
    if len(verdicts) != 1:
        return (DISPUTED if verdicts else None), None
    return verdicts.pop(), days.pop() if len(days) == 1 else None
