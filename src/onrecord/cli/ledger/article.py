"""An article of the ledger: where it is from, its versions, and the statements that were read in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from onrecord.cli.ledger import pieces
from onrecord.cli.ledger.entries import entries
from onrecord.cli.ledger.sheet import Sheet, text
from onrecord.views import words
from onrecord.views.harmless import harmless
from onrecord.views.rows import Counts, shortened

if TYPE_CHECKING:
    from onrecord.ledger.results import ArticleShown, Version
    from onrecord.record.versions import Changes, Piece

LONGEST = 300  # characters shown of a paragraph that came or went
# How words that went and came are marked, as wdiff does, and coloured.
MARKS = {"removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green"), "same": ("", "", "dim")}


def article(
    sheet: Sheet, found: ArticleShown, changes: Changes | None = None, *, db: str | None = None
) -> None:
    """Write an article's facts, its versions with what changed, its statements in the order of the text."""
    read = found.article
    sheet.line(read.title or read.url or f"article {words.short(found.id)}", "bold")
    day = read.published.isoformat() if read.published else None
    known = [text(part, "dim") for part in (read.outlet, read.author, day, read.url) if part]
    sheet.print(pieces.joined(Text(f"article {words.short(found.id)}", style=pieces.ID), *known))
    if len(found.versions) > 1:
        _versions(sheet, found.versions, found.id)
    if changes is not None and found.before:
        _changed(sheet, changes, found.before)
    outside = Counter(entry.part for entry in found.entries if entry.part != "body")
    counted = f"Statements: {len(found.entries) - outside.total()}"
    sheet.heading("; ".join(filter(None, (counted, Counts(outside=outside).left_out))))
    if found.entries:
        entries(sheet, found.entries)
        mine = words.short(found.entries[0].id)
        sheet.closing(f"All about one of them: {words.command(f'show {mine}', db)}")
    else:
        sheet.line("No statements were found in it.", "dim")


def _versions(sheet: Sheet, versions: Iterable[Version], shown: str) -> None:
    sheet.heading("Versions, oldest first")
    sheet.print(
        pieces.points(
            f"{words.short(version.article)}, added {words.moment(version.added)}"
            + (" (this one)" if version.article == shown else "")
            for version in versions
        )
    )


def _changed(sheet: Sheet, changes: Changes, before: str) -> None:
    """What changed since the version before: facts, paragraphs word by word, and how many statements."""
    sheet.heading(f"Changed since the version before, {words.short(before)}")
    for fact in changes.facts:
        sheet.line(f"{fact.name}: {fact.before or 'none'} → {fact.after or 'none'}")
    for rewritten in changes.changed:
        sheet.print(Text("~ ").append_text(Text("").join(_marked(rewritten.pieces))))
    for sign, style, paragraphs in (("−", "red", changes.removed), ("+", "green", changes.added)):
        for paragraph in paragraphs:
            sheet.line(f"{sign} {shortened(paragraph.text, LONGEST)}", style)
    came, went = (words.counted(len(part), "statement") for part in (changes.came, changes.went))
    sheet.line(f"{came} came, {went} went, {len(changes.stayed)} stayed.", "dim")


def _marked(parts: Iterable[Piece]) -> Iterator[Text]:
    """The words of a paragraph, those that went or came between marks; blanks at the seams are kept."""
    for part in parts:
        before, after, style = MARKS[part.change]
        lead = " " if part.text[:1].isspace() else ""
        tail = " " if part.text[-1:].isspace() else ""
        yield Text(f"{lead}{before}{harmless(part.text)}{after}{tail}", style=style)
