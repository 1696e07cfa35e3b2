"""The first page: what is due, what came in, what waits for a verdict."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
