"""One statement with all that is known of it, and what can be done with it."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
