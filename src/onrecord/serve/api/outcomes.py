"""Outcomes: what is to be settled, and how those did whose word can be counted."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Response

from onrecord.ledger.results import Scores
from onrecord.score import Scored
from onrecord.serve.api import given, shapes
from onrecord.serve.api.answers import counted, known
from onrecord.serve.api.routing import router, says
from onrecord.serve.visit import Reading, Visit
from onrecord.views.plain import plain

routes = router("outcomes")


@routes.get("/due", **says(shapes.listed(shapes.Due)))
def list_due(visit: Reading, asked: Annotated[given.Due, Query()]) -> Response:
    """List commitments and predictions without a final verdict, the first due first."""

    def make() -> dict[str, object]:
        start = asked.start("due")
        found = visit.ledger.due(
            within=asked.within,
            overdue=asked.overdue,
            today=asked.today,
            speaker=asked.speaker,
            limit=start + asked.limit + 1,
        )
        return counted("due", found, asked.limit, start)

    return known(visit, make)


@routes.get("/scores", **says(shapes.ScoredPage))
def list_scores(visit: Reading, asked: Annotated[given.Scores, Query()]) -> Response:
    """Score speakers, outlets, topics or years; every figure has its n and a 90 % interval."""

    def make() -> dict[str, object]:
        start = asked.start("scores")
        found = _scores(visit, asked)
        rows = found.rows[: start + asked.limit + 1]
        cut = counted("scores", [_row(row, ids=asked.ids) for row in rows], asked.limit, start)
        return cut | {"population": _row(found.population, ids=asked.ids), "left_out": found.left_out}

    return known(visit, make)


@routes.get("/score", **says(shapes.Scores))
def show_score(visit: Reading, asked: Annotated[given.Score, Query()]) -> Response:
    """Score one speaker, outlet, topic or year; no row where nothing of it can be settled."""

    def make() -> dict[str, object]:
        found = _scores(visit, asked, asked.name)
        rows = [_row(row, ids=asked.ids) for row in found.rows]
        return {"rows": rows, "population": _row(found.population, ids=asked.ids), "left_out": found.left_out}

    return known(visit, make)


def _scores(visit: Visit, asked: given.Scoring, name: str | None = None) -> Scores:
    """The scores that are asked for; computed once for all who ask. Ids, of which there may be a million,
    are not kept.
    """
    today = asked.today or visit.house.clock().date()
    wanted: dict[str, Any] = asked.model_dump(exclude={"limit", "cursor", "name", "today"})
    wanted |= {"name": name, "today": today}
    ledger = visit.ledger
    if asked.ids:
        return ledger.score(**wanted)
    return visit.house.cache.get(
        "scores of the API", tuple(wanted.values()), lambda: ledger.score(**wanted), head=ledger.newest()
    ).value


def _row(row: Scored | None, *, ids: bool) -> Any:
    if row is None:
        return None
    value: dict[str, Any] = row.to_dict()
    for part in () if ids else ("commitments", "predictions"):
        value[part]["statements"] = {}  # before it is made plain: of everybody's there are very many
    return plain(value)
