"""The head of an article says when it was published, or it says nothing: cases in collect_datelines.json."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onrecord.collect import Metadata, from_text

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "cases" / "collect_datelines.json").read_text(encoding="utf-8")
)
BODY = (
    "The minister said on Tuesday that the ferry to the island would sail again in the summer, and that the"
    " harbour would be dredged before the first of the big ships arrived. On 9 May 2011 it had sunk.\n"
)


def text_of(head: list[str]) -> str:
    return "\n\n".join([*head, BODY])


@pytest.mark.parametrize("case", CASES, ids=lambda case: " / ".join(case["head"]) or "nothing")
@pytest.mark.parametrize("markdown", [False, True], ids=["text", "markdown"])
def test_the_head_gives_the_day(case: dict[str, Any], markdown: bool) -> None:
    article = from_text(text_of(case["head"]), markdown=markdown)
    assert article.published == (date.fromisoformat(case["day"]) if case["day"] else None)
    assert article.published_from == ("text" if case["day"] else "unknown")


def test_a_date_that_was_stated_comes_first() -> None:
    article = from_text(text_of(["14 May 2024"]), given=Metadata(published=date(2020, 1, 1)))
    assert (article.published, article.published_from) == (date(2020, 1, 1), "option")


def test_a_date_below_the_first_paragraph_is_not_the_publication() -> None:
    assert from_text(BODY + "\n14 May 2024\n").published is None
