"""Finds the names of an article and whom they stand for: full names, short forms, organisations, acronyms.

There is no list of famous people and no model: a run of capitalised words is a person's name where the
article gives evidence of it (a title, an apposition, the surname used alone, a verb of saying, a given name).
One pass over the text; the work is linear in its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict

from onrecord.extract import capitals, givennames, namesakes, things
from onrecord.extract.acronyms import ACRONYM, spelled_out
from onrecord.extract.bearers import Bearers
from onrecord.extract.entities import Entity, agree, regnal
from onrecord.extract.evidence import NAMED, after_person, evidence
from onrecord.extract.nicknames import joined
from onrecord.extract.pieces import SUFFIXES, WORD, Key, Piece, key_of, pieces_of, surname
from onrecord.extract.wordlists import words

# What follows a person's name in the name of something else ("The Ada Quist Show").
_ABOUT = words("show report hour podcast foundation center centre institute fund campaign project memorial")

MANY = 12  # mentions of a name that are looked at for evidence
SAME = 40  # entities of one surname that are compared; more would make the work quadratic


class Names:
    """The entities of an article, their mentions in text order, and look-ups by short form."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces, self.aliases = joined(text, things.with_adjectives(text, pieces_of(text)))
        self.entities: list[Entity] = []
        self.by_key: dict[Key, Entity] = {}
        self.by_last: dict[str, list[Entity]] = defaultdict(list)
        self.by_first: dict[str, list[Entity]] = defaultdict(list)
        self.acronyms: dict[str, Entity] = {}
        self.opening: set[Key] = set()  # surnames with the word before them that opens a sentence
        self.starts = [p.start for p in self.pieces]
        self.owner: list[Entity | None] = []
        self.professions = namesakes.Professions(text, self.pieces)
        self.others: dict[tuple[bool | str, Key], Entity] = {}  # whom a title tells from all full names
        self.bearers = Bearers(text)
        self.firms = things.Firms(text, self.pieces)
        body = self._body()
        self.singles = Counter(p.key[0] for p in body if len(p.key) == 1)
        self.first = {piece.key: piece.start for piece in reversed(self.pieces)}
        self.beginnings = {key[0] for key in self.first if len(key) > 1}
        self._persons(body)
        self._organizations(body)
        self._surnames()
        self._own()

    def _surnames(self) -> None:
        """Surnames that are small words as well, alone beside a verb of saying ("Will said")."""
        persons = [e for e in self.entities if e.type == "person" and len(e.key) > 1]
        alone = {e.name.split()[-1] for e in persons if e.key[-1] in capitals.NOT_NAMES}
        if not alone:
            return
        verbs = "said|says|told|tells|wrote|writes|added|argued|noted"
        either = "|".join(map(re.escape, sorted(alone)))
        pattern = re.compile(rf"\b({either})(?=['’]s|\s(?:{verbs})\b)|(?<=said )({either})\b")
        for match in pattern.finditer(self.text):
            k = bisect_left(self.starts, match.start())
            if not k or self.pieces[k - 1].end <= match.start():
                word = match[1] or match[2]
                self.pieces.insert(k, Piece(match.start(), match.end(), (word,), key=key_of((word,))))
                self.starts.insert(k, match.start())

    def _body(self) -> list[Piece]:
        """Pieces that may name somebody: all outside headlines, full names in them, and names in names."""
        given = givennames.given_names()
        body = [p for p in self.pieces if not p.heading or (len(p.words) == 2 and p.words[0] in given)]
        if not any(not p.heading for p in body):
            body = list(self.pieces)
        alone = {p.words[0] for p in body if len(p.words) == 1}
        for piece in self.pieces:
            if len(piece.words) > 2 and piece.words[0] in given and piece.words[1] in alone:
                words = piece.words[:2]
                end = piece.start + len(words[0]) + 1 + len(words[1])
                if self.text[piece.start : end] == " ".join(words) and piece.words[2].lower() in _ABOUT:
                    body.append(Piece(piece.start, end, words, piece.title, key=key_of(words)))
        return body

    def _own(self) -> None:
        self.owner, self.bearers = [], Bearers(self.text)
        for piece in self.pieces:
            entity = self.entity_of(piece)
            self.owner.append(entity)
            if entity and entity.type == "person" and not piece.heading:
                (self.bearers.named if len(piece.key) > 1 else self.bearers.used)(piece, entity)
        for entity in self.entities:
            entity.mentions.clear()
        for piece, owner in zip(self.pieces, self.owner, strict=True):
            if owner:
                owner.mentions.append(piece)

    def promote(self, found: list[Entity]) -> None:
        """Takes names for persons that nothing but their place shows: they are sources of statements."""
        for entity in found:
            entity.type = "person"
            self.by_last[entity.key[-1]].append(entity)
            self.by_first[entity.key[0]].append(entity)
            for part in (entity.key[:1], entity.key[-1:]):
                short = self.by_key.get(part)
                if short and short.type == "other":
                    del self.by_key[part]
        self._own()

    def _persons(self, body: list[Piece]) -> None:
        points: dict[Key, float] = defaultdict(float)
        groups: dict[Key, list[Piece]] = defaultdict(list)
        for piece in body:
            key = self.aliases.get(piece.key, piece.key)
            groups[key].append(piece)
            if points[key] < 2 * NAMED and len(groups[key]) <= MANY:
                points[key] = max(points[key], evidence(self.text, piece, self.singles))
        given = givennames.given_names()
        surnames = {k[-1] for k in groups if len(k) in (2, 3) and groups[k][0].words[0] in given}
        for key in sorted(
            groups, key=lambda k: (-len(k), groups[k][0].words[0] not in given, -len(groups[k]))
        ):
            if (
                len(groups[key][0].words) > 1
                and points[key] >= NAMED
                and not self._prefixed(key, groups, points, surnames)
                and not things.is_thing(self.text, groups[key])
            ) and not namesakes.is_surname(key, self.by_last.get(surname(key), [])[:SAME]):
                if self._opening(groups[key]):
                    self.opening.add(key)
                else:
                    self._person(key, groups[key])
        for key, found in groups.items():
            if len(found[0].words) == 1 and points[key] >= 2 * NAMED and not self.short(found[0]):
                self._person(key, found)
        self.by_key |= {alias: self.by_key[key] for alias, key in self.aliases.items() if key in self.by_key}

    def _opening(self, found: list[Piece]) -> bool:
        """Whether a word that opens a sentence stands before a known surname ("Absent Quist, …")."""
        words = found[0].words
        if len(words) != 2 or words[0] in givennames.given_names() or len(words[0]) < 3:
            return False
        if any(p.title or after_person().match(self.text, p.end) for p in found):
            return False
        known = [e for e in self.by_last.get(found[0].key[-1], [])[:SAME] if e.type == "person"]
        return any(e.full >= len(found) for e in known) and all(
            self.text[max(0, p.start - 2) : p.start].strip(' “"') in ("", ".") for p in found
        )

    @staticmethod
    def _prefixed(
        key: Key, groups: dict[Key, list[Piece]], points: dict[Key, float], surnames: set[str]
    ) -> bool:
        """Whether the key is a shorter full name with words beside it ("Comedian Ada Quist")."""
        if key[0] in surnames and groups[key][0].words[0] not in givennames.given_names():
            return True
        if len(key) < 3 or groups[key][0].words[0] in givennames.given_names():
            return len(key) > 3 and key[:2] in groups  # "Ada Quist Meets Lind"
        return (
            key[1:] in groups
            and points[key[1:]] >= NAMED
            and groups[key[1:]][0].words[0] in givennames.given_names()
        )

    def _person(self, key: Key, found: list[Piece]) -> None:
        words = found[0].words
        known = self._same_person(key)
        name = regnal(found) + self.text[found[0].start : found[0].end]
        if known:
            self.by_key[key] = known
            known.full += len(found)
            return
        entity = Entity(key, "person", " ".join(name.split()), len(self.entities), full=len(found))
        self.entities.append(entity)
        self.by_key[key] = entity
        if len(key) > 1:
            self.by_last[surname(key)].append(entity)
            self.by_first[key[0]].append(entity)
            if "-" in words[-1]:
                self.by_last[words[-1].lower().split("-")[0]].append(entity)
            male = givennames.given_names().get(words[0])
            if male is not None:
                entity.male, entity.female = 5.0 * male, 5.0 * (1 - male)
        else:
            self.by_last[key[-1]].append(entity)

    def _same_person(self, key: Key) -> Entity | None:
        """A longer form of the same name: same surname and given name, or an initial or its beginning."""
        if len(key) < 2 or key[-1] in SUFFIXES:
            return None
        for entity in [e for e in self.by_last.get(key[-1], [])[:SAME] if e.type == "person"]:
            first = entity.key[0]
            same = givennames.formal(first) == givennames.formal(key[0]) or (
                min(len(first), len(key[0])) <= 3
                and first[:1] == key[0][:1]
                and (first.startswith(key[0]) or key[0].startswith(first))
            )
            if same and entity.key[-1] not in SUFFIXES and agree(entity.key[1:-1], key[1:-1]):
                return entity
        return None

    def _organizations(self, body: list[Piece]) -> None:
        for piece in body:
            if piece.key in self.by_key or not piece.key or self.short(piece):
                continue
            type_ = "organization" if namesakes.is_organization(piece) else "other"
            name = " ".join(self.text[piece.start : piece.end].split())
            entity = Entity(piece.key, type_, name, len(self.entities))  # type: ignore[arg-type]
            self.entities.append(entity)
            self.by_key[piece.key] = entity
            if len(piece.key) > 1 and type_ == "organization":
                for word in {piece.key[-1], *(w for w in piece.key if w in capitals.ORGANIZATIONS)}:
                    self.by_last[word].append(entity)
                self._acronym(piece, entity)
        for letters, name in spelled_out(self.text, self.acronyms):
            entity = Entity(key_of(name.split()), "organization", name, len(self.entities))
            self.entities.append(entity)
            self.acronyms[letters] = entity
        for entity in self.entities:
            if entity.type != "person" and len(entity.key) == 1 and entity.name.isupper():
                long = self.acronyms.get(entity.name)
                if long:
                    self.by_key[entity.key] = long

    def _acronym(self, piece: Piece, entity: Entity) -> None:
        initials = "".join(w[0] for w in piece.words if w[0].isupper())
        if len(initials) >= 3 or (len(initials) == len(piece.words) == 2):
            self.acronyms.setdefault(initials, entity)
        if (match := ACRONYM.match(self.text, piece.end)) and match[1][0] == initials[:1]:
            self.acronyms[match[1].replace(".", "")] = entity

    def short(self, piece: Piece) -> Entity | None:
        """The person or organisation that a short form stands for: surname, given name or last word."""
        key = piece.key
        if not key:
            return None
        found = self.by_key.get(key)
        male = namesakes.male(piece)
        if found and (male is None or len(key) > 1 or not self.by_last.get(key[0])):
            return found
        core = namesakes.without_particles(key)
        if len(core) > 1:
            return self._part_of(core)
        named = [e for e in self.by_last.get(core[0], [])[:SAME] if e.type == "person"]
        persons = named or [*self.by_first.get(core[0], [])[:SAME]]
        if persons and namesakes.is_place(self.text, piece, min(self.first.get(e.key, 0) for e in persons)):
            return None
        if persons and not piece.title and self.firms.is_one(core[0], {e.key for e in persons}):
            return None
        if piece.the and not piece.title:
            organizations = [e for e in self.by_last.get(core[0], [])[:SAME] if e.type == "organization"]
            if len(organizations) == 1:
                return organizations[0]
        if named and self.professions.another(piece, named):
            return self._other(piece.title, piece)
        if named and not piece.title:
            persons = named + [
                e for (title, k), e in self.others.items() if k == key and isinstance(title, str)
            ]
        one = self.bearers.choose(core[0], persons, piece)
        return self._other(male, piece) if male is not None and named and not one else one

    def _other(self, title: bool | str, piece: Piece) -> Entity:
        """The person of a title and a surname that fit nobody named in full ("Mr. Quist", her husband)."""
        if (one := self.others.get((title, piece.key))) is None:
            name = f"{title} {piece.words[-1]}" if isinstance(title, str) else piece.words[-1]
            one = self.others[title, piece.key] = Entity(piece.key, "person", name, len(self.entities))
            self.entities.append(one)
        return one

    def _part_of(self, key: Key) -> Entity | None:
        """A longer organisation's name that ends with these words, or a person's with a prefix cut off."""
        for entity in self.by_last.get(surname(key), [])[:SAME]:
            if entity.key[-len(key) :] == key and len(entity.key) > len(key):
                return entity
        for size in (3, 2):
            tail = self.by_key.get(key[-size:])
            if tail and tail.type == "person" and len(key) > size:
                return tail
        if key in self.opening:
            return next((e for e in self.by_last[key[-1]] if e.type == "person"), None)
        return None

    def part(self, piece: Piece, start: int, end: int) -> Piece:
        """The words of a piece that stand between two offsets, as a piece of their own."""
        found = list(WORD.finditer(self.text, max(start, piece.start), min(end, piece.end)))
        words = tuple(m[0].rstrip("'’") for m in found)
        if not words:
            return Piece(start, start, ())
        return Piece(found[0].start(), found[-1].end(), words, heading=piece.heading, key=key_of(words))

    def entity_of(self, piece: Piece) -> Entity | None:
        """Whom a piece stands for, by its full form or a short one."""
        return self.by_key.get(piece.key) or self.short(piece)
