"""Every act; verification; checkpoints."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
