"""What is to be settled: board, calendar, iCalendar; the dialogue that settles."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
