"""Scores of all, and how they are computed."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
