"""Takes words out of the log and the tables: rows keep their hashes, so the chain stays whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, func, select, update

from onrecord.record.project.work import Row, Work, one_of
from onrecord.record.schema import articles, log

_FULL: Final = select(func.count()).where(one_of(log.c.sequence), log.c.payload.is_not(None))
_EMPTY: Final = update(log).where(log.c.sequence == bindparam("_sequence")).values(payload=None, salt=None)
_MARK: Final = (
    update(articles).where(articles.c.id == bindparam("_id")).values(redacted=True, fingerprint=None)
)


def empty(work: Work, row: Row) -> bool:
    """Empties the rows of the log that a redaction names; False where all were empty already."""
    named: Sequence[int] = [number for number in row[1]["rows"] if number < row[0].sequence]
    full: int = sum(count for (count,) in work.among(_FULL, named))
    if full:
        work.connection.execute(_EMPTY, [{"_sequence": number} for number in named])
        work.forget()
    return full > 0


def mark(work: Work, row: Row) -> None:
    """Marks the articles of which something was redacted."""
    numbers = row[1]["rows"]
    if numbers:
        work.connection.execute(_MARK, [{"_id": number} for number in numbers])
