"""Looks at a ledger from the side of those who speak in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.ledger.base import Opened
from onrecord.record import lookup, voices

if TYPE_CHECKING:
    from onrecord.record.voices import Said


class Voices(Opened):
    """What speakers said, and on which topics."""

    def said(self, name: str) -> Said:
        """How many statements a speaker made of each kind, in each year, on each topic.

        Raises UnknownSpeaker, Ambiguous.
        """
        with self.store.reading() as connection:
            return voices.said(connection, name)

    def topics_of(self, id: str) -> list[str]:  # noqa: A002
        """The topics of a statement, those of its article among them."""
        with self.store.reading() as connection:
            return voices.topics_of(connection, lookup.statement_id(connection, id))
