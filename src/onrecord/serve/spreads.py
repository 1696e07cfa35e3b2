"""An article with its statements as pages show it: the text in pieces on one side, cards on the other.

Made of what the ledger has of an article, or of a document that was read and is not on record yet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from onrecord.entry import Entry
from onrecord.serve.drafted import entry_of
from onrecord.statement import COMMITMENTS, KINDS, Article, Document, ReaderInfo
from onrecord.views import highlight, words
from onrecord.views.readings import READING, as_read
from onrecord.views.rows import Counts, Row, one_line, rows

if TYPE_CHECKING:
    from onrecord.ledger.results import Spread
    from onrecord.record.beside import Beside
    from onrecord.record.lookup import Correction
    from onrecord.statement import Statement

_NOBODY: Final = ReaderInfo("", "")
# What stands before an item of a list, on its line but not in its block.
_MARKER: Final = re.compile(r"\s{0,9}(?:[-–—*+•◦▪‣·]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s{0,9}")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which statements are wanted: of these kinds (all if none is named), of this speaker (all if empty)."""

    kinds: frozenset[str] = frozenset()
    speaker: str = ""

    def fits(self, entry: Entry) -> bool:
        """Whether a statement is wanted."""
        kinds = {entry.kind, entry.commitment_type}
        return bool(not self.kinds or kinds & self.kinds) and self.speaker in ("", words.speaker(entry))


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a statement's reading that people corrected: what stands now, what the machine read."""

    label: str
    now: str
    read: str
    by: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One statement. row: where it stands in the text, None where its words were redacted.

    fits: it is of those that are wanted. notes: how many people wrote beside it.
    """

    number: int
    entry: Entry
    row: Row | None
    changes: tuple[Change, ...]
    notes: int
    fits: bool

    @property
    def depth(self) -> int:
        """How many statements it stands inside."""
        return self.row.depth if self.row else 0

    @property
    def marked(self) -> bool:
        """Whether its words are highlighted."""
        return self.fits and not self.entry.rejected

    @property
    def kinds(self) -> str:
        """The names by which a filter finds it."""
        return " ".join(filter(None, (self.entry.kind, self.entry.commitment_type)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text: the statements that begin with it, and the one that it leads to."""

    segment: highlight.Segment
    begins: tuple[Card, ...]
    target: Card | None
    kind: str
    classes: str

    @property
    def numbers(self) -> str:
        """The numbers of all statements that it belongs to."""
        return highlight.numbers(self.segment.marks)

    @property
    def around(self) -> str:
        """The numbers of those that a number shown before it stands in."""
        return highlight.numbers(self.segment.around)


@dataclass(frozen=True, slots=True)
class Region:
    """A block of the text, a gap between blocks, or the `marker` of a list's item: its bullet or number."""

    kind: highlight.Kind | Literal["marker"]
    reflow: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """An article as it lies open: its text in regions, the cards beside it, what there is to choose from.

    kinds: each with how often it occurs, and whether it is wanted; speakers: the same.
    """

    article: Article
    regions: tuple[Region, ...]
    cards: tuple[Card, ...]
    counts: str
    kinds: tuple[tuple[str, int, bool], ...]
    speakers: tuple[tuple[str, int], ...]
    choice: Choice

    @property
    def heading(self) -> str:
        """What the article is called: its title, its own headline, or its first words."""
        return self.article.title or self._headline or first_words(self.article)

    @property
    def headed(self) -> bool:
        """Whether the text itself holds the headline, so that it need not be said above it."""
        return bool(self._headline)

    @property
    def fitting(self) -> int:
        """How many statements are wanted."""
        return sum(card.fits for card in self.cards)

    @property
    def _headline(self) -> str:
        found = next((region for region in self.regions if region.kind == "headline"), None)
        return one_line("".join(piece.segment.text for piece in found.pieces)) if found else ""


def first_words(article: Article) -> str:
    """The first words of the text, for an article that has no title."""
    line = next(filter(None, map(one_line, article.text[:2000].splitlines())), "")
    return line if len(line) <= 80 else line[:80].rpartition(" ")[0] + "…"


def opened(spread: Spread, choice: Choice) -> Opened:
    """An article of the ledger. What an earlier reading alone found is there where people touched it."""
    shown, beside = spread.shown, spread.beside
    entries = list(_of_the_page(shown.entries, beside))
    if not all(entry.id in beside.read for entry in entries):
        entries.sort(key=lambda entry: _place(beside.machine.get(entry.id)))
    changes = {
        entry.id: tuple(_changes(entry, beside.machine.get(entry.id), beside.corrections.get(entry.id, ())))
        for entry in entries
    }
    notes = {subject: len(said) for subject, said in beside.notes.items()}
    return _opened(shown.article, entries, beside.machine, choice, changes, notes)


def preview(document: Document, choice: Choice) -> Opened:
    """A document that is not on record."""
    article = document.article
    entries = [entry_of(statement, article) for statement in document.statements]
    return _opened(article, entries, {s.id: s for s in document.statements}, choice, {}, {})


def _opened(
    article: Article,
    entries: Sequence[Entry],
    machine: Mapping[str, Statement],
    choice: Choice,
    changes: Mapping[str, tuple[Change, ...]],
    notes: Mapping[str, int],
) -> Opened:
    placed = [entry for entry in entries if entry.id in machine]
    lost = [entry for entry in entries if entry.id not in machine]
    read = tuple(machine[entry.id] for entry in placed)
    found = [*rows(Document(article, read, _NOBODY)), *(None for _ in lost)]
    cards = tuple(
        Card(number, entry, row, changes.get(entry.id, ()), notes.get(entry.id, 0), choice.fits(entry))
        for number, (entry, row) in enumerate(zip([*placed, *lost], found, strict=True), start=1)
    )
    counts = Counts()
    counts.add(machine[card.entry.id] for card in cards if card.row and not card.entry.rejected)
    regions = tuple(_regions(article, cards))
    return Opened(article, regions, cards, str(counts), _kinds(cards, choice), _speakers(cards), choice)


def _of_the_page(entries: Sequence[Entry], beside: Beside) -> Iterator[Entry]:
    for entry in entries:
        if entry.id in beside.read:
            # In an older version of an article none is current, which its page says once and for all.
            yield replace(entry, current=True)
        elif entry.corrected or entry.rejected or entry.verdict is not None or entry.id in beside.notes:
            yield entry


def _place(statement: Statement | None) -> int:
    return min(span.start for span in statement.content) if statement else 0


def _changes(entry: Entry, machine: Statement | None, corrections: Sequence[Correction]) -> Iterator[Change]:
    read = as_read(entry, machine) if machine else None
    for line in READING:
        by = tuple(correction for correction in corrections if correction.field in line.fields)
        if by:
            yield Change(line.label, line.words(entry) or "none", (read and line.words(read)) or "none", by)


def _regions(article: Article, cards: Sequence[Card]) -> Iterator[Region]:
    by_row = {card.row.number: card for card in cards if card.row}
    for region in highlight.regions(article, [card.row for card in cards if card.row]):
        pieces = tuple(_piece(segment, by_row) for segment in region.segments)
        bare = region.kind == "paragraph" and all(not segment.marks for segment in region.segments)
        words = "".join(segment.text for segment in region.segments) if bare else ""
        yield Region("marker" if _MARKER.fullmatch(words) else region.kind, region.reflow, pieces)


def _piece(segment: highlight.Segment, cards: Mapping[int, Card]) -> Piece:
    marks = tuple(mark for mark in segment.marks if cards[mark.row.number].marked)
    left = highlight.Segment(segment.text, marks, ())
    contents = [mark.row for mark in marks if mark.role == "content"]
    inner = max(contents, key=lambda row: (row.depth, -row.number), default=None)
    return Piece(
        segment=segment,
        begins=tuple(cards[row.number] for row in segment.begins),
        target=cards[left.target.number] if left.target else None,
        kind=(cards[inner.number].entry.kind or "") if inner else "",
        classes=left.classes if marks else "off",
    )


def _kinds(cards: Sequence[Card], choice: Choice) -> tuple[tuple[str, int, bool], ...]:
    """Each kind that occurs, the types of commitment behind theirs where one of them is wanted."""
    counted = Counter(card.entry.kind for card in cards if card.entry.kind)
    types = Counter(
        card.entry.commitment_type for card in cards if card.entry.commitment_type in choice.kinds
    )
    names = [*((kind, counted[kind]) for kind in KINDS), *((name, types[name]) for name in COMMITMENTS)]
    return tuple((name, number, name in choice.kinds) for name, number in names if number)


def _speakers(cards: Sequence[Card]) -> tuple[tuple[str, int], ...]:
    """Each speaker with the number of statements, the one with most of them first."""
    counted = Counter(words.speaker(card.entry) for card in cards)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0].casefold())))
