"""A person's reading beside the machine's: corrections and rejections, and taking them back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Response

from onrecord.errors import BadCorrection, NothingToUndo, OnrecordError
from onrecord.serve.corrections import LABELS, PARTS, Correcting, spelled
from onrecord.serve.forms import Filled, Form, done, ours, since
from onrecord.serve.notices import Undo
from onrecord.serve.problems import status_of
from onrecord.serve.rendering import fragment, render, statement_path
from onrecord.serve.visit import Editing, Visit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.ledger.results import Shown

router = APIRouter()

# What a field went back to when a correction was taken back that had stood in the place of another one.
TO: Final = "to."
_UNCHANGED: Final = "Nothing was changed: what is in the form is what stands on record."


@router.get("/statements/{id}/correct")
def form(visit: Editing, id: str, back: str = "") -> Response:  # noqa: A002
    """The form to correct a statement."""
    shown = visit.ledger.show(id)
    return page(visit, "correct", correction_form(shown, ours(back, statement_path(shown.entry.id))))


@router.post("/statements/{id}/correct")
def correct(visit: Editing, id: str, fields: Filled) -> Response:  # noqa: A002
    """Put on record what was changed in the form; where others changed the statement since, ask first."""
    shown = visit.ledger.show(id)
    filled, back = Correcting.of(fields, shown.entry), _back(fields, shown)
    changes, why = filled.changes(), fields.get("why", "")
    wrong = filled.wrong() or ({} if changes else {"": _UNCHANGED})
    if news := since(shown, fields):
        clashes = tuple(filled.clashes(shown.entry))
        return page(visit, "correct", _as_filled(shown, back, filled.onto(shown.entry), why, wrong), 409,
                    since=news, clashes=clashes)  # fmt: skip
    if wrong:
        return page(visit, "correct", _as_filled(shown, back, filled, why, wrong), 422)
    try:
        visit.ledger.correct(shown.entry.id, changes, why=why or None)
    except OnrecordError as error:
        told = _as_filled(shown, back, filled, why, _placed(error))
        return page(visit, "correct", told, status_of(error))
    names = ", ".join(LABELS[field].lower() for field in changes)
    visit.tell(
        f"Corrected: {names}. The machine’s reading stays beside it.", undo=_undo(shown, changes, back)
    )
    return done(visit, back)


@router.post("/statements/{id}/take-back")
def take_back(visit: Editing, id: str, fields: Filled) -> Response:  # noqa: A002
    """Let fields, with commas between, stand as the machine read them, or as they were corrected before."""
    shown, ledger = visit.ledger.show(id), visit.ledger
    names = [name for name in fields.get("field", "").split(",") if name]
    before = {name: fields[TO + name] for name in names if fields.get(TO + name)}
    changes = {name: spelled(name, Correcting.of({}, shown.entry).values) for name in names if name in PARTS}
    why = fields.get("why") or None
    try:
        if before:
            ledger.correct(shown.entry.id, before, why=why)
        for name in names:
            if name not in before:
                ledger.take_back(shown.entry.id, name, why=why)
    except (NothingToUndo, BadCorrection) as error:
        visit.warn(error.parts[0])
        return done(visit, _back(fields, shown))
    told = ", ".join(LABELS.get(name, name).lower() for name in names)
    again = {TO + name: value for name, value in changes.items()}
    undo = Undo(
        f"{statement_path(shown.entry.id)}/take-back",
        {"field": ",".join(changes), "back": _back(fields, shown), **again},
        "Put it back",
    )
    visit.tell(f"Taken back: the correction of {told}.", undo=undo)
    return done(visit, _back(fields, shown))


@router.get("/statements/{id}/reject")
def rejection(visit: Editing, id: str, back: str = "") -> Response:  # noqa: A002
    """The form to reject a statement."""
    shown = visit.ledger.show(id)
    return page(visit, "reject", Form(shown=shown, back=ours(back, statement_path(shown.entry.id))))


@router.post("/statements/{id}/reject")
def reject(visit: Editing, id: str, fields: Filled) -> Response:  # noqa: A002
    """Reject a statement, with a reason."""
    shown = visit.ledger.show(id)
    back, why = _back(fields, shown), fields.get("why", "")
    if news := since(shown, fields):
        return page(visit, "reject", Form(shown=shown, back=back, values={"why": why}), 409, since=news)
    if not why:
        wrong = {"why": "A reason is needed: others will want to know it."}
        return page(visit, "reject", Form(shown=shown, back=back, wrong=wrong), 422)
    visit.ledger.reject(shown.entry.id, why)
    undo = Undo(f"{statement_path(shown.entry.id)}/restore", {"back": back})
    visit.tell("Rejected: it is kept, and counted nowhere.", undo=undo)
    return done(visit, back)


@router.post("/statements/{id}/restore")
def restore(visit: Editing, id: str, fields: Filled) -> Response:  # noqa: A002
    """Undo a rejection."""
    shown = visit.ledger.show(id)
    try:
        visit.ledger.restore(shown.entry.id, why=fields.get("why") or None)
    except NothingToUndo as error:
        visit.warn(error.parts[0])
    else:
        visit.tell("Taken in again: it counts as before.")
    return done(visit, _back(fields, shown))


def page(visit: Visit, act: str, filled: Form, status: int = 200, **more: object) -> Response:
    """A form as a page of its own, or as a piece of one."""
    filled = replace(filled, **more) if more else filled  # type: ignore[arg-type]
    template = f"_{act}.html.jinja" if fragment(visit) else "statement_form.html.jinja"
    return render(visit, template, status=status, form=filled, act=act)


def correction_form(shown: Shown, back: str) -> Form:
    """The form to correct a statement, as it stands."""
    return _as_filled(shown, back, Correcting.of({}, shown.entry), "", {})


def _as_filled(shown: Shown, back: str, filled: Correcting, why: str, wrong: Mapping[str, str]) -> Form:
    return Form(shown=shown, back=back, values={**filled.values, "why": why}, was=filled.was, wrong=wrong)


def _back(fields: Mapping[str, str], shown: Shown) -> str:
    return ours(fields.get("back"), statement_path(shown.entry.id))


def _placed(error: OnrecordError) -> dict[str, str]:
    """What the ledger says, at the field that it says it of."""
    field = error.values.get("field", "")
    told = " ".join(error.parts[:2])
    if field in PARTS:
        return {PARTS[field][0]: f"This must be {error.values['expected']}."}
    return {"": told}


def _undo(shown: Shown, changes: Mapping[str, str], back: str) -> Undo:
    """Takes corrections back; fields that had been corrected before get that correction again."""
    before = {item.field for item in shown.corrections if item.current}
    values = Correcting.of({}, shown.entry).values
    again = {TO + name: spelled(name, values) for name in changes if name in before}
    fields = {"field": ",".join(changes), "back": back, **again}
    return Undo(f"{statement_path(shown.entry.id)}/take-back", fields)
