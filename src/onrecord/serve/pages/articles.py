"""An article with its statements beside it."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
