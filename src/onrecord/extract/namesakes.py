"""Tells a name's person from others that it could be: a place, an organisation, a namesake."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from onrecord.extract import capitals, nouns, titles
from onrecord.extract.capitals import PARTICLES
from onrecord.extract.entities import Entity
from onrecord.extract.pieces import Key, Piece

# What follows the name of a place or a company that speaks: "said on Monday that it".
_IT: Final = re.compile(r"\s\w+(?:\son\s\w+)?(?:\sthat)?\s(?:it|its)\b")
_ITS: Final = re.compile(r"\s(?:said|says|expects|plans)(?:\son\s\w+)?(?:\sthat)?\sits\b")
# Before a surname that two persons have, these tell one from the other.
OF_TWO: Final = ("elder ", "younger ", "older ", "senior ", "junior ")
_BEFORE_PLACES: Final = frozenset(("in", "to", "from", "at", "near", "into", "outside"))


def is_organization(piece: Piece) -> bool:
    """Whether a name looks like an organisation's: a word, a place or "&" in it, capitals, "the" before."""
    lows = [word.lower() for word in piece.words]
    return (
        not capitals.ORGANIZATIONS.isdisjoint(lows)
        or not capitals.PLACES.isdisjoint(piece.words)
        or (len(piece.words) == 1 and piece.words[0].isupper() and len(lows[0]) > 1)
        or (piece.the and len(lows) > 1)
        or "&" in lows
    )


def male(piece: Piece) -> bool | None:
    """Whether a name's title is a man's ("Mr"); None where it says nothing of it."""
    said = set(piece.title.lower().replace(".", "").split())
    if said & titles.MALE_TITLES:
        return True
    return False if said & titles.FEMALE_TITLES else None


def is_place(text: str, piece: Piece, first: int) -> bool:
    """Whether a name that is a place's too stands for the place here.

    It does before the person of that name is first named in full (at `first`), after "in", and before "it".
    """
    if piece.title or piece.possessive or piece.words[0] not in capitals.PLACES:
        return False
    before = text[max(0, piece.start - 12) : piece.start].rstrip().rpartition(" ")[2].lower()
    return piece.start < first or before in _BEFORE_PLACES or bool(_IT.match(text, piece.end))


def of_a_firm(text: str, piece: Piece) -> bool:
    """Whether a surname says "its", as a company that is named after its founder does."""
    return not piece.title and len(piece.words) == 1 and bool(_ITS.match(text, piece.end))


def runs(person: Entity) -> bool:
    """Whether the article speaks of somebody as a candidate."""
    return any(words[0] in nouns.synonyms()["candidate"] for words in person.descriptions)


def without_particles(key: Key) -> Key:
    """A surname without the particles in front: ("von", "der", "leyen") is ("leyen",)."""
    while len(key) > 1 and key[0] in PARTICLES:
        key = key[1:]
    return key


def is_surname(key: Key, known: Iterable[Entity]) -> bool:
    """Whether a key that begins with a particle is the surname of one of `known` ("Van den Berg")."""
    longer: Collection[Key] = [e.key for e in known if len(e.key) > len(key)] if key[0] in PARTICLES else ()
    return any(each[-len(key) :] == key for each in longer)
