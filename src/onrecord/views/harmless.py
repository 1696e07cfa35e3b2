"""Words of an article made harmless for a terminal: nothing in them can move, colour or reorder it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")  # soft hyphen, zero-width space, word joiner, byte order mark
_JOINERS = frozenset("\u200c\u200d")  # several scripts, and emoji, are misspelt without them


def harmless(text: str) -> str:
    """The text in one line, without escape sequences and without bidirectional controls.

    Control characters show as their pictures (ESC as ␛), other characters that are not for reading as �.
    """
    line = " ".join(text.split())
    return line if line.isascii() and line.isprintable() else "".join(map(_shown, line))


def _shown(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return chr(0x2400 + code) if code < 0x20 else "\u2421"
    if character in _UNSEEN:
        return ""
    # Private use and unassigned characters are odd but do nothing; the rest could.
    return character if unicodedata.category(character) in ("Co", "Cn") else "\ufffd"


def styled(words: str, style: str = "") -> Text:
    """Words from anywhere, made harmless, in a style of Rich's."""
    from rich.text import Text

    return Text(harmless(words), style=style)
