"""Draws a speaker's record: the calibration of forecasts, the timeline of commitments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from onrecord.ledger.exporting import found
from onrecord.ledger.scoring import Wanted, score
from onrecord.record import people
from onrecord.record.query import Query
from onrecord.score import Commitments, Predictions, Scored

if TYPE_CHECKING:
    from sqlalchemy import Connection

Picture = Literal["calibration", "timeline"]
Form = Literal["svg", "png"]


def picture(connection: Connection, what: Picture, name: str, *, form: Form, today: date) -> bytes:
    """The picture in bytes: SVG in UTF-8, or PNG."""
    from onrecord.score import plots

    name = people.canonical(connection, name)
    if what == "calibration":
        found_rows = score(connection, Wanted(name=name), min_n=1, early=False, today=today).rows
        spec = plots.calibration(found_rows[0] if found_rows else nobody(name))
    else:
        promises = found(connection, Query(speaker=name, kinds=frozenset({"commitment"})))
        spec = plots.timeline(promises, name, today=today)
    return plots.svg(spec).encode("utf-8") if form == "svg" else plots.png(spec)


def nobody(name: str) -> Scored:
    """The score of a speaker of whom nothing can be settled."""
    return Scored("speaker", name, Commitments(), Predictions())
