"""A citation says who said what and where, and holds in each of its forms whatever the article wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html
from serve.test_drawings import made

from onrecord.serve.citations import citations, permanent

SITE = "https://record.example"


def test_the_permanent_link_has_the_whole_id() -> None:
    entry = made()
    assert permanent(SITE, entry.id) == f"{SITE}/statements/{entry.id.removeprefix('sha256:')}"
    assert all(permanent(SITE, entry.id) in form for form in citations(entry, SITE))


def test_a_line_of_text() -> None:
    told = citations(replace(made(), title="Night ferry", url="https://ellery.example/1"), SITE).plain
    assert told.startswith(
        "Ada Holm: “the ferry would run at night”. In: “Night ferry”, The Ellery Post, 6 March 2031, "
        "https://ellery.example/1. On record: https://record.example/statements/"
    )


def test_bibtex_is_one_entry_whatever_the_words_are() -> None:
    evil = r"50 % of {boats} & \write18{x} #1_a $5 ~ ^"
    told = citations(replace(made(), text=evil, url="https://ellery.example/}{\\x"), SITE).bibtex
    depth, least = 0, 1
    plain = told.replace(r"\{", "").replace(r"\}", "")
    for at, character in enumerate(plain):
        depth += (character == "{") - (character == "}")
        if 0 < at < len(plain) - 1 and "{" in plain[:at]:
            least = min(least, depth)
    assert (depth, least) == (0, 1)
    assert r"\textbackslash{}write18" in told
    assert r"50 \% of" in told


@pytest.mark.parametrize(
    "url", [None, "javascript:alert(1)", 'https://x.example/"><script>alert(1)</script>']
)
def test_html_holds_nothing_but_its_own_elements(url: str | None) -> None:
    entry = replace(made(), text="<img src=x onerror=alert(1)> & so on", url=url, title="</cite><b>")
    page = html.fromstring(f"<div>{citations(entry, SITE).html}</div>")
    assert {each.tag for each in page.iter()} == {"div", "blockquote", "p", "a"}
    assert page.find("blockquote/p").text == entry.text
    assert all(each.get("href").startswith("http") for each in page.iter("a"))
