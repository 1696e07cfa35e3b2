"""The page that lists what the API can do, made from its OpenAPI document."""

from __future__ import annotations

from fastapi import APIRouter, Response

from onrecord.errors import catalogue
from onrecord.serve.api import describing, listing
from onrecord.serve.problems import status_of, title_of
from onrecord.serve.rendering import render
from onrecord.serve.visit import Reading

router = APIRouter()


@router.get("/docs")
def docs(visit: Reading) -> Response:
    """All operations with a line each for curl, and all errors."""
    document = describing.described(visit.request.app)
    site = visit.house.site or str(visit.request.base_url).rstrip("/")
    errors = [(kind.code, title_of(kind), status_of(kind.__new__(kind))) for kind in catalogue()]
    return render(
        visit,
        "api.html.jinja",
        groups=listing.groups(document, site),
        errors=errors,
        everywhere=describing.EVERYWHERE,
    )
