"""How a statement came out: a person's verdict with its evidence, and taking it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fastapi import APIRouter, Response

from onrecord.entry import verdicts_for
from onrecord.errors import NoEvidence, NothingToUndo, OnrecordError
from onrecord.serve.forms import Filled, Form, done, ours, since
from onrecord.serve.notices import Undo
from onrecord.serve.pages.correcting import page
from onrecord.serve.problems import status_of
from onrecord.serve.rendering import statement_path
from onrecord.serve.visit import Editing, Visit
from onrecord.views import verdicts, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.entry import Rating
    from onrecord.ledger.results import Shown

router = APIRouter()

FIELDS = ("verdict", "on", "evidence", "note")


@router.get("/statements/{id}/settle")
def form(visit: Editing, id: str, back: str = "") -> Response:  # noqa: A002
    """The form to settle a statement, with one's own verdict in it where there is one."""
    shown = visit.ledger.show(id)
    return page(visit, "settle", settling_form(visit, shown, ours(back, statement_path(shown.entry.id))))


@router.post("/statements/{id}/settle")
def settle(visit: Editing, id: str, fields: Filled) -> Response:  # noqa: A002
    """Put a verdict on record; where others changed the statement since the form was made, ask first."""
    shown = visit.ledger.show(id)
    back = ours(fields.get("back"), statement_path(shown.entry.id))
    values = {name: fields.get(name, "") for name in FIELDS}
    wrong = _wrong(visit, shown, values)
    filled = Form(shown=shown, back=back, values=values, wrong=wrong)
    if news := since(shown, fields):
        return page(visit, "settle", filled, 409, since=news)
    if wrong:
        return page(visit, "settle", filled, 422)
    on = date.fromisoformat(values["on"]) if values["on"] else None
    try:
        visit.ledger.settle(
            shown.entry.id, values["verdict"], values["evidence"], on=on, note=values["note"] or None
        )
    except OnrecordError as error:
        return page(visit, "settle", filled, status_of(error), wrong=_placed(error))
    meaning = verdicts.meant(shown.entry, values["verdict"])
    told = f"On record: {values['verdict'].replace('-', ' ')} ({meaning}). {words.no_score(shown.entry)}"
    visit.tell(told.rstrip(), undo=_undo(shown, own(visit, shown), back))
    return done(visit, back)


@router.post("/statements/{id}/unsettle")
def unsettle(visit: Editing, id: str, fields: Filled) -> Response:  # noqa: A002
    """Take one's own verdict back."""
    shown = visit.ledger.show(id)
    back = ours(fields.get("back"), statement_path(shown.entry.id))
    mine = own(visit, shown)
    try:
        visit.ledger.unsettle(shown.entry.id, why=fields.get("why") or None)
    except NothingToUndo as error:
        visit.warn(error.parts[0])
    else:
        visit.tell("Your verdict is taken back.", undo=_undo(shown, mine, back) if mine else None)
    return done(visit, back)


def settling_form(visit: Visit, shown: Shown, back: str) -> Form:
    """The form to settle a statement, as it stands."""
    mine = own(visit, shown)
    return Form(shown=shown, back=back, values=_held(mine) if mine else dict.fromkeys(FIELDS, ""))


def own(visit: Visit, shown: Shown) -> Rating | None:
    """The person's own verdict."""
    return next((each for each in shown.outcome.ratings if each.actor == visit.name), None)


def _held(rating: Rating) -> dict[str, str]:
    on = rating.on.isoformat() if rating.on else ""
    return {"verdict": rating.verdict, "on": on, "evidence": rating.evidence.text, "note": rating.note or ""}


def _undo(shown: Shown, before: Rating | None, back: str) -> Undo:
    """Takes a verdict back, or puts the one again that it replaced."""
    path = statement_path(shown.entry.id)
    if before is None:
        return Undo(f"{path}/unsettle", {"back": back})
    return Undo(f"{path}/settle", {**_held(before), "back": back}, f"Undo: {before.verdict} again")


def _wrong(visit: Visit, shown: Shown, values: Mapping[str, str]) -> dict[str, str]:
    found = {}
    if values["verdict"] not in verdicts_for(shown.entry.kind):
        found["verdict"] = "Choose how it came out."
    if values["on"]:
        try:
            day = date.fromisoformat(values["on"])
        except ValueError:
            found["on"] = "A day is written as 2031-06-15."
        else:
            if day > visit.house.clock().date():
                found["on"] = "This day has not come yet."
    if not values["evidence"]:
        found["evidence"] = "A verdict that nobody can check is worth nothing: say what it rests on."
    return found


def _placed(error: OnrecordError) -> dict[str, str]:
    if isinstance(error, NoEvidence):
        return {
            "evidence": "Give a web address, the id of an article in the ledger, or a reason in a few words."
        }
    return {"": " ".join(error.parts[:2])}
