"""Which organisation "it", "the company", "the council" or "her campaign" means, by what is named before."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.extract import capitals, nouns
from onrecord.extract.confidence import THRESHOLD
from onrecord.extract.entities import Entity
from onrecord.extract.mentions import Mention
from onrecord.extract.pronouns import Answer, Walk
from onrecord.extract.wordlists import words

_PLACES = capitals.PLACES | words("us uk un eu states nations kingdom republic house congress senate")
_OUTLET_NOUNS = words("network website site outlet publication broadcaster organization organisation")
_FIRMS = words("company firm bank")
_INCORPORATED = words("inc corp corporation co ltd plc llc ag nv holdings")
_BODIES = words(
    """
    commission administration council court department ministry agency committee parliament senate congress
    police government authority service office bureau reuters
    """
)
# What follows a town before the first sentence: "LUND, March 3 (Newswire) -".
_DATELINE = re.compile(r"(?:, [A-Z][\w. ]{1,20}){0,2} (?:\([A-Z][\w ]+\)|/[A-Z][\w ]+/) ?[-–—]")
_CLAUSE = re.compile(r" (?:that|which|who|whose|where|of|for|behind)\b")
# Names and, for a company, sentences before a noun that are looked at.
LOOK, FAR = 24, 8


class Bodies(Walk):
    """The part of the walk that answers for organisations without their name."""

    def _organization(self, mention: Mention) -> Answer | None:
        """The name of "her campaign", "the council", "the company"."""
        bare = len(mention.modifiers) <= 1 and mention.determiner in ("the", "own")
        if mention.head == "campaign" and bare:
            return self._led(mention)
        if mention.determiner != "the":
            return None
        name, score = self.descriptions.organization(mention, mention.start)
        if name and score >= THRESHOLD:
            return Answer(name, "organization", False, score, None, "organization by head")
        if mention.head == "administration" and bare and (led := self._led(mention)).by == "campaign":
            return led
        if again := self._again(mention):
            return Answer(again, "organization", False, THRESHOLD, None, "organization by head")
        told_apart = _CLAUSE.match(self.article.text, mention.end)
        any_ = mention.head in nouns.ANY_ORGANIZATION and not mention.modifiers and not told_apart
        if any_ and (name := self._organization_before(mention.start, mention.head)):
            return Answer(name, "organization", False, 1.0, None, "organization before")
        return None

    def _again(self, mention: Mention) -> str | None:
        """What the last organisation with this head was called that spoke ("the president's office")."""
        name = self.bodies.get(mention.head, "")
        return name if name and {*mention.modifiers} <= set(name.lower().split()) else None

    def _led(self, mention: Mention) -> Answer:
        """The campaign or administration that the article calls by a name, for "her campaign"."""
        own = mention.modifiers[:1]
        owner, name, score = None, None, 0.0
        if own and own[0] in ("his", "her"):
            owner, score = self._he(mention.start, own[0] == "his", None, direct=False)
        if (owner and score >= THRESHOLD) or not own:
            name, score = self.descriptions.led_by(mention.head, mention.start, owner)
        by = "campaign" if name else "own words"
        return Answer(name or mention.words, "organization", False, score if name else 1.0, None, by)

    def _organization_before(self, at: int, head: str = "") -> str | None:
        """The one organisation that the noun `head` fits, just before; without `head`, in the same sentence.

        For a company, where the two sentences before name none, the last one in which one stands that spoke.
        """
        number, near = self.context.sentence(at), 2 if head else 0
        reach, farthest = near, FAR if head in _FIRMS else near
        found: dict[str, int] = {}
        k = bisect_left(self.names.starts, at)
        for j in range(k - 1, max(-1, k - 1 - LOOK), -1):
            gap = number - self.context.sentence(self.names.pieces[j].start)
            if gap > (reach if found else farthest):
                break
            reach = max(reach, gap)
            if owner := self._body(j, head, far=gap > near):
                found.setdefault(owner.name, gap)
        if not found and head in _FIRMS:
            return self._only_firm(at)
        return next(iter(found)) if len(found) == 1 or (found and not head) else None

    def _only_firm(self, at: int) -> str | None:
        """The one organisation named before that calls itself a company ("Quist Holdings Inc.")."""
        firms = {
            entity.name
            for entity in self.names.entities
            if entity.mentions and entity.mentions[0].start < at and entity.key[-1] in _INCORPORATED
        }
        return firms.pop() if len(firms) == 1 else None

    def _body(self, j: int, head: str, *, far: bool) -> Entity | None:
        """The organisation of a name, if the noun `head` can mean it; far off it must have spoken."""
        owner, piece = self.names.owner[j], self.names.pieces[j]
        if not owner or not (owner.name in self.heard or (owner.type == "organization" and not far)):
            return None
        if _PLACES & {owner.key[-1], owner.key[-1].title()}:
            return None
        text = self.article.text
        if text[piece.start - 1 : piece.start] == "(" or _DATELINE.match(text, piece.end):
            return None
        if head and head not in _OUTLET_NOUNS and not capitals.OUTLETS.isdisjoint(owner.key):
            return None
        bare = len(owner.key) == 1 and owner.key[0] in capitals.ORGANIZATIONS
        body = head in _FIRMS and not _BODIES.isdisjoint(owner.key)
        return None if body or (head and bare) else owner
