"""Keeps what was read and not yet stored, for a while."""

from __future__ import annotations


class Drafts:
    """Keeps what was read and not yet stored, for a while."""
