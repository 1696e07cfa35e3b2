"""What holds for every input: blocks are in order and exact, and nothing but our own errors comes out."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.collect import Metadata, from_bytes, from_text
from onrecord.errors import OnrecordError

ENGLISH = Metadata(language="en")
LINES = st.sampled_from(
    [
        "The mayor said no.",
        "Harbour to close",
        "• a bullet",
        "- a dash",
        "* a star",
        "1. one",
        "2) two",
        "(a) letter",
        "",
        "   ",
        "\t- indented",
        "Photo: Jane Roe",
        "> quoted",
        "# Heading",
        "```",
        "| a | b |",
        "|---|---|",
        "---",
        "====",
        "é\u0301🚢",
        "\u200f\u0639\u0645\u0631",
        "\u2028",
        "\x0c",
        "<p>The man</p>",
        "![x](y)",
        "[x]: <y>",
        "\xa0",
        "title: x",
        "    code",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\x85", "\u2029"])
LAID_OUT = st.lists(st.tuples(LINES, ENDS), max_size=25).map(lambda rows: "".join(a + b for a, b in rows))
TAGS = st.sampled_from(
    [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "blockquote",
        "article",
        "script",
        "style",
        "b",
        "i",
        "br",
        "table",
        "tr",
        "td",
        "a",
        "time",
        "pre",
        "code",
        "q",
        "figure",
        "figcaption",
        "svg",
        "noscript",
        "template",
        "textarea",
        "title",
        "head",
        "body",
        "html",
        "base",
        "form",
        "dl",
        "dt",
        "dd",
        "math",
        "iframe",
    ]
)
PIECES = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    st.sampled_from(
        [
            "The mayor said that the harbour would close in June. ",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "&amp;",
            "&#0;",
            "&#xD800;",
            "&",
            "<",
            ">",
            '"',
            "<?xml version='1.0' encoding='utf-16'?>",
            "<!doctype html>",
            "<p lang='de' class='x",
            "\u00ad",
            "\x0b",
            "<time datetime='2021-03-05'>",
            "<meta charset='utf-7'>",
            '<script type=\'application/ld+json\'>{"@type":"NewsArticle"',
            "<link rel=canonical href='http://['>",
        ]
    ),
    st.text(max_size=8),
)
RELAXED = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def check(article):
    end = 0
    for block in article.blocks:
        inside = article.text[block.span.start : block.span.end]
        assert end <= block.span.start < block.span.end <= len(article.text)
        assert inside == inside.strip() != ""
        end = block.span.end


@pytest.mark.parametrize("markdown", [False, True])
@RELAXED
@given(text=st.one_of(st.text(), LAID_OUT))
def test_blocks_are_in_order_disjoint_and_exact(markdown, text):
    try:
        article = from_text(text, given=ENGLISH, markdown=markdown)
    except OnrecordError:
        return
    assert article.text == text
    check(article)


@given(text=LAID_OUT)
@RELAXED
def test_plain_text_is_wholly_in_blocks_but_for_markers(text):
    try:
        article = from_text(text, given=ENGLISH)
    except OnrecordError:
        assert not text.strip()
        return
    outside, end = "", 0
    for block in article.blocks:
        outside += article.text[end : block.span.start]
        end = block.span.end
    assert set(outside + article.text[end:]) <= set("•-*(a)12345.) \t\n\r\xa0\x0c\x85\u2028\u2029")


@given(data=st.binary(max_size=400), name=st.sampled_from(["a.txt", "a.md", "a.html", "-", "x"]))
@RELAXED
def test_any_bytes_give_an_article_or_an_error(data, name):
    for given_language in (ENGLISH, Metadata()):
        with contextlib.suppress(OnrecordError):
            check(from_bytes(data, name=name, given=given_language))


@given(html=st.lists(PIECES, max_size=30).map("".join))
@RELAXED
def test_any_markup_gives_an_article_or_an_error(html):
    with contextlib.suppress(OnrecordError):
        check(from_bytes(html.encode("utf-8", "surrogatepass"), name="a.html", given=ENGLISH))


@given(pieces=st.lists(PIECES, max_size=12), at=st.integers(0, 12))
@RELAXED
def test_scripts_never_get_into_the_text(pieces, at):
    pieces.insert(at, "<script>EVIL('the minister said so')</script>")
    html = "".join(
        piece for piece in pieces if "<" not in piece or piece[1:2].isalpha() or piece.startswith("</")
    )
    for swallows in ("<textarea>", "<title>", "<style>", "<p lang='de' class='x"):
        html = html.replace(swallows, "")
    try:
        article = from_bytes(
            f"<html><body><article>{html}".encode("utf-8", "ignore"), name="a.html", given=ENGLISH
        )
    except OnrecordError:
        return
    assert "EVIL" not in article.text
