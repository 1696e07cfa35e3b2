"""The users of a server in team mode: their names, roles and passwords."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from onrecord.errors import NameTaken, UnknownUser
from onrecord.serve.accounts.names import key_of, written
from onrecord.serve.accounts.roles import role_of
from onrecord.serve.accounts.schema import tokens, users
from onrecord.serve.accounts.sessions import end_all

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from onrecord.serve.accounts.passwords import Passwords
    from onrecord.serve.accounts.roles import Role
    from onrecord.serve.accounts.store import Store


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in."""

    name: str
    role: Role
    since: datetime


class Users:
    """The users of one server. now: seconds since 1970. Names are compared without regard to case."""

    def __init__(self, store: Store, passwords: Passwords, now: Callable[[], float]) -> None:
        self._store = store
        self._passwords = passwords
        self._now = now

    def all(self) -> list[User]:
        """All users, by their names."""
        with self._store.reading() as connection:
            return [_user(row) for row in connection.execute(select(users).order_by(users.c.key))]

    def get(self, name: str) -> User:
        """One user. Raises UnknownUser."""
        with self._store.reading() as connection:
            return _user(_row(connection, name))

    def add(self, name: str, password: str, role: str = "reader") -> User:
        """Add a user. Raises NameTaken, WeakPassword, BadOption."""
        name = written(name)
        row = {"name": name, "key": key_of(name), "role": role_of(role), "since": self._now()}
        row["password"] = self._passwords.hash(password, name=name)
        with self._store.writing() as connection:
            if find(connection, name) is not None:
                raise NameTaken(name=name)
            connection.execute(insert(users).values(row))
            return _user(_row(connection, name))

    def set_role(self, name: str, role: str) -> User:
        """Give a user another role; where it is another one, all sessions of the user end.

        Raises UnknownUser, BadOption.
        """
        with self._store.writing() as connection:
            row = _row(connection, name)
            if row.role != role_of(role):
                connection.execute(update(users).where(users.c.id == row.id).values(role=role))
                end_all(connection, row.id)
            return _user(_row(connection, name))

    def set_password(self, name: str, password: str) -> None:
        """Give a user another password; all sessions of the user end. Raises UnknownUser, WeakPassword."""
        kept = self._passwords.hash(password, name=self.get(name).name)
        with self._store.writing() as connection:
            row = _row(connection, name)
            connection.execute(update(users).where(users.c.id == row.id).values(password=kept))
            end_all(connection, row.id)

    def renew(self, id: int, kept: str) -> None:  # noqa: A002
        """Keep another hash of the same password; sessions go on."""
        with self._store.writing() as connection:
            connection.execute(update(users).where(users.c.id == id).values(password=kept))

    def remove(self, name: str) -> None:
        """Remove a user with all sessions and tokens; what the user did stays on the log.

        Raises UnknownUser.
        """
        with self._store.writing() as connection:
            row = _row(connection, name)
            end_all(connection, row.id)
            connection.execute(delete(tokens).where(tokens.c.user == row.id))
            connection.execute(delete(users).where(users.c.id == row.id))


def find(connection: Connection, name: str) -> Row[tuple[object, ...]] | None:
    """The row of a user, None where there is none."""
    return connection.execute(select(users).where(users.c.key == key_of(name))).first()


def _row(connection: Connection, name: str) -> Row[tuple[object, ...]]:
    row = find(connection, name)
    if row is None:
        raise UnknownUser(name=name, what="user")
    return row


def _user(row: Row[tuple[object, ...]]) -> User:
    return User(row.name, role_of(row.role), datetime.fromtimestamp(row.since, UTC))
