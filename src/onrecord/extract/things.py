"""Whether a name is spoken of as a thing or a firm ("Lind said its sales fell") and not as a person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from onrecord.extract import givennames
from onrecord.extract.pieces import Key, Piece, key_of
from onrecord.extract.wordlists import words

_VERBS = "says?|said|expects?|plans?|announced|reported|added|warned"
_LINKING = "in|on|at|for|of|to|by|with|from|as|into|and|or|over|about"
_THING = re.compile(
    r"['’]s? (?:website|report|poll|editorial|stock|shares|users|sales|profits?|revenues?|earnings|stores|"
    r"customers|factor(?:y|ies)|plants?)\b|,? which\b|,? an? (?:company|site|firm|"
    r"group|magazine|newspaper|publication)|,? the (?:company|maker|website|news|official|parent|liberal)\b|"
    rf"\.com\b|,? (?:{_VERBS})(?: on \w+)?(?: that)? its?\b(?! (?:is|was|be|has been|had been|would be)\b)|"
    rf" (?:(?:will|would|has|had) )?(?!(?:{_LINKING}) )[a-z]+ its\b|"
    r" (?:shares|stock|analysts?|economists?|plc)\b|"
    r",? (?:previously |recently |first )?report(?:s|ed)\b"
)
_BEFORE = re.compile(
    r"\b(?:[Ss]hares (?:of|in)|[Ss]tock of|(?:[Aa]nalysts?|[Ee]conomists?|[Ss]trategists?) (?:at|for|with)|"
    r"owned by|made by|[Mm]aker) $"
)
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|He|She|His|Her|its|Its|which)\b")
_SPEAKS = re.compile(
    r"(?:,[^,.;:\n]{0,80},)?,? (?:says|said|told|wrote|tells|added|argued|noted)\b(?! (?:that )?its?\b)"
)
_ITS_OWN = re.compile(
    r", (?:its|the (?:company|firm|group)['’]s|who (?:founded|started|owns|set up)) (?!(?:own|first|new)\b)"
)
LOOK = 8  # mentions of a name that are looked at
# Titles that are adjectives in the names of firms ("General Electric").
_ADJECTIVES = words("general premier principal")


def strong(text: str, piece: Piece) -> bool:
    """Whether the words beside a name are of a thing or a firm."""
    before = max(0, piece.start - 24)
    return bool(_THING.match(text, piece.end) or _BEFORE.search(text, before, piece.start))


def signs(text: str, pieces: Sequence[Piece]) -> int:
    """Signs of a thing less those of a person, over a name's first mentions."""
    things = 0
    for piece in pieces[:LOOK]:
        things += 2 * strong(text, piece)
        if following := _PRONOUN.search(text, piece.end, piece.end + 120):
            things += 1 if following[0] in ("its", "Its", "which") else -2
    return things


def is_thing(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether a name of several words is a firm's, though a verb of saying follows it ("Lind Moe")."""
    if any(p.title for p in pieces):
        return False
    if pieces[0].words[0] not in givennames.given_names():
        return signs(text, pieces) > 1
    return sum(strong(text, p) for p in pieces[:LOOK]) > 1 and signs(text, pieces) > 2


class Firms:
    """Surnames alone that are a firm's, named after a person who does not speak ("Lind" for Bo Lind's)."""

    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        self.text, self.known = text, dict[str, bool]()
        self.full: dict[Key, list[Piece]] = defaultdict(list)
        for piece in pieces:
            if not piece.heading:
                self.full[piece.key].append(piece)

    def is_one(self, form: str, persons: Collection[Key]) -> bool:
        """Whether the surname `form` of the persons with these keys stands for a firm in this article."""
        if form not in self.known:
            full = sorted(p for key in persons for p in self.full.get(key, ())[:LOOK])
            self.known[form] = self._judge(self.full.get((form,), []), full)
        return self.known[form]

    def _judge(self, short: Sequence[Piece], full: Sequence[Piece]) -> bool:
        if not short or any(p.title for p in short):
            return False
        if any(p.title or _SPEAKS.match(self.text, p.end) for p in full):
            return False
        owned = any(_ITS_OWN.match(self.text, p.end) for p in full)
        if not owned and not any(strong(self.text, p) for p in short[:LOOK]):
            return False
        found = signs(self.text, short) + min(0, signs(self.text, full)) + 2 * owned
        return found + (short[0].start < min((p.start for p in full), default=0)) > 1


def with_adjectives(text: str, pieces: list[Piece]) -> list[Piece]:
    """Pieces with the title put back where it is a part of a firm's name ("General Electric")."""
    groups: dict[tuple[str, str], list[Piece]] = {}
    for piece in pieces:
        if piece.title.lower() in _ADJECTIVES and len(piece.words) == 1:
            groups.setdefault((piece.title, piece.words[0]), []).append(piece)
    firms = {name for name, found in groups.items() if signs(text, found) > 2}
    return [_whole(p) if (p.title, p.words[0]) in firms and len(p.words) == 1 else p for p in pieces]


def _whole(piece: Piece) -> Piece:
    words = (piece.title, *piece.words)
    start = piece.start - len(piece.title) - 1
    return piece._replace(start=start, words=words, title="", key=key_of(words))
