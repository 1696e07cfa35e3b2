"""The noun phrase before "who" and "which": where it ends and where it begins."""

from __future__ import annotations

import re

from onrecord.extract.entities import Entity
from onrecord.extract.names import Names
from onrecord.extract.nounphrases import POSTMODIFIERS, is_noun, is_person_noun, singular
from onrecord.extract.wordlists import words

_PHRASE = re.compile(
    r"((?:\b(?:an?|the|some|many|most|several|one|two|three|other|those|his|her|their|another|few|all|any)\s)"
    r"(?:[\w’'-]+\s){0,7}?[\w’'-]+|\b\w+)$",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"\b(?:an?|the|some|many|most|several|two|three|those|his|her|their)\s", re.IGNORECASE
)
# What stands before a determiner within one phrase ("the mayor of the town", "both the sides").
_JOINING = POSTMODIFIERS | words(
    """
    than the a an some many most several one two three other those his her their another few all any both half
    such
    """
)
_WORDS = re.compile(r"(?:[\w’'-]+\s){0,3}$")
_BRACKET = re.compile(r"\s?\([^()\n]{1,25}\)$")
_OF_PLACE = re.compile(r"\s(?:of|from|in)\s(?:the\s)?|,\s")
_APPOSITION = re.compile(
    r",\s(?:an?|the|his|her|its|former|then|[DRI]-|[A-Za-z]+ (?:of|from|for|at)\b|[a-z]+ )"
)
_AND = re.compile(r"(\b[\w-]+s)\s(?:and|or)\s$")
_OF = re.compile(r"\b(?:of|for|to\s\w+)\s(?:the\s)?")
# Words before a bare plural that belong to it ("Latino and black voters").
_KIND = re.compile(
    r"(?:(?:[A-Z]\w+(?:an|ic|ish|ese|ino|ino|ian|tic|ing)|black|white|young|younger|older|female|male|gay|likely|"
    r"registered|undecided|conservative|liberal|independent|moderate|evangelical|working-class|rural|urban|"
    r"suburban|college|senior|wealthy|convention|party|state|local|federal|presidential|primary|business)"
    r"(?:,\s|\sand\s|\s))+$"
)


def antecedent_end(text: str, at: int) -> int:
    """Where the phrase before a relative pronoun ends, without commas and brackets."""
    begin = max(0, at - 40)
    before = text[begin:at].rstrip(" ,—–-(\n")
    return begin + len(_BRACKET.sub("", before).rstrip(" ,"))


def of_place(names: Names, k: int, end: int) -> int:
    """The name's number, or that of the person before it, whose place it is ("Ada Quist of Lund, who")."""
    for _ in range(2):
        piece = names.pieces[k] if k > 0 else None
        if not piece or end - piece.end > 2:
            return k
        before, owner = names.pieces[k - 1], names.owner[k - 1]
        start = piece.start - len(piece.title) - bool(piece.title)
        if not _OF_PLACE.fullmatch(names.text, before.end, start):
            return k
        own = names.owner[k]
        if owner and owner.type == "person" and own and own.type != "person":
            return k - 1
        return k
    return k


def described(names: Names, k: int, end: int) -> Entity | None:
    """The person whose apposition ends with name `k` ("Ada Quist, an analyst at Lind & Co., who")."""
    if names.pieces[k].end != end:
        return None
    for j in range(k - 1, max(-1, k - 4), -1):
        piece, owner = names.pieces[j], names.owner[j]
        between = names.text[piece.end : names.pieces[k].start]
        if len(between) > 120 or "\n" in between or ". " in between.replace("Sen. ", ""):
            return None
        if owner and owner.type == "person":
            return owner if _APPOSITION.match(between) and " and " not in between else None
    return None


def phrase_start(text: str, begin: int, end: int) -> int | None:
    """Where the noun phrase begins that ends at an offset; None where its last word is no noun."""
    phrase = _PHRASE.search(text, begin, end)
    if not phrase:
        return None
    if " " not in phrase[1]:
        if not is_noun(phrase[1].lower()):
            return None
        kinds = _KIND.search(text, begin, phrase.start(1))
        return _coordinated(text, begin, kinds.start() if kinds else phrase.start(1))
    start = phrase.start(1)
    for inner in _DETERMINER.finditer(text, start + 1, end):
        before = text[start : inner.start()].split()[-1].lower()
        if before not in _JOINING and not before.endswith(("'s", "’s")):
            start = inner.start()
    last = phrase[1].rpartition(" ")[2].lower()
    head = _OF.split(phrase[1])[0].split()[-1:] or [""]
    if not is_noun(head[0].lower()) and is_person_noun(singular(last)) and (of := _OF.search(phrase[1])):
        start += of.end()
    return _coordinated(text, begin, start)


def _coordinated(text: str, begin: int, start: int) -> int:
    """With the plural before it that "and" joins ("Democrats and independent voters who")."""
    match = _AND.search(text, begin, start)
    return match.start(1) if match and is_noun(match[1].lower()) else start
