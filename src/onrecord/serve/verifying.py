"""Verifies the log in the background, one check at a time, and remembers what came of the last."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from onrecord.errors import ChainBroken, OnrecordError
from onrecord.record.log import stamp

if TYPE_CHECKING:
    from onrecord.ledger.base import Clock
    from onrecord.ledger.core import Ledger

State = Literal["never", "running", "whole", "broken", "failed"]
_KEY: Final = "verified"
# What a check that was under way when the server ended is called afterwards.
_CUT: Final = "The server was stopped before the check was done."


class Memory(Protocol):
    """Keeps a small JSON value over restarts."""

    def remember(self, key: str, value: Any) -> None: ...  # noqa: D102
    def recall(self, key: str) -> Any: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the whole log. by: who asked for it; began, ended: UTC times as on the log.

    rows: how many it has, or, while it is running, had when it began; head: the hash of the last;
    against: the checkpoint that was given; through: the row up to which that vouches. message: what is
    broken, or why nothing could be found out.
    """

    state: State = "never"
    by: str = ""
    began: str = ""
    ended: str = ""
    rows: int = 0
    head: str = ""
    against: str = ""
    through: int | None = None
    message: str = ""


class Verifying:
    """The checks of one server. memory: where the last one is kept; None: nowhere but here."""

    def __init__(self, memory: Memory | None = None) -> None:
        self._memory = memory
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._last: Check | None = None

    @property
    def last(self) -> Check:
        """The check that is running, or else the last one."""
        with self._lock:
            if self._last is None:
                self._last = self._recalled()
            return self._last

    def start(self, ledger: Ledger, *, by: str, clock: Clock, against: str = "") -> Check:
        """Begin a check, unless one is running; gives the one that is running now."""
        rows = ledger.newest()
        with self._lock:
            if self._thread is not None and self._thread.is_alive() and self._last is not None:
                return self._last
            begun = Check("running", by, stamp(clock()), rows=rows, against=against.strip())
            work = (ledger, begun, clock)
            self._thread = threading.Thread(target=self._run, args=work, name="onrecord-verify", daemon=True)
            self._last = begun
            self._thread.start()
            return begun

    def wait(self, seconds: float | None = None) -> Check:
        """The last check, once it is done; at most so many seconds later."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return self.last

    def _run(self, ledger: Ledger, begun: Check, clock: Clock) -> None:
        done = replace(begun, state="failed", message=_CUT)
        try:
            done = checked(ledger, begun)
        finally:
            done = replace(done, ended=stamp(clock()))
            with self._lock:
                self._last = done
            if self._memory is not None:
                self._memory.remember(_KEY, asdict(done))

    def _recalled(self) -> Check:
        known = None if self._memory is None else self._memory.recall(_KEY)
        return Check(**known) if isinstance(known, dict) else Check()


def checked(ledger: Ledger, begun: Check) -> Check:
    """What a check finds; what is wrong with the log or with the asking stands in its message."""
    try:
        found = ledger.verify(against=begun.against or None)
    except ChainBroken as error:
        return replace(begun, state="broken", message=_told(error))
    except OnrecordError as error:
        return replace(begun, state="failed", message=_told(error))
    return replace(begun, state="whole", rows=found.rows, head=found.head, through=found.through)


def _told(error: OnrecordError) -> str:
    return " ".join(part for part in error.parts if part)
