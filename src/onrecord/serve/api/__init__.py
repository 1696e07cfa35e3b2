"""The API under /api/v1: everything that the pages do, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI


def install(app: FastAPI) -> None:
    """Add the routes of the API, and what documents them."""
    from onrecord.serve.api import describing, guide
    from onrecord.serve.api.routes import ROUTERS

    for router in ROUTERS:
        app.include_router(router, prefix="/api/v1")
    app.include_router(guide.router, prefix="/api/v1", include_in_schema=False)
    describing.install(app)
