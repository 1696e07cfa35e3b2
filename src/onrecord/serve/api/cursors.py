"""Where the next page of a list begins, as a word that programs pass on and need not understand."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from onrecord.errors import BadOption

_READ: Final = re.compile(r"([a-z]+):(0|[1-9][0-9]{0,9})")
# Rows of the log are numbered so far, by both databases.
GREATEST: Final = 2**31 - 1


def cursor_of(name: str, number: int) -> str:
    """The cursor of a list: `number` is a row of the log or how many items come before."""
    return urlsafe_b64encode(f"{name}:{number}".encode()).decode().rstrip("=")


def number_of(name: str, cursor: str) -> int:
    """The number in a cursor of this list. Raises BadOption for anything that `cursor_of` did not make."""
    try:
        words = urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        words = ""
    found = _READ.fullmatch(words)
    if (
        found is None
        or found[1] != name
        or int(found[2]) > GREATEST
        or cursor_of(name, int(found[2])) != cursor
    ):
        expected = "a cursor of this list, as `next` of an answer before it"
        raise BadOption(option="cursor", value=cursor, expected=expected, example=cursor_of(name, 50))
    return int(found[2])
