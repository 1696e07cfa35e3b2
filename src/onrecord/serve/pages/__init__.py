"""The pages that people see, one module for each part of the reading room."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fastapi import FastAPI

    from onrecord.serve.house import House

# In the order in which their routes are tried.
MODULES: Final = (
    "static", "signing", "today", "search", "start", "read", "articles", "statements", "correcting",
    "settling", "speakers", "due", "scores", "log", "exports", "account",
)  # fmt: skip


def install(app: FastAPI) -> None:
    """Add the routes of all pages; each module has a `router`."""
    for name in MODULES:
        app.include_router(import_module(f"onrecord.serve.pages.{name}").router, include_in_schema=False)


def counts() -> tuple[Callable[[House], object], ...]:
    """What the pages show of all statements together, and take long to count in a large ledger."""
    from onrecord.serve.pages import due, scores, today

    return (
        today.counted,
        lambda house: due.counted(house, house.clock().date()),
        lambda house: scores.counted(house, scores.Typed()),
        lambda house: scores.counted(house, scores.Typed(by="outlet")),
    )
