"""The HTML report: the article's very text, everything escaped, every link with its other end."""

from __future__ import annotations

import base64
import hashlib
import re
import time

import pytest
from cli.building import Sketch, harbour
from cli.markup import Report, entry, expected, report
from cli.strategies import documents
from hypothesis import given, settings

from onrecord.statement import Document


@given(documents())
@settings(max_examples=150, deadline=None)
def test_any_article_is_shown_to_the_letter_and_nothing_of_it_is_markup(document: Document) -> None:
    page = report(document)
    # A browser reads CR as LF unless it is written as a reference; so no bare one may be left.
    assert "\r" not in page
    found = Report(page)
    assert found.articles == [expected(document.article.text)]
    assert [len(found.inline["script"]), len(found.inline["style"])] == [1, 1]
    assert {tag for tag, _ in found.elements} <= {
        "html", "head", "meta", "title", "style", "body", "a", "header", "p", "span", "main", "section",
        "article", "h2", "h3", "time", "div", "aside", "ol", "li", "footer", "script", "form", "label",
        "select", "option", "input", "button", "output", "dl", "dt", "dd",
    }  # fmt: skip
    assert not [name for _, attributes in found.elements for name in attributes if name.startswith("on")]
    assert not found.values("style")
    assert not found.values("src")
    for address in found.values("href"):
        assert re.match(r"#|https?://", address, re.IGNORECASE)


@given(documents())
@settings(max_examples=60, deadline=None)
def test_every_statement_and_every_mark_has_its_other_end(document: Document) -> None:
    found = Report(report(document))
    identities = found.values("id")
    assert len(identities) == len(set(identities))
    inner = {address[1:] for address in found.values("href") if address.startswith("#")}
    assert inner <= set(identities)
    for number in range(1, len(document.statements) + 1):
        assert f"d1e{number}" in identities
        assert f"d1t{number}" in identities


class TestPolicy:
    def test_allows_the_page_s_own_script_and_style_by_hash_and_nothing_else(self) -> None:
        page = report(harbour().document)
        found = Report(page)
        policy = next(a["content"] for t, a in found.elements if t == "meta" and "http-equiv" in a)
        digests = {
            kind: base64.b64encode(hashlib.sha256(found.inline[kind][0].encode()).digest()).decode()
            for kind in ("style", "script")
        }
        assert policy == (
            f"default-src 'none'; style-src 'sha256-{digests['style']}';"
            f" script-src 'sha256-{digests['script']}';"
            " base-uri 'none'; form-action 'none'"
        )

    def test_comes_before_everything_that_it_governs(self) -> None:
        page = report(harbour().document)
        assert page.index("Content-Security-Policy") < page.index("<style") < page.index("<script")

    def test_nothing_is_loaded(self) -> None:
        page = report(harbour().document)
        assert not re.search(r"url\(|@import|<link|<img|<iframe|<object|<base|fetch\(|XMLHttp", page)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=%22", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//example.org", False),
        ("https:javascript", False),
        (" https://example.org", False),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str, linked: bool) -> None:
    sketch = Sketch("Nobody spoke.", url=url)
    addresses = Report(report(sketch.document)).values("href")
    assert ([a for a in addresses if not a.startswith("#")] == [url]) is linked


class TestMarks:
    def test_source_cue_and_content_are_marked_apart(self) -> None:
        page = report(harbour().document)
        assert re.search(r'class="mark source"[^>]*>The harbour office of Ellery</a>', page)
        assert re.search(r'class="mark cue"[^>]*>said</a>', page)

    def test_what_is_said_inside_what_is_said_lies_deeper(self) -> None:
        page = report(harbour().document)
        assert re.search(
            r'class="mark c2"[^>]*data-s="3 4" data-go="4"[^>]*>to run two ferries a day from June</a>', page
        )
        assert re.search(r'class="mark source c1"[^>]*>the operator, Tessa Varga</a>', page)

    def test_fragments_of_one_statement_lead_to_the_same_entry(self) -> None:
        page = report(harbour().document)
        assert len(re.findall(r'class="mark c1" href="#d1e5"', page)) == 2

    def test_the_chain_is_in_the_list(self) -> None:
        page = report(harbour().document)
        assert '<li class="entry depth1" id="d1e4"' in page
        assert entry(page, 4) == (
            "4 Tessa Varga The harbour office of Ellery → Tessa Varga to run two ferries a day from June"
            " had promised indirect 90 % sure"
        )

    def test_headline_and_summary_are_set_apart_and_not_counted(self) -> None:
        page = report(harbour().document)
        assert page.count('class="block summary"') == 2
        assert page.count('class="block headline"') == 1
        assert page.count('class="block caption"') == 1
        assert page.count("not counted</span>") == 2


def test_several_articles_make_one_page_with_a_table_of_contents() -> None:
    page = report(harbour().document, Sketch("Nobody spoke.\n\nNot at all.").document)
    assert "<h1>2 articles</h1>" in page
    assert '<a href="#d2" dir="auto">2.txt</a>' in page
    assert "No statements were found in this article." in page
    assert page.count('class="block paragraph"') == 6


def test_an_article_without_a_title_is_called_by_its_headline_and_tells_its_input() -> None:
    sketch = harbour()
    sketch.title = None
    page = report(sketch.document)
    assert "<title>On record: Ferry talks resume as both ports claim progress</title>" in page
    assert '<span dir="auto">1.txt</span>' in page


def test_lines_of_a_fixed_length_are_joined_for_the_eye_only() -> None:
    wrapped = (
        "The old bridge over the river was closed for the whole\nsummer, and nobody knew why.\n\n"
        "a poem\nof lines"
    )
    page = report(Sketch(wrapped).document)
    assert page.count('class="block paragraph reflow"') == 1
    assert Report(page).articles == [wrapped]


def test_a_long_article_is_quick() -> None:
    sentence = "The mayor of the town said that the bridge would open in the month of May. "
    sketch = Sketch(sentence * 500)
    for number in range(500):
        shift = number * len(sentence)
        sketch.add("The mayor of the town", "said", "that the bridge would open in the month of May")
        sketch.statements[-1] = _moved(sketch.statements[-1], shift)
    start = time.perf_counter()
    page = report(sketch.document)
    assert time.perf_counter() - start < 5
    assert page.count('<li class="entry') == 500
    assert len(page) < 2_000_000


def _moved(statement, shift: int):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    from onrecord.statement import Span

    def move(spans):  # type: ignore[no-untyped-def]
        return tuple(Span(a + shift, b + shift) for a, b in spans)

    return replace(
        statement, source=move(statement.source), cue=move(statement.cue), content=move(statement.content)
    )
