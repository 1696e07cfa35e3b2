"""The log: who did what and when, and the proof that nothing of it was changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from onrecord.serve.api import given, shapes
from onrecord.serve.api.answers import Json, known, page, told
from onrecord.serve.api.routing import router, says
from onrecord.serve.visit import Editing, Reading
from onrecord.views.plain import plain

routes = router("log")


@routes.get("/log", **says(shapes.listed(shapes.Row)))
def list_log(visit: Reading, asked: Annotated[given.Logged, Query()]) -> Response:
    """List the acts on the log, the newest first. The payload of a row is null where it was redacted."""

    def make() -> dict[str, object]:
        found = visit.ledger.log(
            act=asked.act,
            actor=asked.actor,
            subject=asked.subject,
            last=asked.limit + 1,
            before=asked.behind("log"),
        )
        return page("log", found, asked.limit, lambda row: row.sequence)

    return known(visit, make)


@routes.get("/checkpoint", **says(shapes.Checkpoint))
def show_checkpoint(visit: Reading) -> Response:
    """The number and the hash of the newest row. Published elsewhere, it fixes the history up to it."""

    def make() -> dict[str, object]:
        newest = visit.ledger.checkpoint()
        row, _, digits = newest.partition(":")
        return {"checkpoint": newest, "row": int(row), "hash": digits}

    return known(visit, make)


@routes.get("/verifications", **says(shapes.Check))
def show_verification(visit: Reading) -> Response:
    """The last check of the whole log that was asked for on a page, or the one that is running."""
    return told(visit, visit.house.verifying.last)


@routes.post("/verifications", **says(shapes.Verified))
def verify_log(visit: Editing, asked: given.Proof) -> Response:
    """Prove that no row of the log was changed, taken out, put in or moved; E409 names the first that was."""
    return Json(plain(visit.ledger.verify(against=asked.against)))
