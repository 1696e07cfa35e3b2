"""One shape for everything that goes wrong: problem+json for programs, a page for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI


def install(app: FastAPI) -> None:
    """Answer errors in one shape."""
