"""A ledger that is open: its store, the name one acts under, the time, and how an act is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from onrecord.ledger.judging import By
from onrecord.record.engine import Store, retrying

if TYPE_CHECKING:
    from sqlalchemy import Connection

Clock = Callable[[], datetime]
T = TypeVar("T")


def utc_now() -> datetime:
    """The present time, in UTC."""
    return datetime.now(UTC)


class Opened:
    """What all parts of a `Ledger` share."""

    def __init__(self, store: Store, *, actor: str, clock: Clock = utc_now) -> None:
        self.store = store
        self.actor = actor
        self._clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the database back."""
        self.store.close()

    def acting(self, actor: str) -> Self:
        """The same open ledger under another name; closing one closes both."""
        return type(self)(self.store, actor=actor, clock=self._clock)

    @property
    def place(self) -> str:
        """Where the ledger is: a path or an address, without its password."""
        return self.store.place

    def _today(self, given: date | None = None) -> date:
        return given or self._clock().date()

    def _by(self) -> By:
        return By(self.actor, self._clock())

    def _write(self, work: Callable[[Connection], T]) -> T:
        return retrying(self.store, work)
