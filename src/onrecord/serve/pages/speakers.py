"""Speakers: what they said, and how it turned out."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
