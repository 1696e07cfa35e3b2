"""The cells that the ledger's tables are put together from: a speaker, a kind, the words, a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from onrecord.cli.formats.table import CUE, KIND, SPEAKER
from onrecord.cli.ledger.sheet import grid, text
from onrecord.views import words
from onrecord.views.rows import NOBODY

if TYPE_CHECKING:
    from rich.console import RenderableType

    from onrecord.entry import Entry

ID = "cyan"
VERDICT = {
    "kept": "bold green", "came-true": "bold green", "partly-kept": "green", "in-the-works": "blue",
    "stalled": "yellow", "broken": "bold red", "did-not": "bold red", "disputed": "bold magenta",
}  # fmt: skip


def identifier(entry: Entry) -> Text:
    """The short id."""
    return Text(words.short(entry.id), style=ID)


def speaker(entry: Entry) -> Text:
    """The chain, its last link in colour, and the article's own name for it where that is another."""
    name = words.speaker(entry)
    line = Text(words.through(entry), style="dim")
    line.append(name, style="dim italic" if name == NOBODY else SPEAKER)
    if read := words.named_otherwise(entry):
        line.append(f" ({read})", style="dim")
    if entry.anonymous:
        line.append(" (anonymous)", style="dim")
    return line


def kind(entry: Entry) -> Text:
    """The kind in its colour."""
    return Text(words.kind(entry), style=KIND.get(entry.kind or "", ""))


def verdict(entry: Entry) -> Text:
    """The verdict in its colour."""
    return Text(words.verdict(entry), style=VERDICT.get(entry.verdict or "", "dim"))


def certainty(entry: Entry) -> Text:
    """The words of certainty with their numbers."""
    return Text(words.certainty(entry), style=CUE)


def said(entry: Entry, *, due: bool = True, notes: Iterable[str] = ()) -> RenderableType:
    """What was said, and below it, a line each, what is known of it and then `notes`."""
    content = text(entry.text, "strike" if entry.rejected else "")
    known = [*words.facts(entry, due=due), *notes]
    if not known:
        return content
    return Group(content, points(known))


def points(lines: Iterable[str]) -> RenderableType:
    """Lines with a point before each, dim."""
    listed = grid(ratios=(None, 1), padding=1)
    for line in lines:
        listed.add_row(text("·", "dim"), text(line, "dim"))
    return listed


def joined(*parts: Text | str) -> Text:
    """The parts that are not empty, with a dim point between them."""
    line = Text()
    for part in parts:
        if part:
            line.append(" · " if line else "", style="dim")
            line.append_text(part if isinstance(part, Text) else text(part, "dim"))
    return line
