"""Tokens, with which programs use the API in somebody's name. The hash alone is kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from onrecord.errors import LedgerLocked, NotAllowed, UnknownUser
from onrecord.serve.accounts.names import written
from onrecord.serve.accounts.roles import REACH, ROLES, lesser, reaches, role_of, scope_of
from onrecord.serve.accounts.schema import tokens, users
from onrecord.serve.accounts.secrets import digest_of, new_secret
from onrecord.serve.accounts.sessions import Known
from onrecord.serve.accounts.users import find

if TYPE_CHECKING:
    from onrecord.serve.accounts.roles import Role, Scope
    from onrecord.serve.accounts.store import Store

PREFIX: Final = "onr_"
# Hex digits of a token's id, by which it is revoked; they tell nothing of the token.
SHOWN: Final = 12
_NOTED: Final = 60.0


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its owner sees it. owner: None for the one person of a server without users."""

    id: str
    name: str
    scope: Scope
    owner: str | None
    since: datetime
    expires: datetime | None
    used: datetime | None


class Made(NamedTuple):
    """A new token, and the secret, which is shown this once."""

    token: Token
    secret: str


class Tokens:
    """The tokens of one server. now: seconds since 1970. `owner`: a user's name, None for the one person."""

    def __init__(self, store: Store, now: Callable[[], float]) -> None:
        self._store = store
        self._now = now

    def add(
        self, owner: str | None, name: str, scope: str = "read", *, days: int | None = None,
        at_most: Role = "admin",
    ) -> Made:  # fmt: skip
        """A new token. days: from now until it expires; None: never. at_most: the role of who makes it.

        Raises UnknownUser, BadOption, and NotAllowed where the scope reaches farther than `at_most`.
        """
        reach = REACH[scope_of(scope)]
        if not reaches(at_most, reach):
            raise NotAllowed(name=owner or "This token", role=reach)
        now, secret = self._now(), PREFIX + new_secret()
        row: dict[str, Any] = {
            "digest": digest_of(secret),
            "name": written(name),
            "scope": scope,
            "since": now,
        }
        row["expires"] = None if days is None else now + days * 86_400.0
        with self._store.writing() as connection:
            row["user"] = _user(connection, owner)
            connection.execute(insert(tokens).values(row))
        return Made(_token(row["digest"], owner, row), secret)

    def of(self, owner: str | None) -> list[Token]:
        """The tokens of one owner, the newest first. Raises UnknownUser."""
        with self._store.reading() as connection:
            user = _user(connection, owner)
            return _listed(connection, tokens.c.user.is_(None) if user is None else tokens.c.user == user)

    def all(self) -> list[Token]:
        """The tokens of all owners, the newest first."""
        with self._store.reading() as connection:
            return _listed(connection)

    def revoke(self, owner: str | None, name: str) -> int:
        """Revoke those of an owner's tokens that have this name or id; gives how many. Raises UnknownUser."""
        with self._store.writing() as connection:
            user = _user(connection, owner)
            theirs = tokens.c.user.is_(None) if user is None else tokens.c.user == user
            called = or_(tokens.c.name == name, _shown(name)) if _is_id(name) else tokens.c.name == name
            revoked = connection.execute(delete(tokens).where(theirs, called)).rowcount
        if not revoked:
            raise UnknownUser(name=name, what="token")
        return revoked

    def whose(self, secret: str) -> Known | None:
        """In whose name a token speaks; its role is no more than the owner's own. None for an unknown one."""
        if not secret.startswith(PREFIX):
            return None
        digest, now = digest_of(secret), self._now()
        asked = select(tokens, users.c.name.label("owner"), users.c.role).outerjoin(users)
        with self._store.reading() as connection:
            row = connection.execute(asked.where(tokens.c.digest == digest)).first()
        if row is None or (row.expires is not None and now >= row.expires):
            return None
        if row.used is None or now - row.used > _NOTED:
            self._note(digest, now)
        owners = ROLES[-1] if row.user is None else role_of(row.role)
        return Known(digest, row.owner, lesser(owners, REACH[scope_of(row.scope)]))

    def _note(self, digest: str, now: float) -> None:
        with suppress(LedgerLocked), self._store.writing() as connection:
            connection.execute(update(tokens).where(tokens.c.digest == digest).values(used=now))


def _user(connection: Connection, owner: str | None) -> int | None:
    if owner is None:
        return None
    row = find(connection, owner)
    if row is None:
        raise UnknownUser(name=owner, what="user")
    return int(row.id)


def _is_id(text: str) -> bool:
    return len(text) == SHOWN and not set(text) - set("0123456789abcdef")


def _shown(id: str) -> ColumnElement[bool]:  # noqa: A002
    return tokens.c.digest.startswith(id, autoescape=True)


def _listed(connection: Connection, *which: ColumnElement[bool]) -> list[Token]:
    asked = select(tokens, users.c.name.label("owner")).outerjoin(users).where(*which)
    rows = connection.execute(asked.order_by(tokens.c.since.desc(), tokens.c.digest))
    return [_token(row.digest, row.owner, row._mapping) for row in rows]


def _token(digest: str, owner: str | None, row: Any) -> Token:
    return Token(
        digest[:SHOWN], row["name"], row["scope"], owner, _time(row["since"]),
        None if row.get("expires") is None else _time(row["expires"]),
        None if row.get("used") is None else _time(row["used"]),
    )  # fmt: skip


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
