"""Names of people: how they are written, and how they are compared."""

from __future__ import annotations

import unicodedata
from typing import Final

from onrecord.errors import BadOption

LONGEST: Final = 80


def written(name: str) -> str:
    """The name as it is shown: composed (NFC), with single spaces. Raises BadOption where it is no name."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > LONGEST or not name.isprintable():
        expected = f"a name of 1 to {LONGEST} characters that can be read"
        raise BadOption(option="NAME", value=name or "''", expected=expected, example="Tessa Varga")
    return name


def key_of(name: str) -> str:
    """The name as it is compared (Unicode 3.13, D145: caseless matching): Tessa VARGA is Tessa Varga."""
    folded = unicodedata.normalize("NFD", name).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split())
