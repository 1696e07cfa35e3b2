"""What people do to a ledger behind a server: correct, reject, settle, note, merge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from onrecord.ledger.results import Shown
from onrecord.remote.base import Reached
from onrecord.remote.connection import path


class Judging(Reached):
    """The acts of people, as those of `Ledger`; they go on the log under the name of the token's owner."""

    def show(self, id: str) -> Shown:  # noqa: A002
        """As `Ledger.show`."""
        return self._shown(self._connection.get(path("statements", id)))

    def correct(self, id: str, values: dict[str, str], *, why: str | None = None) -> Shown:  # noqa: A002
        """As `Ledger.correct`."""
        return self._judged(id, "corrections", {"values": values, "why": why})

    def take_back(self, id: str, field: str, *, why: str | None = None) -> Shown:  # noqa: A002
        """As `Ledger.take_back`."""
        return self._withdrawn(id, "corrections", field, why=why)

    def reject(self, id: str, why: str) -> Shown:  # noqa: A002
        """As `Ledger.reject`."""
        return self._judged(id, "rejection", {"why": why})

    def restore(self, id: str, *, why: str | None = None) -> Shown:  # noqa: A002
        """As `Ledger.restore`."""
        return self._withdrawn(id, "rejection", why=why)

    def settle(
        self,
        id: str,  # noqa: A002
        verdict: str,
        evidence: str,
        *,
        on: date | None = None,
        note: str | None = None,
    ) -> Shown:
        """As `Ledger.settle`."""
        day = on.isoformat() if on else None
        given = {"verdict": verdict, "evidence": evidence, "on": day, "note": note}
        return self._judged(id, "rating", given)

    def unsettle(self, id: str, *, why: str | None = None) -> Shown:  # noqa: A002
        """As `Ledger.unsettle`."""
        return self._withdrawn(id, "rating", why=why)

    def note(self, id: str, text: str) -> None:  # noqa: A002
        """As `Ledger.note`."""
        self._connection.post("/notes", {"subject": id, "text": text})

    def topic(self, id: str, topic: str) -> None:  # noqa: A002
        """As `Ledger.topic`."""
        self._connection.post("/topics", {"subject": id, "topic": topic})

    def redact(self, target: str, why: str) -> list[int]:
        """As `Ledger.redact`."""
        answer = self._connection.post("/redactions", {"target": target, "why": why})
        return [self._rebuilt(int, row) for row in self._part(answer, "rows")]

    def merge(self, names: Sequence[str], into: str, *, why: str | None = None) -> tuple[str, list[str]]:
        """As `Ledger.merge`."""
        answer = self._connection.post("/speakers/merges", {"names": list(names), "into": into, "why": why})
        merged = [self._rebuilt(str, name) for name in self._part(answer, "merged")]
        return self._rebuilt(str, self._part(answer, "into")), merged

    def split(self, name: str, *, why: str | None = None) -> str:
        """As `Ledger.split`."""
        answer = self._connection.delete("/speakers/merges", name=name, why=why)
        return self._rebuilt(str, self._part(answer, "split"))

    def _judged(self, id: str, what: str, given: Mapping[str, Any]) -> Shown:  # noqa: A002
        return self._shown(self._connection.post(path("statements", id, what), given))

    def _withdrawn(self, id: str, *what: str, why: str | None) -> Shown:  # noqa: A002
        return self._shown(self._connection.delete(path("statements", id, *what), why=why))

    def _shown(self, answer: Any) -> Shown:
        return self._rebuilt(Shown, answer)
