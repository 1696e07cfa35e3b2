"""Downloads of the ledger in other forms."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
