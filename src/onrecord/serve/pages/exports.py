"""Taking the ledger along: a form that leads to the API's downloads."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from onrecord.errors import OnrecordError
from onrecord.serve.pages.search import Typed, choices, wanted
from onrecord.serve.problems import on_page
from onrecord.serve.rendering import query, render, see
from onrecord.serve.visit import Reading
from onrecord.statement import KINDS

router = APIRouter()

# Name in the address, what people call it, and what it is good for.
FORMS: Final = (
    ("csv", "CSV", "a table for spreadsheets; an apostrophe keeps them from taking words for a formula"),
    ("parquet", "Parquet", "a table for data programs, with types"),
    ("webannotation", "Web Annotation", "W3C’s JSON-LD: each statement as a mark on its article’s words"),
    ("claimreview", "ClaimReview", "schema.org’s JSON-LD: the verdicts, for pages that publish fact checks"),
)  # fmt: skip


@router.get("/exports")
def exports(
    visit: Reading,
    form: str = "",
    speaker: str = "",
    kind: Annotated[list[str], Query()] = [],  # noqa: B006  FastAPI copies it
    outlet: str = "",
    topic: str = "",
    since: str = "",
    until: str = "",
    rejected: str = "",
) -> Response:
    """The form; once it is filled in and makes sense, the download."""
    typed = Typed(
        speaker=speaker.strip(), kind=tuple(filter(None, kind)), outlet=outlet, topic=topic, since=since,
        until=until, rejected=rejected,
    )  # fmt: skip
    trouble = None
    if form in [name for name, _, _ in FORMS]:
        try:
            wanted(typed.fields, visit.house.clock().date())
            return see(query(f"/api/v1/exports/{form}", typed.fields))
        except OnrecordError as error:
            trouble = on_page(error)
    return render(
        visit, "exports.html.jinja", status=422 if trouble else 200,
        typed=typed, trouble=trouble, forms=FORMS, choices=choices(visit), all_kinds=KINDS,
        rows=visit.ledger.newest(),
    )  # fmt: skip
