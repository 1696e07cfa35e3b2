"""Tells a name's person from others that it could be: a place, an organisation, a namesake."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from onrecord.extract import capitals, nouns, titles
from onrecord.extract.entities import Entity
from onrecord.extract.pieces import PARTICLES, SUFFIXES, Key, Piece
from onrecord.extract.wordlists import words

# What follows the name of a place or a company that speaks: "said on Monday that it".
_IT: Final = re.compile(r"\s\w+(?:\son\s\w+)?(?:\sthat)?\s(?:it|its)\b")
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


def runs(person: Entity) -> bool:
    """Whether the article speaks of somebody as a candidate."""
    return any(words[0] in nouns.synonyms()["candidate"] for words in person.descriptions)


def without_particles(key: Key) -> Key:
    """A surname without the particles in front: ("von", "der", "leyen") is ("leyen",)."""
    while len(key) > 1 and key[0] in PARTICLES:
        key = key[1:]
    return key


def is_surname(key: Key, known: Iterable[Entity]) -> bool:
    """Whether a key is the surname, with its particle or suffix, of one of `known` ("Van den Berg")."""
    if key[0] not in PARTICLES and not (len(key) == 2 and key[-1] in SUFFIXES):
        return False
    return any(len(e.key) > len(key) and e.key[-len(key) :] == key for e in known)


_PROFESSIONS: Final = words(
    """
    dr doctor sgt sergeant officer detective judge justice professor prof capt captain lt lieutenant col
    colonel rev reverend pastor nurse coach inspector superintendent
    """
)
_APPOSITION: Final = re.compile(r",\s(?:\d{1,3},\s)?(?:an?|the|his|her|who)\s([^,.;:\n]{3,80})")
# What a doctor may be called besides.
_LEARNED: Final = re.compile(
    r"ologist|ician\b|iatrist|surgeon|doctor|profess|direct|research|scien|expert|chief|dean|head|fellow|specialist|"
    r"president|founder|medic|hospital|clinic|universit|health|chair"
)


class Professions:
    """Whom a title before a surname tells from somebody so called who comes later ("Dr. Lund")."""

    def __init__(self, text: str, pieces: Iterable[Piece]) -> None:
        self.text = text
        self.began: dict[tuple[str, Key], int] = {}
        self.full: dict[Key, Piece] = {}
        self.borne: dict[Key, set[str]] = {}
        for piece in pieces:
            if len(piece.key) == 1 and piece.title and not piece.heading:
                self.began.setdefault((_last(piece.title), piece.key), piece.start)
            elif len(piece.key) > 1:
                self.full.setdefault(piece.key, piece)
                self.borne.setdefault(piece.key, set()).update(piece.title.lower().replace(".", "").split())

    def another(self, piece: Piece, persons: Iterable[Entity]) -> bool:
        """Whether a titled surname stood before all of `persons` were named, who are something else."""
        title = _last(piece.title)
        begun = self.began.get((title, piece.key))
        return (
            title in _PROFESSIONS and begun is not None and all(self._later(title, begun, e) for e in persons)
        )

    def _later(self, title: str, begun: int, person: Entity) -> bool:
        full = self.full.get(person.key)
        if not full or full.start < begun or title in self.borne[person.key]:
            return False
        head = titles.TITLE_HEADS.get(title, title)
        apposition = _APPOSITION.match(self.text, full.end)
        said = f"{full.title} {apposition[1] if apposition else ''}".lower()
        known = nouns.synonyms().get(head, frozenset((head,)))
        learned = head in ("doctor", "professor") and _LEARNED.search(said)
        return bool(said.strip()) and not learned and known.isdisjoint(re.findall(r"\w+", said))


def _last(title: str) -> str:
    return title.lower().replace(".", "").rpartition(" ")[2]
