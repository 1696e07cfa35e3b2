"""Rows of the log as a table, or as short paragraphs where the page is narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from onrecord.cli.ledger import pieces
from onrecord.cli.ledger.sheet import Sheet, grid, ruled, text
from onrecord.entry import SHORT
from onrecord.views import words
from onrecord.views.acts import subject, told

if TYPE_CHECKING:
    from onrecord.entry import LogRow


def log(sheet: Sheet, rows: Sequence[LogRow], *, about: bool = True) -> None:
    """Write rows of the log, in the order given. `about`: with what each is about."""
    if sheet.narrow:
        _narrow(sheet, rows, about=about)
        return
    table = ruled()
    table.add_column("row", justify="right", min_width=3, no_wrap=True)
    table.add_column("time (UTC)", width=16, no_wrap=True)
    table.add_column("by", ratio=2)
    table.add_column("act", width=11)
    if about:
        table.add_column("on", width=SHORT)
    table.add_column("", ratio=7)
    for row in rows:
        on = [text(subject(row), pieces.ID)] if about else []
        said = text(told(row), "dim" if row.payload is None else "")
        table.add_row(str(row.sequence), words.moment(row.time), text(row.actor), row.act, *on, said)
    sheet.print(table)


def _narrow(sheet: Sheet, rows: Iterable[LogRow], *, about: bool) -> None:
    table = grid(ratios=(None, 1))
    for row in rows:
        when = text(f"{words.moment(row.time)} · {row.actor}", "dim")
        on = text(subject(row) if about else "", pieces.ID)
        act = pieces.joined(Text(row.act), on, text(told(row)))
        table.add_row(str(row.sequence), Text("\n").join((when, act)))
    sheet.print(table)
