"""`onrecord due`, `settle` and `unsettle`: what is to be settled, and a verdict with its evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import ledger_options as options

if TYPE_CHECKING:
    from onrecord.cli.ledger.sheet import Sheet
    from onrecord.ledger.results import Due

Verdict = Annotated[
    str,
    typer.Argument(
        metavar="VERDICT",
        help="On a commitment: in-the-works, stalled, kept, partly-kept, broken, void, unverifiable; on a"
        " prediction: came-true, did-not, void. void: its condition was never met.",
    ),
]
Evidence = Annotated[
    str,
    typer.Option(
        metavar="URL|ID|TEXT",
        help="What it rests on: an address, an article in the ledger, or a reason of three words or more.",
    ),
]
On = Annotated[str | None, typer.Option(metavar="DATE", help="The day of the outcome, as 2018-04-27.")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="A remark that stays beside the verdict.")]
Within = Annotated[
    str | None,
    typer.Option(
        metavar="TIME",
        help="Only what is overdue, or due in so much time from today: 30d, 4w, 6m or 1y.",
    ),
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")]
DAYS = {"": 1, "d": 1, "w": 7, "m": 30, "y": 365}


def settle(
    id: options.StatementId,  # noqa: A002
    verdict: Verdict,
    evidence: Evidence,
    on: On = None,
    note: Note = None,
    db: options.Db = None,
    actor: options.Actor = None,
    as_json: options.AsJson = False,
) -> None:
    """Say how a commitment or a prediction came out, with evidence. It replaces your own earlier verdict.

    Others' verdicts stay beside it: where they differ, it is shown as disputed.

    Example: onrecord settle 3f9c2a41d07b kept --evidence https://news.example/ferry --on 2018-04-27
    """
    day = options.day("--on", on)
    with options.opened(db, actor) as ledger:
        found = ledger.settle(id, verdict, evidence, on=day, note=note)
        name = ledger.actor
    if as_json:
        options.print_plain(found)
        return
    from onrecord.cli.ledger.done import settled
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        settled(sheet, found, actor=name, today=options.today_or(None), db=db)


def unsettle(
    id: options.StatementId,  # noqa: A002
    why: options.Why = None,
    db: options.Db = None,
    actor: options.Actor = None,
    as_json: options.AsJson = False,
) -> None:
    """Take your own verdict back. What was said before stays in the history.

    Example: onrecord unsettle 3f9c2a41d07b --why "the source was withdrawn"
    """
    with options.opened(db, actor) as ledger:
        found = ledger.unsettle(id, why=why)
        name = ledger.actor
    if as_json:
        options.print_plain(found)
        return
    from onrecord.cli.ledger.done import unsettled
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        unsettled(sheet, found, actor=name, db=db)


def due(
    within: Within = None,
    overdue: Overdue = False,
    speaker: options.Speaker = None,
    limit: options.Limit = 50,
    today: options.Today = None,
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """Show the commitments and predictions that are to be settled: overdue, due now, upcoming.

    Example: onrecord due --within 30d
    """
    span = None if within is None else _days(within)
    with options.opened(db, read_only=True) as ledger:
        found = ledger.due(
            within=span, overdue=overdue, today=options.today_or(today), speaker=speaker, limit=limit
        )
    if as_json:
        options.print_plain(found)
        return
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        _show(sheet, found, narrowed=bool(within or overdue or speaker), full=len(found) == limit, db=db)


def _days(value: str) -> int:
    """A time such as 30d, 4w, 6m or 1y in days; a month counts 30, a year 365. Raises BadOption."""
    from onrecord.errors import BadOption

    match = re.fullmatch(r"([0-9]{1,5})\s*([dwmy]?)", value.strip().lower())
    if match is None:
        expected = "a number of days, weeks, months or years"
        raise BadOption(option="--within", value=value or '""', expected=expected, example="30d")
    return int(match[1]) * DAYS[match[2]]


def _show(sheet: Sheet, found: list[Due], *, narrowed: bool, full: bool, db: str | None) -> None:
    from onrecord.cli.ledger import entries
    from onrecord.views import words

    if not found:
        sheet.line("Nothing is due." if not narrowed else "Nothing of that is due.")
        if narrowed:
            sheet.line(f"All that has a day: {words.command('due', db)}", "dim")
        sheet.line(
            f"All that is open, with or without a day: {words.command('search --status open', db)}", "dim"
        )
        return
    entries.due(sheet, found)
    first = found[0].entry
    lines = [f"{words.counted(len(found), 'statement')} to be settled."]
    if full:
        lines[0] = f"The first {len(found)} are shown; more with --limit {2 * len(found)}."
    mine = words.short(first.id)
    lines.append(f"Settle one: {words.command(f'settle {mine} VERDICT --evidence URL', db)}")
    lines.append(f"Read it in its context first: {words.command(f'show {mine}', db)}")
    sheet.closing(*lines)
