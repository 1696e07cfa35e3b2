"""What people do to statements: correct, reject, settle, note, put under a topic, redact; and undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from onrecord.serve.api import given, shapes
from onrecord.serve.api.answers import Json, changed
from onrecord.serve.api.routing import router, says
from onrecord.serve.visit import Administering, Editing

routes = router("changes")
Why = Annotated[given.Why, Query()]


@routes.post("/statements/{id}/corrections", **says(shapes.Shown))
def correct_statement(visit: Editing, id: str, asked: given.Correction) -> Response:  # noqa: A002
    """Put your reading of some fields beside the machine's, which stays."""
    ledger = visit.ledger
    return changed(visit, lambda: ledger.show(id), lambda: ledger.correct(id, asked.values, why=asked.why))


@routes.delete("/statements/{id}/corrections/{field}", **says(shapes.Shown))
def take_correction_back(visit: Editing, id: str, field: str, why: Why = None) -> Response:  # noqa: A002
    """Let the machine's reading of a field stand again."""
    ledger = visit.ledger
    return changed(visit, lambda: ledger.show(id), lambda: ledger.take_back(id, field, why=why))


@routes.post("/statements/{id}/rejection", **says(shapes.Shown))
def reject_statement(visit: Editing, id: str, asked: given.Rejection) -> Response:  # noqa: A002
    """Say that this is no statement, or not this speaker's; it is kept, and counted nowhere."""
    ledger = visit.ledger
    return changed(visit, lambda: ledger.show(id), lambda: ledger.reject(id, asked.why))


@routes.delete("/statements/{id}/rejection", **says(shapes.Shown))
def restore_statement(visit: Editing, id: str, why: Why = None) -> Response:  # noqa: A002
    """Undo a rejection."""
    ledger = visit.ledger
    return changed(visit, lambda: ledger.show(id), lambda: ledger.restore(id, why=why))


@routes.post("/statements/{id}/rating", **says(shapes.Shown))
def settle_statement(visit: Editing, id: str, asked: given.Rating) -> Response:  # noqa: A002
    """Say how a commitment or a prediction came out; it replaces your own earlier verdict, nobody else's."""
    ledger = visit.ledger
    return changed(
        visit,
        lambda: ledger.show(id),
        lambda: ledger.settle(id, asked.verdict, asked.evidence, on=asked.on, note=asked.note),
    )


@routes.delete("/statements/{id}/rating", **says(shapes.Shown))
def unsettle_statement(visit: Editing, id: str, why: Why = None) -> Response:  # noqa: A002
    """Take your own verdict back."""
    ledger = visit.ledger
    return changed(visit, lambda: ledger.show(id), lambda: ledger.unsettle(id, why=why))


@routes.post("/notes", **says(shapes.Noted, 201))
def write_note(visit: Editing, asked: given.Note) -> Response:
    """Write a remark beside a statement or an article."""
    text = asked.text.strip()
    visit.ledger.note(asked.subject, text)
    return Json({"subject": asked.subject, "note": text, "actor": visit.name}, 201)


@routes.post("/topics", **says(shapes.Named, 201))
def name_topic(visit: Editing, asked: given.Topic) -> Response:
    """Put a statement, or an article with all its statements, under a topic."""
    topic = asked.topic.strip()
    visit.ledger.topic(asked.subject, topic)
    return Json({"subject": asked.subject, "topic": topic, "actor": visit.name}, 201)


@routes.post("/redactions", **says(shapes.Redacted, 201))
def redact(visit: Administering, asked: given.Redaction) -> Response:
    """Remove words for good. It cannot be undone; copies made before still have them."""
    why = asked.why.strip()
    rows = visit.ledger.redact(asked.target, why)
    return Json({"target": asked.target, "why": why, "rows": rows}, 201)
