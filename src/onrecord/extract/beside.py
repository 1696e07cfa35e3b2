"""The name that begins a source, or that stands beside one without a name: whose voice, whose company."""

from __future__ import annotations

from bisect import bisect_left

from onrecord.extract import nouns
from onrecord.extract.entities import Entity
from onrecord.extract.mentions import Mention
from onrecord.extract.names import Names


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
