"""Points the commands on a ledger at a server that has it: the options --server and --token.

A command knows one place, that of --db. The address of a server takes its place there before the command
is called, so no command need know of servers.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

if TYPE_CHECKING:
    from onrecord.settings import Settings

Server = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="A server that has the ledger, instead of --db. Without it: ONRECORD_SERVER.",
    ),
]
Token = Annotated[
    str | None,
    typer.Option(
        metavar="TOKEN",
        help="What lets you in to the server. Better as ONRECORD_TOKEN: other users of this machine can see"
        " what commands are given.",
    ),
]


class AtServer(str):
    """The address of a server, in the place of a ledger's. Its token is shown nowhere."""

    __slots__ = ("token",)
    token: str

    @classmethod
    def of(cls, server: str, token: str) -> AtServer:
        """The server at an address, not yet asked. Raises BadOption where it is none."""
        from onrecord.remote.connection import address_of

        made = cls(address_of(server))
        made.token = token
        return made


def offered(command: Any) -> Any:
    """The command, or all commands of a group, with the options of a server beside that of a place."""
    for below in getattr(command, "commands", {}).values():
        offered(below)
    if any(parameter.name == "db" for parameter in command.params):
        at = 1 + next(n for n, parameter in enumerate(command.params) if parameter.name == "db")
        command.params[at:at] = _options()
        command.callback = _placed(command.callback)
    return command


def _options() -> list[Any]:
    def options(server: Server = None, token: Token = None) -> None: ...

    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command()(options)
    return list(get_command(alone).params)


def _placed(inner: Any) -> Any:
    @functools.wraps(inner)
    def callback(*, db: str | None, server: str | None, token: str | None, **given: Any) -> Any:
        return inner(db=_place(db, server, token), **given)

    return callback


def _place(db: str | None, server: str | None, token: str | None) -> str | None:
    """The place that --db, or --server with --token, name. Raises BadOption."""
    if server is None and token is None:
        return db
    from onrecord.errors import BadOption
    from onrecord.settings import Settings

    if db is not None:
        option, value = ("--server", server) if server is not None else ("--token", "…")
        expected = "to be given together with --db: the ledger is here or there"
        raise BadOption(option=option, value=value, expected=expected, example="… without --db")
    settings = Settings.from_environment()
    named = settings.server if server is None else server
    if server is None and (settings.db or not named):
        raise typer.BadParameter("is for a server: name one with --server.", param_hint="'--token'")
    return AtServer.of(named, settings.token if token is None else token)


def at_server(db: str | None, settings: Settings) -> AtServer | None:
    """The server that a place is, or that the environment names where no place is given; None for neither.

    Raises BadSetting where the environment names both a ledger and a server, or the address is none.
    """
    if isinstance(db, AtServer):
        return db
    if db is not None or not settings.server:
        return None
    from onrecord.errors import BadOption, BadSetting

    if settings.db:
        expected = "of use while ONRECORD_DB is set, too"
        raise BadSetting(name="ONRECORD_SERVER", value=settings.server, expected=expected)
    try:
        return AtServer.of(settings.server, settings.token)
    except BadOption:
        value = "…" if "@" in settings.server else settings.server
        expected = "the http(s) address of a server"
        raise BadSetting(name="ONRECORD_SERVER", value=value, expected=expected) from None
