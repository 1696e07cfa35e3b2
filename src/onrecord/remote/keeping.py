"""The log of a ledger behind a server, its proof, and its exports."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from onrecord.entry import LogRow
from onrecord.errors import MissingExtra, NotFound, OnlyHere, Unreadable
from onrecord.record import files
from onrecord.record.verify import Verified
from onrecord.remote.base import Reached
from onrecord.remote.connection import path as path_of

if TYPE_CHECKING:
    from onrecord.record.query import Query

LOG: Final = "jsonl"
_FILTERS: Final = (
    "speaker",
    "outlet",
    "topic",
    "since",
    "until",
    "due_before",
    "status",
    "article",
    "rejected",
    "today",
)


class Keeping(Reached):
    """What is done to the whole of a ledger, as by `Ledger`."""

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
        """As `Ledger.log`; `within` is for pages alone, and the whole log is looked at."""
        return self._list(LogRow, "/log", last, act=act, actor=actor, subject=subject, before=before)

    def verify(self, *, against: str | None = None) -> Verified:
        """As `Ledger.verify`: the server checks its log."""
        return self._rebuilt(Verified, self._connection.post("/verifications", {"against": against}))

    def checkpoint(self) -> str:
        """As `Ledger.checkpoint`."""
        return self._rebuilt(str, self._part(self._connection.get("/checkpoint"), "checkpoint"))

    def rebuild(self) -> int:
        """Raises OnlyHere."""
        raise OnlyHere(command="rebuild")

    def backup(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Raises OnlyHere."""
        raise OnlyHere(command="backup")

    def export(
        self,
        format: str,  # noqa: A002
        out: BinaryIO | str | os.PathLike[str],
        *,
        query: Query | None = None,
        site: str | None = None,
        force: bool = False,
    ) -> int:
        """As `Ledger.export`. Returns how many were written to a file that was named; 0 for an open one."""
        given = {} if query is None or format == LOG else asdict(query)
        wanted = {name: given[name] for name in _FILTERS if name in given} | {"kind": given.get("kinds")}
        if not isinstance(out, str | os.PathLike):
            self._connection.load(path_of("exports", format), out, site=site, **wanted)
            return 0
        with files.beside(Path(out), force=force) as waiting:
            with waiting.open("wb") as file:
                self._connection.load(path_of("exports", format), file, site=site, **wanted)
            return _counted(format, waiting)

    def import_(self, path: str | os.PathLike[str]) -> int:
        """As `Ledger.import_`. Raises NotFound, Unreadable where the file cannot be read."""
        try:
            file = Path(path).open("rb")  # noqa: SIM115 - closed below, where errors are not the file's
        except (FileNotFoundError, ValueError):
            raise NotFound(name=path) from None
        except OSError as error:
            raise Unreadable(name=path, reason=error.strerror or error) from None
        with file:
            answer = self._connection.send("/imports", file, "application/x-ndjson")
        return self._rebuilt(int, self._part(answer, "new"))


def _counted(form: str, written: Path) -> int:
    """How many rows, statements or reviews are in an export."""
    if form == "parquet":
        return _in_parquet(written)
    if form == "csv":
        return _in_csv(written)
    with written.open("rb") as lines:
        count = sum(1 for _ in lines)
    # A line before the rows of the log says what they are; the others stand between two lines.
    return count - (1 if form == LOG else 2)


def _in_csv(written: Path) -> int:
    """A line ends a row where no quotation is open. The csv module takes no field as long as an article."""
    ends, quoted = 0, False
    with written.open("rb") as lines:
        for line in lines:
            quoted ^= line.count(b'"') % 2 == 1
            ends += not quoted
    return max(ends - 1, 0)


def _in_parquet(written: Path) -> int:
    try:
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra(feature="export --format parquet", library="pyarrow", extra="parquet") from None
    return int(parquet.read_metadata(written).num_rows)
