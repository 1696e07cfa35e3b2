"""The ledger as one object: composes reading, record, track and score.

`open` gives a `Ledger`; the command line and the server use nothing else.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.ledger.base import Clock
    from onrecord.ledger.core import Ledger
    from onrecord.settings import Settings


def open(  # noqa: A001 - as in onrecord.open("record.db")
    place: str | os.PathLike[str] | None = None,
    *,
    actor: str | None = None,
    create: bool = True,
    read_only: bool = False,
    settings: Settings | None = None,
    clock: Clock | None = None,
) -> Ledger:
    """Open a ledger: an SQLite file or a postgresql:// address.

    place: default ONRECORD_DB, or a file in the user's data directory. actor: the name under which acts
    go on its log; default ONRECORD_ACTOR, or the system's user name. create: make it where there is none.
    clock: gives the present UTC time. Raises NoLedger, NotALedger, NewerLedger, LedgerLocked,
    LedgerReadOnly, DatabaseGone, BadDatabaseAddress.
    """
    from onrecord.ledger.base import utc_now
    from onrecord.ledger.core import Ledger
    from onrecord.ledger.places import actor_of, place_of
    from onrecord.record.engine import Store
    from onrecord.settings import Settings

    settings = settings or Settings.from_environment()
    where = place_of(None if place is None else os.fspath(place), settings)
    store = Store.open(where, create=create, read_only=read_only)
    return Ledger(store, actor=actor_of(actor, settings), clock=clock or utc_now)


__all__ = ["open"]
