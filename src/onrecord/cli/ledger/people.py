"""The speakers of the ledger in a table, and what is said after names were joined or parted."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.cli.formats.table import SPEAKER
from onrecord.cli.ledger.sheet import Sheet, ruled, text
from onrecord.views import words
from onrecord.views.harmless import harmless

if TYPE_CHECKING:
    from onrecord.record.people import SpeakerRow


def speakers(
    sheet: Sheet, found: Sequence[SpeakerRow], *, words: str | None, full: bool, db: str | None = None
) -> None:
    """Write speakers with their kind, how many statements they have, and their other names."""
    if not found:
        _nobody(sheet, words, db)
        return
    table = ruled()
    table.add_column("speaker", ratio=4)
    table.add_column("kind", width=12)
    table.add_column("statements", justify="right", width=10)
    table.add_column("also", ratio=5)
    for row in found:
        table.add_row(
            text(row.name, SPEAKER), text(row.kind or ""), str(row.statements), text(", ".join(row.merged))
        )
    sheet.print(table)
    name = quoted(found[0].name)
    lines = [f"The first {len(found)}; more with --limit {2 * len(found)}."] if full else []
    lines.append(f"What one of them said: {_again(f'search --speaker {name}', db)}")
    lines.append(f"How it came out: {_again(f'score {name}', db)}")
    sheet.closing(*lines)


def _nobody(sheet: Sheet, sought: str | None, db: str | None) -> None:
    if sought:
        sheet.line(f"No speaker's name has {sought} in it.")
        sheet.line(f"All speakers: {_again('speakers list', db)}", "dim")
    else:
        sheet.line("Nobody is on record with a statement that counts.")
        sheet.line(f"Put an article on record: {_again('add article.txt', db)}", "dim")


def merged(sheet: Sheet, names: Sequence[str], into: str, *, db: str | None = None) -> None:
    """Confirm a merge."""
    sheet.line(f"On record: one speaker, {into}; in some articles {', '.join(names)}.")
    for name in names:
        sheet.line(f"Take it back: {_again(f'speakers split {quoted(name)}', db)}", "dim")


def parted(sheet: Sheet, name: str, *, db: str | None = None) -> None:
    """Confirm a split."""
    sheet.line(f"On record: {name} is a speaker of its own.")
    again = f"speakers merge {quoted(name)} --into NAME"
    sheet.line(f"Take it back: {_again(again, db)}", "dim")


def quoted(name: str) -> str:
    """A name as the shell takes it in one piece."""
    return harmless(shlex.quote(name))


def _again(command: str, db: str | None) -> str:
    return words.command(command, db)
