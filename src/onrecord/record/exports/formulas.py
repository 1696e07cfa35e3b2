"""Keeps a spreadsheet from taking words of an article for a formula, without losing any of them.

A spreadsheet computes a cell that begins with = + - or @, blanks and control characters before it
notwithstanding; some take their full-width forms as well. Where the user's country separates cells by
semicolons, Excel also begins a new cell after each semicolon of a file that was separated by commas, and
a pasted text begins one after each tab and line. In all these places an apostrophe is put in front.
Apostrophes that stand there already are doubled, so that `restored` gives back exactly what was there.
Source: OWASP, "CSV Injection".
"""

from __future__ import annotations

import re

_BEGINNING = r"(\A|[;\t\r\n])([^\S\t\r\n]*)"
_RISKY = r"(?=['=+\-@＝＋－＠\t\r\n])"
_TO_GUARD = re.compile(_BEGINNING + _RISKY)
_TO_RESTORE = re.compile(_BEGINNING + "'" + _RISKY)


def guarded(cell: str) -> str:
    """The cell with an apostrophe wherever a formula could begin."""
    return _TO_GUARD.sub(r"\1\2'", cell)


def restored(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return _TO_RESTORE.sub(r"\1\2", cell)
