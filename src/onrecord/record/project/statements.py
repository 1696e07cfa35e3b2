"""Puts the machine's statements into their table, with people's corrections laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select, update

from onrecord.entry import LINK
from onrecord.record.project import overlay, speakers
from onrecord.record.project.work import Payload, Row, Work, day, fit_or_none, one_of
from onrecord.record.schema import readings, statements
from onrecord.record.texts import fit

_IDS: Final = select(statements.c.statement, statements.c.id).where(one_of(statements.c.statement))
_READINGS: Final = select(readings.c.id, readings.c.article).where(one_of(readings.c.id))
_MACHINE: Final = (
    "reading", "within", "speaker", "speaker_name", "speaker_kind", "anonymous", "chain", "text", "part",
    "speech", "kind", "commitment_type", "negative", "denied", "certainty_phrase", "certainty_low",
    "certainty_mid", "certainty_high", "due_text", "due_start", "due_end", "condition", "confidence",
    "kind_confidence", "log_row", "current", "corrected",
)  # fmt: skip
_CHANGE: Final = (
    update(statements)
    .where(statements.c.id == bindparam("_id"))
    .values({name: bindparam(f"_{name}") for name in _MACHINE})
)


def values_of(payload: Payload) -> Payload:
    """A statement's columns as the machine read them, from an act's payload.

    Left to the caller: what needs other tables (id, statement, article, within, speaker).
    """
    speaker, sure = payload["speaker"], payload["certainty"] or {}
    due = payload["due"] or payload["by"] or {}
    condition = payload["condition"] or {}
    return {
        "reading": payload["reading"],
        "speaker_name": fit_or_none(speaker["name"]),
        "speaker_kind": fit_or_none(speaker["kind"]),
        "anonymous": speaker["anonymous"],
        "chain": LINK.join(
            [fit(link["name"]) if link["name"] is not None else "?" for link in payload["chain"]]
        ),
        "text": fit(payload["text"]),
        "part": payload["part"],
        "speech": payload["speech"],
        "kind": payload["kind"],
        "commitment_type": payload["commitment_type"],
        "negative": payload["negative"],
        "denied": payload["denied"],
        "certainty_phrase": fit_or_none(sure.get("phrase")),
        "certainty_low": sure.get("low"),
        "certainty_mid": sure.get("mid"),
        "certainty_high": sure.get("high"),
        "due_text": fit_or_none(due.get("text")),
        "due_start": day(due.get("start")),
        "due_end": day(due.get("end")),
        "condition": fit_or_none(condition.get("text")),
        "confidence": payload["confidence"],
        "kind_confidence": payload["kind_confidence"],
        "current": True,
        "corrected": False,
    }


def ids_of(work: Work, names: Iterable[str]) -> dict[str, int]:
    """The number of each statement that the ledger has, by its id."""
    return dict(work.among(_IDS, names))


def read(work: Work, rows: Sequence[Row], fresh: Mapping[int, int]) -> None:
    """Statements of any number of readings, in the order of the log.

    fresh: of each reading that is its article's first, begun in this very call, the article's number;
    nothing that it says can be in the table yet. Where another reader read the article before, a statement
    that it found too keeps its number, people's work on it, and gets the new reading's values.
    """
    elsewhere = {payload["reading"] for _, payload in rows} - set(fresh)
    articles = dict(fresh) | dict(work.among(_READINGS, elsewhere))
    rows = [(row, payload) for row, payload in rows if row.sequence > payload["reading"] in articles]
    again = {row.subject or "" for row, payload in rows if payload["reading"] not in fresh}
    again |= {
        payload["within"] for _, payload in rows if payload["within"] and payload["reading"] not in fresh
    }
    ids = ids_of(work, again) if again else {}
    there = set(ids)
    newest: dict[str, Payload] = {}
    named = [(p["speaker"]["name"], p["speaker"]["kind"], row.sequence) for row, p in rows]
    for (row, payload), speaker in zip(rows, speakers.ids_of(work, named), strict=True):
        ids.setdefault(row.subject or "", row.sequence)
        values = newest[row.subject or ""] = values_of(payload)
        values["article"], values["within"] = articles[payload["reading"]], payload["within"]
        values["speaker"], values["log_row"] = speaker, row.sequence
    for values in newest.values():
        # Looked up when all are known: in a hand-made log the outer one may come later.
        values["within"] = ids.get(values["within"]) if values["within"] else None
    added = [{"statement": n, "id": ids[n], **values} for n, values in newest.items() if n not in there]
    work.put(statements, _outer_first(added))
    laid = {ids[name]: values for name, values in newest.items() if name in there}
    if laid:
        overlay.lay(work, laid)
        name_speakers(work, laid.values())
        change(work, laid)


def name_speakers(work: Work, values: Iterable[Payload]) -> None:
    """Gives statements the number of the speaker whose name they have; it must have been named before."""
    columns = list(values)
    keys = [speakers.key_of(each["speaker_name"]) for each in columns]
    ids = speakers.known(work, {key for key in keys if key})
    for each, key in zip(columns, keys, strict=True):
        each["speaker"] = ids.get(key) if key else None


def change(work: Work, values: Mapping[int, Mapping[str, Any]]) -> None:
    """Gives statements, by number, new values in all columns that a reading fills."""
    made = [
        {"_id": number} | {f"_{name}": columns[name] for name in _MACHINE}
        for number, columns in values.items()
    ]
    if made:
        work.connection.execute(_CHANGE, made)


def _outer_first(added: list[Payload]) -> list[Payload]:
    """In an order in which no statement comes before the one it was found in: the database checks each."""
    place = {values["id"]: i for i, values in enumerate(added)}
    if all(values["within"] is None or place.get(values["within"], -1) < i for i, values in enumerate(added)):
        return added
    ordered: dict[int, Payload] = {}
    for values in added:
        line = [values]
        while (outer := line[-1]["within"]) in place and outer not in ordered and len(line) <= len(added):
            line.append(added[place[outer]])
        ordered |= {each["id"]: each for each in reversed(line) if each["id"] not in ordered}
    return list(ordered.values())
