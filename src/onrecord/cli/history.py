"""`onrecord log`, `note`, `topic` and `redact`: what was done, remarks and topics, and words removed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from onrecord.cli import ledger_options as options

if TYPE_CHECKING:
    from onrecord.ledger.core import Ledger

# The same words as `onrecord.entry.ACTS`: a test compares them.
ActName = Literal[
    "article", "reading", "statement", "refusal", "topic", "correction", "rejection", "restoration",
    "rating", "withdrawal", "note", "merge", "split", "redaction", "feed", "unfollow",
]  # fmt: skip
Act = Annotated[ActName | None, typer.Option("--act", help="Only acts of this kind.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Only acts of this person or program.")]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="ID", help="Only acts on this statement or article (its id), or name."),
]
Last = Annotated[int, typer.Option(min=1, max=100_000, metavar="N", help="So many of the newest acts.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="Of a statement or an article.")]
Target = Annotated[
    str,
    typer.Argument(
        metavar="ID|row:N", help="A statement, a whole article, or one row of the log by its number."
    ),
]
Reason = Annotated[
    str, typer.Option(metavar="TEXT", help="Why, without the words themselves: it stays on the log.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask: it is meant.")]


def log(
    act: Act = None,
    by: By = None,
    on: On = None,
    last: Last = 50,
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """Show who did what and when, the newest first. Nothing on the log is ever changed.

    Example: onrecord log --act rating --last 10
    """
    with options.opened(db, read_only=True) as ledger:
        rows = ledger.log(act=act, actor=by, subject=on, last=last)
    if as_json:
        options.print_plain(rows)
        return
    from onrecord.cli.ledger import acts
    from onrecord.cli.ledger.sheet import page
    from onrecord.views import words

    with page() as sheet:
        if not rows:
            sheet.line("No such act is on the log.")
            sheet.line(f"All acts: {words.command('log', db)}", "dim")
            return
        acts.log(sheet, rows)
        lines = [f"The newest {len(rows)}; more with --last {2 * len(rows)}."] if len(rows) == last else []
        proof = words.command("verify", db)
        sheet.closing(*lines, f"That none was changed: {proof}")


def note(
    id: Id,  # noqa: A002
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The remark, in quotation marks.")],
    db: options.Db = None,
    actor: options.Actor = None,
    as_json: options.AsJson = False,
) -> None:
    """Write a remark beside a statement or an article.

    Example: onrecord note 3f9c2a41d07b "the council's minutes of May say the same"
    """
    words = _not_blank(text, "TEXT", "the remark")
    with options.opened(db, actor) as ledger:
        ledger.note(id, words)
        name = ledger.actor
    _confirm(
        as_json,
        {"subject": id, "note": words, "actor": name},
        f"On record: a note by {name} on {id}.",
        id,
        db,
    )


def topic(
    id: Id,  # noqa: A002
    name: Annotated[str, typer.Argument(metavar="NAME", help="The topic.")],
    db: options.Db = None,
    actor: options.Actor = None,
    as_json: options.AsJson = False,
) -> None:
    """Put a statement, or an article with all its statements, under a topic.

    Example: onrecord topic 3f9c2a41d07b ferries
    """
    words = _not_blank(name, "NAME", "the topic")
    with options.opened(db, actor) as ledger:
        ledger.topic(id, words)
        by = ledger.actor
    _confirm(as_json, {"subject": id, "topic": words, "actor": by}, f"On record: {id} is on {words}.", id, db)


def _not_blank(value: str, name: str, thing: str) -> str:
    if not value.strip():
        raise typer.BadParameter(f"{thing} has no words.", param_hint=name)
    return value.strip()


def _confirm(as_json: bool, facts: dict[str, str], line: str, id: str, db: str | None) -> None:  # noqa: A002
    if as_json:
        options.print_plain(facts)
        return
    from onrecord.cli.ledger.sheet import page
    from onrecord.views import words

    with page() as sheet:
        sheet.line(line)
        sheet.line(f"All about it: {words.command(f'show {words.short(id)}', db)}", "dim")


def redact(
    target: Target,
    why: Reason,
    yes: Yes = False,
    db: options.Db = None,
    actor: options.Actor = None,
    as_json: options.AsJson = False,
) -> None:
    """Remove words for good: a court's order, a request for privacy. The log's chain stays valid.

    The words of a statement go from all versions of its article and from the statements there that share
    them; those of an article go with all its versions and statements. It cannot be undone. Another outlet's
    article keeps the same words, copies made before (backups, exports) still have them, and the file or page
    brings them back when it is added once more with other words or other facts.

    Example: onrecord redact 3f9c2a41d07b --why "order 12/31 of the district court"
    """
    reason = _not_blank(why, "--why", "the reason")
    with options.opened(db, actor) as ledger:
        if not yes:
            _ask(target)
        rows = ledger.redact(target, reason)
        names = _names_stay(ledger, target)
    if as_json:
        options.print_plain({"target": target, "why": reason, "rows": rows})
        return
    from onrecord.cli.ledger.sheet import page
    from onrecord.views import words

    with page() as sheet:
        sheet.line(f"Removed for good: the words of {words.counted(len(rows), 'row')} of the log.")
        if names:
            sheet.line("The names that it joins or parts stay: only the reason was removed.")
        sheet.line("Backups and exports made before still have them.", "dim")
        sheet.line(f"That the rest is unchanged: {words.command('verify', db)}", "dim")


def _names_stay(ledger: Ledger, target: str) -> bool:
    """Whether the target is a row of the log that merges or splits names."""
    if not target.startswith("row:"):
        return False
    (row,) = ledger.log(last=1, before=int(target.removeprefix("row:")) + 1)
    return row.act in ("merge", "split")


def _ask(target: str) -> None:
    """Let a person think twice; a program has to say --yes. Raises Abort, BadParameter."""
    from onrecord.views.harmless import harmless

    if not sys.stdin.isatty():
        raise typer.BadParameter(
            "a redaction cannot be undone: say --yes where nobody can be asked.", param_hint="--yes"
        )
    typer.confirm(f"Remove the words of {harmless(target)} for good?", abort=True, err=True)
