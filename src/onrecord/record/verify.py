"""Proves that the log is as it was written, or names the first row that is not.

A row is as written when its hashes fit its content and the row before. Who can write to the database could
make a whole new chain: against that, a checkpoint that was published elsewhere proves all before it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Final

from sqlalchemy import Column, ColumnElement, Connection, Select, exists, func, select

from onrecord.errors import BadOption, ChainBroken
from onrecord.record.chain import GENESIS
from onrecord.record.checking import Findings, Task, check, redactions
from onrecord.record.engine import Store
from onrecord.record.log import BY_PEOPLE, head
from onrecord.record.schema import feeds, log, metadata, ratings, rejections
from onrecord.record.troubles import translated

Bad = tuple[int, str]
# Fewer rows are checked sooner here than in processes that must first start.
_SHARED = 25_000
_CHECKPOINT = re.compile(r"(?:(\d{1,18}):)?([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Verified:
    """What was proved: so many rows, the hash of the last, and the row up to which a checkpoint vouches."""

    rows: int
    head: str
    through: int | None


def checkpoint(store: Store) -> str:
    """The last row's number and hash, `1520:3f9a…`: to be published, and given to `verify` later."""
    with store.reading() as connection:
        last = head(connection)
    return f"{last.sequence}:{last.hash}" if last else f"0:{GENESIS}"


def verify(store: Store, *, against: str | None = None, processes: int | None = None) -> Verified:
    """Checks every row of the log as it stands now.

    against: a checkpoint, or only its hash: the history up to it must be the one that it was made of.
    processes: how many share the work; None: as many as there are cores, where there are many rows.
    Raises ChainBroken, which names the first bad row; BadOption where `against` is no checkpoint; and
    what `Store.reading` raises.
    """
    wanted = None if against is None else _parsed(against)
    with store.reading() as connection:
        rows = connection.execute(select(func.max(log.c.sequence))).scalar() or 0
        beyond = _beyond(connection, rows)
    with translated(store.place, store.timeout):
        findings = list(_findings(store, rows, processes))
        bad = _first(store, findings, beyond)
    if bad is not None:
        raise ChainBroken(place=store.place, row=bad[0], reason=bad[1])
    through = None if wanted is None else _held_against(store, *wanted)
    return Verified(sum(found.rows for found in findings), findings[-1].head, through)


def _findings(store: Store, rows: int, processes: int | None) -> Iterable[Findings]:
    """What is found in each stretch of the rows, in order, up to the first that has a bad one."""
    count = processes or max(1, min(os.cpu_count() or 1, rows // _SHARED))
    bounds = [rows * part // count for part in range(count + 1)]
    tasks = [Task(store.access, first + 1, last) for first, last in pairwise(bounds)]
    helpers: list[subprocess.Popen[str]] = []
    try:
        helpers.extend(map(_started, tasks[1:]))
        for task, helper in zip(tasks, [None, *helpers], strict=True):
            found = check(task) if helper is None else _answer(helper) or check(task)
            yield found
            if found.bad:
                return
    finally:
        for helper in helpers:
            _ended(helper)


def _started(task: Task) -> subprocess.Popen[str]:
    """Another Python, not a fork: the one that asks may hold threads and open databases."""
    command = [sys.executable, "-m", "onrecord.record.checking"]
    pipe = subprocess.PIPE
    helper = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)  # noqa: S603
    assert helper.stdin is not None  # noqa: S101 - it is a pipe
    helper.stdin.write(json.dumps(asdict(task)))
    helper.stdin.close()
    helper.stdin = None
    return helper


def _ended(helper: subprocess.Popen[str]) -> None:
    helper.kill()
    helper.wait()
    if helper.stdout is not None:
        helper.stdout.close()


def _answer(helper: subprocess.Popen[str]) -> Findings | None:
    """What a helper found; None where it failed: its rows are then checked here, and the trouble told."""
    answer, _ = helper.communicate()
    return None if helper.returncode else Findings(**json.loads(answer))


def _first(store: Store, findings: list[Findings], beyond: Bad | None) -> Bad | None:
    """The first bad row of all: one whose hashes do not fit, or one without words that nobody redacted."""
    bad = findings[-1].bad or beyond
    bare = {row for found in findings for row in found.redacted}
    bare -= _excused(by for found in findings for by in found.redactions)
    if bare:
        # Redacted while the rows were read, or by a row after the bad one.
        bare -= _excused(redactions(store.access))
    if bad is None:
        return (min(bare), "its payload is gone, and no redaction names it") if bare else None
    row, reason = bad
    # The bad row may be the very redaction: it is told first.
    lost = [number for number in bare if number < row]
    return row, reason + (f"; and row {min(lost)} before it has no payload" if lost else "")


def _excused(redactions: Iterable[tuple[int, list[int]]]) -> set[int]:
    """The rows that a later act of redaction names."""
    return {row for by, named in redactions for row in named if row < by}


def _beyond(connection: Connection, rows: int) -> Bad | None:
    """The row after the log's last, where a table knows of a later act: the log was cut off."""
    for table in metadata.sorted_tables:
        if table is not log and (connection.execute(select(func.max(table.c.id))).scalar() or 0) > rows:
            return rows + 1, f"it is missing, but the table {table.name} has what came after"
    for name, asked in _TAKEN_BACK:
        if (number := connection.scalar(asked)) is not None:
            otherwise = f"row {number} of the table {name} is not as the acts on the log left it"
            return rows + 1, f"it is missing, or a table was changed: {otherwise}"
    return None


def _without(row: Column[int], gone: ColumnElement[bool], *by: str, own: bool = False) -> Select[int]:
    """The last row of a table that was taken back, as it says, and by no later act of these kinds.

    own: only whose act it is can take it back.
    """
    acts = [log.c.subject == _act.c.subject, log.c.sequence > row, log.c.act.in_(by), BY_PEOPLE]
    acts += [log.c.actor == _act.c.actor] if own else []
    asked = select(row).join(_act, _act.c.sequence == row).where(gone, ~exists().where(*acts))
    return asked.order_by(row.desc()).limit(1)


# Of acts that take something back, and that follow a feed once more, no table has a row of their own.
_act = log.alias("act")
_about_it = select(log.c.act).where(
    log.c.subject == feeds.c.url, log.c.act.in_(["feed", "unfollow"]), BY_PEOPLE
)
_last = _about_it.order_by(log.c.sequence.desc()).limit(1).scalar_subquery()
_TAKEN_BACK: Final = (
    ("ratings", _without(ratings.c.id, ~ratings.c.current, "rating", "withdrawal", own=True)),
    ("rejections", _without(rejections.c.id, ~rejections.c.current, "restoration")),
    ("feeds", select(feeds.c.id).where(feeds.c.followed != (_last == "feed")).limit(1)),
)


def _parsed(against: str) -> tuple[int | None, str]:
    match = _CHECKPOINT.fullmatch(against.strip().lower())
    if match is None:
        expected = "a checkpoint or its hash, as onrecord checkpoint prints it"
        raise BadOption(option="--against", value=against, expected=expected, example="1520:3f9a…")
    return int(match[1]) if match[1] else None, match[2]


def _held_against(store: Store, sequence: int | None, digits: str) -> int:
    """The row of the checkpoint. The chain is whole: if this row is the same, all before it are."""
    if digits == GENESIS and not sequence:
        return 0
    with store.reading() as connection:
        last = head(connection)
        rows = last.sequence if last else 0
        if sequence is None:
            sequence = connection.execute(select(log.c.sequence).where(log.c.hash == digits)).scalar()
        found = connection.execute(select(log.c.hash).where(log.c.sequence == sequence)).scalar()
    if sequence is None:
        reason = "none of them has the hash of the checkpoint"
        raise ChainBroken(place=store.place, row=f"1 to {rows}", reason=reason)
    if found is None:
        raise ChainBroken(place=store.place, row=sequence, reason="it is missing, and a checkpoint names it")
    if found != digits:
        reason = "it is not the one of the checkpoint: it, or a row before it, was written anew"
        raise ChainBroken(place=store.place, row=sequence, reason=reason)
    return sequence
