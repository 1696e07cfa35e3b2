"""The clause on which a commitment or a prediction depends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from extract.marked import cases, marked
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.conditions import condition_of
from onrecord.statement import Span


@pytest.mark.parametrize("case", cases("conditions.json"), ids=lambda case: case["text"])
def test_the_condition(case: dict[str, Any]) -> None:
    text, statement = marked(case["text"], kind="commitment")
    found = condition_of(text, statement)
    assert (text[found.start : found.end] if found else None) == case["condition"]


def test_a_while_clause_conditions_only_what_somebody_will_not_do() -> None:
    text, statement = marked("{Ori} <will not> [test while talks go on].", kind="prediction")
    assert condition_of(text, statement) is None


@given(st.text(alphabet='if unless, should were to . \n’"(without as long', max_size=80), st.data())
def test_any_text_is_read_without_a_crash(text: str, data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(text)))
    start = data.draw(st.integers(0, end))
    _, statement = marked("<said> [x]", kind="commitment")
    found = condition_of(text, replace(statement, cue=(Span(0, start),), content=(Span(start, end),)))
    assert found is None or 0 <= found.start < found.end <= len(text)
