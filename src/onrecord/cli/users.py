"""`onrecord users` and `onrecord tokens`: who may come in to `onrecord serve`, and what programs may do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import ledger_options as options
from onrecord.cli.groups import ListByDefault

if TYPE_CHECKING:
    from onrecord.serve.accounts import Accounts


def _group() -> typer.Typer:
    return typer.Typer(
        cls=ListByDefault,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    )


users, tokens = _group(), _group()

UserName = Annotated[
    str, typer.Argument(metavar="NAME", help="The user's name; acts go on the log under it.")
]
RoleName = Annotated[str, typer.Argument(metavar="ROLE", help="reader, editor or admin.")]
RoleOption = Annotated[str, typer.Option("--role", metavar="ROLE", help="reader, editor or admin.")]
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Take the password from standard input, without asking.")
]
Owner = Annotated[
    str | None,
    typer.Option(
        "--user", metavar="NAME", help="Whose token; without it, that of the one person of a server without"
        " users.",
    ),
]  # fmt: skip
Days = Annotated[
    int | None, typer.Option("--days", min=1, max=3650, metavar="N", help="It expires after so many days.")
]


@contextmanager
def opened(db: str | None, *, create: bool = False) -> Iterator[Accounts]:
    """The accounts of the ledger at a place. Raises NoLedger where there is none, and LedgerReadOnly."""
    from onrecord.ledger.places import place_of
    from onrecord.serve.accounts import Accounts
    from onrecord.settings import Settings

    with options.opened_here(db, create=create):
        pass  # accounts beside a mistyped place would help nobody
    accounts = Accounts.open(place_of(db, Settings.from_environment()), team=True)
    try:
        yield accounts
    finally:
        accounts.close()


@users.callback()
def _users() -> None:
    """Say who may sign in to onrecord serve --team, and in which role. Without a command: list.

    Example: onrecord users add "Tessa Varga" --role editor
    """


@users.command("list")
def list_users(db: options.Db = None, as_json: options.AsJson = False) -> None:
    """List the users with their roles.

    Example: onrecord users list
    """
    with opened(db) as accounts:
        found = accounts.users.all()
    if as_json:
        options.print_plain(found)
        return
    from onrecord.cli.ledger.accounts import listed_users
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        listed_users(sheet, found, db=db)


@users.command("add")
def add_user(
    name: UserName,
    role: RoleOption = "reader",
    password_stdin: PasswordStdin = False,
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """Add a user; the password is asked for, and kept as a hash (argon2id).

    Example: onrecord users add "Tessa Varga" --role editor
    """
    with opened(db, create=True) as accounts:
        user = accounts.users.add(name, _password(asked=not password_stdin), role)
    _confirm(f"{user.name} may sign in as {user.role}.", user, as_json=as_json)


@users.command("role")
def set_role(name: UserName, role: RoleName, db: options.Db = None, as_json: options.AsJson = False) -> None:
    """Give a user another role; where the user is signed in, that ends.

    Example: onrecord users role "Tessa Varga" admin
    """
    with opened(db) as accounts:
        user = accounts.users.set_role(name, role)
    _confirm(f"{user.name} is {user.role} now.", user, as_json=as_json)


@users.command("password")
def set_password(
    name: UserName,
    password_stdin: PasswordStdin = False,
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """Give a user another password; where the user is signed in, that ends.

    Example: onrecord users password "Tessa Varga"
    """
    with opened(db) as accounts:
        user = accounts.users.get(name)
        accounts.users.set_password(name, _password(asked=not password_stdin))
    _confirm(f"{user.name} has another password now.", user, as_json=as_json)


@users.command("remove")
def remove_user(name: UserName, db: options.Db = None, as_json: options.AsJson = False) -> None:
    """Remove a user with all tokens. What the user did stays on the ledger's log.

    Example: onrecord users remove "Tessa Varga"
    """
    with opened(db) as accounts:
        user = accounts.users.get(name)
        accounts.users.remove(name)
    _confirm(f"{user.name} may sign in no more.", user, as_json=as_json)


@tokens.callback()
def _tokens() -> None:
    """Let programs use the API of onrecord serve in somebody's name. Without a command: list.

    Example: onrecord tokens add newsroom --user "Tessa Varga" --scope write
    """


@tokens.command("list")
def list_tokens(owner: Owner = None, db: options.Db = None, as_json: options.AsJson = False) -> None:
    """List the tokens of all, or of one user: what each may do, until when, when it was last used.

    Example: onrecord tokens list
    """
    with opened(db) as accounts:
        found = accounts.tokens.all() if owner is None else accounts.tokens.of(owner)
    if as_json:
        options.print_plain(found)
        return
    from onrecord.cli.ledger.accounts import listed_tokens
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        listed_tokens(sheet, found, db=db)


@tokens.command("add")
def add_token(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to know the token by.")],
    owner: Owner = None,
    scope: Annotated[str, typer.Option("--scope", metavar="SCOPE", help="read, write or admin.")] = "read",
    days: Days = None,
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """Make a token, and print it this once. It never reaches farther than its owner's role.

    Example: onrecord tokens add newsroom --user "Tessa Varga" --scope write --days 90
    """
    with opened(db, create=True) as accounts:
        token, secret = accounts.tokens.add(owner, name, scope, days=days)
    if as_json:
        options.print_plain({"token": token, "secret": secret})
        return
    from onrecord.cli.ledger.accounts import made_token
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        made_token(sheet, token, secret)


@tokens.command("revoke")
def revoke_token(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The token's name or id.")],
    owner: Owner = None,
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """Revoke a token, or all of one name: programs that use it are let in no more.

    Example: onrecord tokens revoke newsroom --user "Tessa Varga"
    """
    with opened(db) as accounts:
        revoked = accounts.tokens.revoke(owner, name)
    _confirm(f"{name} was revoked.", {"name": name, "owner": owner, "revoked": revoked}, as_json=as_json)


def _password(*, asked: bool) -> str:
    if asked:
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _confirm(words: str, value: object, *, as_json: bool) -> None:
    if as_json:
        options.print_plain(value)
        return
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        sheet.line(words)
