"""Joins a name that a nickname in quotation marks or brackets cuts in two ("Earl “Bud” Lind")."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.extract import capitals, givennames, titles
from onrecord.extract.pieces import Key, Piece, key_of

_NICKNAME = re.compile(
    r" (?:(?P<quoted>[\"“'‘][A-Z][\w’.-]+(?: [A-Z][\w’.-]+){0,2}[\"”'’])|"
    r"\((?P<bracketed>[A-Z][a-z]+)\)) (?=[A-Z])"
)


def joined(text: str, pieces: list[Piece]) -> tuple[list[Piece], dict[Key, Key]]:
    """The pieces with names and nicknames joined, and for each nickname with the surname the name's key."""
    starts = [p.start for p in pieces]
    found: list[Piece] = []
    aliases: dict[Key, Key] = {}
    done = 0
    for match in _NICKNAME.finditer(text):
        k, j = bisect_left(starts, match.start()) - 1, bisect_left(starts, match.end())
        if k < done or j == len(pieces) or not _one_name(text, pieces[k], pieces[j], match):
            continue
        before, after = pieces[k], pieces[j]
        words = (*before.words, *after.words)
        name = after._replace(
            start=before.start, words=words, title=before.title, the=before.the, key=key_of(words)
        )
        nickname = (match["quoted"] or match["bracketed"]).strip("\"“”'‘’")
        aliases[key_of((nickname, *after.words))] = name.key
        found += [*pieces[done:k], name]
        done = j + 1
    return [*found, *pieces[done:]], aliases


def _one_name(text: str, before: Piece, after: Piece, match: re.Match[str]) -> bool:
    """Whether a given name ends and a surname begins beside the nickname."""
    if before.end != match.start() or after.start != match.end() or after.title or len(after.words) > 2:
        return False
    lows = {w.lower() for w in (*before.words, *after.words)}
    if (
        lows & capitals.ORGANIZATIONS
        or lows & titles.TITLES - titles.ALSO_NAMES
        or not capitals.PLACES.isdisjoint(before.words)
    ):
        return False
    given = before.words[0] in givennames.given_names()
    return given if match["bracketed"] else given or len(before.words) == 1
