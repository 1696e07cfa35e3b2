"""Statements of the ledger in a table, or, where the terminal is narrow, one under the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

from onrecord.cli.ledger import pieces
from onrecord.cli.ledger.sheet import Sheet, grid, ruled, text
from onrecord.entry import SHORT
from onrecord.views import words

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from onrecord.entry import Entry
    from onrecord.ledger.results import Due

# The groups of what falls due, in the order in which they press, with what each is called.
GROUPS = (("overdue", "Overdue"), ("due", "Due now"), ("upcoming", "Upcoming"))
PRESSING = {"overdue": "bold red", "due": "bold yellow"}


def entries(sheet: Sheet, found: Sequence[Entry]) -> None:
    """Write statements with their id, speaker, kind, words, outlet, day and verdict."""
    sheet.print(_cards(found) if sheet.narrow else _table(found))


def _table(found: Iterable[Entry]) -> Table:
    table = ruled()
    table.add_column("id", width=SHORT, no_wrap=True)
    table.add_column("speaker", ratio=5)
    table.add_column("kind", width=10)
    table.add_column("words", ratio=11)
    table.add_column("outlet, day", width=14)
    table.add_column("verdict", width=12)
    for entry in found:
        table.add_row(
            pieces.identifier(entry),
            pieces.speaker(entry),
            pieces.kind(entry),
            pieces.said(entry),
            words.origin(entry),
            pieces.verdict(entry),
        )
    return table


def _cards(found: Sequence[Entry]) -> RenderableType:
    cards = grid(ratios=(1,))
    for number, entry in enumerate(found):
        head = pieces.joined(pieces.identifier(entry), pieces.kind(entry), pieces.verdict(entry))
        cards.add_row(Group(head, pieces.speaker(entry), pieces.said(entry), words.origin(entry)))
        _apart(cards, number, len(found))
    return cards


def due(sheet: Sheet, found: Sequence[Due]) -> None:
    """Write what is to be settled, group by group: what is overdue, what is due now, what comes."""
    for schedule, title in GROUPS:
        members = [item for item in found if item.schedule == schedule]
        if members:
            sheet.heading(f"{title}: {len(members)}")
            sheet.print(_due_cards(members) if sheet.narrow else _due_table(members))
    others = [item for item in found if item.schedule not in dict(GROUPS)]
    if others:
        sheet.heading(f"Without a day: {len(others)}")
        entries(sheet, [item.entry for item in others])


def _due_table(found: Iterable[Due]) -> Table:
    table = ruled()
    table.add_column("when", width=13)
    table.add_column("id", width=SHORT, no_wrap=True)
    table.add_column("speaker", ratio=5)
    table.add_column("kind", width=10)
    table.add_column("words", ratio=11)
    table.add_column("outlet, day", width=14)
    for item in found:
        entry = item.entry
        table.add_row(
            _when(item),
            pieces.identifier(entry),
            pieces.speaker(entry),
            pieces.kind(entry),
            pieces.said(entry, notes=_so_far(entry)),
            words.origin(entry),
        )
    return table


def _due_cards(found: Sequence[Due]) -> RenderableType:
    cards = grid(ratios=(1,))
    for number, item in enumerate(found):
        entry = item.entry
        head = pieces.joined(_when(item), pieces.identifier(entry), pieces.kind(entry))
        said = pieces.said(entry, notes=_so_far(entry))
        cards.add_row(Group(head, pieces.speaker(entry), said, words.origin(entry)))
        _apart(cards, number, len(found))
    return cards


def _apart(cards: Table, number: int, of: int) -> None:
    """An empty line between cards, none behind the last."""
    if number + 1 < of:
        cards.add_row("")


def _when(item: Due) -> Text:
    return text(words.distance(item.days, running=item.schedule == "due"), PRESSING.get(item.schedule, ""))


def _so_far(entry: Entry) -> list[str]:
    return [f"so far {entry.verdict}"] if entry.verdict and entry.verdict != "disputed" else []
