"""Somebody or something that an article names, and which of several a short form stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from onrecord.extract import nouns, titles
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


def unnamed(name: str, head: str, at: int) -> Entity:
    """A person whom the article does not name, at an offset. name: the words for him or her."""
    entity = Entity((head,), "person", name, -1 - at, anonymous=True)
    entity.male += 4.0 * (head in nouns.MALE_NOUNS)
    entity.female += 4.0 * (head in nouns.FEMALE_NOUNS)
    return entity


def regnal(found: list[Piece]) -> str:
    """The title of a pope or a monarch, which is a part of the name ("Pope Ambrose", "Queen Ada II")."""
    if len(found[0].words) > 1 and found[0].words[-1].strip("IVX"):
        return ""
    title = next((p.title.rpartition(" ")[2] for p in found if p.title), "")
    return f"{title} " if title.lower() in titles.REGNAL else ""


def agree(one: Key, other: Key) -> bool:
    """Middle names agree unless both stand and their initials differ."""
    return not one or not other or one[0][0] == other[0][0]


def choose(persons: list[Entity], title: list[str], recent: Entity | None) -> Entity | None:
    """Of several of one surname: by the title's sex, else who is named most by far, else last."""
    words = {t.rstrip(".") for t in title}
    if words & titles.FEMALE_TITLES:
        persons = [e for e in persons if e.maleness < 0.8]
        persons = sorted(persons, key=lambda e: e.maleness)[:1]
    elif words & titles.MALE_TITLES:
        persons = [e for e in persons if e.maleness > 0.2]
        persons = sorted(persons, key=lambda e: -e.maleness)[:1]
    if len(persons) < 2:
        return persons[0] if persons else None
    ranked = sorted(persons, key=lambda e: (-e.full, e.number))
    if recent in persons and (len(ranked) < 2 or ranked[0].full < 2 * ranked[1].full):
        return recent
    return ranked[0]
