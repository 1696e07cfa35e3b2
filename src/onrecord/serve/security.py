"""What guards every answer: headers, hosts, sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from onrecord.serve.house import House


def install(app: FastAPI, house: House) -> None:
    """Put the guards around the application."""
