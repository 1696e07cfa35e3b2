"""The name that begins a source, or that stands beside one without a name: whose voice, whose company."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.extract import nouns
from onrecord.extract.descriptions import FITS, Descriptions
from onrecord.extract.entities import Entity
from onrecord.extract.mentions import Mention, mention_of
from onrecord.extract.names import Names
from onrecord.statement import Span

# Whose spokesman somebody is, by an office.
OWNER = re.compile(r"((?:[Tt]he )?[a-z][\w -]*\w)['’]s?\s")


def and_others(names: Names, mention: Mention) -> str | None:
    """The words of somebody and others with the full name: "Ada Quist and her aides" for "Quist …"."""
    k = bisect_left(names.starts, mention.start)
    if k == len(names.starts):
        return None
    piece, entity = names.pieces[k], names.owner[k]
    opens = piece.start - mention.start <= len(piece.title) + bool(piece.title)
    rest = " ".join(names.text[piece.end : mention.end].split())
    if entity and entity.type == "person" and opens and rest.startswith(("and his ", "and her ")):
        return f"{entity.name} {rest}"
    return None


def voice(names: Names, mention: Mention) -> Entity | None:
    """The person whose address or remarks speak ("More than half of Quist’s address")."""
    k = bisect_left(names.starts, mention.start)
    while k < len(names.pieces) and (piece := names.pieces[k]).start < mention.end:
        owner = names.owner[k]
        rest = names.text[piece.end : mention.end].split()[1:]
        if owner and owner.type == "person" and piece.possessive and not nouns.VOICES.isdisjoint(rest[:4]):
            return owner
        k += 1
    return None


def followed(names: Names, mention: Mention) -> Entity | None:
    """A person in apposition whom the source's span leaves out ("the mayor[,] Ada Quist,")."""
    text = names.text
    k = bisect_left(names.starts, mention.end)
    if text[mention.end : mention.end + 2] != ", " or k >= len(names.pieces):
        return None
    piece, entity = names.pieces[k], names.owner[k]
    if (
        not entity
        or entity.type != "person"
        or len(piece.words) < 2
        or text[piece.end : piece.end + 1] != ","
    ):
        return None
    start = piece.start - len(piece.title) - bool(piece.title)
    return entity if start == mention.end + 2 else None


def may_be(person: Entity, head: str) -> bool:
    """Whether nothing that is said of a person speaks against a noun of politics ("the senator")."""
    roles = {words[0] for words in person.descriptions} - {"mr", "mrs", "ms", "miss", "dr"}
    return head not in nouns.OF_POLITICS or not roles or not roles.isdisjoint(nouns.POLITICAL)


def same_owner(found: Descriptions, recency: dict[int, int], mention: Mention, unnamed: Entity) -> bool:
    """Whether "the prime minister’s spokesman" is the one who was called by the minister's name."""
    owner = OWNER.match(found.names.text, mention.start, mention.end)
    if not owner:
        return False
    office = mention_of(found.names, (Span(mention.start, owner.end(1)),))
    person, score = found.person(office, recency)
    return (
        person is not None
        and score >= FITS
        and f"{person.name.split()[-1]}'" in unnamed.name.replace("’", "'")
    )
