"""The author of an article without a byline: whom its end introduces ("Ada Quist teaches law.")."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.extract.names import Names

_INTRODUCES = re.compile(
    r"(?:, [^,.\n]{3,60},)? "
    r"(?:is (?:also )?(?:an?|the|[a-z]+ (?:at|of))|edits|writes|teaches|works|serves|covers|hosts|"
    r"chairs|leads|blogs)\b"
)
LAST = 2  # paragraphs at the end that are looked at


def signed(names: Names) -> str | None:
    """The name with which one of the last paragraphs begins, if it stands nowhere else; None otherwise."""
    text = names.text.rstrip()
    starts = [m.start() for m in re.finditer(r"(?<=\n)[^\s]", text)][-LAST:]
    for start in reversed(starts):
        k = bisect_left(names.starts, start)
        if k == len(names.starts) or names.starts[k] != start:
            continue
        piece, owner = names.pieces[k], names.owner[k]
        alone = owner and owner.type != "organization" and len(owner.mentions) == 1
        if alone and 2 <= len(piece.words) <= 4 and not piece.title and _INTRODUCES.match(text, piece.end):
            return text[start : piece.end]
    return None
