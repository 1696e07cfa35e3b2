"""Finds where the titles end and the name begins in a run of capitalised words."""

from __future__ import annotations

from onrecord.extract import capitals, givennames, titles
from onrecord.extract.capitals import PARTICLES
from onrecord.extract.nounphrases import is_person_noun, singular
from onrecord.extract.wordlists import words

# A word, and where it begins and ends in its run.
Token = tuple[str, int, int]


def title_end(part: list[Token]) -> int:
    """How many words of a run are titles before a name ("Texas Sen." of "Texas Sen. Ann Prince": 2)."""
    lows = [t[0].lower().rstrip(".") for t in part]
    last = len(part) - 1
    if not last or lows[-1] in capitals.ORGANIZATIONS or _office(lows):
        return 0
    cut = 0
    for i, low in enumerate(lows[:last]):
        if low in titles.TITLES or ("-" in low and low.rpartition("-")[2] in titles.TITLES):
            cut = i + 1
    if cut and lows[cut] in ("of", "for"):
        cut = min(cut + 2, last) if last - cut < 4 else last - 1
        if last - cut < 1:
            return 0
    if (
        last - cut >= 3
        and not cut
        and part[last - 1][0].lower() not in PARTICLES
        and part[cut][0] not in givennames.given_names()
        and part[last - 1][0] in givennames.given_names()
    ):
        cut = last - 1
    while last - cut >= 2 and (lows[cut] in titles.PREFIXES or _role(part[cut][0], part[cut + 1][0])):
        cut += 1
    if cut < last and singular(lows[cut]) != lows[cut] and _role(part[cut][0], part[cut + 1][0]):
        cut += 1
    return cut


_OFFICES = words("general justice constable chancellor executive whip marshal")
_BEFORE_OFFICES = words(
    "attorney solicitor surgeon secretary governor director inspector chief vice lord deputy"
)


def _office(lows: list[str]) -> bool:
    """Whether the words are an office and nobody's name ("Prime Minister", "Attorney General")."""
    if lows[-1] in _OFFICES:
        return lows[-2] in _BEFORE_OFFICES
    return lows[-1] in titles.TITLES - titles.ALSO_NAMES and lows[-2] in titles.TITLES


def _role(word: str, following: str) -> bool:
    """Whether a capitalised word is a role before a given name ("Rival Ada Quist" opens a sentence)."""
    names = givennames.given_names()
    if word.endswith(("-based", "-born", "-area")):
        return True
    return is_person_noun(singular(word.lower())) and word not in names and following in names
