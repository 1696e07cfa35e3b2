"""`onrecord speakers`: who is on record, and which names are one speaker; such judgements can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import ledger_options as options
from onrecord.cli.groups import ListByDefault

if TYPE_CHECKING:
    pass

speakers = typer.Typer(
    cls=ListByDefault,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)

NameWords = Annotated[
    str | None, typer.Argument(metavar="WORDS", help="Only names that have all these words in them.")
]
Into = Annotated[str, typer.Option(metavar="NAME", help="The name under which all of them go.")]
Names = Annotated[
    list[str],
    typer.Argument(metavar="NAME", help="Names of the same speaker, in full or words that only one has."),
]


@speakers.callback()
def _speakers() -> None:
    """Show who is on record; join names of one speaker, and part them again. Without a command: list.

    Example: onrecord speakers merge "T. Varga" "Ms Varga" --into "Tessa Varga"
    """


@speakers.command("list")
def list_(
    words: NameWords = None,
    limit: options.Limit = 50,
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """List the speakers of statements that count, those with most first, with the other names of each.

    With words of a name, all speakers who have them are listed, those of whom nothing counts last.

    Example: onrecord speakers list varga
    """
    with options.opened(db, read_only=True) as ledger:
        found = ledger.speakers(words, limit=limit)
    if as_json:
        options.print_plain(found)
        return
    from onrecord.cli.ledger.people import speakers as show
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        show(sheet, found, words=words, full=len(found) == limit, db=db)


@speakers.command("merge")
def merge(
    names: Names,
    into: Into,
    why: options.Why = None,
    db: options.Db = None,
    actor: options.Actor = None,
    as_json: options.AsJson = False,
) -> None:
    """Say that names are one speaker. The articles' own names stay beside it.

    Example: onrecord speakers merge "T. Varga" "Ms Varga" --into "Tessa Varga"
    """
    with options.opened(db, actor) as ledger:
        into, names = ledger.merge(names, into, why=why)
    if as_json:
        options.print_plain({"into": into, "merged": names, "why": why})
        return
    from onrecord.cli.ledger.people import merged
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        merged(sheet, names, into, db=db)


@speakers.command("split")
def split(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name that was joined to another.")],
    why: options.Why = None,
    db: options.Db = None,
    actor: options.Actor = None,
    as_json: options.AsJson = False,
) -> None:
    """Say that a name is a speaker of its own after all: it undoes a merge.

    Example: onrecord speakers split "Ms Varga" --why "it is her sister"
    """
    with options.opened(db, actor) as ledger:
        name = ledger.split(name, why=why)
    if as_json:
        options.print_plain({"split": name, "why": why})
        return
    from onrecord.cli.ledger.people import parted
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        parted(sheet, name, db=db)
