"""What all requests to one server share: the ledger, the reader, the accounts, and the time."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.flow import Reader
    from onrecord.ledger.base import Clock
    from onrecord.ledger.core import Ledger
    from onrecord.serve.accounts import Accounts
    from onrecord.serve.caching import Cache
    from onrecord.serve.drafts import Drafts
    from onrecord.serve.notices import Notices
    from onrecord.serve.verifying import Verifying
    from onrecord.settings import Settings


@dataclass(frozen=True, slots=True)
class House:
    """One for each server. `team`: people sign in by name and password; otherwise there is one person, who
    came through the one-time link. `site`: the public address without a slash at its end, empty where it
    is that of the request. `hosts`: other names and addresses that it answers to. `private_addresses`:
    pages of private networks may be read. `reading`: how many articles may be read at the same time.
    """

    ledger: Ledger
    reader: Reader
    settings: Settings
    clock: Clock
    accounts: Accounts
    notices: Notices
    drafts: Drafts
    cache: Cache
    verifying: Verifying
    team: bool = False
    site: str = ""
    hosts: tuple[str, ...] = ()
    private_addresses: bool = False
    reading: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(2))
