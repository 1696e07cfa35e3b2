"""Sessions: who stays signed in, for how long. The secret is the browser's; its hash alone is kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import delete, insert, or_, select, update

from onrecord.errors import LedgerLocked
from onrecord.serve.accounts.schema import sessions, users
from onrecord.serve.accounts.secrets import digest_of, new_secret

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from onrecord.serve.accounts.store import Store

# Seconds without a request, and altogether, after which a session has ended.
IDLE: Final = 12 * 3600.0
LONGEST: Final = 7 * 24 * 3600.0
# A session's last use is written down so often at most.
_NOTED: Final = 60.0
# Sessions that are remembered between two changes of the store.
MOST_KEPT: Final = 1_000
_ASKED: Final = select(sessions, users.c.name, users.c.role).outerjoin(users, users.c.id == sessions.c.user)


class Known(NamedTuple):
    """Who a secret belongs to: name and role of a user, or neither for the one person of a server without.

    id: of the session or token, its hash. A token's role is no more than its scope.
    """

    id: str
    name: str | None
    role: str | None


class Sessions:
    """The sessions of one server. now: seconds since 1970."""

    def __init__(self, store: Store, now: Callable[[], float]) -> None:
        self._store = store
        self._now = now
        # Those that were asked for last, as of a state of the store.
        self._kept: tuple[int, dict[str, Row[Any]]] = (0, {})

    def start(self, user: int | None) -> str:
        """A new session of a user, or of the one person; its secret is always new. Clears ended ones away."""
        secret, now = new_secret(), self._now()
        row = {"digest": digest_of(secret), "user": user, "started": now, "seen": now}
        with self._store.writing() as connection:
            ended = or_(sessions.c.started <= now - LONGEST, sessions.c.seen <= now - IDLE)
            connection.execute(delete(sessions).where(ended))
            connection.execute(insert(sessions).values(row))
        return secret

    def whose(self, secret: str) -> Known | None:
        """Who is signed in with this secret; None where the session has ended or never was."""
        digest, now, changed = digest_of(secret), self._now(), self._store.changed()
        row = self._remembered(digest, changed)
        if row is None:
            with self._store.reading() as connection:
                row = connection.execute(_ASKED.where(sessions.c.digest == digest)).first()
            if row is not None and changed is not None:
                self._remember(digest, changed, row)
        if row is None or now >= min(row.started + LONGEST, row.seen + IDLE):
            return None
        if row.user is not None and row.name is None:
            return None
        if now - row.seen > _NOTED:
            self._note(digest, now)
        return Known(digest, row.name, row.role)

    def at_hand(self, secret: str) -> bool:
        """Whether `whose` can tell without the database: neither asking nor noting the use there."""
        row = self._remembered(digest_of(secret), self._store.changed())
        return row is not None and self._now() - row.seen <= _NOTED

    def _remembered(self, digest: str, changed: int | None) -> Row[Any] | None:
        when, known = self._kept
        return known.get(digest) if changed is not None and changed == when else None

    def _remember(self, digest: str, changed: int, row: Row[Any]) -> None:
        when, known = self._kept
        if changed != when or len(known) >= MOST_KEPT:
            self._kept = (changed, {digest: row})
        else:
            known[digest] = row

    def _note(self, digest: str, now: float) -> None:
        with suppress(LedgerLocked), self._store.writing() as connection:
            connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen=now))

    def end(self, secret: str) -> None:
        """End a session."""
        with self._store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest_of(secret)))


def end_all(connection: Connection, user: int) -> None:
    """End all sessions of a user."""
    connection.execute(delete(sessions).where(sessions.c.user == user))
