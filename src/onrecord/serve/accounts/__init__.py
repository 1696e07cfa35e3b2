"""Users, sessions and tokens: who may come in. None of it is ever in the ledger, which is passed on.

accounts = Accounts.open("ledger.db", team=True)      kept in ledger.db.accounts
accounts.users.add("Tessa Varga", password, "editor")
secret = accounts.sign_in("tessa varga", password, "192.0.2.7")
accounts.sessions.whose(secret)                       name and role
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from onrecord.errors import LedgerReadOnly, WrongPassword
from onrecord.ledger.base import Clock, utc_now
from onrecord.serve.accounts.attempts import Attempts
from onrecord.serve.accounts.passwords import Passwords
from onrecord.serve.accounts.roles import ROLES, SCOPES, Role, Scope
from onrecord.serve.accounts.schema import remembered
from onrecord.serve.accounts.secrets import digest_of, new_secret, same
from onrecord.serve.accounts.sessions import Known, Sessions
from onrecord.serve.accounts.store import Store
from onrecord.serve.accounts.tokens import Made, Token, Tokens
from onrecord.serve.accounts.users import User, Users, find

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["ROLES", "SCOPES", "Accounts", "Known", "Made", "Role", "Scope", "Token", "User"]


class Accounts:
    """The accounts of one server. Safe to use from several threads."""

    def __init__(self, store: Store, *, clock: Clock = utc_now, hasher: PasswordHasher | None = None) -> None:
        def now() -> float:
            return clock().timestamp()

        self._store = store
        self.passwords = Passwords(hasher)
        self.users = Users(store, self.passwords, now)
        self.sessions = Sessions(store, now)
        self.tokens = Tokens(store, now)
        self.attempts = Attempts(store, now)
        self._key: str | None = None
        self._lock = threading.Lock()

    @classmethod
    def open(
        cls, ledger: str, *, team: bool = False, clock: Clock = utc_now, hasher: PasswordHasher | None = None
    ) -> Accounts:
        """The accounts of the ledger at a place (a path or an address, with its password).

        team: they are kept, or LedgerReadOnly is raised; the one person of a server without users may as
        well have a ledger that cannot be written, and signs in again when the server was started again.
        """
        try:
            store = Store.open(ledger)
        except LedgerReadOnly:
            if team:
                raise
            store = Store.in_memory()
        return cls(store, clock=clock, hasher=hasher)

    @property
    def place(self) -> str:
        """Where the accounts are, without a password."""
        return self._store.place

    def close(self) -> None:
        """Give the database back."""
        self._store.close()

    # The one-time link

    def new_key(self) -> str:
        """A key that lets one browser in, once; the one before is worth nothing any more."""
        key = new_secret()
        with self._lock:
            self._key = digest_of(key)
        return key

    def use_key(self, key: str) -> bool:
        """Whether this is the key; it is used up then."""
        with self._lock:
            right = self._key is not None and same(self._key, digest_of(key))
            if right:
                self._key = None
        return right

    # Signing in

    def sign_in(self, name: str, password: str, address: str) -> str:
        """The secret of a new session. Raises WrongPassword, TooManyAttempts.

        An unknown name takes as long as a wrong password.
        """
        user = self._checked(name, password, address)
        return self.sessions.start(user)

    def change_password(self, name: str, password: str, new: str, address: str) -> str:
        """Give oneself another password; all sessions end, and the secret of a new one is returned.

        Raises WrongPassword, TooManyAttempts, WeakPassword.
        """
        user = self._checked(name, password, address)
        self.users.set_password(name, new)
        return self.sessions.start(user)

    def _checked(self, name: str, password: str, address: str) -> int:
        self.attempts.begin(name, address)
        with self._store.reading() as connection:
            row = find(connection, name)
        right = self.passwords.matches(None if row is None else row.password, password)
        if row is None or not right:
            raise WrongPassword
        self.attempts.succeeded(name, address)
        if renewed := self.passwords.renewed(row.password, password):
            self.users.renew(row.id, renewed)
        return int(row.id)

    # What the server remembers

    def remember(self, key: str, value: Any) -> None:
        """Keep a JSON value under a name, also when the server is started again."""
        with self._store.writing() as connection:
            connection.execute(delete(remembered).where(remembered.c.key == f"kept {key}"))
            connection.execute(insert(remembered).values(key=f"kept {key}", value=json.dumps(value)))

    def recall(self, key: str) -> Any:
        """What was kept under a name, None where nothing was."""
        with self._store.reading() as connection:
            asked = select(remembered.c.value).where(remembered.c.key == f"kept {key}")
            value = connection.execute(asked).scalar()
        return None if value is None else json.loads(value)
