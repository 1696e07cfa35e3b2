"""Articles and acts that attack the pages in every field that holds words from outside, and what to look for.

What a page may be made of is read off the templates: an element or an attribute that no template has
came in with somebody's words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from cli.building import READER
from lxml import html

from onrecord.errors import InputError, LedgerError, NotFound
from onrecord.ledger.core import Ledger
from onrecord.statement import (
    Article,
    Block,
    Certainty,
    Condition,
    Document,
    Span,
    Speaker,
    Statement,
    Voice,
    When,
)

CASES = Path(__file__).resolve().parent.parent / "cases"
PAYLOADS: Final[tuple[str, ...]] = tuple(json.loads((CASES / "payloads.json").read_text("utf-8")))
# What does harm, if at all, where it is a whole address stands by itself; of the others, several stand in
# one field: what one of them swallowed would be seen as well.
_ALONE: Final = re.compile(r"[\x00-\x20]*(java|vbs|data|https?|file|blob|//|\\\\|\.\.)", re.IGNORECASE)
_TOGETHER: Final = 6


def _bunches() -> Iterator[str]:
    others = [payload for payload in PAYLOADS if not _ALONE.match(payload)]
    yield from (payload for payload in PAYLOADS if _ALONE.match(payload))
    for first in range(0, len(others), _TOGETHER):
        yield " ".join(others[first : first + _TOGETHER])


BUNCHES: Final[tuple[str, ...]] = tuple(_bunches())
DUE = (date(2031, 6, 1), date(2031, 6, 30))
FOREIGN = "https://evil.example/"

_SOURCES = {
    path.name: path.read_text("utf-8") for path in files("onrecord.serve").joinpath("templates").iterdir()
}  # type: ignore[attr-defined]
_OURS = "\n".join(_SOURCES.values())
# What python code of ours adds to pages: rendering.py's filters and drawings.
_ADDED_TAGS = {
    "html",
    "head",
    "body",
    "tbody",
    "time",
    "span",
    "a",
    "mark",
    "b",
    "i",
    "em",
    "strong",
    "ins",
    "del",
}
_ADDED_ATTRIBUTES = {"class", "dir", "href", "id", "title", "lang", "datetime"}
TAGS = {tag.lower() for tag in re.findall(r"<([a-zA-Z][a-zA-Z0-9-]*)", _OURS)} | _ADDED_TAGS
ATTRIBUTES = {name.lower() for name in re.findall(r"[\s\"}]([a-zA-Z][a-zA-Z0-9:-]*)(?==)", _OURS)}
ATTRIBUTES |= {
    "hidden",
    "open",
    "required",
    "checked",
    "selected",
    "disabled",
    "autofocus",
    "multiple",
    "defer",
}
# htmx marks what it works on.
ATTRIBUTES |= {
    "data-htmx-powered",
    "novalidate",
    "reversed",
    "readonly",
    "step",
    "formnovalidate",
} | _ADDED_ATTRIBUTES
ATTRIBUTES |= {name.lower() for name in re.findall(r"\b(data-[a-z-]+)", _OURS)}
ATTRIBUTES |= {name for name in re.findall(r"\b(hx-[a-z:-]+)", _OURS) if not name.startswith("hx-on")}
_QUOTED = 60
_LINKS = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "srcset",
    "background",
    "ping",
    "xlink:href",
)


class _Page:
    """The text of an article in the making."""

    def __init__(self) -> None:
        self.text = ""
        self.blocks: list[Block] = []

    def put(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))


def document(payload: str, *, url: str | None = None) -> Document:
    """An article with the payload in its text, its title, its author, its outlet, its address, as a speaker,
    in a promise with a due date, and in a forecast with a condition.
    """
    page = _Page()
    page.blocks.append(Block("headline", page.put(f"Ferries {payload}")))
    page.put("\n\n")
    start = len(page.text)
    found = [_promise(page, payload)]
    page.put(". ")
    found.append(_forecast(page, payload))
    page.put(".")
    page.blocks.append(Block("paragraph", Span(start, len(page.text))))
    article = Article(
        page.text, tuple(page.blocks), payload if url is None else url, payload,
        f"Ferries {payload}", payload, "en", date(2031, 3, 4), "metadata",
    )  # fmt: skip
    return Document(article, tuple(Statement(article_id=article.id, **each) for each in found), READER)


def _said(page: _Page, who: str, text_from: int, **meaning: Any) -> dict[str, Any]:
    content = Span(text_from, len(page.text))
    chain = (Voice("the harbour office", "organization"), Voice(who, "person"))
    return {
        "content": (content,), "text": page.text[content.start : content.end], "speech": "indirect",
        "speaker": Speaker(who, "person"), "chain": chain, "confidence": 0.9, **meaning,
    }  # fmt: skip


def _promise(page: _Page, payload: str) -> dict[str, Any]:
    source, cue = page.put(payload), page.put(" promised ")
    start = page.put("to run ").start
    page.put(payload)
    due = When(payload, page.put(f" by {payload}"), *DUE)
    said = {
        "source": (source,),
        "cue": (cue,),
        "kind": "commitment",
        "commitment_type": "promise",
        "due": due,
    }
    return _said(page, payload, start, **said)


def _forecast(page: _Page, payload: str) -> dict[str, Any]:
    source, cue = page.put("The office of " + payload), page.put(" said ")
    sure = Certainty(payload, page.put(payload), 0.6, 0.7, 0.8)
    start = sure.span.start
    page.put(" the quay floods if ")
    condition = Condition(payload, page.put(payload))
    by = When(payload, page.put(f" by {payload}"), *DUE)
    said = {"source": (source,), "cue": (cue,), "kind": "prediction", "certainty": sure, "by": by}
    return _said(page, "The office of " + payload, start, condition=condition, **said)


def attack(ledger: Ledger, payloads: tuple[str, ...] = BUNCHES) -> dict[str, tuple[str, str]]:
    """Fill a ledger with attacks, people's acts among them. Of each payload: its article, its promise."""
    found = {}
    for number, payload in enumerate(payloads):
        made = document(payload)
        ledger.add(made)
        found[payload] = (made.article.id, made.statements[0].id)
        _act(ledger, payload, *(statement.id for statement in made.statements))
        if number % 3 == 0:
            ledger.reject(made.statements[1].id, payload)
        ledger.topic(made.article.id, payload)
        ledger.note(made.article.id, payload)
        ledger.refuse(payload, NotFound(name=payload))
    return found


def _act(ledger: Ledger, payload: str, promise: str, forecast: str) -> None:
    mine = ledger.acting(f"ana {payload}")
    mine.note(promise, payload)
    mine.topic(promise, payload)
    # Some payloads are no speaker's name and no reason; most are.
    with suppress(LedgerError, InputError):
        mine.correct(forecast, {"speaker.name": f"Ines {payload}"}, why=payload)
    with suppress(LedgerError, InputError):
        mine.settle(promise, "kept", payload, note=payload, on=date(2031, 6, 2))
    with suppress(LedgerError, InputError):
        mine.settle(forecast, "came-true", FOREIGN + payload, note=payload)


def letters(text: str) -> str:
    """What is left of a text however a page shows odd letters: its visible ASCII."""
    return re.sub(r"[^\x21-\x7e]", "", text)


def shows(tree: html.HtmlElement, payload: str) -> bool:
    """Whether the payload stands on the page as words, or as the value of a field.

    Its beginning is enough: messages shorten what they quote.
    """
    wanted = letters(payload)[:_QUOTED]
    words = [letters("".join(tree.itertext()))]
    words += [letters(value) for node in tree.iter("input", "textarea", "option") for value in node.values()]
    return any(wanted in each for each in words)


def parsed(page: str) -> html.HtmlElement:
    """A page as a tree."""
    return html.document_fromstring(page.replace("\0", "\ufffd"))


def harm(tree: html.HtmlElement) -> list[str]:
    """What on a page no template of ours can have made."""
    found = []
    for node in tree.iter():
        if not isinstance(node.tag, str):
            found.append(f"a comment or instruction: {html.tostring(node)[:80]!r}")
            continue
        found += _foreign(node)
    return found + _doubled(tree)


def _foreign(node: html.HtmlElement) -> Iterator[str]:
    tag = str(node.tag)
    if tag not in TAGS:
        yield f"<{tag}>"
    for name, value in node.items():
        if name.lower() not in ATTRIBUTES or name.startswith(("on", "hx-on")) or name == "style":
            yield f"<{tag} {name}={value[:60]!r}>"
        if name in _LINKS and not _harmless_link(tag, name, value):
            yield f"<{tag} {name}={value[:60]!r}> leads out"
        if name in ("hx-get", "hx-post", "data-hx-get") and not re.match(r"/(?![/\\\\])", value):
            yield f"<{tag} {name}={value[:60]!r}>"
    if tag == "script" and (not (node.get("src") or "").startswith("/static/") or (node.text or "").strip()):
        yield f"<script>{(node.text or '')[:60]}"
    if tag == "meta" and node.get("http-equiv"):
        yield f"<meta http-equiv={node.get('http-equiv')!r}>"


def _harmless_link(tag: str, name: str, value: str) -> bool:
    """Outside addresses may stand in links that a person clicks on, and only those of the web."""
    if re.match(r"/(?![/\\])|#|\?|$", value):
        return True
    return tag == "a" and name == "href" and re.match(r"https?://", value) is not None


def _doubled(tree: html.HtmlElement) -> list[str]:
    """What may be there only once, and is there more often."""
    tags = Counter(node.tag for node in tree.iter("html", "head", "body", "title", "main"))
    ids = Counter(node.get("id") for node in tree.iter() if isinstance(node.tag, str) and node.get("id"))
    titles = [node for node in tree.iter("title") if node.getparent().tag == "head"]
    found = [f"{count} × <{tag}>" for tag, count in tags.items() if count > 1 and tag != "title"]
    found += [f"{len(titles)} titles"] if len(titles) > 1 else []
    return found + [f"{count} × id {name}" for name, count in ids.items() if count > 1]
