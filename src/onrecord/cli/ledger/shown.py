"""One statement with all that is known of it: its words in context, the readings, verdicts, history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from onrecord.cli.ledger import pieces
from onrecord.cli.ledger.acts import log
from onrecord.cli.ledger.sheet import Sheet, grid, text
from onrecord.entry import Entry, verdicts_for
from onrecord.views import acts, words
from onrecord.views.harmless import harmless
from onrecord.views.readings import READING, as_read
from onrecord.views.rows import percent

if TYPE_CHECKING:
    from onrecord.entry import Rating
    from onrecord.ledger.results import Outcome, Shown
    from onrecord.record.lookup import Context, Correction, Note


def shown(sheet: Sheet, found: Shown, *, db: str | None = None) -> None:
    """Write a statement and, at the end, what can be done with it next."""
    entry = found.entry
    sheet.print(pieces.joined(pieces.identifier(entry), pieces.kind(entry), pieces.verdict(entry)))
    sheet.print(pieces.speaker(entry))
    sheet.print(_origin(entry))
    sheet.print("", Padding(_in_context(found.context), (0, 2)))
    _readings(sheet, found)
    _outcome(sheet, found.outcome, entry)
    _notes(sheet, found.notes)
    sheet.heading("History")
    log(sheet, found.history, about=False)
    sheet.closing(*_next(entry, db))


def _origin(entry: Entry) -> Text:
    known = (words.origin(entry), entry.title or "", entry.url or "")
    return pieces.joined(*dict.fromkeys(harmless(part) for part in known if part))


def _in_context(context: Context) -> Text:
    """The words among those around them; white space at the seams stays one space."""
    before, content, after = context.before, context.content, context.after
    line = Text()
    seam = " " if before[-1:].isspace() else ""
    line.append(harmless(before) + seam, style="dim").append(harmless(content), style="bold")
    seam = " " if after[:1].isspace() else ""
    return line.append(seam + harmless(after), style="dim")


def _readings(sheet: Sheet, found: Shown) -> None:
    """What is on record, line by line; below it the machine's reading where people corrected it."""
    entry, machine = found.entry, found.machine
    read = as_read(entry, machine) if machine else None
    sheet.heading("On record")
    table = grid(ratios=(None, 1))
    for line in READING:
        now = line.words(entry)
        corrections = [c for c in found.corrections if c.field in line.fields and c.current]
        if not now and not corrections:
            continue
        told = Text(now or "none")
        if corrections and read:
            told.append(f"\nthe machine read: {line.words(read) or 'none'}", style="dim")
        for correction in corrections:
            told.append("\n" + _corrected(correction), style="dim")
        table.add_row(text(line.label, "dim"), told)
    surety = f"{percent(entry.confidence)} sure of the statement"
    if entry.kind_confidence is not None:
        surety += f", {percent(entry.kind_confidence)} of its kind"
    table.add_row(text("machine", "dim"), text(surety))
    if standing := list(words.standing(entry)):
        table.add_row(text("standing", "dim"), text("; ".join(standing)))
    sheet.print(table)


def _corrected(correction: Correction) -> str:
    given = f"{correction.field} = {acts.value(acts.loaded(correction.value))}"
    why = f": {harmless(correction.why)}" if correction.why else ""
    return f"corrected by {harmless(correction.actor)}, {words.moment(correction.time)}, {given}{why}"


def _outcome(sheet: Sheet, outcome: Outcome, entry: Entry) -> None:
    if not verdicts_for(entry.kind) and not outcome.ratings:
        return
    sheet.heading("Outcome")
    line = pieces.joined(pieces.verdict(entry), outcome.schedule)
    if entry.settled_on:
        line.append(f" · settled on {entry.settled_on}", style="dim")
    sheet.print(line)
    if outcome.ratings:
        sheet.print(ratings(outcome.ratings))


def ratings(given: Iterable[Rating]) -> Text:
    """Each rater's verdict with its evidence, note and time, one after the other."""
    lines = Text()
    for rating in given:
        lines.append("\n" if lines else "")
        lines.append(rating.verdict, style=pieces.VERDICT.get(rating.verdict, ""))
        on = f" on {rating.on}" if rating.on else ""
        lines.append(f"{on}, by {harmless(rating.actor)} ({words.moment(rating.time)})")
        lines.append(f"\n  evidence: {acts.rests_on(rating.evidence)}", style="dim")
        if rating.note:
            lines.append(f"\n  note: {harmless(rating.note)}", style="dim")
    return lines


def _notes(sheet: Sheet, notes: Iterable[Note]) -> None:
    listed = [f"{note.actor}, {words.moment(note.time)}: {note.text}" for note in notes]
    if listed:
        sheet.heading("Notes")
        sheet.print(pieces.points(listed))


def _next(entry: Entry, db: str | None) -> Iterable[str]:
    mine = words.short(entry.id)
    yield f"Full id: {harmless(entry.id)}"
    if entry.rejected:
        yield f"Take it in again: {words.command(f'restore {mine}', db)}"
    elif words.settleable(entry):
        yield f"Settle it: {words.command(f'settle {mine} VERDICT --evidence URL', db)}"
        yield f"  VERDICT: {', '.join(verdicts_for(entry.kind))}"
    yield f"Its article: {words.command(f'show {words.short(entry.article)}', db)}"
