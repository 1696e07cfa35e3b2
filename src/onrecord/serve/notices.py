"""What a person is told on the next page: what was done, and how to undo it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final, Literal

_SESSIONS: Final = 10_000
_EACH: Final = 5


@dataclass(frozen=True, slots=True)
class Undo:
    """A form that takes an act back: where it is sent, its fields, and what its button says."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    label: str = "Undo"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for a person. tone: `done`, or `trouble` where something did not work."""

    text: str
    tone: Literal["done", "trouble"] = "done"
    undo: Undo | None = None


class Notices:
    """Notices by session, each given out once; kept in memory, bounded."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, list[Notice]] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, session: str, notice: Notice) -> None:
        """Keep a notice for the next page of a session."""
        with self._lock:
            waiting = self._waiting.setdefault(session, [])
            self._waiting.move_to_end(session)
            waiting.append(notice)
            del waiting[:-_EACH]
            while len(self._waiting) > _SESSIONS:
                self._waiting.popitem(last=False)

    def take(self, session: str) -> list[Notice]:
        """The notices of a session, which are then gone."""
        with self._lock:
            return self._waiting.pop(session, [])
