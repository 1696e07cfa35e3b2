"""`onrecord serve`: the ledger in a browser and as an API, for one person or for a team."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import ledger_options as options
from onrecord.cli import options as reading

if TYPE_CHECKING:
    import socket

    from onrecord.serve.house import House
    from onrecord.serve.listening import Asked

Host = Annotated[
    str,
    typer.Option(metavar="ADDRESS", help="Where to listen; other addresses than this machine's need --team."),
]
Port = Annotated[
    int, typer.Option(min=0, max=65_535, metavar="N", help="The port; 0 takes any that is free.")
]
Team = Annotated[
    bool,
    typer.Option("--team", help="People sign in; who they are and what they may is said by onrecord users."),
]
Site = Annotated[
    str,
    typer.Option(
        metavar="URL", help="The address under which people reach it, where a reverse proxy stands before it."
    ),
]
Behind = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ADDRESS",
        help="Address or network of a reverse proxy, whose word on who asks is taken. May be given again.",
    ),
]
Open = Annotated[bool, typer.Option("--open/--no-open", help="Open the page in this machine's browser.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Log only what goes wrong.")]


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8765,
    team: Team = False,
    site: Site = "",
    behind: Behind = None,
    open_: Open = False,
    allow_private_addresses: reading.AllowPrivateAddresses = False,
    quiet: Quiet = False,
    db: options.Db = None,
    actor: options.Actor = None,
) -> None:
    """Show the ledger in a browser, and as an API under /api/v1, until it is interrupted.

    Without --team it is for one person on this machine: the link that is printed opens it once. Print
    another link: kill -USR1, with the number of the process. It logs to standard error as lines of JSON.

    Example: onrecord serve --db record.db
    """
    _check_installed()
    from onrecord.serve.listening import Asked, checked, listening

    asked = checked(Asked(host, port, team, site, tuple(behind or ()), allow_private_addresses))
    with listening(asked.host, asked.port) as listener:
        ended = _run(listener, asked, db=db, actor=actor, browse=open_, quiet=quiet)
    if not ended:
        _leave()


def _run(
    listener: socket.socket, asked: Asked, *, db: str | None, actor: str | None, browse: bool, quiet: bool
) -> bool:
    """Serve until that is ended; False where threads are still at work then."""
    from onrecord.ledger.base import utc_now
    from onrecord.ledger.places import place_of
    from onrecord.serve import logs, running
    from onrecord.serve.listening import address_of
    from onrecord.settings import Settings

    settings = Settings.from_environment()
    with (
        logs.written_to(sys.stderr, quiet=quiet),
        options.opened_here(db, actor, create=True) as ledger,
        running.opened(ledger, place_of(db, settings), settings, asked, clock=utc_now) as house,
    ):
        tell = _Telling(house, address_of(listener, asked), browse=browse)
        return running.run(house, listener, asked, tell=tell)


def _check_installed() -> None:
    """Raises MissingExtra where the server's libraries are not there."""
    from importlib.util import find_spec

    from onrecord.errors import MissingExtra

    for library in ("fastapi", "uvicorn", "argon2", "icalendar", "prometheus_client", "python_multipart"):
        if find_spec(library) is None:
            raise MissingExtra(feature="onrecord serve", library=library, extra="serve")


class _Telling:
    """Prints where the server is: with a key that lets one person in once; a team signs in."""

    def __init__(self, house: House, address: str, *, browse: bool) -> None:
        self._house = house
        self._address = address
        self._browse = browse

    def __call__(self) -> None:
        """Print it, with another key each time; the first time, open it in the browser if that is wanted."""
        link, told = self._for_team() if self._house.team else self._for_one()
        typer.echo(f"{self._house.ledger.place} is at {link}{told}")
        sys.stdout.flush()
        if self._browse:
            self._browse = False
            _browse(link)

    def _for_team(self) -> tuple[str, str]:
        nobody = " (nobody can sign in yet: onrecord users add NAME --role admin)"
        return f"{self._address}/", "" if self._house.accounts.users.all() else nobody

    def _for_one(self) -> tuple[str, str]:
        return f"{self._address}/open?key={self._house.accounts.new_key()}", " (opens once)"


def _browse(link: str) -> None:
    import threading
    import webbrowser

    # A browser on a terminal would otherwise keep the server from starting until it is left.
    threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()


def _leave() -> None:
    """End although threads are still at work: the time for that is over. What they had not written is not."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
