"""Puts people's notes and topics, and what could not be read, into their tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.record.project import articles, statements
from onrecord.record.project.work import Payload, Row, Work
from onrecord.record.schema import notes, refusals, topics
from onrecord.record.texts import fit


def note(work: Work, rows: Sequence[Row]) -> None:
    """Notes on statements and articles."""
    made = [
        {"id": row.sequence, "subject": row.subject or "", "actor": fit(row.actor), "time": row.time}
        | {"text": fit(payload["text"])}
        for row, payload in rows
    ]
    work.put(notes, made)


def topic_articles(work: Work, rows: Sequence[Row]) -> list[Row]:
    """Topics of articles; gives back the acts that are about something else."""
    return _topics(work, rows, "article", articles.ids_of(work, (row.subject or "" for row, _ in rows)))


def topic_statements(work: Work, rows: Sequence[Row]) -> None:
    """Topics of statements; those of unknown ones are passed over."""
    _topics(work, rows, "statement", statements.ids_of(work, (row.subject or "" for row, _ in rows)))


def _topics(work: Work, rows: Sequence[Row], kind: str, ids: Mapping[str, int]) -> list[Row]:
    rest: list[Row] = []
    made: list[Payload] = []
    for row, payload in rows:
        number = ids.get(row.subject or "")
        if number is None:
            rest.append((row, payload))
        elif number < row.sequence:  # what was read only later, in the same call, was not there to be named
            said = {"topic": fit(payload["topic"]), "actor": fit(row.actor)}
            made.append({"id": row.sequence, kind: number} | said)
    work.put(topics, made)
    return rest


def refuse(work: Work, rows: Sequence[Row]) -> None:
    """What could not be read, with the reason."""
    made = [
        {"id": row.sequence, "name": fit(row.subject or ""), "actor": fit(row.actor), "time": row.time}
        | {"code": fit(payload["code"]), "message": fit(payload["message"])}
        for row, payload in rows
    ]
    work.put(refusals, made)
