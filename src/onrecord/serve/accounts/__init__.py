"""Users, sessions and tokens: who may come in."""

from __future__ import annotations


class Accounts:
    """The accounts of one server."""
