"""Slows down those who guess passwords: after some failures each further one makes the wait longer.

Failures are counted for the name and for the address, and kept, so that a restart does not forget them.
"""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import delete, insert, select, update

from onrecord.errors import TooManyAttempts
from onrecord.serve.accounts.names import key_of
from onrecord.serve.accounts.schema import attempts
from onrecord.serve.accounts.secrets import digest_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.serve.accounts.store import Store


class Rule(NamedTuple):
    """So many failures are free; from then on the wait doubles with each, from 1 second to `longest`."""

    free: int
    longest: float


# Many people may share an address, so it has more.
NAME: Final = Rule(free=5, longest=900)
ADDRESS: Final = Rule(free=30, longest=900)
# Seconds after the last failure when all is forgotten.
FORGOTTEN: Final = 3600.0


class Attempts:
    """The attempts to sign in at one server. now: seconds since 1970."""

    def __init__(self, store: Store, now: Callable[[], float]) -> None:
        self._store = store
        self._now = now

    def begin(self, name: str, address: str) -> None:
        """Count an attempt as failed, before it is known to be right: many at once are counted as well.

        Raises TooManyAttempts, with the seconds to wait, where it comes too early; it is not counted then.
        """
        now = self._now()
        keys = _keys(name, address)
        with self._store.writing() as connection:
            connection.execute(delete(attempts).where(attempts.c.last < now - FORGOTTEN))
            waits = [_wait(connection, key, rule, now) for key, rule in keys.items()]
            if max(waits) > 0:
                raise TooManyAttempts(seconds=math.ceil(max(waits)))
            for key in keys:
                _count(connection, key, now)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the name's failures, and this attempt for the address."""
        by_name, by_address = _keys(name, address)
        with self._store.writing() as connection:
            connection.execute(delete(attempts).where(attempts.c.key == by_name))
            one_less = update(attempts).where(attempts.c.key == by_address, attempts.c.failures > 0)
            connection.execute(one_less.values(failures=attempts.c.failures - 1))


def _keys(name: str, address: str) -> dict[str, Rule]:
    """Hashes: people type passwords into the field of the name."""
    return {digest_of("name " + key_of(name)): NAME, digest_of("address " + _network(address)): ADDRESS}


def _network(address: str) -> str:
    """The address, or for IPv6 the network that one customer has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{found}/64", strict=False))
    return str(found)


def _wait(connection: Connection, key: str, rule: Rule, now: float) -> float:
    row = connection.execute(select(attempts).where(attempts.c.key == key)).first()
    if row is None or row.failures < rule.free:
        return 0.0
    wait = min(2.0 ** min(row.failures - rule.free, 30), rule.longest)
    return float(row.last + wait - now)


def _count(connection: Connection, key: str, now: float) -> None:
    known = update(attempts).where(attempts.c.key == key)
    changed = connection.execute(known.values(failures=attempts.c.failures + 1, last=now))
    if not changed.rowcount:
        connection.execute(insert(attempts).values(key=key, failures=1, last=now))
