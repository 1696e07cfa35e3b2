"""What was computed of all statements is remembered until the log goes on."""

from __future__ import annotations

from itertools import count

from onrecord.record.memory import Memory


def test_a_value_is_remembered_until_the_log_goes_on() -> None:
    memory, numbers = Memory(), count()
    asked = [memory.get("population", head, lambda: next(numbers)) for head in (5, 5, 6, 6, 5)]
    assert asked == [0, 0, 1, 1, 2]


def test_only_the_last_few_are_remembered() -> None:
    memory, numbers = Memory(most=2), count()
    asked = [memory.get(key, 1, lambda: next(numbers)) for key in "abacab"]
    assert asked == [0, 1, 0, 2, 0, 3]
