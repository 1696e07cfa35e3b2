"""Speakers: who is on record, and which names are one speaker."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from onrecord.serve.api import given, shapes
from onrecord.serve.api.answers import Json, counted, known
from onrecord.serve.api.routing import router, says
from onrecord.serve.visit import Editing, Reading

routes = router("speakers")


@routes.get("/speakers", **says(shapes.listed(shapes.SpeakerRow)))
def list_speakers(visit: Reading, asked: Annotated[given.Speakers, Query()]) -> Response:
    """List speakers of statements that count, those with most first, with the other names of each.

    With words of a name, all speakers who have them, those of whom nothing counts last.
    """

    def make() -> dict[str, object]:
        start = asked.start("speakers")
        found = visit.ledger.speakers(asked.words, limit=start + asked.limit + 1)
        return counted("speakers", found, asked.limit, start)

    return known(visit, make)


@routes.get("/speaker", **says(shapes.SpeakerRow))
def show_speaker(visit: Reading, name: Annotated[given.Name, Query()]) -> Response:
    """One speaker: a name in full, or words of it that no other speaker's name has."""
    return known(visit, lambda: visit.ledger.speaker(name))


@routes.post("/speakers/merges", **says(shapes.Merged, 201))
def merge_speakers(visit: Editing, asked: given.Merge) -> Response:
    """Say that names are one speaker; the articles' own names stay beside it."""
    into, merged = visit.ledger.merge(asked.names, asked.into, why=asked.why)
    return Json({"into": into, "merged": merged, "why": asked.why}, 201)


@routes.delete("/speakers/merges", **says(shapes.Parted))
def split_speaker(
    visit: Editing, name: Annotated[given.Name, Query()], why: Annotated[given.Why, Query()] = None
) -> Response:
    """Say that a name is a speaker of its own after all: it undoes a merge."""
    return Json({"split": visit.ledger.split(name, why=why), "why": why})
