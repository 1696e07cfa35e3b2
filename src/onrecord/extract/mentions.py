"""Reads a source's own words: is it a name, a pronoun, a description, a document, a group, and of whom?

"Rubio's deputy, Ada Quist, who" is the person Ada Quist; "a spokesman for Ada Quist" is a description.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.extract import capitals, nouns
from onrecord.extract.entities import Entity
from onrecord.extract.headnames import CONJOINED, conjoined, head_behind, heads, joined
from onrecord.extract.names import Names
from onrecord.extract.nounphrases import head_of, is_noun, is_person_noun, singular
from onrecord.extract.ownwords import EDGE, called, named, own_words, poll, told_by_clause, without_clause
from onrecord.extract.pieces import Piece
from onrecord.extract.wordlists import words
from onrecord.statement import Spans

Type = Literal["empty", "pronoun", "relative", "names", "organization", "description", "words"]
LONGEST = 400  # characters of a source that are read; a whole clause needs no more
_OWN = words("his her their its my our your")
_INDEFINITE = words("a an one another some many several any every each no")
RELATIVES = words("who whom whose which that")


@dataclass(frozen=True, slots=True)
class Mention:
    """A source as its words show it, before the rest of the article is asked."""

    type: Type
    words: str = ""  # without leading article and later clauses
    pronoun: str = ""
    entities: tuple[Entity, ...] = ()
    piece: Piece | None = None
    head: str = ""  # lower-case singular of the head noun
    modifiers: tuple[str, ...] = ()
    determiner: str = ""  # "the", "a", "own" (somebody's), ""
    plural: bool = False
    start: int = 0
    end: int = 0


_CUT = re.compile(
    r",(?!\s[JS]r\b|\d)|\s[—–-]{1,2}(?=\s)|—|–|[():;]|\s(?=(?:who|whom|whose|which|that|where)\b)"
)
_PARTY = re.compile(r"[DRI](?:-[A-Z][\w. ]*)?")
_SAYS = re.compile(r"\s(?:said|says|told|expects|plans|warned|announced|added|reported)\b")
_NO_PRONOUNS = ("US", "WHO", "IT")  # where the words around them are not in capitals, too
_LEAD = re.compile(r"(?:according to|by|for|from|to|as|both|even|but|and)\s+(?=\S)", re.IGNORECASE)
_FLOATING = re.compile(
    r"\s+(?:each|both|alike|themselves|himself|herself|itself|also|too|all)$", re.IGNORECASE
)


def mention_of(names: Names, spans: Spans) -> Mention:
    """The mention under the source's spans. Of several fragments the first with a letter counts."""
    text = names.text
    for start, end in spans:
        start = max(start, text.rfind("\n", start, end) + 1)
        while start < end and text[start] in EDGE:
            start += 1
        while end > start and text[end - 1] in EDGE[:-4] + "’'":
            end -= 1
        if start < end:
            return _read(names, start, end)
    return Mention("empty")


def _read(names: Names, start: int, end: int) -> Mention:
    text = names.text
    if lead := _LEAD.match(text, start, end):
        start = lead.end()
    if text[end - 2 : end] in ("'s", "’s") and end - start > 2:
        if _SAYS.match(text, end):  # "Lowe's said": a company
            name = " ".join(text[start:end].split())
            return Mention("description", name, head="company", start=start, end=end)
        end -= 2
    if tail := _FLOATING.search(text, start, end):
        end = tail.start()
    raw = " ".join(text[start : min(end, start + LONGEST)].split())
    words = raw.lower().split(" ")
    first = words[0].strip(",")
    if raw[: len(first)] in _NO_PRONOUNS and not text[start : end + 12].isupper():
        first = ""
    if first in nouns.PRONOUNS and (len(words) == 1 or (len(words) == 2 and first not in _OWN)):
        return Mention("pronoun", raw, nouns.PRONOUNS[first], start=start, end=end)
    if first in ("he", "she") and words[1] == "and":
        said = own_words(text, (start, end))
        return Mention(
            "description", said, nouns.PRONOUNS[first], head="people", plural=True, start=start, end=end
        )
    if first in RELATIVES and len(words) <= 2:
        return Mention("relative", raw, first, start=start, end=end)
    pieces = _pieces(names, start, min(end, start + LONGEST))
    cuts = _segments(text, start, min(end, start + LONGEST), pieces)
    return _named(names, cuts, pieces) or _described(names, cuts[0], pieces)


def _segments(
    text: str, start: int, end: int, pieces: list[tuple[Piece, Entity | None]]
) -> list[tuple[int, int]]:
    """The parts of a source between commas, dashes, relative pronouns, and brackets that are in no name."""
    found, at = [], start
    for cut in _CUT.finditer(text, told_by_clause(text, start, end), end):
        if cut[0] in "()" and any(p.start < cut.start() < p.end for p, _ in pieces):
            continue
        if text[at : cut.start()].strip() and not _PARTY.fullmatch(text, at, cut.start()):
            found.append((at, cut.start()))
        at = cut.end()
    if text[at:end].strip():
        found.append((at, end))
    found = found or [(start, end)]
    found[0] = named(text, called(text, found[0]), pieces)
    whole = _enumerated(text, found)
    return [whole, *found[1:]] if whole else found


def _enumerated(text: str, cuts: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The whole of a list of descriptions ("groups, singers and leaders"), or of a place with its state."""
    if len(cuts) < 2 or cuts[0][1] - cuts[0][0] > 200:
        return None
    if text[cuts[1][0] : cuts[1][1]].strip() in capitals.PLACES:
        return cuts[0][0], cuts[1][1]
    last = next((c for c in cuts[1:] if CONJOINED.search(text, *c)), None)
    parts = [c for c in cuts if last and c <= last]
    if not last or any(text[c[1]] != "," for c in parts[:-1]):
        return None
    if text[cuts[0][0] :].startswith(("What ", "what ", "How ", "how ", "Why ", "why ")):
        return None
    heads = [head_of(text, c)[0] for c in parts]
    lower = all(h and (h.islower() or h[0].isdigit() or h.endswith("%")) for h in heads)
    counted = all(h.endswith("%") or singular(h.lower()) != h.lower() or is_noun(h.lower()) for h in heads)
    return (cuts[0][0], last[1]) if lower and counted and not _role(text, cuts[0]) else None


def _pieces(names: Names, start: int, end: int) -> list[tuple[Piece, Entity | None]]:
    low, high = bisect_left(names.starts, start), bisect_left(names.starts, end)
    # A piece that begins before the source, in a headline ("Trump Campaign Just"), may reach into it.
    if low and names.pieces[low - 1].end > start:
        low -= 1
    found = []
    for i in range(low, high):
        piece, entity = names.pieces[i], names.owner[i]
        if piece.end > end or piece.start < start:
            piece = names.part(piece, start, end)
            entity = names.entity_of(piece) if piece.words else None
        if piece.words:
            found.append((piece, entity))
    return found


def _named(
    names: Names, cuts: list[tuple[int, int]], pieces: list[tuple[Piece, Entity | None]]
) -> Mention | None:
    """The persons whom the source names: in its first segment, or in the apposition that follows a role."""
    first = _heads(names, cuts[0], pieces)
    if first:
        return _listed(names, cuts, pieces, first) or first
    if len(cuts) > 1 and _role(names.text, cuts[0]):
        if two := _with_role(names, cuts, pieces):
            return two
        found = _heads(names, cuts[1], pieces)
        sure = is_person_noun(head_of(names.text, cuts[0])[0].lower())
        if found and found.type == "names" and (sure or any(" " in e.name for e in found.entities)):
            return found
    return None


def _listed(
    names: Names, cuts: list[tuple[int, int]], pieces: list[tuple[Piece, Entity | None]], first: Mention
) -> Mention | None:
    """A list of names up to the segment with "and": "Ada Quist, Bo Lind and Cy Moe"."""
    found = list(first.entities)
    if len(cuts) < 2 or CONJOINED.search(names.text, *cuts[0]):
        return None
    for cut in cuts[1:]:
        others = _heads(names, cut, pieces)
        if not others and _goes_on(names, cut, pieces):
            said = own_words(names.text, (cuts[0][0], cut[1]))
            return Mention("description", said, head="people", plural=True, start=cuts[0][0], end=cut[1])
        if not others or others.type != first.type:
            return None
        found += [e for e in others.entities if e not in found]
        if CONJOINED.search(names.text, *cut):
            return replace(first, entities=tuple(found), plural=True)
    return None


def _goes_on(names: Names, cut: tuple[int, int], pieces: list[tuple[Piece, Entity | None]]) -> bool:
    """Whether a list ends with somebody who is not named ("…, Bo Lind and other senators")."""
    one, *others = conjoined(names.text, cut)
    last = names.text[slice(*others[-1])].lower().split()[:1] if others else []
    return last in (["other"], ["others"], ["several"], ["many"]) and bool(heads(names, one, pieces))


def _with_role(
    names: Names, cuts: list[tuple[int, int]], pieces: list[tuple[Piece, Entity | None]]
) -> Mention | None:
    """A name and a role that the next segment names: "Ada Quist and her deputy, Bo Lind"."""
    conjuncts = conjoined(names.text, cuts[0])
    first = _heads(names, conjuncts[0], pieces) if len(conjuncts) == 2 else None
    second = _heads(names, cuts[1], pieces) if first else None
    if not first or not second or not first.type == second.type == "names":
        return None
    return replace(first, entities=(*first.entities, *second.entities), plural=True)


def _role(text: str, cut: tuple[int, int]) -> bool:
    """Whether a segment is a singular description that a name may explain ("the favourite, Ada Quist")."""
    head, before = head_of(text, cut)
    low = head.lower()
    if is_person_noun(low):
        return True
    return bool(before) and not is_noun(low) and singular(low) == low


def _heads(names: Names, cut: tuple[int, int], pieces: list[tuple[Piece, Entity | None]]) -> Mention | None:
    """The names that head a segment or its conjuncts."""
    found = heads(names, cut, pieces)
    if found is None:
        return None
    entities, kept = found
    start, end = cut
    said = own_words(names.text, cut)
    if not entities:
        return Mention("description", said, head="people", plural=True, start=start, end=end)
    type_: Type = "organization" if all(e.type == "organization" for e in entities) else "names"
    return Mention(
        type_, said, entities=tuple(entities), piece=kept, plural=len(entities) > 1,
        start=start, end=end, determiner="the" if kept.the else "",
    )  # fmt: skip


def _described(names: Names, cut: tuple[int, int], pieces: list[tuple[Piece, Entity | None]]) -> Mention:
    """A description without a name at its head: determiner, modifiers, head noun, number."""
    text = names.text
    cut = poll(text, cut)
    head, before = head_behind(text, cut, pieces)
    low = head.lower().rstrip(".").removesuffix("-in-waiting")
    one = singular(low)
    both = joined(text, cut)
    plural = both or (one != low and low not in ("news", "series", "congress")) or low in nouns.GROUP_NOUNS
    lows = [w.lower() for w in before]
    if lows and lows[0] in ("what", "whatever", "how", "why", "whether"):
        return Mention("words", own_words(text, cut), start=cut[0], end=cut[1])
    determiner = ""
    if lows:
        if lows[0] in ("the", "this", "that", "these", "those"):
            determiner = "the"
        elif lows[0] in _OWN or any(w.endswith(("'s", "’s", "s’", "s'")) for w in before):
            determiner = "own"
        elif lows[0] in _INDEFINITE:
            determiner = "a"
    cut = without_clause(text, cut, one)
    skip = {"the", "a", "an"}
    modifiers = tuple(w.removesuffix("'s").removesuffix("’s") for w in lows if w not in skip)
    return Mention(
        "description" if head else "words",
        own_words(text, cut),
        head="people" if both else one,
        modifiers=modifiers,
        plural=plural,
        determiner=determiner,
        start=cut[0],
        end=cut[1],
    )
