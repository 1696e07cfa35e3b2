"""Finds the long names that acronyms in brackets abbreviate ("Citizens for Open Roads in Lund (CORL)")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from onrecord.extract import capitals
from onrecord.extract.pieces import WORD

ACRONYM = re.compile(r"\s?\(([A-Z][A-Za-z&.]{1,9})\)")


def spelled_out(text: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Acronyms that are not `known`, each with the words before it that begin with its letters."""
    for match in ACRONYM.finditer(text):
        if match[1] in known or not match[1].isupper():
            continue
        words = list(WORD.finditer(text, max(0, match.start() - 120), match.start()))[-12:]
        at = len(words)
        for letter in reversed(match[1]):
            while at and words[at - 1][0][0].islower() and words[at - 1][0].lower() in capitals.NOT_NAMES:
                at -= 1
            at -= 1
            if at < 0 or words[at][0][0] != letter:
                break
        else:
            yield match[1], text[words[at].start() : match.start()]
