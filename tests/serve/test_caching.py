"""Values are computed once, kept until the ledger changes, and given as they were where that takes long."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from onrecord.errors.ledger import LedgerLocked, NothingFound
from onrecord.serve.caching import LARGE, LONG, Cache, Kept


class Clock:
    """Seconds; each look at it is so many later."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def test_a_value_is_kept_until_the_head_moves() -> None:
    cache, numbers = Cache(), count()

    def ask(head: int, key: str = "a", name: str = "counts") -> Kept[int]:
        return cache.get(name, key, lambda: next(numbers), head=head)

    assert ask(7) == ask(7) == Kept(0, 7, fresh=True)
    assert ask(8) == Kept(1, 8, fresh=True)
    assert ask(8, key="b") == Kept(2, 8, fresh=True)
    assert ask(8, name="scores") == Kept(3, 8, fresh=True)
    assert ask(7) == Kept(1, 8, fresh=True)  # somebody who looked at the log a moment earlier


def test_what_is_quick_is_never_stale() -> None:
    cache, numbers = Cache(clock=Clock(LONG / 2)), count()
    for head in range(3):
        assert cache.get("counts", 0, lambda: next(numbers), head=head, stale=True) == Kept(head, head)


def test_what_is_slow_is_given_as_it_was_and_counted_again_once() -> None:
    cache, may, calls = Cache(clock=Clock(LONG * 2)), threading.Event(), count()
    assert cache.get("scores", 0, lambda: "old", head=1, stale=True) == Kept("old", 1)

    def slowly() -> str:
        next(calls)
        assert may.wait(10)
        return "new"

    for _ in range(5):
        assert cache.get("scores", 0, slowly, head=2, stale=True) == Kept("old", 1, fresh=False)
    waiting = [thread for thread in threading.enumerate() if thread.name == "onrecord-cache"]
    assert len(waiting) == 1
    may.set()
    waiting[0].join(10)
    assert cache.get("scores", 0, slowly, head=2, stale=True) == Kept("new", 2, fresh=True)
    assert next(calls) == 1


def test_what_was_slow_once_and_is_quick_now_is_fresh() -> None:
    clock = Clock(LONG * 2)
    cache = Cache(clock=clock)
    cache.get("scores", 0, lambda: "old", head=1, stale=True)
    clock.step = 0.0
    kept = cache.get("scores", 0, lambda: "new", head=2, stale=True)
    assert kept in (Kept("new", 2), Kept("old", 1, fresh=False))  # the second on a machine that is very busy
    assert cache.get("scores", 0, lambda: "new", head=2) == Kept("new", 2)


def test_without_leave_nothing_stale_is_given() -> None:
    cache = Cache(clock=Clock(LONG * 2))
    cache.get("scores", 0, lambda: "old", head=1)
    assert cache.get("scores", 0, lambda: "new", head=2) == Kept("new", 2)


def test_those_who_ask_together_wait_for_one_computation() -> None:
    cache, numbers, all_here = Cache(), count(), threading.Barrier(8)

    def ask(_: int) -> Kept[int]:
        all_here.wait(10)
        return cache.get("counts", 0, lambda: next(numbers), head=1)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {Kept(0, 1)}
    assert next(numbers) == 1


def test_an_error_is_raised_and_not_kept() -> None:
    cache = Cache()

    def failing() -> int:
        raise LedgerLocked(place="ledger.db", seconds=5)

    with pytest.raises(LedgerLocked):
        cache.get("counts", 0, failing, head=1)
    assert cache.get("counts", 0, lambda: 5, head=1) == Kept(5, 1)


def test_an_error_behind_one_s_back_leaves_the_old_value() -> None:
    cache = Cache(clock=Clock(LONG * 2))
    cache.get("counts", 0, lambda: 5, head=1, stale=True)

    def failing() -> int:
        raise LedgerLocked(place="ledger.db", seconds=5)

    assert cache.get("counts", 0, failing, head=2, stale=True) == Kept(5, 1, fresh=False)
    for thread in [each for each in threading.enumerate() if each.name == "onrecord-cache"]:
        thread.join(10)
    assert cache.get("counts", 0, lambda: 6, head=2) == Kept(6, 2)


def test_only_so_many_values_are_kept() -> None:
    cache, numbers = Cache(most=2), count()

    def ask(key: str) -> int:
        return cache.get("speaker", key, lambda: next(numbers), head=1).value

    assert [ask("a"), ask("b"), ask("a"), ask("c"), ask("a"), ask("b")] == [0, 1, 0, 2, 0, 3]


class TestSoon:
    def test_what_takes_long_the_first_time_is_not_waited_for(self) -> None:
        hold, cache = threading.Event(), Cache(first=0.01)

        def slow() -> int:
            hold.wait(30)
            return 7

        assert cache.soon("n", 1, slow, head=1) is None
        hold.set()
        kept = Cache(first=30).soon("n", 1, slow, head=1)
        assert kept is not None
        assert (kept.value, kept.fresh) == (7, True)

    def test_what_fails_is_told(self) -> None:
        def fails() -> int:
            raise NothingFound(id="x", expected="statement")

        with pytest.raises(NothingFound):
            Cache(first=30).soon("n", 1, fails, head=1)


def test_of_what_is_large_fewer_are_kept() -> None:
    (name, few), *_ = LARGE.items()
    cache, numbers = Cache(), count()

    def ask(key: int) -> int:
        return cache.get(name, key, lambda: next(numbers), head=1).value

    assert [ask(key) for key in range(few + 1)] == list(range(few + 1))
    assert [ask(few), ask(1), ask(0)] == [few, 1, few + 1]
