"""Documents built by hand, so that what is shown can be tested without a model."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onrecord.statement import (
    Article,
    Block,
    BlockKind,
    Certainty,
    Condition,
    Document,
    Part,
    ReaderInfo,
    Span,
    Speaker,
    Speech,
    Statement,
    Voice,
    When,
    covered,
)

READER = ReaderInfo(version="0.0.0", model="sha256:test")

HARBOUR = """\
Ferry talks resume as both ports claim progress

Norland says the night ferry could return by June.

The union doubts that the money is there.

The night ferry left Ellery for the last time in autumn. Photo: M. Lindqvist

The harbour office of Ellery said on Monday that the operator, Tessa Varga, had promised to run two ferries \
a day from June.

“We have the ships,” Varga said. “What we do not have is a berth, and that is for the council to give.”

The council laid out three conditions:

1. The operator pays for the new berth.
2. The ferries stay below ten knots in the bay, where, according to the coast guard, seals rest in spring.
3. The night service ends before midnight.

Asked about the noise, the union’s spokesman, who was not at the meeting, called the plan “a fairy tale”.
"""


@dataclass
class Sketch:
    """A document in the making: statements are named by their words, spans are looked up."""

    text: str
    blocks: tuple[Block, ...] = ()
    statements: list[Statement] = field(default_factory=list)
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: date | None = None

    @property
    def article(self) -> Article:
        known = "option" if self.published else "unknown"
        return Article(
            text=self.text,
            blocks=self.blocks,
            title=self.title,
            outlet=self.outlet,
            author=self.author,
            url=self.url,
            published=self.published,
            published_from=known,
            language="en",
        )

    @property
    def document(self) -> Document:
        return Document(self.article, tuple(self.statements), READER)

    def find(self, *words: str, after: str = "") -> tuple[Span, ...]:
        """The spans of words, each looked for after the one before; "he" is not found in "the"."""
        spans, at = [], self.text.index(after)
        for fragment in words:
            found = re.compile(rf"(?<!\w){re.escape(fragment)}(?!\w)").search(self.text, at)
            assert found is not None, f"{fragment!r} is not in the text"
            spans.append(Span(*found.span()))
            at = found.end()
        return tuple(spans)

    def when(self, words: str, start: str | None = None, end: str | None = None) -> When:
        """A time in these words; its days are written as 2031-06-30."""
        days = (date.fromisoformat(day) if day else None for day in (start, end))
        return When(words, self.find(words)[0], *days)

    def certainty(self, phrase: str, low: float, high: float, *, after: str = "") -> Certainty:
        """A certainty in these words."""
        return Certainty(phrase, self.find(phrase, after=after)[0], low, (low + high) / 2, high)

    def condition(self, words: str) -> Condition:
        """A condition in these words."""
        return Condition(words, self.find(words)[0])

    def add(
        self,
        source: str | None,
        cue: str,
        *content: str,
        within: Statement | None = None,
        speech: Speech = "indirect",
        confidence: float = 0.9,
        part: Part = "body",
        name: str | None = None,
        speaker_kind: str | None = None,
        after: str = "",
        **meaning: Any,
    ) -> Statement:
        """One more statement. Returns it, so that another can stand inside it.

        `meaning`: any other field of a statement, such as `kind` or `due`.
        """
        mention = self.find(source, after=after) if source else ()
        spans = self.find(*content, after=after)
        voice = Voice(name or source, speaker_kind)
        statement = Statement(
            article_id=self.article.id,
            source=mention,
            cue=self.find(cue, after=after) if cue else (),
            content=spans,
            text=covered(self.text, spans),
            speech=speech,
            speaker=Speaker(name or source, speaker_kind, mention=mention),
            chain=(*(within.chain if within else ()), voice),
            confidence=confidence,
            within=within.id if within else None,
            part=part,
            **meaning,
        )
        self.statements.append(statement)
        return statement


def harbour() -> Sketch:
    """An article with everything in it: parts, a chain, a list, fragments, a statement in a statement."""
    kinds: tuple[BlockKind, ...] = ("headline", "summary", "summary", "caption")
    paragraphs = list(_paragraphs(HARBOUR))
    blocks = [
        Block(kinds[i] if i < len(kinds) else "item" if HARBOUR[s.start].isdigit() else "paragraph", s)
        for i, s in enumerate(paragraphs)
    ]
    sketch = Sketch(
        HARBOUR,
        tuple(blocks),
        title="Ferry talks resume as both ports claim progress",
        outlet="The Ellery Post",
        author="Ines Holm",
        url="https://news.example/ferry?a=1&b=2",
        published=date(2031, 3, 4),
    )
    sketch.add("both ports", "claim", "progress", part="headline", confidence=0.61)
    sketch.add("Norland", "says", "the night ferry could return by June", part="summary", confidence=0.72)
    office = sketch.add(
        "The harbour office of Ellery",
        "said",
        "that the operator, Tessa Varga, had promised to run two ferries a day from June",
        confidence=0.97,
    )
    sketch.add(
        "the operator, Tessa Varga",
        "had promised",
        "to run two ferries a day from June",
        within=office,
        name="Tessa Varga",
    )
    sketch.add(
        "Varga",
        "said",
        "“We have the ships,”",
        "“What we do not have is a berth, and that is for the council to give.”",
        after="“We",
        speech="direct",
        confidence=0.99,
    )
    sketch.add("The council", "laid out", "The operator pays for the new berth.", confidence=0.83)
    speed = sketch.add(
        "The council",
        "laid out",
        "The ferries stay below ten knots in the bay, where, according to the coast guard, seals rest in"
        " spring.",
    )
    sketch.add("the coast guard", "according to", "seals rest in spring", within=speed, confidence=0.55)
    sketch.add("The council", "laid out", "The night service ends before midnight.", confidence=0.8)
    sketch.add(
        "the union’s spokesman, who was not at the meeting",
        "called",
        "the plan “a fairy tale”",
        speech="mixed",
    )
    return sketch


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Span(at, at + len(line.rstrip("\n")))
        at += len(line)


class FakeReader:
    """Stands for the reader: whatever comes before " said " is the source of what follows on the line.

    What "will" happen is a prediction, and all else a claim.
    """

    def read_many(self, articles: Iterable[Article], *, workers: int = 1, **_: object) -> Iterator[Document]:
        for article in articles:
            yield Document(article, tuple(self._statements(article)), READER)

    def _statements(self, article: Article) -> Iterator[Statement]:
        at = 0
        for line in article.text.splitlines(keepends=True):
            who, cue, what = line.rstrip().partition(" said ")
            if cue:
                said, told = at + len(who) + 1, at + len(who) + 6
                content = (Span(told, told + len(what)),)
                yield Statement(
                    article_id=article.id,
                    source=(Span(at, at + len(who)),),
                    cue=(Span(said, said + 4),),
                    content=content,
                    text=what,
                    speech="indirect",
                    speaker=Speaker(who),
                    chain=(Voice(who),),
                    confidence=0.5 if "maybe" in what else 0.9,
                    kind="prediction" if " will " in what else "claim",
                )
            at += len(line)


def heeding_interruption() -> None:
    """In a child: a shell's background jobs, these tests perhaps, are started with interruption ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
