"""Puts what people judge on the log: corrections, rejections, verdicts, notes, redactions, merged names.

Each function works within the caller's transaction, checks before it writes, and returns the whole id
of what it was about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from onrecord import track
from onrecord.entry import Act, short
from onrecord.errors import BadOption, NothingFound, NothingToUndo
from onrecord.record import acts, corrections, lookup, people
from onrecord.record import redact as redaction
from onrecord.record.log import append

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and when."""

    actor: str
    now: datetime


def _act(connection: Connection, by: By, act: str, subject: str, **payload: object) -> str:
    append(connection, by.actor, [Act(act, subject, payload)], now=by.now)
    return subject


def correct(connection: Connection, by: By, given: str, values: dict[str, str], why: str | None) -> str:
    """One correction for each field. Raises BadCorrection before anything is written."""
    subject = lookup.statement_id(connection, given)
    checked = [corrections.checked(field, value) for field, value in values.items()]
    corrections.check_quartiles(lookup.entry(connection, subject), dict(checked))
    corrected = [
        Act("correction", subject, {"field": field, "value": value, "why": why}) for field, value in checked
    ]
    append(connection, by.actor, corrected, now=by.now)
    return subject


def take_back(connection: Connection, by: By, given: str, field: str, why: str | None) -> str:
    """Withdraw the correction of a field."""
    subject = lookup.statement_id(connection, given)
    name = corrections.field_named(field)
    if not any(item.current and item.field == name for item in lookup.corrections(connection, subject)):
        raise NothingToUndo(id=short(subject), reason=f"its {name} was not corrected")
    return _act(connection, by, "correction", subject, field=name, withdrawn=True, why=why)


def reject(connection: Connection, by: By, given: str, why: str) -> str:
    """Reject a statement; once is enough."""
    subject = lookup.statement_id(connection, given)
    if lookup.entry(connection, subject).rejected:
        return subject
    return _act(connection, by, "rejection", subject, why=why)


def restore(connection: Connection, by: By, given: str, why: str | None) -> str:
    """Undo a rejection."""
    subject = lookup.statement_id(connection, given)
    if not lookup.entry(connection, subject).rejected:
        raise NothingToUndo(id=short(subject), reason="it was not rejected")
    return _act(connection, by, "restoration", subject, why=why)


def settle(
    connection: Connection,
    by: By,
    given: str,
    verdict: str,
    evidence: str,
    *,
    on: date | None,
    note: str | None,
    today: date,
) -> str:
    """Rate a statement."""
    subject = lookup.statement_id(connection, given)

    def article(text: str) -> str | None:
        try:
            return lookup.article_id(connection, text)
        except NothingFound:
            return None

    rating = track.checked_rating(
        lookup.entry(connection, subject),
        verdict,
        track.evidence_of(evidence, article, id=short(subject)),
        on=on,
        note=note,
        today=today,
    )
    return _act(connection, by, "rating", subject, **rating)


def unsettle(connection: Connection, by: By, given: str, why: str | None) -> str:
    """Withdraw the actor's own verdict."""
    subject = lookup.statement_id(connection, given)
    if not any(rating.actor == by.actor for rating in lookup.ratings(connection, [subject])):
        raise NothingToUndo(id=short(subject), reason=f"{by.actor} has no verdict on it")
    return _act(connection, by, "withdrawal", subject, why=why)


def note(connection: Connection, by: By, given: str, text: str) -> str:
    """Write a note beside a statement or an article."""
    return _act(connection, by, "note", lookup.subject_id(connection, given), text=text)


def topic(connection: Connection, by: By, given: str, name: str) -> str:
    """Put a statement or an article under a topic."""
    return _act(connection, by, "topic", lookup.subject_id(connection, given), topic=name)


def redact(connection: Connection, by: By, target: str, why: str) -> list[int]:
    """Remove words from the ledger. Returns the rows of the log whose content is gone."""
    subject = target if target.startswith("row:") else lookup.subject_id(connection, target)
    act = redaction.redaction_act(connection, subject, why)
    append(connection, by.actor, [act], now=by.now)
    rows = act.payload["rows"]
    return list(rows) if isinstance(rows, list) else []


def merge(
    connection: Connection, by: By, names: Sequence[str], into: str, why: str | None
) -> tuple[str, list[str]]:
    """Join names to a speaker. Returns the speaker's name, and those that were joined to it."""
    canonical = people.named(connection, into)
    meant = dict.fromkeys(people.named(connection, name) for name in names)
    others = [name for name in meant if name != canonical]
    if not others:
        expected = "another speaker than the names that are to be joined to it"
        raise BadOption(option="--into", value=into, expected=expected, example='"Ada Quist"')
    append(connection, by.actor, acts.merge_acts(others, canonical, why), now=by.now)
    return canonical, others


def split(connection: Connection, by: By, name: str, why: str | None) -> str:
    """Take a name out of the speaker that it was joined to."""
    found = people.named(connection, name)
    if not people.is_merged(connection, found):
        raise NothingToUndo(id=found, reason="it was not merged into another name")
    return _act(connection, by, "split", found, why=why)
