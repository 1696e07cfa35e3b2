"""Noun phrases without a parser: the head noun of a source's words, its number, whether it is a person's."""

from __future__ import annotations

import re
from functools import cache

from onrecord.extract import capitals, nouns, titles
from onrecord.extract.wordlists import words

_TOKEN = re.compile(r"[\w’'&.%$/-]*[\w%]")
POSTMODIFIERS = words(
    """
    of for in from at on with to by about against among between under over within inside outside across
    near into through during after before since as like including such than behind beside released
    conducted published obtained interviewed raised elected briefed close familiar following speaking
    living representing calling opposed opposing supporting backing who that and or but is was are were
    taken privy nationwide has had have said says told supported sponsored reviewed he she they we whose whom
    """
)
_ADJECTIVES = words(
    """
    republican democrat liberal conservative independent native progressive socialist
    """
)


@cache
def is_person_noun(word: str) -> bool:
    """Whether a lower-case singular noun stands for a person ("mayor", "strategist")."""
    if word in nouns.DOCUMENT_NOUNS or word in nouns.ORGANIZATION_NOUNS or word in capitals.NOT_NAMES:
        return False
    if word in nouns.PERSON_NOUNS or word in titles.TITLES or word.endswith("-year-old"):
        return True
    return len(word) > 4 and word.endswith(nouns.PERSON_SUFFIXES) and word.isalpha()


def singular(word: str) -> str:
    """The singular of a regular English plural, by its ending."""
    if word in ("people", "men", "women"):
        return {"people": "person", "men": "man", "women": "woman"}[word]
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@cache
def is_noun(word: str) -> bool:
    """Whether a lower-case word is a noun of the lists, in the singular or the plural."""
    one = singular(word)
    return (
        is_person_noun(one) or word in nouns.GROUP_NOUNS or one in nouns.DOCUMENT_NOUNS
        or one in nouns.ORGANIZATION_NOUNS
    )  # fmt: skip


def _participle(word: str, before: str) -> bool:
    """Whether a participle after a noun begins a clause ("a report released on Monday")."""
    return (
        word.endswith(("ed", "ing")) and before not in _ADJECTIVES and is_noun(before) and not is_noun(word)
    )


def head_of(text: str, cut: tuple[int, int]) -> tuple[str, list[str]]:
    """The head noun of a noun phrase (before its prepositions) and the words before it."""
    words: list[str] = []
    for match in _TOKEN.finditer(text, *cut):
        token = match[0]
        low = token.lower()
        if words and (
            low in POSTMODIFIERS or (match.end() < cut[1] - 1 and _participle(low, words[-1].lower()))
        ):
            break
        words.append(token)
    return (words[-1], words[:-1]) if words else ("", [])
