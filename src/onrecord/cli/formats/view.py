"""A document as rows for eyes: statements numbered, with their depth, their speaker and their chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.statement import Document, Statement, covered

ARROW = " → "
NOBODY = "no source named"
PARTS = ("headline", "summary", "caption")


@dataclass(frozen=True, slots=True)
class Row:
    """One statement: its number from 1, how many statements it stands inside, and what is shown of it."""

    number: int
    depth: int
    statement: Statement
    speaker: str
    cue: str
    chain: tuple[str, ...]

    @property
    def named(self) -> bool:
        """Whether it is known at all who answers for the words."""
        return self.speaker != NOBODY

    @property
    def counted(self) -> bool:
        """Whether it stands in the running text; what a headline says is said again below it."""
        return self.statement.part == "body"


def rows(document: Document) -> Iterator[Row]:
    """The statements of a document in their order, as rows."""
    depths: dict[str, int] = {}
    text = document.article.text
    for number, statement in enumerate(document.statements, start=1):
        depth = depths.get(statement.within or "", -1) + 1
        depths[statement.id] = depth
        yield Row(
            number=number,
            depth=depth,
            statement=statement,
            speaker=speaker(statement, text),
            cue=covered(text, statement.cue),
            chain=tuple(voice.name or "?" for voice in statement.chain),
        )


def speaker(statement: Statement, text: str) -> str:
    """Who answers for the words, as far as it is known."""
    known = statement.speaker.name or covered(text, statement.source)
    if known.strip():
        return known
    return "the author" if statement.speaker.kind == "author" else NOBODY


def one_line(text: str) -> str:
    """The text with every run of white space, line ends among them, as one space."""
    return " ".join(text.split())


def percent(confidence: float) -> str:
    """A probability as a whole percentage that never rounds to certainty."""
    return f"{min(max(round(confidence * 100), 1 if confidence > 0 else 0), 99 if confidence < 1 else 100)} %"


@dataclass(slots=True)
class Counts:
    """How many statements there are: in the running text, relayed ones among them, and outside it."""

    articles: int = 0
    statements: int = 0
    relayed: int = 0
    outside: Counter[str] = field(default_factory=Counter)

    def add(self, statements: Iterable[Statement]) -> None:
        """Count one article's statements."""
        self.articles += 1
        for statement in statements:
            if statement.part != "body":
                self.outside[statement.part] += 1
            else:
                self.statements += 1
                self.relayed += statement.within is not None

    def __str__(self) -> str:
        """For example "31 statements, 4 of them relayed; 2 in the headline not counted"."""
        line = "1 statement" if self.statements == 1 else f"{self.statements} statements"
        if self.articles > 1:
            line += f" in {self.articles} articles"
        if self.relayed:
            line += f", {self.relayed} of them relayed"
        places = [part for part in PARTS if self.outside[part]]
        if places:
            line += f"; {self.outside.total()} in the {_listed(places)} not counted"
        return line


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
