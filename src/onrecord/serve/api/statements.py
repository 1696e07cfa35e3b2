"""Statements: looking for them, one of them with all that is known of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from onrecord.serve.api import given, shapes
from onrecord.serve.api.answers import Json, known, whole
from onrecord.serve.api.cursors import cursor_of
from onrecord.serve.api.routing import router, says
from onrecord.serve.visit import Reading
from onrecord.views.plain import plain

routes = router("statements")


@routes.get("/statements", **says(shapes.Statements))
def search_statements(visit: Reading, asked: Annotated[given.Search, Query()]) -> Response:
    """Find statements, newest on record first.

    `cut`: so many have the words that only the newest were looked at.
    """

    def make() -> dict[str, object]:
        today = visit.house.clock().date()
        before = asked.behind("statements")
        found = visit.ledger.search(asked.query(today, words=asked.words, limit=asked.limit, before=before))
        last = found.entries[-1].sequence if found.more and found.entries else None
        following = None if last is None else cursor_of("statements", last)
        items = {"items": plain(found.entries), "next": following}
        return items | {"more": found.more, "before": last, "cut": found.cut}

    return known(visit, make)


@routes.post("/lookups", **says(shapes.listed(shapes.Entry)))
def look_up_statements(visit: Reading, asked: given.Lookup) -> Response:
    """Statements of these whole ids, in this order; unknown ones are left out."""
    return Json(whole(visit.ledger.entries(asked.ids)))


@routes.get("/statements/{id}", **says(shapes.Shown))
def show_statement(visit: Reading, id: str) -> Response:  # noqa: A002
    """Show a statement: its words in context, the machine's reading, corrections, verdicts, history.

    Its ETag can be given as If-Match with a change of it.
    """
    return known(visit, lambda: visit.ledger.show(id), state=True)
