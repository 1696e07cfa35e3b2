"""What an article predicts or promises in its own voice."""

from __future__ import annotations

import time
from typing import Any

import pytest
from extract.marked import cases, marked

from onrecord.extract.author import own_voice
from onrecord.statement import Article, Block, Span


@pytest.mark.parametrize("case", cases("author.json"), ids=lambda case: case["text"])
def test_own_voice(case: dict[str, Any]) -> None:
    found = own_voice(Article(case["text"]), [])
    assert [o.kind for o in found] == ([case["kind"]] if case["kind"] else [])


def test_the_content_is_the_sentence_without_its_full_stop() -> None:
    text = "Rain fell. The mayor is likely to lose. It was cold."
    (found,) = own_voice(Article(text), [])
    assert text[found.content.start : found.content.end] == "The mayor is likely to lose"
    assert 0 < found.confidence < 1


def test_what_is_attributed_to_somebody_is_not_the_authors() -> None:
    text, statement = marked("[The mayor is likely to lose], {Ori} <wrote>.")
    assert own_voice(Article(text), [statement]) == []


def test_headlines_are_left_out() -> None:
    text = "The mayor is likely to lose"
    assert own_voice(Article(text, (Block("headline", Span(0, len(text))),)), []) == []


def test_a_long_article_takes_linear_time() -> None:
    start = time.process_time()
    own_voice(Article("If it rains, the mayor is likely to lose. " * 10_000), [])
    assert time.process_time() - start < 10
