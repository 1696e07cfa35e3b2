"""Whom "both women", "the two candidates" and "they" mean: two persons who have just been named."""

from __future__ import annotations

import re

from onrecord.extract import nouns
from onrecord.extract.entities import Entity
from onrecord.extract.mentions import Mention
from onrecord.extract.salience import Context, Reference

_JOINED = re.compile(r",? and (?:[\w.’' -]{0,40} )?")
LOOK = 12  # references before a mention that are looked at


def both(context: Context, history: list[Reference], mention: Mention) -> tuple[Entity, Entity] | None:
    """Two persons whom "and" joins in the same sentence or the one before, the last ones before a mention."""
    number = context.sentence(mention.start)
    recent = [r for r in history[-LOOK:] if not r.pronoun and number - 1 <= r.sentence]
    for first, second in zip(recent[-2::-1], recent[:0:-1], strict=False):
        if first.entity is second.entity or first.sentence != second.sentence:
            continue
        end = next((p.end for p in first.entity.mentions if first.start <= p.start < second.start), None)
        if end and _JOINED.fullmatch(context.text, end, second.start):
            return first.entity, second.entity
    return None


def pair(context: Context, history: list[Reference], mention: Mention) -> tuple[Entity, Entity] | None:
    """The two persons of "both women" and "the two candidates": the last two whom the noun fits."""
    if mention.head == "both":
        return both(context, history, mention)
    running = nouns.synonyms()["candidate"]
    rivals = nouns.synonyms().get(mention.head, frozenset())
    for one in (rivals, None) if mention.head in running else (rivals,):
        if two := _last_two(history, mention.head, one):
            return two
    return None


def _last_two(
    history: list[Reference], head: str, rivals: frozenset[str] | None
) -> tuple[Entity, Entity] | None:
    found: list[Entity] = []
    for reference in reversed(history[-4 * LOOK :]):
        entity = reference.entity
        if entity in found or entity.anonymous or not _fits(entity, head, rivals):
            continue
        found.append(entity)
        if len(found) == 2:
            return found[1], found[0]
    return None


def _fits(entity: Entity, head: str, rivals: frozenset[str] | None) -> bool:
    if rivals is None:
        return True
    if head in nouns.FEMALE_NOUNS:
        return entity.maleness < 0.55
    if head in nouns.MALE_NOUNS:
        return entity.maleness > 0.45
    return any(d[0] == head or d[0] in rivals for d in entity.descriptions)


def is_pair(text: str, mention: Mention) -> bool:
    """Whether a plural description counts two persons."""
    before = text[max(0, mention.start - 5) : mention.start].lower()
    counted = before == "both " or (mention.determiner == "the" and "two" in mention.modifiers)
    return mention.words.lower() == "both" or (mention.plural and counted)
