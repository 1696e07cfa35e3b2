"""Plain text and Markdown: what each piece of the page is, and where it stands in the file."""

import json
from datetime import date
from pathlib import Path

import pytest

from onrecord.collect import from_bytes, from_text
from onrecord.collect.credits import is_caption

CASES = Path(__file__).parent.parent / "cases"


def table(name):
    return json.loads((CASES / f"collect_{name}.json").read_text(encoding="utf-8"))


def seen(article):
    return [[b.kind, article.text[b.span.start : b.span.end]] for b in article.blocks]


@pytest.mark.parametrize("case", table("layout"), ids=lambda case: case["why"])
def test_blocks_of_plain_text(case):
    article = from_text(case["text"])
    assert article.text == case["text"]
    assert seen(article) == case["blocks"]


@pytest.mark.parametrize("case", table("markdown"), ids=lambda case: case["why"])
def test_blocks_of_markdown(case):
    article = from_text(case["text"], markdown=True)
    assert article.text == case["text"]
    assert seen(article) == case["blocks"]
    assert article.title == case["title"]


@pytest.mark.parametrize("line", table("captions")["caption"])
def test_a_credit_makes_a_caption(line):
    assert is_caption(line)


@pytest.mark.parametrize("line", table("captions")["not"])
def test_what_people_say_is_no_caption(line):
    assert not is_caption(line)


def test_front_matter_gives_metadata():
    text = "---\ntitle: Harbour\nauthor: Mara Quill\ndate: 2021-03-05\nsource: Example Post\n---\nShe left.\n"
    article = from_bytes(text.encode(), name="a.md")
    assert (article.title, article.author, article.outlet) == ("Harbour", "Mara Quill", "Example Post")
    assert (article.published, article.published_from) == (date(2021, 3, 5), "metadata")


def test_long_markdown_is_laid_out_as_plain_text():
    text = "# Harbour\n\nThe mayor said that it would close.\n\n" * 8000
    article = from_bytes(text.encode(), name="a.md")
    assert article.text == text
    assert len(article.blocks) == 16_000


def test_beyond_all_layout_there_is_one_block():
    article = from_text("the man said no\n" * 60_000)
    assert len(article.blocks) == 1


def test_plain_text_has_no_metadata_of_its_own():
    article = from_text("Harbour to close\n\nThe mayor said so on Friday, 5 March 2021.")
    assert (article.title, article.published, article.published_from) == (None, None, "unknown")
