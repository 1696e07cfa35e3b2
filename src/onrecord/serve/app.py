"""Puts the server together: pages, API, static files, and what guards them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI

from onrecord.serve import api, pages, problems, security
from onrecord.version import __version__

if TYPE_CHECKING:
    from onrecord.serve.house import House


def create_app(house: House) -> FastAPI:
    """The application of one house, for uvicorn or for tests."""
    app = FastAPI(
        title="onrecord",
        version=__version__,
        description="What was said, by whom, on whose word, and how it turned out.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.house = house
    problems.install(app)
    security.install(app, house)
    api.install(app)
    pages.install(app)
    return app
