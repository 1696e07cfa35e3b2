"""Waits a moment for what may take long, so that a page need not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T | None:
    """What `work` gives, if it does so within this time; else None, while it goes on in a thread of its own.

    For work whose result is kept somewhere, such as in the cache. Raises what `work` raises in time.
    """
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="onrecord-page")
    done = pool.submit(work)
    pool.shutdown(wait=False)
    try:
        return done.result(timeout=seconds)
    except TimeoutError:
        return None
