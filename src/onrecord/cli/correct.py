"""`onrecord correct`, `reject` and `restore`: a person's reading beside the machine's, which stays."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli import ledger_options as options

Values = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FIELD=VALUE",
        help="Of speaker.name, speaker.kind, speaker.anonymous, kind, commitment_type, negative, denied,"
        " certainty.phrase, certainty.low, certainty.mid, certainty.high, due, condition. A due is a day or"
        " two, 2018-04-01..2018-04-30; none empties a field.",
    ),
]
TakeBack = Annotated[
    list[str] | None,
    typer.Option("--take-back", metavar="FIELD", help="Let the machine's reading of this field stand again."),
]


def correct(
    id: options.StatementId,  # noqa: A002
    values: Values = None,
    take_back: TakeBack = None,
    why: options.Why = None,
    db: options.Db = None,
    actor: options.Actor = None,
    as_json: options.AsJson = False,
) -> None:
    """Correct what the machine read in a statement. Its own reading is kept beside yours.

    Example: onrecord correct 3f9c2a41d07b kind=prediction due=2018-04-01..2018-04-30 --why "see line 4"
    """
    given, back = _pairs(values or []), take_back or []
    if not given and not back:
        raise typer.BadParameter(
            "say what to correct, for example kind=prediction, or what to --take-back.",
            param_hint="FIELD=VALUE",
        )
    with options.opened(db, actor) as ledger:
        found = ledger.correct(id, given, why=why) if given else None
        for field in back:
            found = ledger.take_back(id, field, why=why)
    if found is None:
        return
    if as_json:
        options.print_plain(found)
        return
    from onrecord.cli.ledger.done import corrected
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        corrected(sheet, found, (_field(name) for name in (*given, *back)), db=db)


def _pairs(values: list[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for value in values:
        field, equals, words = value.partition("=")
        if not equals or not field.strip():
            raise typer.BadParameter(
                "is not written as field=value, for example kind=prediction.", param_hint=f"'{value}'"
            )
        pairs[field.strip()] = words
    return pairs


def _field(name: str) -> str:
    """The name under which a correction goes on the log."""
    name = name.strip().lower()
    return "due" if name == "by" else name


def reject(
    id: options.StatementId,  # noqa: A002
    why: Annotated[str, typer.Option(metavar="TEXT", help="Why; it stays beside the statement.")],
    db: options.Db = None,
    actor: options.Actor = None,
    as_json: options.AsJson = False,
) -> None:
    """Say that this is no statement, or not this speaker's. It is kept, and counted nowhere.

    Example: onrecord reject 3f9c2a41d07b --why "a caption, nobody says it"
    """
    with options.opened(db, actor) as ledger:
        found = ledger.reject(id, why)
    if as_json:
        options.print_plain(found)
        return
    from onrecord.cli.ledger.done import rejected
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        rejected(sheet, found, db=db)


def restore(
    id: options.StatementId,  # noqa: A002
    why: options.Why = None,
    db: options.Db = None,
    actor: options.Actor = None,
    as_json: options.AsJson = False,
) -> None:
    """Undo a rejection: the statement counts again.

    Example: onrecord restore 3f9c2a41d07b
    """
    with options.opened(db, actor) as ledger:
        found = ledger.restore(id, why=why)
    if as_json:
        options.print_plain(found)
        return
    from onrecord.cli.ledger.done import restored
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        restored(sheet, found, db=db)
