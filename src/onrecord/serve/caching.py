"""Keeps what takes long to compute until the ledger changes."""

from __future__ import annotations


class Cache:
    """Keeps what takes long to compute until the ledger changes."""
