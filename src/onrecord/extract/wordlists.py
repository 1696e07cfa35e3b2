"""Word lists as sets, for the modules that say who a source is."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a list, divided by white space."""
    return frozenset(text.split())
