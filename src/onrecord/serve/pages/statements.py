"""One statement with all that is known of it, what can be done with it, and how it is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fastapi import APIRouter, Response

from onrecord.serve import drawings
from onrecord.serve.citations import citations
from onrecord.serve.forms import Filled, Form, done, ours
from onrecord.serve.pages.correcting import correction_form
from onrecord.serve.pages.settling import settling_form
from onrecord.serve.rendering import render, statement_path
from onrecord.serve.visit import Editing, Reading, Visit
from onrecord.views import acts, words
from onrecord.views.readings import READING, as_read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.ledger.results import Shown
    from onrecord.record.lookup import Correction

router = APIRouter()


class Told(NamedTuple):
    """A line of what is on record: what stands now, what the machine read, whose corrections are between."""

    label: str
    now: str
    read: str
    by: tuple[Correction, ...]


@router.get("/statements/{id}")
def statement(visit: Reading, id: str) -> Response:  # noqa: A002
    """A statement: its words in context, its readings, its outcome, its history."""
    shown = visit.ledger.show(id)
    entry, back = shown.entry, statement_path(shown.entry.id)
    return render(
        visit,
        "statement.html.jinja",
        shown=shown,
        entry=entry,
        lines=list(lines(shown)),
        topics=visit.ledger.topics_of(entry.id),
        links=drawings.chain([*entry.chain[:-1], words.speaker(entry)]) if len(entry.chain) > 1 else (),
        cited=citations(entry, site_of(visit)),
        forms={
            "correct": correction_form(shown, back),
            "settle": settling_form(visit, shown, back),
            "reject": Form(shown=shown, back=back),
        },
        value=lambda correction: acts.value(acts.loaded(correction.value)),
        rests_on=acts.rests_on,
    )


def site_of(visit: Visit) -> str:
    """The public address of this site, without a slash at its end."""
    return visit.house.site or str(visit.request.base_url).rstrip("/")


def lines(shown: Shown) -> Iterator[Told]:
    """What is on record of a statement, line by line; lines on which there is nothing are left out."""
    before = as_read(shown.entry, shown.machine) if shown.machine else None
    for line in READING:
        by = tuple(each for each in shown.corrections if each.current and each.field in line.fields)
        now = line.words(shown.entry)
        if now or by:
            yield Told(line.label, now, line.words(before) if before else "", by)


@router.post("/statements/{id}/note")
def note(visit: Editing, id: str, fields: Filled) -> Response:  # noqa: A002
    """Write a note beside a statement."""
    entry = visit.ledger.show(id).entry
    if text := fields.get("text"):
        visit.ledger.note(entry.id, text)
        visit.tell("Your note stands beside the statement.")
    else:
        visit.warn("The note is empty, so nothing was written.")
    return done(visit, ours(fields.get("back"), statement_path(entry.id)))


@router.post("/statements/{id}/topic")
def topic(visit: Editing, id: str, fields: Filled) -> Response:  # noqa: A002
    """Put a statement under a topic."""
    entry = visit.ledger.show(id).entry
    name = " ".join(fields.get("topic", "").split())
    if not name:
        visit.warn("The topic has no name, so nothing was done.")
    elif name in visit.ledger.topics_of(entry.id):
        visit.tell(f"It was under the topic {name} already.")
    else:
        visit.ledger.topic(entry.id, name)
        visit.tell(f"It is under the topic {name} now.")
    return done(visit, ours(fields.get("back"), statement_path(entry.id)))
