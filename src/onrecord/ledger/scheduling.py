"""Looks at what is to be settled as a board and as a calendar do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from onrecord.ledger import showing
from onrecord.ledger.base import Opened
from onrecord.record import board

if TYPE_CHECKING:
    from onrecord.ledger.results import Due
    from onrecord.record.board import After, Column, Day


class Scheduling(Opened):
    """What is to be settled, by column and by day."""

    def pending(
        self,
        place: Column | date | None = None,
        *,
        today: date | None = None,
        speaker: str | None = None,
        after: After | None = None,
        limit: int = 50,
    ) -> list[Due]:
        """What is overdue, due or upcoming, or has this last day; None: all from today on.

        The first last day comes first. after: go on behind this one. Raises UnknownSpeaker, Ambiguous.
        """
        day = self._today(today)
        with self.store.reading() as connection:
            found = board.page(connection, place, today=day, speaker=speaker, after=after, limit=limit)
        return [showing.due_of(entry, day) for entry in found]

    def pending_counts(self, *, today: date | None = None, speaker: str | None = None) -> dict[Column, int]:
        """How many are overdue, due and upcoming. Raises UnknownSpeaker, Ambiguous."""
        with self.store.reading() as connection:
            return board.counts(connection, today=self._today(today), speaker=speaker)

    def pending_days(self, first: date, last: date, *, speaker: str | None = None) -> list[Day]:
        """The days from `first` to `last` on which anything is to be settled, each with its first few ids.

        Raises UnknownSpeaker, Ambiguous.
        """
        with self.store.reading() as connection:
            return board.days(connection, first, last, speaker=speaker)
