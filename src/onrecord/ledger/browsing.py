"""Looks over a ledger without asking for anything in particular."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.ledger import showing
from onrecord.ledger.base import Opened
from onrecord.record import browsing, due

if TYPE_CHECKING:
    from datetime import date

    from onrecord.ledger.results import Due
    from onrecord.record.browsing import ArticleRow, Counts


class Browsing(Opened):
    """What there is in a ledger, as its front page shows it."""

    def newest(self) -> int:
        """The number of the log's last row, 0 where it is empty: as long as it stays, nothing has changed."""

        def asked() -> int:
            with self.store.reading() as connection:
                return browsing.newest(connection)

        changed = self.store.changed()
        return asked() if changed is None else self.store.memory.get("newest", changed, asked)

    def counts(self, today: date | None = None) -> Counts:
        """How many statements, articles and speakers there are, and how many are to be settled."""
        with self.store.reading() as connection:
            return browsing.counts(connection, self._today(today))

    def recent(self, limit: int = 10) -> list[ArticleRow]:
        """The articles that were put on record last."""
        return self.articles(limit=limit)

    def articles(self, before: int | None = None, limit: int = 50) -> list[ArticleRow]:
        """Articles, those put on record last first. before: only those with a smaller `sequence`."""
        with self.store.reading() as connection:
            return browsing.article_rows(connection, before=before, limit=limit)

    def waiting(self, limit: int = 50, today: date | None = None) -> list[Due]:
        """What is past its last day and has no final verdict, the longest past first."""
        day = self._today(today)
        with self.store.reading() as connection:
            entries = due.due(connection, today=day, overdue=True, limit=limit)
        return [showing.due_of(entry, day) for entry in entries]

    def upcoming(self, limit: int = 50, *, within: int = 30, today: date | None = None) -> list[Due]:
        """What has no final verdict and is due today or in so many days from now, the first due first."""
        day = self._today(today)
        with self.store.reading() as connection:
            entries = due.due(connection, today=day, within=within, since=day, limit=limit)
        return [showing.due_of(entry, day) for entry in entries]

    def outlets(self, limit: int = 500) -> list[str]:
        """The names of the outlets that there are articles of, in alphabetical order."""
        with self.store.reading() as connection:
            return browsing.outlets(connection, limit)

    def topics(self, limit: int = 500) -> list[str]:
        """The names of the topics that there are, in alphabetical order."""
        with self.store.reading() as connection:
            return browsing.topics(connection, limit)
