"""Puts the server together: pages, API, static files, and what guards them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI

from onrecord.serve import api, health, pages, problems, security
from onrecord.version import __version__

if TYPE_CHECKING:
    from onrecord.serve.house import House

# Newer versions of FastAPI report requests and errors where the environment says so; never from here.
_NO_TELEMETRY: Final[Any] = dict.fromkeys(
    ("tracing", "metrics", "logs", "operation_spans", "auto_configure"), False
)


def create_app(house: House) -> FastAPI:
    """The application of one house, for uvicorn or for tests."""
    app = FastAPI(
        title="onrecord",
        version=__version__,
        description="What was said, by whom, on whose word, and how it turned out.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        telemetry=_NO_TELEMETRY,
    )
    app.state.house = house
    problems.install(app)
    security.install(app, house)
    health.install(app, house)
    api.install(app)
    pages.install(app)
    return app
