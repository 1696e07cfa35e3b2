"""What a person is told after an act: what is on record now, and how to take it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from onrecord.cli.ledger import pieces
from onrecord.cli.ledger.sheet import Sheet
from onrecord.entry import PENDING_VERDICTS
from onrecord.track import plainly
from onrecord.views import acts, words
from onrecord.views.harmless import harmless
from onrecord.views.readings import READING, as_read

if TYPE_CHECKING:
    from datetime import date

    from onrecord.entry import Entry, Rating
    from onrecord.ledger.results import Shown


def settled(sheet: Sheet, found: Shown, *, actor: str, today: date, db: str | None = None) -> None:
    """Confirm a verdict: what was said, what it rests on, what others say, how to take it back."""
    entry, outcome = found.entry, found.outcome
    mine = next((rating for rating in outcome.ratings if rating.actor == actor), None)
    if mine is not None:
        sheet.print(_head("On record: ", entry, _rated(mine), f", by {harmless(mine.actor)}."))
    _about(sheet, entry, outcome.schedule)
    if mine is not None and entry.kind == "prediction":
        sheet.line(f"That is to say, {plainly(entry, mine.verdict)}")
    if mine is not None:
        sheet.line(f"evidence: {acts.rests_on(mine.evidence)}", "dim")
        if mine.note:
            sheet.line(f"note: {mine.note}", "dim")
        if mine.on is None and mine.verdict not in PENDING_VERDICTS:
            sheet.line("No day was given (--on DATE): whether it was on time cannot be said.", "dim")
    others = [rating for rating in outcome.ratings if rating is not mine]
    if others:
        sheet.line(_others(others, disputed=outcome.disputed), "magenta" if outcome.disputed else "")
    if left_out := words.no_score(entry):
        sheet.line(left_out, "dim")
    elif _counts_later(entry, today):
        when = f"from {entry.due_end} on (came-true at once with score --early)"
        sheet.line(f"Rated before its last day: scores count it {when}.", "dim")
    sheet.line(f"Take it back: {words.command(f'unsettle {words.short(entry.id)}', db)}", "dim")


def unsettled(sheet: Sheet, found: Shown, *, actor: str, db: str | None = None) -> None:
    """Confirm that the actor's verdict was taken back, and say what now stands."""
    entry = found.entry
    sheet.print(_head("Taken back: ", entry, Text("the verdict"), f" of {harmless(actor)}."))
    _about(sheet, entry, found.outcome.schedule)
    standing = _others(found.outcome.ratings, disputed=found.outcome.disputed, lead="Verdicts that stand")
    sheet.line(standing or f"Now: {words.verdict(entry) or 'no verdict'}.")
    sheet.line(f"What was said before stays in its history: {_show(entry, db)}", "dim")


def corrected(sheet: Sheet, found: Shown, fields: Iterable[str], *, db: str | None = None) -> None:
    """Confirm corrections: what is on record now, beside what the machine read."""
    entry, named = found.entry, set(fields)
    sheet.print(_head("On record: ", entry, Text("corrected"), "."))
    machine = as_read(entry, found.machine) if found.machine else None
    for line in READING:
        if named.intersection(line.fields):
            told = f"{line.label}: {line.words(entry) or 'none'}"
            if machine:
                told += f" (the machine read: {line.words(machine) or 'none'})"
            sheet.line(told)
    mine = words.short(entry.id)
    for correction in found.corrections:
        if correction.current and correction.field in named:
            back = f"correct {mine} --take-back {harmless(correction.field)}"
            sheet.line(f"Take it back: {words.command(back, db)}", "dim")


def rejected(sheet: Sheet, found: Shown, *, db: str | None = None) -> None:
    """Confirm a rejection."""
    entry = found.entry
    sheet.print(_head("On record: ", entry, Text("rejected", style="red"), "; kept, and counted nowhere."))
    _about(sheet, entry)
    sheet.line(f"Take it back: {words.command(f'restore {words.short(entry.id)}', db)}", "dim")


def restored(sheet: Sheet, found: Shown, *, db: str | None = None) -> None:
    """Confirm that a rejection was undone."""
    entry = found.entry
    sheet.print(_head("On record: ", entry, Text("restored"), "; it counts again."))
    _about(sheet, entry)
    sheet.line(f"All about it: {_show(entry, db)}", "dim")


def _show(entry: Entry, db: str | None) -> str:
    return words.command(f"show {words.short(entry.id)}", db)


def _head(lead: str, entry: Entry, told: Text, end: str) -> Text:
    line = Text(lead).append_text(pieces.identifier(entry)).append(" ")
    return line.append_text(told).append(end)


def _rated(rating: Rating) -> Text:
    told = Text(rating.verdict, style=pieces.VERDICT.get(rating.verdict, "bold"))
    return told.append(f" on {rating.on}" if rating.on else "")


def _about(sheet: Sheet, entry: Entry, schedule: str = "") -> None:
    """Who said what, and by when it was to be settled."""
    line = Text().append_text(pieces.speaker(entry)).append(": ").append(harmless(entry.text))
    sheet.print(line)
    facts = [words.deadline(entry), schedule]
    if any(facts):
        sheet.line(" · ".join(filter(None, facts)), "dim")


def _others(ratings: Iterable[Rating], *, disputed: bool, lead: str = "Other verdicts") -> str:
    told = "; ".join(
        f"{harmless(rating.actor)}: {rating.verdict}" + (f" on {rating.on}" if rating.on else "")
        for rating in ratings
    )
    if not told:
        return ""
    return f"{lead}: {told}." + (" Together: disputed; scores leave it out." if disputed else "")


def _counts_later(entry: Entry, today: date) -> bool:
    settled = entry.kind == "prediction" and entry.verdict in ("came-true", "did-not")
    return settled and entry.due_end is not None and entry.due_end > today
