"""Knows the speakers on record: who they are, under which names, and who is meant by a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select

from onrecord.errors.ledger import Ambiguous, UnknownSpeaker
from onrecord.record.entries import counted, in_body, shown
from onrecord.record.project.speakers import name_key as _folded
from onrecord.record.schema import speakers as _speakers
from onrecord.record.schema import statements
from onrecord.record.texts import fit

__all__ = ["SpeakerRow", "canonical", "how_many", "is_merged", "name_key", "named", "speaker_ids", "speakers"]

_CANDIDATES: Final = 5
_c = _speakers.c
# The row under whose name a row goes.
_own = func.coalesce(_c.merged_into, _c.id)
_said_by_somebody = statements.c.speaker.is_not(None)
_has_counted = exists().where(statements.c.speaker == _c.id, in_body(), shown())


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker. statements: how many of them count, under all names; merged: the other names."""

    name: str
    kind: str | None
    statements: int
    merged: list[str]


def speakers(connection: Connection, words: str | None = None, limit: int = 50) -> list[SpeakerRow]:
    """Speakers of statements that count, those with most of them first.

    words: all who have these in one of their names, those of whom nothing counts last.
    """
    sought = with_words(words)
    chosen = [_own.in_(select(_own).where(*sought))] if sought else []
    said = select(statements.c.speaker, func.count().label("n")).where(counted())
    said = said.where(statements.c.speaker.in_(select(_c.id).where(*chosen)) if sought else _said_by_somebody)
    its = said.group_by(statements.c.speaker).subquery()
    total = func.coalesce(func.sum(its.c.n), 0)
    source = _speakers.join(its, its.c.speaker == _c.id, isouter=bool(sought))
    ranked = select(_own, total).select_from(source).where(*chosen).group_by(_own)
    rows = connection.execute(ranked.order_by(total.desc(), _own).limit(limit)).all()
    return _described(connection, [(number, int(count)) for number, count in rows])


def how_many(connection: Connection) -> int:
    """How many speakers have statements that count; merged names are one speaker."""
    return connection.scalar(select(func.count(_own.distinct())).where(_has_counted)) or 0


def speaker(connection: Connection, name: str) -> SpeakerRow:
    """The speaker that is meant by `name`. Raises UnknownSpeaker, Ambiguous."""
    ids = speaker_ids(connection, name)
    count = connection.scalar(select(func.count()).where(statements.c.speaker.in_(ids), counted())) or 0
    own = connection.scalar(select(_own).where(_c.id == ids[0]))
    assert own is not None  # noqa: S101 - it is there, `speaker_ids` says
    return _described(connection, [(own, count)])[0]


def _described(connection: Connection, counts: Sequence[tuple[int, int]]) -> list[SpeakerRow]:
    numbers = [number for number, _ in counts]
    names = select(_own, _c.id, _c.name, _c.kind).where(_own.in_(numbers)).order_by(_c.id)
    own: dict[int, tuple[str, str | None]] = {}
    others: dict[int, list[str]] = {}
    for group, number, name, kind in connection.execute(names):
        if group == number:
            own[number] = name, kind
        else:
            others.setdefault(group, []).append(name)
    return [SpeakerRow(*own[number], count, others.get(number, [])) for number, count in counts]


def speaker_ids(connection: Connection, name: str) -> list[int]:
    """The ids of a speaker under all merged names. `name`: one of them, or words that only one speaker has:
    one alone, or one alone of those with statements that count.

    Raises UnknownSpeaker, and Ambiguous where the words are in the names of several speakers.
    """
    number, _ = _meant(connection, name)
    return list(connection.scalars(select(_c.id).where(_own == number).order_by(_c.id)))


def named(connection: Connection, name: str) -> str:
    """The name, as first read, that is meant by `name`: that of one row, not of those merged with it.

    Raises UnknownSpeaker, Ambiguous.
    """
    return _meant(connection, name)[1]


def canonical(connection: Connection, name: str) -> str:
    """The name under which all that is meant by `name` goes. Raises UnknownSpeaker, Ambiguous."""
    number, _ = _meant(connection, name)
    return str(connection.execute(select(_c.name).where(_c.id == number)).scalar_one())


def name_key(name: str) -> str:
    """What spellings of one name have in common, of any text that somebody may type."""
    return _folded(fit(name))


def is_merged(connection: Connection, name: str) -> bool:
    """Whether this very name goes under that of another speaker."""
    merged = select(_c.merged_into).where(_c.key == name_key(name))
    return connection.scalar(merged) is not None


def _meant(connection: Connection, name: str) -> tuple[int, str]:
    """The number of the speaker that is meant, and the name that was meant by `name`."""
    columns = select(_own, _c.name)
    exact = connection.execute(columns.where(_c.key == name_key(name))).one_or_none()
    if exact is not None:
        return exact[0], exact[1]
    like = with_words(name)
    rows = connection.execute(columns.where(*like).order_by(_c.id)).all() if like else []
    if len({number for number, _ in rows}) > 1:
        counting = set(
            connection.scalars(select(_own).where(_own.in_(select(_own).where(*like)), _has_counted))
        )
        rows = [row for row in rows if row[0] in counting] or rows
    groups = {number for number, _ in rows}
    if not groups:
        raise UnknownSpeaker(name=name)
    if len(groups) > 1:
        names = [name for _, name in rows[:_CANDIDATES]] + ["…"] * (len(rows) > _CANDIDATES)
        raise Ambiguous(id=name, candidates=", ".join(names))
    number = groups.pop()
    (own,) = connection.execute(select(_c.name).where(_c.id == number)).one()
    return number, rows[0][1] if len(rows) == 1 else own


def with_words(words: str | None) -> list[ColumnElement[bool]]:
    """Each word is in the name, at the beginning of one of its own words."""
    given = name_key(words or "").split()
    return [or_(_c.key.startswith(word, autoescape=True), _c.key.contains(" " + word, autoescape=True))
            for word in given]  # fmt: skip
