"""Keeps a ledger whole: its log, its proof, its copies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.ledger.base import Opened
from onrecord.ledger.logged import Wanted, rows

if TYPE_CHECKING:
    from onrecord.entry import LogRow
    from onrecord.record.query import Query
    from onrecord.record.verify import Verified


class Keeping(Opened):
    """The log of a ledger, and what is done to the whole of it."""

    def log(
        self,
        *,
        act: str | None = None,
        actor: str | None = None,
        subject: str | None = None,
        last: int = 50,
        before: int | None = None,
        within: int | None = None,
    ) -> list[LogRow]:
        """The newest rows of the log, newest first.

        subject: the id of a statement or an article, or a name or an address as the log has it. before:
        only rows with a smaller number. within: look at so many rows at most. Raises Ambiguous.
        """
        wanted = Wanted(act, actor, subject, last, before, within)
        with self.store.reading() as connection:
            return rows(connection, wanted)

    def verify(self, *, against: str | None = None) -> Verified:
        """Check the whole log. Raises ChainBroken, which names the first row that was changed."""
        from onrecord.record.verify import verify

        return verify(self.store, against=against)

    def checkpoint(self) -> str:
        """The newest row and its hash, to publish elsewhere: later `verify(against=…)` proves the history."""
        from onrecord.record.verify import checkpoint

        return checkpoint(self.store)

    def rebuild(self) -> int:
        """Make all tables anew from the log. Returns the number of rows. Raises ChainBroken."""
        from onrecord.record.rebuild import rebuild

        return rebuild(self.store)

    def backup(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write a whole copy, while others may go on writing: of an SQLite file, a file like it; of a
        PostgreSQL ledger, an export that `import_` takes in. force: replace a file that is there.

        Raises CannotWrite.
        """
        from onrecord.record.exchange import backup

        backup(self.store, Path(path), force=force)

    def export(
        self,
        format: str,  # noqa: A002
        out: BinaryIO | str | os.PathLike[str],
        *,
        query: Query | None = None,
        site: str | None = None,
        force: bool = False,
    ) -> int:
        """Write statements (csv, parquet, claimreview, webannotation), or the whole log as jsonl.

        out: an open file, or the path of a new one (force: or of one that is replaced). query: which
        statements; without it, all. site: the page on which reviews will stand. Returns how many rows,
        statements or reviews were written. Raises BadOption, CannotWrite, MissingExtra.
        """
        from onrecord.ledger.exporting import export

        return export(
            self.store, format, out, query=query, site=site, force=force, today=self._today()
        )  # fmt: skip

    def import_(self, path: str | os.PathLike[str]) -> int:
        """Take in an export of a whole log that goes on where this one ends, or starts an empty ledger.

        Returns the number of new rows. Raises NotAnExport, HistoriesDiffer; then nothing has changed.
        """
        from onrecord.record.exchange import import_file

        return import_file(self.store, Path(path))
