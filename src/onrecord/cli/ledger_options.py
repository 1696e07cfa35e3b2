"""What the ledger's commands have in common: which ledger, in whose name, for eyes or for programs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, cast

import typer

from onrecord.cli.servers import AtServer, at_server

if TYPE_CHECKING:
    from onrecord.ledger.core import Ledger

Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="PLACE",
        help="The ledger: an SQLite file or a postgresql:// address. Without it: ONRECORD_DB, or a file of"
        " your own.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Actor = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="In whose name it goes on the log. Without it: ONRECORD_ACTOR, or your name on this system.",
    ),
]
StatementId = Annotated[
    str, typer.Argument(metavar="ID", help="Of the statement; six hex digits or more of it.")
]
Why = Annotated[str | None, typer.Option(metavar="TEXT", help="Why; it stays on the log beside the act.")]
Speaker = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Only this speaker's: a name, or words of it that no other speaker's name has."
    ),
]
OutletName = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Only from this outlet.")]
Topic = Annotated[str | None, typer.Option("--topic", metavar="NAME", help="Only under this topic.")]
Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only from articles published on this day or later.")
]
Until = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only from articles published on this day or before.")
]
DueBefore = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only what is to be settled before this day.")
]
Limit = Annotated[int, typer.Option(min=1, max=10_000, metavar="N", help="Show at most so many.")]
Today = Annotated[
    str | None, typer.Option(metavar="DATE", help="Judge dates as on this day instead of today (UTC).")
]


def day(option: str, value: str | None) -> date | None:
    """A date written as YYYY-MM-DD, None where none was given. Raises BadOption."""
    from onrecord.cli.read import iso_date

    return None if value is None else iso_date(option, value)


def today_or(value: str | None) -> date:
    """The day given for --today, or today in UTC, in which the log's times are. Raises BadOption."""
    return day("--today", value) or datetime.now(UTC).date()


def print_plain(value: object) -> None:
    """Print an answer of the ledger as JSON. Raises CannotWrite."""
    from onrecord.cli.ledger.sheet import print_json
    from onrecord.views.plain import plain

    print_json(plain(value))


def opened(
    db: str | None, actor: str | None = None, *, create: bool = False, read_only: bool = False
) -> Ledger:
    """The ledger at a place, or behind a server, as a context manager.

    create: make it where there is none. Raises NoLedger and the other errors of opening, BadSetting.
    """
    from onrecord.settings import Settings

    server = at_server(db, Settings.from_environment())
    if server is not None:
        return _behind(server, actor)
    return opened_here(db, actor, create=create, read_only=read_only)


def opened_here(
    db: str | None, actor: str | None = None, *, create: bool = False, read_only: bool = False
) -> Ledger:
    """The ledger at a place, whatever server the environment names. Raises as `opened`.

    One of an older version is brought up to date, even to be read: whoever upgraded onrecord wants that.
    """
    import onrecord
    from onrecord.errors import OlderLedger

    try:
        return onrecord.open(db, actor=actor, create=create, read_only=read_only)
    except OlderLedger:
        if not read_only:
            raise
    onrecord.open(db, actor=actor).close()
    return onrecord.open(db, actor=actor, read_only=True)


def _behind(server: AtServer, actor: str | None) -> Ledger:
    from onrecord.remote.core import RemoteLedger

    if actor is not None:
        raise typer.BadParameter(
            "on a server, acts go under the name of the token's owner.", param_hint="'--actor'"
        )
    # It has the methods of a ledger at hand that commands call, with the same results: a test compares them.
    return cast("Ledger", RemoteLedger(server, server.token))
