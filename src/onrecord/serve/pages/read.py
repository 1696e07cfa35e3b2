"""Reading an article before it is put on record."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
