"""Remembers a few things that were computed from all statements, for as long as the log stays as it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

T = TypeVar("T")
MOST: Final = 8


class Memory:
    """The values that were asked for last, by key, with the row of the log that each is as of."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, key: Hashable, head: int) -> Any:
        """The value as of `head` where it is remembered, else None."""
        with self._lock:
            known = self._known.get(key)
        return known[1] if known is not None and known[0] == head else None

    def get(self, key: Hashable, head: int, compute: Callable[[], T]) -> T:
        """The value as of `head`, the log's last row: remembered, or computed now."""
        with self._lock:
            known = self._known.get(key)
            if known is not None and known[0] == head:
                self._known.move_to_end(key)
                value: T = known[1]
                return value
        value = compute()
        with self._lock:
            self._known[key] = (head, value)
            self._known.move_to_end(key)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return value
