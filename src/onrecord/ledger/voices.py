"""Looks at a ledger from the side of those who speak in it."""

from __future__ import annotations

from onrecord.ledger.base import Opened
from onrecord.record import lookup, voices


class Voices(Opened):
    """On which topics and when speakers spoke."""

    def topics_by(self, name: str) -> list[str]:
        """The topics of what a speaker said, in alphabetical order. Raises UnknownSpeaker, Ambiguous."""
        with self.store.reading() as connection:
            return voices.topics_by(connection, name)

    def names_alike(self, words: str, *, limit: int = 50) -> list[str]:
        """The names of speakers with all of these words in one of their names, in alphabetical order."""
        with self.store.reading() as connection:
            return voices.names_alike(connection, words, limit)

    def topics_of(self, id: str) -> list[str]:  # noqa: A002
        """The topics of a statement, those of its article among them, in alphabetical order."""
        with self.store.reading() as connection:
            return voices.topics_of(connection, lookup.statement_id(connection, id))

    def years(self) -> list[int]:
        """The years from which there can be articles, newest first."""
        with self.store.reading() as connection:
            return voices.years(connection)
