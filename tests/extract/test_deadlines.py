"""When it was said, by when it is due, by when it can be settled: which time belongs to a statement."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.deadlines import Times, times_of
from onrecord.extract.times import time_expressions
from onrecord.statement import Article, Span, Speaker, Statement, When

CASES = json.loads((Path(__file__).parent.parent / "cases" / "deadlines.json").read_text("utf-8"))
PUBLISHED = date(2018, 3, 6)


def found(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def times_in(case: dict[str, Any]) -> Times:
    text = case["text"]
    day = case.get("published", PUBLISHED.isoformat())
    article = Article(text, published=day and date.fromisoformat(day))
    content = found(text, case["content"])
    statement = Statement(
        article_id=article.id,
        source=(found(text, case["source"]),) if "source" in case else (),
        cue=(found(text, case["cue"]),) if case["cue"] else (),
        content=(content,),
        text=case["content"],
        speech="indirect",
        speaker=Speaker(None),
        chain=(),
        confidence=1.0,
        kind=case["kind"],
    )
    condition = found(text, case["condition"]) if "condition" in case else None
    times = time_expressions(text, article.published)
    return times_of(article, statement, times, kind=case["kind"], condition=condition)


def shown(when: When | None) -> list[Any] | None:
    if when is None:
        return None
    return [when.text, when.start and when.start.isoformat(), when.end and when.end.isoformat()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_times_belong_to_statements(case: dict[str, Any]) -> None:
    times = times_in(case)
    assert {field: shown(getattr(times, field)) for field in ("said_at", "due", "by")} == {
        field: case.get(field) for field in ("said_at", "due", "by")
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_words_stand_in_the_article(case: dict[str, Any]) -> None:
    times = times_in(case)
    for when in (times.said_at, times.due, times.by):
        if when is not None:
            assert case["text"][when.span.start : when.span.end] == when.text


def test_only_commitments_are_due_and_only_predictions_can_be_settled() -> None:
    case = {**CASES[0], "kind": "commitment"}
    assert times_in(case).by is None
    assert times_in(case).due is not None
    assert times_in({**case, "kind": "assessment"}).due is None
