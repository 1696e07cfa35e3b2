"""Whether a statement denies what somebody alleged."""

from __future__ import annotations

from typing import Any

import pytest
from extract.marked import cases, marked

from onrecord.extract.denials import denied


@pytest.mark.parametrize("case", cases("denials.json"), ids=lambda case: case["text"])
def test_denied(case: dict[str, Any]) -> None:
    text, statement = marked(case["text"])
    assert denied(text, statement) is case["denied"]


def test_a_statement_without_content_denies_nothing() -> None:
    text, statement = marked("{Ori} <denied> it.")
    assert denied(text, statement) is False
