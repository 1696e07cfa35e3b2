"""The name that is the head of a source's words: no role, paper, class of people, or part of a phrase."""

from __future__ import annotations

import re
from functools import cache

from onrecord.extract import givennames, nouns, titles
from onrecord.extract.entities import Entity
from onrecord.extract.names import Names
from onrecord.extract.nounphrases import POSTMODIFIERS, head_of, is_noun, is_person_noun, singular
from onrecord.extract.pieces import Piece
from onrecord.extract.wordlists import words

_DETERMINERS = words("the a an his her their its our my some many most several")
CONJOINED = re.compile(r"\s*,?\s+(?:and|&|as well as|along with)\s+", re.IGNORECASE)


def head_name(
    names: Names, part: tuple[int, int], pieces: list[tuple[Piece, Entity | None]]
) -> tuple[Piece | None, Entity | None]:
    """The name that is a conjunct's head: only "of X" follows it, and no preposition stands before it."""
    text = names.text
    for piece, entity in pieces:
        if piece.start < part[0] - 40 or piece.end <= part[0] or piece.start >= part[1]:
            continue
        before = (
            text[part[0] : max(part[0], piece.start - len(piece.title) - bool(piece.title))].lower().split()
        )
        if any(w in ("a", "an") for w in before[1:]):  # "a judge handling a Freedom of …"
            return None, None
        if any(w in POSTMODIFIERS for w in before) and not _of_office(
            text, part, piece, before, full=bool(entity and entity.type == "person" and len(piece.words) > 1)
        ):
            return None, None
        after = text[piece.end : part[1]]
        closed = after.strip(" ’'”\"") in ("", "s") or re.match(
            r"\s+(?:of|from|himself|herself|itself|in|at|on)\b", after
        )
        if not closed:
            continue
        if not entity or _common(names, piece, entity) or _one_of_a_class(names, piece, entity, before):
            return None, None
        if _not_person(piece, entity):
            return None, None
        return piece, entity
    return None, None


_EACH = words("a an another one some many several any every each no most few")
_EXAMPLES = words("like including such among between")
_OFFICES = (
    "chief of staff",
    "secretary of state",
    "secretary of defense",
    "chief of police",
    "editor in chief",
)


# Titles that newspapers bear too ("The Union Leader"), and what stands before them where they are titles.
_PAPERS = words("leader pilot advocate commentator observer examiner author")
_ORGANS = words(
    """
    majority minority house senate democratic republican party opposition labour labor supreme spiritual world
    national deputy assembly floor campaign former conservative liberal team group community civil rights
    parliamentary council union's congressional state
    """
)


def _of_office(text: str, part: tuple[int, int], piece: Piece, before: list[str], *, full: bool) -> bool:
    """Whether a role follows a name with "for" or "of" ("Votes for All director Ada Quist").

    full: the piece is a person's name, and not a surname alone ("Bank of England governor Ada Quist").
    """
    head = head_of(text, part)[0]
    if " ".join(before[-3:]).endswith(_OFFICES):
        return True
    return (
        piece.end >= part[1] - 2 and is_person_noun(before[-1]) and head[:1].isupper()
        and (not is_noun(head.lower()) or full)
    )  # fmt: skip


def _not_person(piece: Piece, entity: Entity) -> bool:
    """A role without a name ("the Treasury Secretary") or a paper with one ("Field Poll")."""
    last = piece.words[-1].lower().rstrip(".")
    if entity.type == "person":
        return False
    titled = last in titles.TITLES and (len(piece.words) > 1 or last not in titles.ALSO_NAMES)
    if (
        titled
        and last in _PAPERS
        and len(piece.words) > 1
        and _ORGANS.isdisjoint(w.lower() for w in piece.words)
    ):
        return False
    return (
        (last in nouns.DOCUMENT_NOUNS and last != "research")
        or titled
        or (last in ("campaign", "supporters", "voters", "officials", "backers", "aides"))
    )


@cache
def _people_plural(word: str) -> bool:
    return word.endswith(
        ("ans", "crats", "ists", "ese", "ians", "lims", "ews", "yers", "ters", "cals", "als", "ves")
    )


def _only_opens(names: Names, entity: Entity) -> bool:
    """Whether a word has a capital only where it opens a sentence."""
    return all(
        names.text[max(0, p.start - 3) : p.start].rstrip(" “\"'\n")[-1:] in ("", ".", "!", "?", "”")
        for p in entity.mentions[:8]
        if not p.heading
    )


def _noun(names: Names, piece: Piece, entity: Entity) -> bool:
    """Whether a capitalised word is a noun: a listed one, or one by its ending that only opens sentences."""
    low = piece.words[0].lower()
    if piece.title or not is_noun(low) or not piece.words[0][1:].islower():
        return False
    listed = low in nouns.PERSON_NOUNS or low in titles.TITLES or not is_person_noun(low)
    return listed or _only_opens(names, entity)


def _one_of_a_class(names: Names, piece: Piece, entity: Entity, before: list[str]) -> bool:
    """Whether a capital opens a sentence ("Fans of Quist") or stands for a class ("another Muslim")."""
    if entity.type != "other" or len(piece.words) > 1:
        return False
    last = before[-1] if before else ""
    if last in _EACH or last[:1].isdigit() or singular(last) in nouns.DOCUMENT_NOUNS:
        return True
    plain = last.islower() and last != "the" and last not in nouns.ORGANIZATION_NOUNS
    if (
        plain
        and (last in nouns.PARTISANS or not is_person_noun(last))
        and re.fullmatch(r"\w[a-z]+s", piece.words[0])
    ):
        return True
    return bool(re.match(r" (?:of|from) ", names.text[piece.end : piece.end + 6])) and _only_opens(
        names, entity
    )


def _common(names: Names, piece: Piece, entity: Entity) -> bool:
    """Whether a capitalised word is a class of people ("Republicans", "Senate Democrats")."""
    last = piece.words[-1]
    alone = piece.the or len(piece.words) == 1 or last in ("Republican", "Democrat")
    if entity.type != "person" and last.lower() in nouns.PARTISANS and alone:
        return True
    if entity.type == "other" and len(piece.words) == 1:
        if _noun(names, piece, entity) and last.lower() not in names.beginnings:
            return True
        if last[-1] == "s" and len(last) > 4 and singular(last) != last and _only_opens(names, entity):
            return True
    if entity.type != "person" and last[-1] == "s" and last[:-1].isupper() and len(last) > 2:
        return True
    return entity.type != "person" and len(last) > 4 and not last.isupper() and _people_plural(last.lower())


def heads(
    names: Names, cut: tuple[int, int], pieces: list[tuple[Piece, Entity | None]]
) -> tuple[list[Entity], Piece] | None:
    """Who heads a segment or its conjuncts, and the first name; None where a conjunct names nobody.

    Nobody heads "Bill and Emma Strand": two persons, of whom one is named by the other's surname.
    """
    entities: list[Entity] = []
    kept: Piece | None = None
    one = any("&" in p.words and p.start <= cut[0] + len("the ") and p.end == cut[1] for p, _ in pieces)
    conjuncts = [cut] if one else conjoined(names.text, cut)  # "Quist & Lind" is one firm
    for part in conjuncts:
        piece, entity = head_name(names, part, pieces)
        if piece is None or entity is None:
            continue
        kept = kept or piece
        if entity not in entities:
            entities.append(entity)
    if kept is None:
        return None
    if len(entities) == len(conjuncts) == 2 and entities[0].type != "person" == entities[1].type:
        last = next(p for p, e in pieces if e is entities[1] and p.start >= conjuncts[1][0])
        if names.text[conjuncts[1][0] : last.start].strip():  # "FBI and CIA director Paul Rask"
            return entities[1:], last
    if len(entities) == len(conjuncts) or len(conjuncts) == 1:
        return entities, kept
    if entities[0].type != "person" or not _one_head(names, cut, kept, pieces):
        return None
    given = names.text[slice(*conjuncts[0])].strip() in givennames.given_names()
    return ([] if given else entities), kept


def head_behind(
    text: str, cut: tuple[int, int], pieces: list[tuple[Piece, Entity | None]]
) -> tuple[str, list[str]]:
    """The head noun of a description and the words before it: also of "Ministry of Justice officials"."""
    for piece, _ in pieces:
        if piece.start - cut[0] > len("the ") or "of" not in piece.words or piece.end >= cut[1]:
            continue
        head, before = head_of(text, (piece.end, cut[1]))
        if text[piece.end] == " " and head.islower() and (before or [head])[0].lower() not in POSTMODIFIERS:
            return head, [*text[cut[0] : piece.end].split(), *before]
    return head_of(text, cut)


def _one_head(
    names: Names, cut: tuple[int, int], kept: Piece, pieces: list[tuple[Piece, Entity | None]]
) -> bool:
    """Whether "and" joins titles of the name that ends the segment ("House and Senate leader Ada Quist").

    It does not in "men like Ada Quist and Bo Lind", which names examples.
    """
    before = names.text[cut[0] : kept.start].lower().split()
    if not before or not _EXAMPLES.isdisjoint(before):
        return False
    if any(e and e.type == "person" and cut[0] <= p.start < kept.start for p, e in pieces):
        return False
    return names.text[kept.end : cut[1]].strip(" ’'s") == ""


def conjoined(text: str, cut: tuple[int, int]) -> list[tuple[int, int]]:
    """The parts of a segment that "and" joins."""
    found, at = [], cut[0]
    for match in CONJOINED.finditer(text, *cut):
        found.append((at, match.start()))
        at = match.end()
    return [*found, (at, cut[1])]


def joined(text: str, cut: tuple[int, int]) -> bool:
    """Whether "and" joins two noun phrases ("her campaign and Democrats across the country")."""
    match = CONJOINED.search(text, *cut)
    first = text[cut[0] : match.start()].split() if match else []
    if not match or not first or any(w in POSTMODIFIERS for w in first):
        return False
    if first[0].lower() in ("the", "a", "an") and _of_one(first[-1], text[match.end() : cut[1]].split()):
        return False
    low = first[-1].lower()
    if first[0][0].isupper() and text[match.end() :].startswith(
        ("her ", "his ", "their ", "other ", "many ")
    ):
        return True
    return (
        first[0].lower() in _DETERMINERS or (is_noun(low) and singular(low) != low) or low in nouns.PRONOUNS
    )


def _of_one(first: str, second: list[str]) -> bool:
    """Whether two nouns that "and" joins are of one person ("the delegate and long-time organizer")."""
    return (
        first.islower() and is_person_noun(first) and 0 < len(second) < 5 and second[-1].islower()
        and is_person_noun(second[-1]) and second[0].lower() not in _DETERMINERS
    )  # fmt: skip
