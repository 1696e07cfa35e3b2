"""Keeps what takes long to compute until the ledger changes, and computes it once for all who ask together.

What took long the last time can be given as it was before the change, while it is computed anew.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from onrecord.errors import OnrecordError

T = TypeVar("T")
_log: Final = logging.getLogger(__name__)

MOST: Final = 500
# Of these fewer: the figures of thousands of speakers take some 20 MB, or 3 MB; an article takes 0.2 MB.
LARGE: Final = {"scores of the API": 3, "scores": 12, "article": 100}
# What takes longer than this (seconds) may be given as it was.
LONG: Final = 0.1
# For so many seconds one waits even then: most of what was slow once, with cold files, is not slow again.
PATIENCE: Final = 0.04

# Steps by which threads that count are less urgent than those that answer, where the system knows such steps.
_NICE: Final = 5
# For so many seconds one waits for what was never computed before; then the page says why it is not there.
FIRST: Final = 3.0


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A value, the row of the log that it is as of, and whether nothing was written since."""

    value: T
    head: int
    fresh: bool = True


@dataclass(slots=True)
class _Place:
    """One value. seconds: what it took to compute; busy: a thread computes it anew."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    kept: Kept[Any] | None = None
    seconds: float = 0.0
    busy: threading.Event | None = None


class Cache:
    """Values by name and key, the `most` that were asked for last; for use by many threads.

    first: seconds that `soon` waits for what was never computed before.
    """

    def __init__(
        self, most: int = MOST, clock: Callable[[], float] = time.perf_counter, *, first: float = FIRST
    ) -> None:
        self._most = most
        self._first = first
        self._clock = clock
        self._places: OrderedDict[tuple[str, Hashable], _Place] = OrderedDict()
        self._lock = threading.Lock()
        # One at a time: those who wait for a page need the machine more.
        self._behind = threading.Semaphore(1)

    def get(
        self,
        name: str,
        key: Hashable,
        compute: Callable[[], T],
        *,
        head: int,
        stale: bool = False,
        long: float = LONG,
    ) -> Kept[T]:
        """The value as of `head`, the log's last row; raises what `compute` raises, and keeps nothing then.

        compute: must see the ledger as it is, not as it was when this is called. stale: a value of before
        the change will do where computing it took more than `long` seconds; it is computed anew meanwhile.
        """
        place = self._place((name, key))
        kept: Kept[T] | None = place.kept
        if kept is not None and kept.head < head and stale and place.seconds > long:
            self._anew(place, compute, head).wait(PATIENCE)
            kept = place.kept or kept
            return kept if kept.head >= head else Kept(kept.value, kept.head, fresh=False)
        if kept is None or kept.head < head:
            return self._computed(place, compute, head)
        return kept

    def soon(self, name: str, key: Hashable, compute: Callable[[], T], *, head: int) -> Kept[T] | None:
        """As `get` with values of before a change; None where there is none yet and computing it takes long.

        It goes on meanwhile: who asks again later gets it.
        """
        place = self._place((name, key))
        patience = self._first if place.busy is None else PATIENCE
        if place.kept is None and not self._anew(place, compute, head).wait(patience):
            return None
        return self.get(name, key, compute, head=head, stale=True)

    def _place(self, key: tuple[str, Hashable]) -> _Place:
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            alike = [each for each in self._places if each[0] == key[0]] if key[0] in LARGE else []
            for each in alike[: -LARGE[key[0]]] if alike else []:
                del self._places[each]
            while len(self._places) > self._most:
                self._places.popitem(last=False)
            return place

    def _computed(self, place: _Place, compute: Callable[[], T], head: int) -> Kept[T]:
        with place.lock:
            kept: Kept[T] | None = place.kept
            if kept is not None and kept.head >= head:  # another thread was quicker
                return kept
            start = self._clock()
            made = Kept(compute(), head)
            place.seconds = self._clock() - start
            place.kept = made
            return made

    def _anew(self, place: _Place, compute: Callable[[], T], head: int) -> threading.Event:
        """Sees to it that a thread computes the value; what is given back is set when that is done."""
        with self._lock:
            if place.busy is not None:
                return place.busy
            done = place.busy = threading.Event()

        def work() -> None:
            _give_way()
            try:
                with self._behind:
                    self._computed(place, compute, head)
            except OnrecordError as error:  # the old value stays, and the next who asks tries again
                _log.warning("could not be counted again: %s", error.code)
            finally:
                place.busy = None
                done.set()

        threading.Thread(target=work, name="onrecord-cache", daemon=True).start()
        return done


def _give_way() -> None:
    """On Linux a thread has its own urgency; elsewhere this would be the whole process's."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
