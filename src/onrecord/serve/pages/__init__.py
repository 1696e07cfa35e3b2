"""The pages that people see, one module for each part of the reading room."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fastapi import FastAPI

# In the order in which their routes are tried.
MODULES: Final = (
    "static", "signing", "today", "search", "start", "read", "articles", "statements", "correcting",
    "settling", "speakers", "due", "scores", "log", "exports", "account",
)  # fmt: skip


def install(app: FastAPI) -> None:
    """Add the routes of all pages; each module has a `router`."""
    for name in MODULES:
        app.include_router(import_module(f"onrecord.serve.pages.{name}").router, include_in_schema=False)
