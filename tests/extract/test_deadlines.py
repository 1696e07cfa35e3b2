"""When it was said, by when it is due, by when it can be settled: which time belongs to a statement."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.deadlines import deadline_of
from onrecord.extract.sayings import said_at
from onrecord.extract.scenes import Scene
from onrecord.extract.times import time_expressions
from onrecord.statement import Article, Span, Speaker, Statement, When

CASES = json.loads((Path(__file__).parent.parent / "cases" / "deadlines.json").read_text("utf-8"))
PUBLISHED = date(2018, 3, 6)


def found(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def times_in(case: dict[str, Any]) -> dict[str, When | None]:
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
    scene = Scene(article, [statement], time_expressions(text, article.published))
    said = said_at(scene, statement) if statement.cue else None
    found_at: dict[str, When | None] = {"said_at": said, "due": None, "by": None}
    if field := {"commitment": "due", "prediction": "by"}.get(case["kind"]):
        found_at[field] = deadline_of(article, statement, scene.times, condition=condition, said=said)
    return found_at


def shown(when: When | None) -> list[Any] | None:
    if when is None:
        return None
    return [when.text, when.start and when.start.isoformat(), when.end and when.end.isoformat()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_times_belong_to_statements(case: dict[str, Any]) -> None:
    times = times_in(case)
    assert {field: shown(when) for field, when in times.items()} == {
        field: case.get(field) for field in times
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_words_stand_in_the_article(case: dict[str, Any]) -> None:
    times = times_in(case)
    for when in times.values():
        if when is not None:
            assert case["text"][when.span.start : when.span.end] == when.text
