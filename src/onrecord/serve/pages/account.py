"""One's own account: password, tokens."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
