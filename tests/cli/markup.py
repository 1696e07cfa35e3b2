"""A report as HTML, taken apart."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

from onrecord.cli.formats import Page, writer
from onrecord.cli.formats.base import Reading
from onrecord.statement import Document

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Report(HTMLParser):
    """A report taken apart: the text of each article, its elements, its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.articles: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inline: dict[str, list[str]] = {"script": [], "style": []}
        self._open: list[tuple[str, bool]] = []
        self.feed(page)
        self.close()
        assert self._open == [], "an element is left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag not in VOID:
            starts = attributes.get("class") == "text"
            if starts:
                self.articles.append("")
            self._open.append((tag, starts or bool(self._open and self._open[-1][1])))
        if tag in self.inline:
            self.inline[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1]:
            self.articles[-1] += data
        if self._open and self._open[-1][0] in self.inline:
            self.inline[self._open[-1][0]][-1] += data

    def values(self, name: str) -> list[str]:
        return [attributes[name] or "" for _, attributes in self.elements if name in attributes]


def report(*read: Document) -> str:
    out = io.StringIO()
    form = writer("html", out, page=Page(), one=False)
    for number, document in enumerate(read, start=1):
        form.write(Reading(f"{number}.txt", document))
    form.finish()
    return out.getvalue()


def expected(text: str) -> str:
    """The text as a page can hold it: NUL and lone surrogates are shown as �, one for one."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def entry(page: str, number: int) -> str:
    """One entry of the list as a person reads it."""
    found = re.search(rf'<li class="entry[^>]*id="d1e{number}".*?</li>', page, re.S)
    assert found is not None
    return " ".join(re.sub(r"<[^>]*>", "", found[0]).split())
