"""Persons whom the article does not name, where a sentence is about one: "A 34-year-old man has been …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.extract import nouns
from onrecord.extract.entities import Entity
from onrecord.extract.nounphrases import is_person_noun

_NEW = re.compile(
    r"(?:An?|Another|One)\s((?:[\w-]+\s){0,4}?([a-z][a-z-]+))"
    r"(?=,(?! [A-Z])|\s(?:who|has|had|was|is|will|would|did|said|says|told|died|in|from|at)\b)"
)


def unnamed(name: str, head: str, at: int) -> Entity:
    """A person whom the article does not name, at an offset. name: the words for him or her."""
    entity = Entity((head,), "person", name, -1 - at, anonymous=True)
    entity.male += 4.0 * (head in nouns.MALE_NOUNS)
    entity.female += 4.0 * (head in nouns.FEMALE_NOUNS)
    return entity


def strangers(text: str, sentences: Sequence[int]) -> Iterator[tuple[int, Entity]]:
    """The persons without a name with whom sentences begin, and where. sentences: offsets of their starts."""
    for at in sentences:
        found = _NEW.match(text, at)
        if found and is_person_noun(found[2]):
            yield at, unnamed(found[1], found[2], at)
