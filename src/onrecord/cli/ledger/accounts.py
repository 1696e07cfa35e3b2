"""The users and tokens of a server, a few lines for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.views import words

if TYPE_CHECKING:
    from onrecord.cli.ledger.sheet import Sheet
    from onrecord.serve.accounts import Token, User


def listed_users(sheet: Sheet, found: Sequence[User], *, db: str | None = None) -> None:
    """Write the users, each with the role and since when."""
    if not found:
        sheet.line("There are no users yet.")
        sheet.line(f"Add one: {words.command('users add NAME --role admin', db)}", "dim")
        return
    for user in found:
        sheet.heading(user.name)
        sheet.line(f"{user.role}, since {user.since.date()}", "dim")
    sheet.closing(f"Let them in: {words.command('serve --team', db)}")


def listed_tokens(sheet: Sheet, found: Sequence[Token], *, db: str | None = None) -> None:
    """Write the tokens, each with what is known of it."""
    if not found:
        sheet.line("There are no tokens.")
        sheet.line(f"Make one: {words.command('tokens add NAME', db)}", "dim")
        return
    for token in found:
        sheet.heading(f"{token.name} ({token.id})")
        sheet.line(", ".join(_facts(token)), "dim")
    sheet.closing(f"Revoke one: {words.command('tokens revoke ID', db)}")


def made_token(sheet: Sheet, token: Token, secret: str) -> None:
    """Write a new token, this once."""
    sheet.line(f"{token.name} was made; this is shown once:")
    sheet.line(secret)
    sheet.line("Use it: ONRECORD_TOKEN, or --token with --server.", "dim")


def _facts(token: Token) -> Iterator[str]:
    yield f"of {token.owner}" if token.owner else "of the server's one person"
    yield f"may {token.scope}"
    yield f"expires {token.expires.date()}" if token.expires else "never expires"
    yield f"last used {token.used.date()}" if token.used else "never used"
