"""Whom "the Lund senator", "the ministry" or "her campaign" means, by what names are called."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cache

from onrecord.extract import capitals, nouns, titles
from onrecord.extract.documents import Papers
from onrecord.extract.entities import Entity
from onrecord.extract.mentions import Mention
from onrecord.extract.names import Names
from onrecord.extract.nounphrases import head_of, is_person_noun

_APPOSITION = re.compile(
    r",\s+(?:\d{1,3},\s+)?(?!and\b|but\b|or\b|who\b|which\b|said\b|in\b|on\b|at\b)([^,.;:()\n]{3,90})"
)
_WORDS_BEFORE = re.compile(r"[^\w\s’'-]|\n")
_IS = re.compile(r"\s+(?:is|was|became|,)\s+(?:an?|the)\s+([^,.;:()\n]{3,80})")
_OF = re.compile(r"\s+of\s+([A-Z]\w+(?: [A-Z]\w+)?)|,?\s*\(?([DRI])-([A-Z][\w.]*)")
_LED = re.compile(r"(?:['’]s?)?\s+(?:presidential\s+)?(campaign|administration)\b")
_PARTIES = {"D": "democrat", "R": "republican", "I": "independent"}
_OUTLETS = ("newspaper", "paper", "network", "outlet")
# The least score of a title or apposition that decides a description.
FITS = 0.65
ALIKE = 4  # letters by which "Poland" and "Polish" are the same
LOOK = 20  # names before a description that are looked at
BESIDE = 100  # characters between two organisations of one kind that are named together
NEAR = 600  # characters before "the newspaper" in which it is named
FULL = 6  # full mentions of a person that are looked at for descriptions


class Descriptions:
    """The article's descriptions of its persons and organisations, by head noun."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.persons: dict[str, list[tuple[Entity, frozenset[str]]]] = defaultdict(list)
        # Campaigns and administrations by what they are, and by that and whose they are.
        self.led: dict[tuple[str, int | None], list[tuple[int, Entity, str]]] = defaultdict(list)
        self.papers = Papers(names)
        self.called: dict[str, list[tuple[int, Entity, frozenset[str]]]] = defaultdict(list)
        self.bodies: set[int] = set()  # the numbers of those that are called something
        self.beginning: dict[str, list[str]] = defaultdict(list)
        self.organizations: dict[str, list[Entity]] = defaultdict(list)
        self.outlets: list[Entity] = []
        for known in names.entities:
            # In a headline's capitals any words look like a name.
            shouted = known.name.isupper() and " " in known.name
            if known.type == "organization" and not shouted and any(not m.heading for m in known.mentions):
                self._organization(known)
        seen: dict[int, int] = defaultdict(int)
        for piece, entity in zip(names.pieces, names.owner, strict=True):
            if not entity or piece.heading:
                continue
            if entity.type == "person":
                if match := _LED.match(names.text, piece.end):
                    words = names.text[piece.start : match.end()]
                    for owner in (None, entity.number):
                        self.led[match[1], owner].append((piece.start, entity, words))
                    if match[1] == "campaign":
                        self._add(entity, "candidate", set())
                seen[entity.number] += 1
                if piece.title or (len(piece.key) > 1 and seen[entity.number] <= FULL):
                    self._describe(piece.start, piece.end, piece.title, entity)
                continue
            seen[entity.number] += 1
            if seen[entity.number] <= FULL:
                self._call(piece.start, piece.end, entity)

    def _organization(self, entity: Entity) -> None:
        key = entity.key
        if key[-1] in capitals.OUTLETS:
            self.outlets.append(entity)
        if len(key) > 1:
            self.beginning[key[0]].append(entity.name)
            for part in {key[-1], *(w for w in key if w in capitals.ORGANIZATIONS)}:
                self.organizations[part].append(entity)

    def _call(self, start: int, end: int, entity: Entity) -> None:
        """What kind of organisation a name is said to be: "the watchdog group X", "X, a drug company"."""
        text = self.names.text
        if entity.name in capitals.PLACES:
            return
        words = _WORDS_BEFORE.split(text[max(0, start - 50) : start].rstrip(", "))[-1].lower().split()[-4:]
        if words and words[-1] in nouns.ORGANIZATION_NOUNS:
            self.called[words[-1]].append((start, entity, frozenset(words)))
            self.bodies.add(entity.number)
        for pattern in (_APPOSITION, _IS):
            if match := pattern.match(text, end):
                head, before = head_of(text, match.span(1))
                if head.lower() in nouns.ORGANIZATION_NOUNS:
                    found = frozenset(w.lower() for w in before)
                    self.called[head.lower()].append((start, entity, found))
                    self.bodies.add(entity.number)

    def is_body(self, entity: Entity) -> bool:
        """Whether the article calls it an organisation ("the militia X", "X, a drug company")."""
        return entity.number in self.bodies

    def _described(self, mention: Mention, at: int) -> tuple[str | None, float]:
        """The organisation that the article has called a group, a company, …: the last one before."""
        wanted = set(mention.modifiers)
        heads = nouns.bodies().get(mention.head, (mention.head,))
        called = sorted(
            (c for head in heads for c in self.called.get(head, ())[-40:] if c[0] < at), key=_where
        )
        for _, entity, words in reversed(called):
            if wanted <= words | set(entity.key):
                strange = not wanted and self._named_since(entity, at)
                return (None, 0.0) if strange else (entity.name, 0.7)
        return None, 0.0

    def _named_since(self, entity: Entity, at: int) -> bool:
        """Whether another organisation, no news outlet, is named between an organisation and `at`."""
        low, high = (
            bisect_right(self.names.starts, _last_before(entity, at)),
            bisect_left(self.names.starts, at),
        )
        for owner in self.names.owner[max(low, high - LOOK) : high]:
            other = owner is not None and owner is not entity and owner.type == "organization"
            if (
                other
                and owner
                and capitals.OUTLETS.isdisjoint(owner.key)
                and owner.name not in capitals.PLACES
            ):
                return True
        return False

    def _describe(self, start: int, end: int, title: str, entity: Entity) -> None:
        text, extra = self.names.text, set[str]()
        if match := _OF.match(text, end):
            place = (match[1] or match[3] or "").lower().rstrip(".")
            extra = {*place.split(), *titles.states().get(place.replace(".", ""), "").split()}
            extra |= {_PARTIES[match[2]]} if match[2] else set()
        if title:
            low = [w.lower().rstrip(".") for w in title.split()]
            extra |= {p for w in low for p in titles.states().get(w, "").split()}
            head = titles.TITLE_HEADS.get(low[-1], low[-1])
            extra |= (
                {"former"}
                if text[max(0, start - len(title) - 9) : start].lower().startswith("former")
                else set()
            )
            self._add(entity, head, {*low, *extra})
            for word in low[:-1]:
                if is_person_noun(word) and word not in (
                    "vice",
                    "prime",
                    "deputy",
                    "former",
                    "attorney",
                    "press",
                ):
                    self._add(entity, titles.TITLE_HEADS.get(word, word), {*low, *extra})
            start -= len(title) + 1
        words = _WORDS_BEFORE.split(text[max(0, start - 50) : start].rstrip(", "))[-1].lower().split()[-6:]
        if words and is_person_noun(words[-1]):
            self._add(entity, words[-1], {*words, *extra})
        for pattern in (_APPOSITION, _IS):
            if match := pattern.match(text, end):
                self._phrase(entity, match.span(1), extra)

    def _phrase(self, entity: Entity, span: tuple[int, int], extra: set[str]) -> None:
        head, before = head_of(self.names.text, span)
        low = head.lower()
        if is_person_noun(low):
            rest = self.names.text[span[0] : span[1]].lower().replace("’s", "").replace("'s", "").split()
            self._add(entity, low, {*rest, *extra, *(w.lower() for w in before)})

    def _add(self, entity: Entity, head: str, words: set[str]) -> None:
        entity.descriptions.append((head, *sorted(words)))
        self.persons[head].append((entity, frozenset(words)))

    def person(self, mention: Mention, recency: dict[int, int]) -> tuple[Entity | None, float]:
        """The person whom a definite description fits, and a score: 1 where head and modifiers agree."""
        heads = nouns.synonyms().get(mention.head, frozenset((mention.head,)))
        wanted = {m for m in mention.modifiers if m not in ("former", "own")}
        best: dict[int, tuple[float, int, Entity]] = {}
        for head in heads:
            for entity, words in self.persons.get(head, ())[-60:]:
                if another(mention, words, alike=True) or _other_sex(mention.head, entity):
                    continue
                score = 1.0 if head == mention.head else 0.7
                score += sum(0.3 if m in words else -0.25 for m in wanted)
                score -= 0.6 * (("former" in words) != ("former" in mention.modifiers))
                score -= 0.5 * ("vice" in words and "vice" not in wanted)
                last = recency.get(entity.number, -1)
                if (known := best.get(entity.number)) is None or known[0] < score:
                    best[entity.number] = (score - 0.45 * (last < 0), last, entity)
        ranked = sorted(best.values(), key=lambda b: (-round(b[0], 2), -b[1]))
        if not ranked:
            return None, 0.0
        tie = len(ranked) > 1 and ranked[1][0] > ranked[0][0] - 0.25
        return ranked[0][2], ranked[0][0] - 0.3 * tie

    def organization(self, mention: Mention, at: int) -> tuple[str | None, float]:
        """The organisation whose name has the description's head ("the council"): the last one before."""
        if mention.head in _OUTLETS and not mention.modifiers:
            return self._outlet(at)
        wanted = set(mention.modifiers)
        found = [e for e in self.organizations.get(mention.head, ())[:40] if wanted <= set(e.key)]
        before = [e for e in found if e.mentions[0].start < at]
        if len(before or found) == 1:
            return (before or found)[0].name, 0.8 if before else 0.65
        if before:
            *_, rival, last = sorted(before, key=lambda e: _last_before(e, at))
            beside = _last_before(last, at) - _last_before(rival, at) < BESIDE
            return last.name, 0.5 if beside else 0.6
        return self._described(mention, at)

    def longer(self, entity: Entity) -> str | None:
        """The organisation whose name begins with this one ("Lund" for "Lund News"), if there is just one."""
        if len(entity.key) != 1 or entity.name in capitals.PLACES:
            return None
        found = self.beginning.get(entity.key[0], [])
        shortest = min(found, key=len, default="")
        return shortest if found and all(f.startswith(shortest) for f in found) else None

    def _outlet(self, at: int) -> tuple[str | None, float]:
        """The newspaper or broadcaster that the article names, if it names just one before or near."""
        before = [e for e in self.outlets[:10] if e.mentions[0].start < at]
        near = before if len(before) == 1 else [e for e in before if _last_before(e, at) > at - NEAR]
        return (near[0].name, 0.75) if len(near) == 1 else (None, 0.0)

    def led_by(self, head: str, at: int, owner: Entity | None) -> tuple[str | None, float]:
        """The named campaign or administration that "her campaign" means: the last one before."""
        found = self.led.get((head, owner.number if owner else None), [])
        k = bisect_left(found, at, key=lambda c: c[0])
        if not k and (owner is None or not found):
            return None, 0.0
        several = owner is None and len({c[1].number for c in found[max(0, k - 3) : k]}) > 1
        return " ".join(found[max(0, k - 1)][2].split()), 0.55 if several else 0.75


def _other_sex(head: str, entity: Entity) -> bool:
    return (head in nouns.MALE_NOUNS and entity.maleness < 0.2) or (
        head in nouns.FEMALE_NOUNS and entity.maleness > 0.8
    )


@cache
def _places() -> frozenset[str]:
    return frozenset(place.lower() for place in capitals.PLACES)


def another(mention: Mention, words: frozenset[str], *, alike: bool) -> bool:
    """Whether a description is of another office, party or place than `words`, which describe a person.

    So is "the finance minister" than a minister of defence, and "the mayor" than a deputy mayor. alike:
    whether both have the same head; if not, a place counts only where the person's own is told, too.
    """
    if words & nouns.UNDER and not words & nouns.UNDER & {*mention.modifiers, mention.head}:
        return True
    known, parties = {word[:ALIKE] for word in words}, nouns.PARTISANS | {"democratic"}
    if mention.head in parties and words & parties and mention.head[:ALIKE] not in known:
        return True
    capital = {
        w.lower().removesuffix("'s").removesuffix("’s") for w in mention.words.split() if w[:1].isupper()
    }
    for word in mention.modifiers:
        if word[:ALIKE] in known:
            continue
        office = word in nouns.OFFICES or word in nouns.ORGANIZATION_NOUNS - {"state"}
        party = word in parties and words & parties
        if office or party or (word not in parties and word in capital and (alike or words & _places())):
            return True
    return False


def _last_before(entity: Entity, at: int) -> int:
    k = bisect_left(entity.mentions, at, key=lambda m: m.start)
    return entity.mentions[k - 1].start if k else -1


def _where(called: tuple[int, Entity, frozenset[str]]) -> int:
    return called[0]
