"""Who asks, how much there is, and the tokens with which programs ask."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from onrecord.serve.api import given, shapes
from onrecord.serve.api.answers import Json, known, told, whole
from onrecord.serve.api.routing import router, says
from onrecord.serve.visit import Administering, Reading
from onrecord.version import __version__
from onrecord.views.plain import plain

routes = router("server")


@routes.get("/ledger", **says(shapes.Counts))
def show_ledger(visit: Reading) -> Response:
    """How much the ledger holds, the number of its log's newest row, and the server's version."""

    def make() -> dict[str, object]:
        ledger = visit.ledger
        head, today = ledger.newest(), visit.house.clock().date()
        counts = visit.house.cache.get("counts", today, lambda: ledger.counts(today), head=head)
        return {**plain(counts.value), "newest": head, "version": __version__}

    return known(visit, make)


@routes.get("/me", **says(shapes.Me))
def show_me(visit: Reading) -> Response:
    """Who asks, and what they may do."""
    way = "token" if visit.session is None else "session"
    return told(visit, {"name": visit.name, "role": visit.role, "way": way})


@routes.get("/tokens", **says(shapes.listed(shapes.Token)))
def list_tokens(visit: Reading) -> Response:
    """List your tokens; the tokens themselves are shown nowhere."""
    return told(visit, whole(visit.house.accounts.tokens.of(visit.owner)))


@routes.post("/tokens", **says(shapes.Made, 201))
def make_token(visit: Administering, asked: given.Token) -> Response:
    """Make a token for a program. It is shown this once, and reaches no farther than who makes it."""
    made = visit.house.accounts.tokens.add(
        visit.owner, asked.name.strip(), asked.scope, days=asked.days, at_most=visit.role
    )
    return Json(plain(made.token) | {"secret": made.secret}, 201)


@routes.delete("/tokens", **says(shapes.Revoked))
def revoke_token(
    visit: Administering, name: Annotated[given.Name, Query(examples=["nightly export"])]
) -> Response:
    """Revoke a token of yours, by its name or its id."""
    revoked = visit.house.accounts.tokens.revoke(visit.owner, name)
    return Json({"state": "revoked", "name": name, "revoked": revoked})
