"""Finds the bullets and numbers that begin the items of a list, in the lines of a plain text.

An item becomes a statement of its own, so a line counts as one only if its neighbours do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_BULLET = re.compile(r"([•‣▪◦●○■□⁃*·–-])[ \t\u00a0]+(?=\S)")
_NUMBER = re.compile(
    r"(?:(\d{1,2})([.)])|\((\d{1,2}|[a-z]|[ivx]{1,5})(\))|([a-z]|[ivx]{1,5})(\)))[ \t\u00a0]+(?=\S)"
)
_CERTAIN = frozenset("•‣▪◦●○■□⁃")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


class Marker(NamedTuple):
    """What a line begins with: its `style`, the numbers it may stand for (0 for bullets), its length."""

    style: str
    ordinals: tuple[int, ...]
    length: int

    @property
    def bulleted(self) -> bool:
        """Whether it is a bullet, not a number."""
        return self.ordinals == (0,)


def marker_of(line: str) -> Marker | None:
    """The marker that the stripped `line` begins with, if its beginning looks like one."""
    if bullet := _BULLET.match(line):
        return Marker(bullet.group(1), (0,), bullet.end())
    if number := _NUMBER.match(line):
        plain, dot, inside, close, letter, after = number.groups()
        style = f"{'(' if inside else ''}{dot or close or after}"
        return Marker(style, _ordinals(plain or inside or letter), number.end())
    return None


def accepted(markers: Sequence[Marker | None]) -> list[Marker | None]:
    """The markers, one per line of the text, without those that have no list around them.

    A bullet such as "•" always counts; "-", "–", "*" and "·" need a neighbour of the same style;
    numbers must run on from 1.
    """
    found = [(index, marker) for index, marker in enumerate(markers) if marker]
    kept: list[Marker | None] = [None] * len(markers)
    last: dict[str, int] = {}
    for place, (index, marker) in enumerate(found):
        following = found[place + 1][1] if place + 1 < len(found) else None
        previous = found[place - 1][1] if place else None
        if marker.bulleted:
            beside = {m.style for m in (previous, following) if m}
            good = marker.style in _CERTAIN or marker.style in beside
        else:
            good = _runs_on(marker, following, last)
        if good:
            kept[index] = marker
    return kept


def _runs_on(marker: Marker, following: Marker | None, last: dict[str, int]) -> bool:
    """Whether a number follows the one before it, or is 1 with 2 to come; `last` is kept up to date."""
    expected = last.get(marker.style, 0) + 1
    if expected > 1 and expected in marker.ordinals:
        last[marker.style] = expected
        return True
    if 1 in marker.ordinals and following and following.style == marker.style and 2 in following.ordinals:
        last[marker.style] = 1
        return True
    return False


def _ordinals(sign: str) -> tuple[int, ...]:
    """What a number, a letter or a Roman numeral may stand for: "i" is 1 or 9."""
    if sign.isdigit():
        return (int(sign),)
    letter = (ord(sign) - ord("a") + 1,) if len(sign) == 1 else ()
    roman = (_ROMAN.index(sign) + 1,) if sign in _ROMAN else ()
    return letter + roman
