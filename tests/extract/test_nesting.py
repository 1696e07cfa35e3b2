"""Which reading stands inside which, where the model finds several in the same words."""

from __future__ import annotations

from onrecord.extract.nesting import Node, first_level
from onrecord.extract.readings import Reading


def reading(source: int, cue: int, content: tuple[int, int], anchor: float = 0.9) -> Reading:
    return Reading(((source, source + 1),), ((cue, cue + 1),), (content,), anchor, -0.1)


def test_readings_apart_from_one_another_are_allfirst_level_in_text_order() -> None:
    first, second = reading(0, 1, (2, 5)), reading(6, 7, (8, 9), anchor=0.95)
    assert first_level([second, first]) == [Node(first, None, 0), Node(second, None, 0)]


def test_one_wholly_inside_another_becomes_its_inner_one_however_sure_it_is() -> None:
    outer, inner = reading(0, 1, (2, 9), anchor=0.5), reading(3, 4, (5, 9), anchor=0.99)
    for order in ([outer, inner], [inner, outer]):
        assert first_level(order) == [Node(outer, None, 0), Node(inner, 0, 1)]


def test_of_two_that_tear_at_each_other_the_surer_is_kept() -> None:
    left, right = reading(0, 1, (2, 6), anchor=0.6), reading(3, 4, (5, 9), anchor=0.8)
    assert first_level([left, right]) == [Node(right, None, 0)]


def test_of_two_that_hold_each_others_cue_one_is_kept() -> None:
    a, b = reading(0, 4, (1, 4), anchor=0.7), reading(5, 2, (3, 5), anchor=0.6)
    assert first_level([a, b]) == [Node(a, None, 0)]
