"""Where the ledger is and in whose name one acts, when neither is said."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.settings import Settings

NAME = "ledger.db"


def place_of(given: str | None, settings: Settings) -> str:
    """The ledger's place: as given, or ONRECORD_DB, or a file in the platform's data directory."""
    return given or settings.db or str(_of_the_user() / NAME)


def _of_the_user() -> Path:
    from platformdirs import user_data_path

    return user_data_path("onrecord", appauthor=False)


def actor_of(given: str | None, settings: Settings) -> str:
    """The name under which acts go on the log: as given, or ONRECORD_ACTOR, or the system's user name."""
    named = (given or settings.actor).strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "unknown"
