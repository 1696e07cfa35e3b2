"""Cuts an article into runs of capitalised words, with titles and function words cut off.

"Texas Sen. Ada Quist" is the piece "Ada Quist" with the title "Texas Sen."; headlines are marked.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from onrecord.extract import capitals, givennames, runs, titles
from onrecord.extract.nounphrases import is_person_noun, singular
from onrecord.extract.nouns import PARTISANS
from onrecord.extract.wordlists import words

Key = tuple[str, ...]
Token = tuple[str, int, int]


class Piece(NamedTuple):
    """A run of capitalised words that belong together, without titles before it."""

    start: int
    end: int
    words: tuple[str, ...]
    title: str = ""  # capitalised words cut off before it ("Texas Sen.")
    the: bool = False
    heading: bool = False  # in a line of headline capitals, where capitals tell nothing
    possessive: bool = False
    key: Key = ()  # lower-case parts without stops; "Jong-Un" and "Jong Un" are the same


_ARABIC = re.compile(r"^(?:al|el)-(?=\w)")


def key_of(words: tuple[str, ...] | list[str]) -> Key:
    """Lower-case parts without stops and diacritics, and without the article of a surname alone."""
    text = _ARABIC.sub("", " ".join(words).lower()).replace("-", " ").replace(".", "").replace("’", "'")
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return tuple(text.split())


WORD = re.compile(r"[^\s,]+")
# Function words that are syllables of names as well ("Park Do Yun"), never at their beginning.
_SYLLABLES = words("may will in do so an no my on he me us am up to we she yes")
PARTICLES = words("de la le der van von den del della di da dos du bin ibn al el ben")
LINKS = words("of for on and the & to")
SUFFIXES = words("jr sr ii iii iv")
_OF_MANY = re.compile(r"(?<![\w’'-])([A-Z][a-z]+s['’]|(?:People|Women|Men|Children)['’]s)\s(?=[A-Z])")
_FIELD = re.compile(
    r"\b(?:Committee|Subcommittee|Department|Ministry|Commission|Office|Council) (?:on|of|for) "
)
_ALSO_GIVEN = re.compile(r"(?<![\w’'-])(Will|April|June|May|August)\s(?=[A-Z])")
_PERSONAL = re.compile(
    r",\s(?:\d\d\b|an?\b|the\b|who\b|[a-z]+ (?:of|at|for)\b)|\s(?:said|says|told|wrote)\b|\s\([DRI]-"
)
_OF_DATES = words(
    "in on of since by until last this next early late mid from through to and between during for"
)
_NO_NAMES = frozenset(w.capitalize() for w in capitals.NOT_NAMES)


def pieces_of(text: str) -> list[Piece]:
    """All runs of capitalised words, cut where function words, weekdays and the like stand, in text order."""
    headings, at = runs.headings(text), 0
    dateline = runs.dateline(text)
    found: list[Piece] = []
    for run in runs.run().finditer(text):
        if run[0] in _NO_NAMES or (found and run.start() < found[-1].end):
            continue
        if dateline[0] <= run.start() < dateline[1]:
            continue
        heading, at = runs.inside(headings, run.start(), at)
        if (end := run.end()) < len(text) and text[end] == "," and (long := _enumerated(text, run)):
            found.append(long)
            continue
        skipped = runs.after_prefix(text, run.start(), run[0])
        start, whole = run.start() + skipped, run[0][skipped:]
        parts = _cut(whole, heading)
        if not parts:
            continue
        the = text[max(0, start - 4) : start].lower() == "the "
        possessive = text[end : end + 2] in ("'s", "’s") or (
            whole[-1] == "s" and text[end : end + 1] in ("'", "’")
        )
        for part in parts:
            after = part.the or (the and not part.title)
            first, last, words, title, inner, _, _, key = part
            begin, stop = start + first, start + last
            after = inner or (the and not title)
            found.append(Piece(begin, stop, words, title, after, heading, possessive and stop == end, key))
            the = False
    return _with_plurals(text, _with_given(text, found)) if found else found


def _with_given(text: str, found: list[Piece]) -> list[Piece]:
    """Given names that are months or auxiliaries as well, before a surname ("April Quist, a baker")."""
    starts: list[int] = []
    for match in _ALSO_GIVEN.finditer(text):
        starts = starts or [p.start for p in found]
        k = bisect_left(starts, match.end())
        if k == len(found) or starts[k] != match.end() or len(found[k].words) > 1:
            continue
        piece = found[k]
        before = text[max(0, match.start() - 12) : match.start()].rstrip().rpartition(" ")[2].lower()
        if before not in _OF_DATES and _PERSONAL.match(text, piece.end):
            words = (match[1], *piece.words)
            found[k] = piece._replace(start=match.start(), words=words, key=key_of(words))
    return found


def surname(key: Key) -> str:
    """The last part of a key that is no "Jr."."""
    return key[-2] if len(key) > 1 and key[-1] in SUFFIXES else key[-1]


def _with_plurals(text: str, found: list[Piece]) -> list[Piece]:
    """Organisations of many ("Prison Officers’ Association", "People's Party"), which an apostrophe cuts."""
    for match in _OF_MANY.finditer(text):
        if singular(match[1].lower().rstrip("'’")) in PARTISANS:
            continue
        k = bisect_left(found, match.end(), key=lambda p: p.start)
        if k == len(found) or found[k].start != match.end() or found[k].title:
            continue
        last = found[k]
        if capitals.ORGANIZATIONS.isdisjoint(word.lower() for word in last.words):
            continue
        first = k - 1 if k and found[k - 1].end > match.start() else k
        start = min(match.start(), found[first].start)
        words = (*text[start : last.start].split(), *last.words)
        the = text[max(0, start - 4) : start].lower() == "the "
        whole = last._replace(start=start, words=words, the=the, key=key_of(words))
        found[first : k + 1] = [whole]
    return found


@lru_cache(maxsize=4096)
def _cut(run: str, heading: bool) -> tuple[Piece, ...]:
    """The pieces of one run, with offsets into it."""
    words = [(m[0], m.start(), m.end()) for m in WORD.finditer(run)]
    found: list[Piece] = []
    for part, the in _parts(words, heading=heading):
        found += _titled(part, the=the, heading=heading, possessive=False)
    return tuple(found)


def _enumerated(text: str, run: re.Match[str]) -> Piece | None:
    """A name with commas in it: "Committee on Roads, Ports and Rail"."""
    if not _FIELD.search(run[0]):
        return None
    end = run.end()
    while text[end : end + 2] == ", " and (following := runs.run().match(text, end + 2)):
        lows = following[0].split()
        if lows[0] in givennames.given_names() or text[following.end() : following.end() + 1] == "\n":
            return None
        end = following.end()
        if "and" in lows:
            start = run.start() + 4 * run[0].startswith("The ")
            words = tuple(w.rstrip(",") for w in text[start:end].split())
            the = text[max(0, start - 4) : start].lower() == "the "
            return Piece(start, end, words, "", the, key=key_of(words))
    return None


_LETTERS = ("US", "WHO", "IT")  # organisations and countries, in a text that is not in capitals


def _parts(words: list[Token], *, heading: bool) -> Iterator[tuple[list[Token], bool]]:
    """Cuts a run at function words and at links that join nothing ("Ada Quist and the Bank of Lund")."""
    part: list[Token] = []
    the = after_the = False
    for i, token in enumerate(words):
        low = token[0].lower().rstrip(".").replace("’", "'")
        joins = (token[0][0].islower() and not runs.ARTICLED.match(token[0])) or token[0] == "&"
        if joins and low in PARTICLES:
            keep = i > 0
        elif joins:
            keep = bool(part) and _links(part, low) and not (low == "and" and words[i + 1][0] == "the")
        else:
            keep = (
                low not in capitals.NOT_NAMES
                or (len(low) == 1 and token[0].endswith("."))
                or (not heading and token[0] in _LETTERS and not _shouted(words, i))
                or (bool(part) and not heading and low in _SYLLABLES)
            )
        if keep:
            if not part:
                after_the = the
            part.append(token)
        else:
            if trimmed := _trim(part):
                yield trimmed, after_the
            part = []
        the = low == "the"
    if trimmed := _trim(part):
        yield trimmed, after_the


def _shouted(words: list[Token], i: int) -> bool:
    """Whether a word beside this one stands in capitals, too ("THOSE WHO STAYED")."""
    beside = words[max(0, i - 1) : i] + words[i + 1 : i + 2]
    return any(len(word[0]) > 1 and word[0].isupper() for word in beside)


def _trim(part: list[Token]) -> list[Token]:
    while part and (part[-1][0] in LINKS or part[-1][0] in PARTICLES):
        part = part[:-1]
    return part


def _links(part: list[Token], link: str) -> bool:
    """Whether a link word goes on with a name: after an organisation's noun or a title of office."""
    lows = [t[0].lower() for t in part]
    if link in ("and", "&"):
        return link == "&" or any(w in ("of", "for", "on") for w in lows)
    if link == "the":
        return lows[-1] in LINKS
    person = len(part) > 1 and (part[-2][0] in givennames.given_names() or part[-2][0].endswith("."))
    if person and lows[-1] not in capitals.ORGANIZATIONS | titles.TITLES:  # "House Speaker Ada Quist of Lund"
        return False
    return not capitals.ORGANIZATIONS.isdisjoint(lows) or (
        link in ("of", "for")
        and lows[-1] in titles.TITLES
        and not (lows[-1] in titles.ALSO_NAMES and len(part) > 1 and part[-2][0] in givennames.given_names())
    )


def _titled(part: list[Token], *, the: bool, heading: bool, possessive: bool) -> Iterator[Piece]:
    """A part without the titles before the name ("Texas Sen. Ann Prince" -> "Ann Prince")."""
    cut = _title_end(part)
    title = " ".join(t[0] for t in part[:cut])
    rest = part[cut:]
    if not rest:
        rest, title = part, ""
    words = tuple(t[0] for t in rest)
    start, end = rest[0][1], rest[-1][2]
    yield Piece(start, end, words, title, the and not cut, heading, possessive, key_of(words))


def _title_end(part: list[Token]) -> int:
    lows = [t[0].lower().rstrip(".") for t in part]
    last = len(part) - 1
    if not last or _office(lows):
        return 0
    if lows[-1] in capitals.ORGANIZATIONS and not _titled_person(part, lows):
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
    if last - cut == 1 and lows[cut] == "republican" and lows[last] not in capitals.THINGS:
        cut = last
    if cut < last and singular(lows[cut]) != lows[cut] and _role(part[cut][0], part[cut + 1][0]):
        cut += 1
    return cut


def _titled_person(part: list[Token], lows: list[str]) -> bool:
    """Whether a title and a given name stand before the last word ("Mayor Don Guardian")."""
    return len(part) > 2 and part[-2][0] in givennames.given_names() and lows[-3] in titles.TITLES


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
