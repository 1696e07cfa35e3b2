"""Which of several persons of one surname or given name a short form stands for, and whether it is clear."""

from __future__ import annotations

import re

from onrecord.extract import titles
from onrecord.extract.entities import Entity
from onrecord.extract.pieces import Piece, surname

_VERBS = "said|says|told|tells|added|adds|asked|wrote|writes|argued|argues|noted|warned|insisted|replied"
_SPEAKS = re.compile(rf"(?:,[^,.;:\n]{{0,80}},|,|\s\([^()\n]{{1,20}}\))?\s(?:{_VERBS})\b")
_SPOKEN = re.compile(rf"\b(?:{_VERBS})\s$")
_HE = re.compile(rf"\s(?:{_VERBS})(?:\son\s\w+)?(?:\sthat)?\s(he|she)\b")
# Whoever is named in full so often, and so many times as often as anybody else, is meant by the short form.
OFTEN, BY_FAR = 3, 2
# So often somebody has had the short form that it stays theirs when another of the name speaks.
SETTLED = 3


class Bearers:
    """Follows an article: who was last named in full, and who is called by the short form alone."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.recent: dict[str, Entity] = {}
        # Whom the short form stands for, and how often it has or they spoke; None: unclear.
        self.held: dict[str, tuple[Entity | None, int]] = {}
        self.unclear: set[int] = set()  # where short forms begin that may be somebody else's

    def named(self, piece: Piece, entity: Entity) -> None:
        """Notes a full name."""
        speaks = bool(
            _SPEAKS.match(self.text, piece.end)
            or _SPOKEN.search(self.text, max(0, piece.start - len(piece.title) - 12), _begin(piece))
        )
        for form in {surname(entity.key), entity.key[0]}:
            self.recent[form] = entity
            holder, times = self.held.get(form, (entity, 0))
            if holder is entity or (holder and speaks and not times):
                self.held[form] = entity, times + speaks
            elif times < SETTLED and (speaks or not times):
                self.held[form] = None, 0

    def choose(self, form: str, persons: list[Entity], piece: Piece) -> Entity | None:
        """Of several: by the sex of title or "said she"; who is named most by far; who had it before."""
        persons = self._of_sex(persons, piece)
        if len(persons) < 2:
            return persons[0] if persons else None
        ranked = sorted(persons, key=lambda e: (-e.full, e.number))
        holder, recent = self.held.get(form, (None, 0))[0], self.recent.get(form)
        if ranked[0].full >= max(OFTEN, BY_FAR * ranked[1].full):
            return ranked[0]
        if holder in persons:
            return holder
        self.unclear.add(piece.start)
        return recent if recent in persons else ranked[0]

    def used(self, piece: Piece, entity: Entity) -> None:
        """Notes a short form and for whom it stood."""
        if piece.start not in self.unclear:
            holder, times = self.held.get(piece.key[0], (entity, 0))
            self.held[piece.key[0]] = entity, times + 1 if holder is entity else 1

    def _of_sex(self, persons: list[Entity], piece: Piece) -> list[Entity]:
        said = {t.rstrip(".") for t in piece.title.lower().split()}
        he = _HE.match(self.text, piece.end)
        if said & titles.FEMALE_TITLES:
            return sorted((e for e in persons if e.maleness < 0.8), key=lambda e: e.maleness)[:1]
        if said & titles.MALE_TITLES:
            return sorted((e for e in persons if e.maleness > 0.2), key=lambda e: -e.maleness)[:1]
        if he and len(persons) > 1:
            fits = [e for e in persons if (e.maleness > 0.2 if he[1] == "he" else e.maleness < 0.8)]
            return fits or persons
        return persons


def _begin(piece: Piece) -> int:
    return piece.start - len(piece.title) - bool(piece.title)
