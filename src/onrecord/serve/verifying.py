"""Verifies the log in the background, and remembers what came of it."""

from __future__ import annotations


class Verifying:
    """Verifies the log in the background, and remembers what came of it."""
