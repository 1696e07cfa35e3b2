"""How much the words around a run of capitals say for its being a person's name: points, set by hand."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from onrecord.extract import capitals, givennames, nouns, titles
from onrecord.extract.nounphrases import is_person_noun, singular
from onrecord.extract.pieces import LINKS, SUFFIXES, Piece

NAMED = 1.5
NEVER = -5.0
_DECISIVE = (capitals.ORGANIZATIONS - capitals.ALSO_SURNAMES) | LINKS
SAYS = (
    "said|says|say|told|tells|added|adds|asked|wrote|writes|tweeted|argued|argues|noted|notes|explained|called|"
    "insisted|acknowledged|announced|declared|claimed|warned|suggested|promised|recalled|continued|replied|"
    "responded|believes|thinks|wants|has|had|was|is|did|does|who|also|and his|and her"
)
# "said it would", "said on Monday that its shares": what speaks is no person.
_OF_IT = re.compile(
    r",? (?:says?|said|expects)(?: on \w+)?(?: that)? (?:its\b|it (?:would|will|had|has)(?! be\b))"
)
_AGE = re.compile(r",? \(?\d{1,3}\b[,)]")
_APPOSITIVE = re.compile(r",\s+([a-z]+)")


@cache
def after_person() -> re.Pattern[str]:
    """What follows a person's name: an age, an apposition, a party and state, a verb of saying."""
    role = (
        "an? |the |who\\b|whose\\b|former |then |president|chair|director|chief|professor|head of|executive"
    )
    return re.compile(rf"\s*(?:,\s+\d{{1,3}}\b|,\s+(?:{role})|\s\([DRI]-|,?\s(?:{SAYS})\b)")


def evidence(text: str, piece: Piece, singles: Counter[str]) -> float:
    """Points for a piece being a person's full name; `NAMED` are enough, twice that for a surname alone."""
    key, words = piece.key, piece.words
    last = words[-1].lower()
    surname = last if last.strip(".") not in SUFFIXES or len(words) < 2 else words[-2].lower()
    titled = bool(piece.title) and not piece.title.lower().endswith(("republican", "democratic"))
    short = singles[key[-1]] > 0 or singles[surname] > 0 or singles[key[0]] > 0
    points = _of_words(key, words, titled, piece.the, singles[last] > 0, short)
    if points <= NEVER:
        return points
    after = text[piece.end : piece.end + 60]
    points += 2.0 * _role_before(text, piece)
    points += 2.0 * (after[:2] == ": " and text[max(0, piece.start - 1) : piece.start] in ("", "\n"))
    points += 1.5 * (bool(after_person().match(after)) and not _OF_IT.match(after))
    if after[:1] == ",":
        if appositive := _APPOSITIVE.match(after):
            points += 1.5 * is_person_noun(appositive[1])
        points += 2.0 * bool(_AGE.match(after))
    return points


@lru_cache(maxsize=4096)
def _of_words(
    key: tuple[str, ...], words: tuple[str, ...], titled: bool, the: bool, alone: bool, short: bool
) -> float:
    """Points of the name itself. `alone`, `short`: the last word, or some word, is used as a name alone."""
    lows = [w.lower() for w in words]
    if len(key) > 6 or (not titled and _thing(words, lows, alone=alone, the=the)):
        return NEVER
    points = 3.0 * titled - 3.0 * (the and not titled) - 2.0 * any(c.isdigit() for c in words[0])
    if len(words) == 1:
        points += NAMED * (alone and words[0] in givennames.given_names())
        return points - 2.0 * ((words[0].isupper() and len(words[0]) > 1) or words[0] in capitals.PLACES)
    points += 2.0 * short
    points += 2.0 * (words[0] in givennames.given_names()) + 1.0 * any(len(w.strip(".")) == 1 for w in words)
    points -= 3.0 * (lows[0] in capitals.GEOGRAPHIC) + 2.0 * any(w in capitals.PLACES for w in words)
    return points - 2.0 * all(w.isupper() and len(w) > 2 for w in words)


def is_thing(words: tuple[str, ...]) -> bool:
    """Whether a name of several words is a thing's by its words alone ("Wall Street", "Lund Research")."""
    lows = [w.lower() for w in words]
    if lows[0] in capitals.GEOGRAPHIC or not capitals.PLACES.isdisjoint(words) or words[0].isupper():
        return True
    return _thing(words, lows, alone=False, the=False) or singular(lows[-1]) in capitals.ORGANIZATIONS


def _thing(words: tuple[str, ...], lows: list[str], *, alone: bool, the: bool) -> bool:
    """A noun of an organisation, a place or an office is in the name; a surname may be one ("Ann Hill")."""
    if not _DECISIVE.isdisjoint(lows) or lows[-1] in nouns.PARTISANS:
        return True
    known = words[0] in givennames.given_names()
    if lows[-1] in titles.TITLES and len(lows) > 1:
        return not ((known or alone) and lows[-1] in titles.ALSO_NAMES)
    if lows[-1] in capitals.ALSO_SURNAMES:
        return the or not (known or alone)
    return not known and lows[-1] in capitals.THINGS


def _role_before(text: str, piece: Piece) -> bool:
    """Whether a person's noun stands before the name ("spokesman X", "the mayor, X")."""
    before = text[max(0, piece.start - 30) : piece.start].rstrip(", ").rpartition(" ")[2]
    return before.islower() and is_person_noun(before)
