"""Follows commitments and predictions to their outcome: verdict, evidence and schedule, kept apart."""

from __future__ import annotations

from onrecord.entry import Schedule
from onrecord.track.evidence import evidence_of
from onrecord.track.schedule import schedule
from onrecord.track.settle import checked_rating, plainly
from onrecord.track.verdicts import normalised, politifact, shown_as

__all__ = [
    "Schedule",
    "checked_rating",
    "evidence_of",
    "normalised",
    "plainly",
    "politifact",
    "schedule",
    "shown_as",
]
