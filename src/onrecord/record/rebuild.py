"""Makes all tables anew from the log."""

from __future__ import annotations

from onrecord.record import project
from onrecord.record.engine import Store
from onrecord.record.verify import verify


def rebuild(store: Store) -> int:
    """Makes all tables anew from the log, in one transaction. Gives the number of the log's rows.

    The chain is verified first: from a log that was tampered with, nothing is made. The state of followed
    feeds, which is not on the log, is kept. Raises ChainBroken and what `Store.writing` raises.
    """
    verify(store)
    with store.writing() as connection:
        return project.build(connection)
