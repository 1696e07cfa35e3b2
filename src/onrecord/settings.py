"""One frozen `Settings`, read from ONRECORD_* environment variables.

Every setting has a default that suits a laptop; `Settings.from_environment` reads
the variables once, at the edge, and the value is passed on from there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from onrecord.errors import BadSetting

# Whose numbers stand behind words of probability (see `onrecord.extract.scales`).
SCALES = ("capphrase", "icd203", "uk", "ipcc", "nato")
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def _setting(default: Any, meaning: str, *, one_of: tuple[str, ...] = (), secret: bool = False) -> Any:
    return field(default=default, repr=not secret, metadata={"meaning": meaning, "one_of": one_of})


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one run. The variable of a field is ONRECORD_ and its name in capitals."""

    model: Path | None = _setting(None, "Folder of another reader model; empty: the bundled one.")
    threads: int = _setting(0, "Threads of one reader; 0: as many as the machine has cores.")
    max_bytes: int = _setting(10_000_000, "Largest input in bytes, files and URLs alike.")
    timeout: float = _setting(20.0, "Seconds that fetching one URL may take, redirects included.")
    max_redirects: int = _setting(5, "Redirects that are followed for one URL.")
    author_voice: bool = _setting(True, "Read predictions and commitments in the article's own voice, too.")
    probability_scale: str = _setting(
        "capphrase",
        "Whose numbers stand behind words of probability: " + ", ".join(SCALES) + ".",
        one_of=SCALES,
    )
    db: str = _setting(
        "", "The ledger: an SQLite file or a postgresql:// address; empty: a file of the user's own."
    )
    actor: str = _setting("", "Under whose name acts go on the ledger's log; empty: the system's user name.")
    server: str = _setting("", "The http(s) address of a server that has the ledger, instead of one here.")
    token: str = _setting("", "What lets one in to that server; it is made there.", secret=True)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings with the ONRECORD_* variables of `environ` (default: the process's).

        Raises BadSetting where a value is not of the setting's type or range.
        """
        environ = os.environ if environ is None else environ
        given: dict[str, Any] = {}
        for item in fields(cls):
            name = variable(item.name)
            if environ.get(name, "").strip():
                given[item.name] = _parse(name, environ[name].strip(), item.default, item.metadata["one_of"])
        return cls(**given)


def variable(field_name: str) -> str:
    """The environment variable of a field of `Settings`."""
    return "ONRECORD_" + field_name.upper()


def _parse(name: str, value: str, default: object, one_of: tuple[str, ...]) -> object:
    if default is None:
        return Path(value)
    if isinstance(default, bool):
        return _choice(name, value.lower(), (*TRUE, *FALSE)) in TRUE
    if isinstance(default, str):
        return _choice(name, value.lower(), one_of) if one_of else value
    expected = "a whole number, 0 or more" if isinstance(default, int) else "a number above 0"
    try:
        number = int(value) if isinstance(default, int) else float(value)
    except ValueError:
        raise BadSetting(name=name, value=value, expected=expected) from None
    if not (number >= 0 if isinstance(default, int) else 0 < number < 1e9):
        raise BadSetting(name=name, value=value, expected=expected)
    return number


def _choice(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadSetting(name=name, value=value, expected="one of " + ", ".join(allowed))
    return value
