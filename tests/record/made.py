"""Documents made without the model: invented, and the same for the same number on every machine.

They have what the ledger must cope with: statements inside statements, commitments with due dates,
predictions with and without certainty, groups and unnamed speakers, conditions, denials, times.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from onrecord.statement import (
    Article,
    Block,
    BlockKind,
    Certainty,
    Condition,
    Document,
    ReaderInfo,
    Span,
    Speaker,
    Statement,
    TimeExpression,
    Voice,
    When,
)

READER = ReaderInfo(version="0.0.0", model="sha256:" + "0" * 64)
OUTLETS = ("The Ellery Post", "Norland Courier", "Harbour Gazette", "Tarn Valley News", "Quayside Weekly")
ROLES = ("ferry minister", "harbour master", "mayor", "head of the port union", "coast guard’s chief")
GROUPS = ("the port union", "the council", "the coast guard", "the ministry of bridges")
THINGS = (
    "night ferry", "new berth", "swing bridge", "fish market", "tide gate", "lighthouse", "dry dock",
    "cable car", "harbour tram", "salt works", "ice store", "pilot station", "sea wall", "rope factory",
)  # fmt: skip
DEEDS = ("open", "close", "be rebuilt", "cost less", "run at night", "be sold", "be repaired", "move inland")
# (phrase, lower quartile, median, upper quartile); the numbers are invented as well.
CERTAINTIES = (
    ("will almost certainly", 0.90, 0.95, 0.98), ("will probably", 0.60, 0.70, 0.80),
    ("may well", 0.45, 0.55, 0.65), ("is unlikely to", 0.10, 0.20, 0.30),
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Stands for the id of the statement before, as long as that is not known.
OUTER = "outer"
FIRST_DAY = date(2031, 1, 1)
_HEADS = ("bel", "dor", "ker", "lim", "mar", "nor", "os", "pel", "rin", "sul", "tar", "ven", "wil", "yar")
_TAILS = ("ana", "beck", "dal", "emo", "fjord", "gard", "holm", "ika", "lund", "mere", "ness", "sund", "vik")


def word(number: int) -> str:
    """An invented word, another one for each number."""
    number, head = divmod(number, len(_HEADS))
    number, tail = divmod(number, len(_TAILS))
    return (_HEADS[head] + _TAILS[tail] + (word(number - 1) if number else "")).capitalize()


class _Page:
    """An article in the making: text is added at the end, and its span is given back."""

    def __init__(self, chance: random.Random, published: date) -> None:
        self.chance = chance
        self.published = published
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.times: list[TimeExpression] = []

    def put(self, text: str) -> Span:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return Span(start, self.length)

    def block(self, kind: BlockKind, start: int) -> None:
        self.blocks.append(Block(kind, Span(start, self.length)))
        self.put("\n\n")

    def month(self) -> When:
        """A month of this year or the next two, as the time by which something is to happen."""
        month, year = self.chance.randrange(12), self.published.year + self.chance.randrange(3)
        start = date(year, month + 1, 1)
        end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        text = f"{MONTHS[month]} {year}"
        span = self.put(text)
        self.times.append(TimeExpression(span, text, "DATE", f"{year}-{month + 1:02}", start, end, "month"))
        return When(text, span, start, end)

    def thing(self) -> str:
        """Something that can be searched for: common words and, mostly, a rare one."""
        rare = min(int(self.chance.paretovariate(0.6)), 20_000)
        return f"the {self.chance.choice(THINGS)} of {word(rare)}"


def _speaker(page: _Page, people: int) -> tuple[Span, Speaker]:
    """Who speaks: mostly a person, a few of them often and most of them seldom."""
    drawn = page.chance.random()
    if drawn < 0.05:
        span = page.put("a passenger")
        return span, Speaker("a passenger", "person", True, (span,))
    if drawn < 0.2:
        name = page.chance.choice(GROUPS)
        span = page.put(name)
        return span, Speaker(name, "group", False, (span,), 0.8)
    number = min(int(page.chance.paretovariate(0.7)), people)
    name = f"{word(200 + 7 * number % 97)} {word(number)}"
    page.put(f"{page.chance.choice(ROLES)} ")
    span = page.put(name)
    return span, Speaker(name, "person", False, (span,), 0.9)


def _commitment(page: _Page) -> dict[str, Any]:
    negative = page.chance.random() < 0.2
    page.put(f"{page.thing()} would {'not ' if negative else ''}{page.chance.choice(DEEDS)} by ")
    kind = page.chance.choice(("promise", "offer", "agreement", "intention"))
    return {"kind": "commitment", "commitment_type": kind, "negative": negative, "due": page.month()}


def _prediction(page: _Page) -> dict[str, Any]:
    page.put(f"{page.thing()} ")
    meaning: dict[str, Any] = {"kind": "prediction"}
    if page.chance.random() < 0.7:
        phrase, low, mid, high = page.chance.choice(CERTAINTIES)
        meaning["certainty"] = Certainty(phrase, page.put(phrase), low, mid, high)
    else:
        page.put("will")
    page.put(f" {page.chance.choice(DEEDS)} by ")
    meaning["by"] = page.month()
    if page.chance.random() < 0.2:
        page.put(", ")
        text = f"if the council pays for the {page.chance.choice(THINGS)}"
        meaning["condition"] = Condition(text, page.put(text))
    return meaning


def _claim(page: _Page) -> dict[str, Any]:
    kind = page.chance.choice(("claim", "assessment", "directive", "question", "expression"))
    count = page.chance.randrange(2, 400)
    page.put(f"{page.thing()} had {count} visitors who wanted it to {page.chance.choice(DEEDS)}")
    return {"kind": kind, "denied": True} if page.chance.random() < 0.1 else {"kind": kind}


def _contents(page: _Page) -> dict[str, Any]:
    drawn = page.chance.random()
    return (_commitment if drawn < 0.2 else _prediction if drawn < 0.4 else _claim)(page)


def _said(
    page: _Page, people: int, *, outer: tuple[Voice, ...] = (), nested: bool = False
) -> list[Statement]:
    """Who said what, as a sentence without its full stop; `nested`: what is said is that somebody said."""
    source, speaker = _speaker(page, people)
    page.put(" ")
    cue = page.put("had promised" if outer else page.chance.choice(("said", "told reporters", "announced")))
    page.put(" that ")
    start, mark = page.length, len(page.parts)
    chain = (*outer, Voice(speaker.name, speaker.kind))
    inner = _said(page, people, outer=chain) if nested else []
    meaning = {"kind": "claim"} if nested else _commitment(page) if outer else _contents(page)
    content, text = (Span(start, page.length),), "".join(page.parts[mark:])
    confidence = 0.5 + page.chance.randrange(50) / 100
    return [
        Statement(
            "", (source,), (cue,), content, text, "indirect", speaker, chain, confidence,
            within=OUTER if outer else None, kind_confidence=0.8, **meaning,
        ),
        *inner,
    ]  # fmt: skip


def document(number: int, *, statements: int = 6, people: int = 2_000, seed: int = 0) -> Document:
    """The made document of this number, with so many statements; other numbers have other addresses.

    people: how many different persons speak in all documents together, a few of them often.
    """
    chance = random.Random(f"{seed}/{number}")
    published = FIRST_DAY + timedelta(days=number % 700)
    page = _Page(chance, published)
    title = f"News of {page.thing()}"
    page.put(title)
    page.block("headline", 0)
    found: list[Statement] = []
    while len(found) < statements:
        nested = len(found) % 6 == 4 and len(found) < statements - 1
        start = page.length
        found += _said(page, people, nested=nested)
        page.put(".")
        page.block("paragraph", start)
    outlet = OUTLETS[number % len(OUTLETS)]
    address = f"https://{outlet.replace(' ', '-').lower()}.example/{seed}/{number}"
    article = Article(
        "".join(page.parts), tuple(page.blocks), address, outlet, title, word(number % 50), "en", published,
        "metadata",
    )  # fmt: skip
    return Document(article, _placed(found, article.id), READER, tuple(page.times))


def _placed(found: list[Statement], article: str) -> tuple[Statement, ...]:
    """The statements with their article's id, which was not known before its text was; links follow."""
    ids: dict[str, str] = {}
    placed: list[Statement] = []
    for statement in found:
        new = replace(statement, article_id=article, within=ids.get(statement.within or ""))
        ids[statement.id] = ids[OUTER] = new.id
        placed.append(new)
    return tuple(placed)


def documents(count: int, *, first: int = 0, **options: Any) -> Iterator[Document]:
    """Made documents, one after another; options as of `document`."""
    return (document(number, **options) for number in range(first, first + count))


def changed(made: Document) -> Document:
    """The document after its article was changed: one more paragraph, under the same address."""
    article = replace(made.article, text=made.article.text + "This article was corrected later.\n")
    return Document(article, _placed(list(made.statements), article.id), made.reader, made.times)


def elsewhere(made: Document, **facts: Any) -> Document:
    """The document with other facts of its article: url, outlet, title, …"""
    article = replace(made.article, **facts)
    return Document(article, _placed(list(made.statements), article.id), made.reader, made.times)


def read_again(made: Document, *, version: str = "0.0.1", without: int = 1) -> Document:
    """The document as a later reader reads it: without its last statements, and surer of the others."""
    kept = made.statements[: len(made.statements) - without]
    surer = tuple(replace(statement, confidence=0.99) for statement in kept)
    return Document(made.article, surer, replace(made.reader, version=version), made.times)
