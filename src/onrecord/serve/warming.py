"""Counts what large ledgers take long to count before anybody asks: at the start, and again after changes.

One thing at a time, in threads that give way to those who wait for a page. As pages do, it keeps what it
counted in the house's cache; until that is done, pages show what was counted before, or say that it is being
counted.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.serve.house import House

# Rows of the log from which on it is worth it; fewer are counted as quickly when somebody asks.
LARGE: Final = 20_000
# Seconds: how often the ledger is looked at, how long it must have been still, how long is waited for that.
EVERY: Final = 2.0
STILL: Final = 5.0
LATEST: Final = 60.0
_log: Final = logging.getLogger("onrecord.serve")
Task = Callable[["House"], object]


@contextmanager
def warm(house: House, tasks: tuple[Task, ...]) -> Iterator[None]:
    """As long as the block lasts, the tasks are done whenever the ledger has come to rest after changes."""
    ended = threading.Event()
    thread = threading.Thread(target=_watch, args=(house, tasks, ended), name="onrecord-warming", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()


def _watch(house: House, tasks: tuple[Task, ...], ended: threading.Event) -> None:
    rest, pause = Rest(), 0.0
    while not ended.wait(pause):
        pause = EVERY
        with suppress(OnrecordError):
            head = house.ledger.newest()
            day = house.clock().date().toordinal()
            if head >= LARGE and rest.due((head, day), EVERY):
                _do(house, tasks, ended)


def _do(house: House, tasks: tuple[Task, ...], ended: threading.Event) -> None:
    for task in tasks:
        if ended.is_set():
            return
        try:
            task(house)
        except OnrecordError as error:  # the next who asks tries again, and is told
            _log.warning("could not be counted: %s", error.code)


class Rest:
    """Tells when a state that changes has been still for a while, or has changed for too long."""

    def __init__(self) -> None:
        self._done: object = None
        self._seen: object = None
        self._still = self._waited = 0.0

    def due(self, state: object, seconds: float) -> bool:
        """Whether to act on this state now, once for each. seconds: since this was asked last."""
        if state == self._done:
            return False
        self._waited += seconds
        self._still = self._still + seconds if state == self._seen else 0.0
        self._seen = state
        if self._done is not None and self._still < STILL and self._waited < LATEST:
            return False
        self._done, self._still, self._waited = state, 0.0, 0.0
        return True
