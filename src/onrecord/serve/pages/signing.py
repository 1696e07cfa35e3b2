"""Signing in and out; the one-time link."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
