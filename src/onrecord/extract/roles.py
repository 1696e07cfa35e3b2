"""Which person "the mayor" or "a spokesman" means: by title, by what was said before, by a name near by."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.extract import beside, nouns
from onrecord.extract.bodies import Bodies
from onrecord.extract.confidence import THRESHOLD, probability
from onrecord.extract.descriptions import FITS, another
from onrecord.extract.entities import Entity
from onrecord.extract.mentions import Mention
from onrecord.extract.namesakes import runs
from onrecord.extract.pieces import Piece
from onrecord.extract.pronouns import Answer
from onrecord.extract.strangers import unnamed

# Characters after an unnamed speaker in which the name may follow.
LATER = 3_000
# A paragraph of running text.
_LEAD = re.compile(r"^[^\n]{60,}[.”\"]\s*\n", re.MULTILINE)
_AGED = re.compile(r", \d\d,? ")
# Whose spokesman somebody is, told by a name or an office.
_POSSESSED = re.compile(r"\w['’]s?\s|\sfor\s")


class Roles(Bodies):
    """The part of the walk that answers for persons without their name."""

    def _definite(self, i: int, mention: Mention, anonymous: bool) -> Answer:
        person, score = self.descriptions.person(mention, self.recency)
        person = person if score >= FITS else None
        if (unnamed := self._unnamed_before(mention, person)) is not None:
            return Answer(unnamed.name, "person", True, 1.0, unnamed, "unnamed again")
        if person:
            return Answer(person.name, "person", False, score, person, "title")
        person, score = self._figure(i, mention)
        if person and probability("figure", score) >= THRESHOLD:
            return Answer(person.name, "person", False, score, person, "figure")
        if anonymous and _POSSESSED.search(mention.words):
            return self._unnamed(mention, anonymous=True)._replace(by="own words of a person")
        return Answer(mention.words, "person", anonymous, 1.0, None, "own words of a person")

    def _unnamed_before(self, mention: Mention, named: Entity | None) -> Entity | None:
        """Somebody without a name who spoke under this noun, and later than the person of that office."""
        unnamed = self.unnamed.get(mention.head)
        if not unnamed:
            return None
        strange = set(mention.modifiers) - set(unnamed.name.lower().split())
        if strange and not beside.same_owner(self.descriptions, self.recency, mention, unnamed):
            return None
        later = named and self.recency.get(named.number, -1) > self.recency.get(unnamed.number, -1)
        return None if later else unnamed

    def _figure(self, i: int, mention: Mention) -> tuple[Entity | None, float]:
        """Whoever would be "he" here, for nouns that stand for somebody named before ("the candidate")."""
        aged = _AGED.match(self.article.text, mention.end)
        if not aged and mention.head not in nouns.FIGURES | nouns.PARTISANS:
            return None, 0.0
        if mention.determiner != "the" or "'s " in mention.words or "’s " in mention.words:
            return None, 0.0
        male = True if mention.head in nouns.MALE_NOUNS else None
        male = False if mention.head in nouns.FEMALE_NOUNS else male
        person, score = self._he(mention.start, male, None, direct=False, content=self.statements[i].content)
        if person and (person.anonymous or not beside.may_be(person, mention.head)):
            return None, 0.0
        if person and another(mention, frozenset().union(*person.descriptions), alike=False):
            return None, 0.0
        if person and mention.head in nouns.synonyms()["candidate"] and not runs(person):
            return (None, 0.0) if self.descriptions.persons.get("candidate") else (person, 0.9 * score)
        return person, score

    def _unnamed(self, mention: Mention, *, anonymous: bool) -> Answer:
        if mention.determiner == "a" and (person := self._named_later(mention)):
            return Answer(person.name, "person", False, 1.0, person, "named later")
        at = mention.start
        entity = self.context.unnamed.get(at) or unnamed(mention.words, mention.head, at)
        entity.name = mention.words
        if mention.head in self.unnamed and beside.OWNER.match(mention.words):
            del self.unnamed[mention.head]  # the minister's spokesman may be the one called by her name
        elif mention.determiner == "a" or _POSSESSED.search(mention.words):
            self.unnamed[mention.head] = entity
        return Answer(mention.words, "person", anonymous, 1.0, entity, "own words")

    def _named_later(self, mention: Mention) -> Entity | None:
        """Whom the article names further on: "a defector said … said the defector, Ada Quist"."""
        text, noun = self.article.text, rf"(?:[\w-]+ ){{0,3}}{re.escape(mention.head)}\b"
        if self._in_the_lead(mention.start) and (bare := self._named_next(mention)):
            return bare
        again = re.compile(rf"\b[Tt]he {noun}, (?=[A-Z])").search(text, mention.end, mention.end + LATER)
        if again is None or re.compile(rf"\b[Aa]n? {noun}").search(text, mention.end, again.start()):
            return None
        piece, person = self._name_at(again.end()) or (None, None)
        return person if piece and person and person.mentions[0].start == piece.start else None

    def _in_the_lead(self, at: int) -> bool:
        """Whether a place lies in the first paragraph of running text."""
        return self.article.text.find("\n", at) > 0 and _LEAD.search(self.article.text[:at]) is None

    def _named_next(self, mention: Mention) -> Entity | None:
        """Whom the second paragraph names with the age and no word of who it is: the lead has said it.

        "A former trader testified on Tuesday …", then "Ada Quist, 38, told". Well-known persons need no such
        word either, but nobody gives their age.
        """
        found = [r for r in self.context.references if r.start > mention.start and not r.entity.anonymous]
        first = found[0] if found else None
        if first is None or self.context.paragraph(first.start) != self.context.paragraph(mention.start) + 1:
            return None
        piece, person = self._name_at(first.start) or (None, None)
        if piece is None or person is None or piece.title or person.mentions[0].start != piece.start:
            return None
        bare = not person.descriptions and _AGED.match(self.article.text, piece.end)
        return person if bare else None

    def _name_at(self, at: int) -> tuple[Piece, Entity] | None:
        """The full name of a person, with a title or without, that begins there."""
        k = bisect_left(self.names.starts, at)
        if k == len(self.names.pieces):
            return None
        piece, entity = self.names.pieces[k], self.names.owner[k]
        if not entity or entity.type != "person" or len(piece.words) < 2:
            return None
        return (piece, entity) if piece.start - len(piece.title) - bool(piece.title) == at else None
