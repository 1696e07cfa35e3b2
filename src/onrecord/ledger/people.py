"""What people do to a ledger: correct, reject, settle, note, merge. Each is a new fact with a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from onrecord.ledger import judging, showing
from onrecord.ledger.base import Opened

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.ledger.results import Shown


class ActsOfPeople(Opened):
    """The acts of a ledger's people."""

    def _judge(self, work: Callable[[Connection, judging.By], str]) -> Shown:
        def both(connection: Connection) -> Shown:
            return showing.statement(connection, work(connection, self._by()), self._today())

        return self._write(both)

    def correct(self, id: str, values: dict[str, str], *, why: str | None = None) -> Shown:  # noqa: A002
        """Put a person's reading beside the machine's. Raises BadCorrection."""
        return self._judge(lambda connection, by: judging.correct(connection, by, id, values, why))

    def take_back(self, id: str, field: str, *, why: str | None = None) -> Shown:  # noqa: A002
        """Let the machine's reading of a field stand again. Raises NothingToUndo."""
        return self._judge(lambda connection, by: judging.take_back(connection, by, id, field, why))

    def reject(self, id: str, why: str) -> Shown:  # noqa: A002
        """Say that this is no statement, or not of this speaker; it is kept, and counted nowhere."""
        return self._judge(lambda connection, by: judging.reject(connection, by, id, why))

    def restore(self, id: str, *, why: str | None = None) -> Shown:  # noqa: A002
        """Undo a rejection. Raises NothingToUndo."""
        return self._judge(lambda connection, by: judging.restore(connection, by, id, why))

    def settle(
        self,
        id: str,  # noqa: A002
        verdict: str,
        evidence: str,
        *,
        on: date | None = None,
        note: str | None = None,
    ) -> Shown:
        """Put the actor's verdict on record, with its evidence; it replaces the actor's own earlier one.

        on: the day of the outcome. Raises NotSettleable, BadVerdict, NoEvidence, BadOption.
        """
        return self._judge(
            lambda connection, by: judging.settle(
                connection, by, id, verdict, evidence, on=on, note=note, today=self._today()
            )
        )

    def unsettle(self, id: str, *, why: str | None = None) -> Shown:  # noqa: A002
        """Take the actor's own verdict back. Raises NothingToUndo."""
        return self._judge(lambda connection, by: judging.unsettle(connection, by, id, why))

    def note(self, id: str, text: str) -> None:  # noqa: A002
        """Write a note beside a statement or an article."""
        self._write(lambda connection: judging.note(connection, self._by(), id, text))

    def topic(self, id: str, topic: str) -> None:  # noqa: A002
        """Put a statement, or an article with all its statements, under a topic."""
        self._write(lambda connection: judging.topic(connection, self._by(), id, topic))

    def redact(self, target: str, why: str) -> list[int]:
        """Remove the words of a statement, an article or a row of the log ("row:12"); the chain stays valid.

        Returns the sequence numbers of the rows whose content was removed. This cannot be undone. The names
        in a row that merges or splits speakers stay. Raises BadOption where it has nothing else.
        """
        return self._write(lambda connection: judging.redact(connection, self._by(), target, why))

    def merge(self, names: Sequence[str], into: str, *, why: str | None = None) -> tuple[str, list[str]]:
        """Judge that `names` are the same speaker as `into`; `split` undoes it.

        Returns the whole name of the speaker and those of the names. Raises UnknownSpeaker, Ambiguous.
        """
        return self._write(lambda connection: judging.merge(connection, self._by(), names, into, why))

    def split(self, name: str, *, why: str | None = None) -> str:
        """Judge that `name` is a speaker of its own after all. Returns the whole name.

        Raises UnknownSpeaker, Ambiguous, NothingToUndo.
        """
        return self._write(lambda connection: judging.split(connection, self._by(), name, why))
