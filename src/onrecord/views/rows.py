"""A document as rows for eyes: statements numbered, with their depth, their speaker and their chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.statement import Document, Statement, When, covered

ARROW = " → "
NOBODY = "no source named"
AUTHOR = "the author"
PARTS = ("headline", "summary", "caption")


@dataclass(frozen=True, slots=True)
class Row:
    """One statement: its number from 1, how many statements it stands inside, and what is shown of it.

    `mention`: the article's words for the speaker, in quotation marks; or what the speaker is to it.
    """

    number: int
    depth: int
    statement: Statement
    speaker: str
    mention: str
    cue: str
    chain: tuple[str, ...]

    @property
    def named(self) -> bool:
        """Whether it is known at all who answers for the words."""
        return self.speaker != NOBODY

    @property
    def kind(self) -> str:
        """The kind in one or two words."""
        return kind(self.statement)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of its kind that a filter may ask for."""
        return kinds(self.statement)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is known of it beyond its words."""
        return tuple(facts(self.statement))

    @property
    def deadline(self) -> bool:
        """Whether something falls due."""
        return bool(self.statement.due or self.statement.by)

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
            mention=mention(statement, text),
            cue=covered(text, statement.cue),
            chain=tuple(voice.name or "?" for voice in statement.chain),
        )


def speaker(statement: Statement, text: str) -> str:
    """Who answers for the words, as far as it is known."""
    known = one_line(statement.speaker.name or covered(text, statement.source))
    return known or (AUTHOR if statement.speaker.kind == "author" else NOBODY)


def mention(statement: Statement, text: str) -> str:
    """The article's own words for the speaker where they are other words than the name: "he"."""
    words = one_line(covered(text, statement.speaker.mention or statement.source))
    known = speaker(statement, text)
    if statement.speaker.kind == "author" and not words:
        return "" if known == AUTHOR else AUTHOR
    same = known.casefold() in words.casefold() or known == NOBODY
    return "" if same or not words else f"“{shortened(words)}”"


class Fact(NamedTuple):
    """Something known of a statement beyond its words: the field, what it is called, words, numbers."""

    field: str
    lead: str
    words: str
    numbers: str = ""

    def __str__(self) -> str:
        """For example: due “in April”, 2031-04-01 to 2031-04-30."""
        return f"{self.lead} {self.words}" + (f", {self.numbers}" if self.numbers else "")


# A commitment is due; a prediction can be settled by the end of its interval.
TIMES = (("due", "due"), ("by", "to be settled"), ("said_at", "said"))


def facts(statement: Statement) -> Iterator[Fact]:
    """Certainty, denial, times and condition of a statement, those that are known."""
    if sure := statement.certainty:
        yield Fact("certainty", "certainty", _quoted(sure.phrase), between(sure.low, sure.high))
    if statement.denied:
        yield Fact("denied", "denied", "by the speaker")
    for name, lead in TIMES:
        when: When | None = getattr(statement, name)
        if when:
            yield Fact(name, lead, _quoted(when.text), interval(when))
    if statement.condition:
        yield Fact("condition", "condition", _quoted(statement.condition.text))


def between(low: float, high: float) -> str:
    """A range of probability as whole percentages, one where both ends are the same."""
    ends = [str(round(end * 100)) for end in (low, high)]
    return "–".join(dict.fromkeys(ends)) + " %"


def interval(when: When) -> str:
    """An interval of days in words: one day, from a day to a day, or open at one end."""
    start, end = (day.isoformat() if day else "" for day in (when.start, when.end))
    if start == end:
        return start
    if start and end:
        return f"{start} to {end}"
    return f"from {start}" if start else f"until {end}"


def kind(statement: Statement) -> str:
    """The kind as one or two words: a commitment is named by its type, "not to" where it is to refrain."""
    if statement.kind != "commitment" or not statement.commitment_type:
        return statement.kind or ""
    refrains = statement.negative and statement.commitment_type != "refusal"
    return statement.commitment_type + (" not to" if refrains else "")


def kinds(statement: Statement) -> tuple[str, ...]:
    """The names by which a statement can be chosen: its kind, and the type of a commitment."""
    return tuple(filter(None, (statement.kind, statement.commitment_type)))


def shortened(words: str, limit: int = 60) -> str:
    """At most `limit` characters of the words, cut between two of them where there is a gap."""
    if len(words) <= limit:
        return words
    return (words[:limit].rpartition(" ")[0] or words[: limit - 1]) + "…"


def _quoted(words: str) -> str:
    return f"“{one_line(words)}”"


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
        return "; ".join(filter(None, (line, self.left_out)))

    @property
    def left_out(self) -> str:
        """For example "2 in the headline not counted"; nothing where all are in the running text."""
        places = [part for part in PARTS if self.outside[part]]
        return f"{self.outside.total()} in the {_listed(places)} not counted" if places else ""


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
