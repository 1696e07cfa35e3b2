"""Somebody or something that an article names, and which of several a short form stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from onrecord.extract import titles
from onrecord.extract.pieces import Key, Piece

Type = Literal["person", "organization", "other"]


@dataclass(slots=True)
class Entity:
    """Somebody or something that the article names, with all its mentions."""

    key: Key
    type: Type
    name: str
    number: int = 0
    mentions: list[Piece] = field(default_factory=list)
    full: int = 0  # mentions by the full name
    male: float = 0.0
    female: float = 0.0
    descriptions: list[tuple[str, ...]] = field(default_factory=list)  # words of each, the head first
    anonymous: bool = False

    @property
    def maleness(self) -> float:
        """Probability that "he" fits, from titles, nouns, given names and the article's pronouns."""
        return (self.male + 0.5) / (self.male + self.female + 1.0)


def regnal(found: list[Piece]) -> str:
    """The title of a pope or a monarch, which is a part of the name ("Pope Ambrose", "Queen Ada II")."""
    if len(found[0].words) > 1 and found[0].words[-1].strip("IVX"):
        return ""
    title = next((p.title.rpartition(" ")[2] for p in found if p.title), "")
    return f"{title} " if title.lower() in titles.REGNAL else ""


def agree(one: Key, other: Key) -> bool:
    """Middle names agree unless both stand and their initials differ."""
    return not one or not other or one[0][0] == other[0][0]
