"""Finds chances, odds, doubts and set phrases in a speaker's words: "70 percent chance", "no doubt"."""

from __future__ import annotations

from typing import Final, NamedTuple

from onrecord.extract.clauses import Tokens, listed
from onrecord.extract.phrases import BE, CHANCES, NUMBERS
from onrecord.extract.scales import Band


class Hedge(NamedTuple):
    """Tokens `first` to `last`, the row of the table, whether it is turned round; or figures of its own."""

    first: int
    last: int
    row: str
    opposite: bool = False
    figure: Band | None = None


_MARKS: Final = listed("- – \" “ ” '")
_OPEN: Final = (["if"], ["whether"])
_OWNED: Final = listed("the his her their its our my")
_THAT: Final = listed("that of at he she it we they")
_HOLDS: Final = BE | listed("has have had there's stand stands")
_AUXILIARIES: Final = listed("will would has have can could may might")
_INTENSE: Final = listed("very almost virtually really")
_GRADED: Final = {
    ("very", "good chance"): "very good chance",
    ("really", "good chance"): "very good chance",
    ("almost", "no chance"): "almost no chance",
    ("virtually", "no chance"): "almost no chance",
}


def chance(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "no chance", "a good chance", "chances are", "a 70 percent chance"."""
    word, before, after = tokens.words[i], tokens.word(i - 1), tokens.word(i + 1)
    if word in ("chances", "odds") and after in ("are", "were"):
        adjective = i + 2 + (tokens.word(i + 2) in _INTENSE)
        if tokens.word(adjective) in CHANCES:
            return Hedge(i + 2, adjective, CHANCES[tokens.word(adjective)])
        held = before not in _OWNED or tokens.word(i + 2) == "that"
        return Hedge(i, i + 1, "likely") if held else None
    if word in ("probability", "likelihood") and tokens.words[max(0, i - 2) : i] == ["in", "all"]:
        return Hedge(i - 2, i, "highly likely")
    figure = number_before(tokens, i)
    if figure:
        return Hedge(figure[0], i, "may", False, figure[1])
    if word in ("chances", "odds") and after == "of":
        return _chances_of(tokens, i)
    if before == "even" and tokens.words[max(0, i - 3) : i - 1] == ["better", "than"]:
        return Hedge(i - 3, i, "better than even")
    row = CHANCES.get(before)
    if word != "likelihood" and row and not (word == "shot" and row == "no chance"):
        first = i - 2 if tokens.word(i - 2) in _INTENSE else i - 1
        return Hedge(first, i, _GRADED.get((tokens.word(i - 2), row), row))
    if before == "a" and word in ("chance", "possibility") and after in _THAT:
        return Hedge(i - 1, i, "could") if tokens.word(i - 2) in _HOLDS else None
    return Hedge(i, i, "could") if word == "possibility" and tokens.word(i - 2) == "a" else None


def _chances_of(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "slim" in "the chances of a deal are very slim"."""
    be = next((j for j in range(i + 2, min(i + 9, len(tokens))) if tokens.words[j] in ("are", "were")), None)
    if be is None:
        return None
    adjective = be + 1 + (tokens.word(be + 1) in _INTENSE)
    row = CHANCES.get(tokens.word(adjective))
    return Hedge(be + 1, adjective, row) if row else None


def number_before(tokens: Tokens, i: int) -> tuple[int, Band] | None:
    """The first token and the figure straight before a head: "60 to 70 percent", "one-in-five"."""
    at = [j for j in range(max(0, i - 8), i) if tokens.words[j] not in _MARKS]
    back = [tokens.words[j] for j in at]
    number = _value(back[-2]) if len(back) > 1 else None
    if number is not None and back[-1] in ("percent", "%") and number <= 100:
        low = _value(back[-4]) if len(back) > 3 and back[-3] == "to" else None
        if low is not None and low <= number:
            return at[-4], Band(low, (low + number) / 2, number)
        return at[-2], Band(number, number, number)
    if len(back) > 2 and back[-2] == "in":
        part, whole = _value(back[-3]), _value(back[-1])
        if part is not None and whole and part <= whole:
            return at[-3], Band(*[100 * part / whole] * 3)
    return (at[-2], Band(50, 50, 50)) if back[-2:] in (["50", "50"], ["fifty", "fifty"]) else None


def _value(word: str) -> float | None:
    if word[:1].isdecimal() and word.count(".") < 2:
        return float(word.replace(",", ""))
    return NUMBERS.get(word)


def certainty(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "a certainty", "a near-certainty", "a virtual certainty" and "no certainty"."""
    before = [word for word in tokens.words[max(0, i - 3) : i] if word not in _MARKS]
    if before[-1:] in (["near"], ["virtual"]):
        first = next(j for j in range(i - 1, -1, -1) if tokens.words[j] == before[-1])
        return Hedge(first, i, "almost certain")
    rows = {"a": "certain", "no": "not sure"}
    return Hedge(i - 1, i, rows[before[-1]]) if before and before[-1] in rows else None


def no_idea(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "no idea" where it leaves open whether something is so, not who or why."""
    behind = [word for word in tokens.words[i + 1 : i + 3] if word not in _MARKS]
    return Hedge(i - 1, i, "uncertain") if tokens.word(i - 1) == "no" and behind[:1] in _OPEN else None


def opinion(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "in my opinion", "in our view"."""
    mine = tokens.word(i - 2) == "in" and tokens.word(i - 1) in ("my", "our")
    return Hedge(i - 2, i, "think") if mine else None


def looks(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "it looks like they will go"; not "it looks like a ship"."""
    subject = tokens.word(i + 2) in _THAT or tokens.capital(i + 2)
    clause = subject or (BE | _AUXILIARIES).intersection(tokens.words[i + 3 : i + 7])
    told = tokens.word(i - 1) == "it" and tokens.word(i + 1) == "like" and bool(clause)
    return Hedge(i - 1, i + 1, "seem") if told else None


def even(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "50-50", "fifty-fifty" and "a toss-up"."""
    word, after = tokens.words[i], tokens.words[i + 1 : i + 3]
    if word == "tossup":
        return Hedge(i, i, "about even")
    even_odds = after == ["-", "up" if word == "toss" else word]
    return (
        Hedge(i, i + 2, "about even") if even_odds and tokens.word(i + 3) not in ("chance", "odds") else None
    )


def no_doubt(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "no doubt", "without question", "no way", "no guarantee", "out of the question"."""
    word, before = tokens.words[i], tokens.word(i - 1)
    if word == "way":
        told = before == "no" and tokens.word(i + 1) not in ("to", "of", "for", ",", ".", "around", "out", "")
        return Hedge(i - 1, i, "no chance") if told else None
    if word in ("guarantee", "guarantees"):
        return Hedge(i - 1, i, "not sure") if before == "no" else None
    if tokens.words[max(0, i - 3) : i] == ["out", "of", "the"]:
        return Hedge(i - 3, i, "impossible") if word == "question" else None
    if before in ("a", "any") and tokens.word(i - 2) in ("without", "beyond"):
        return Hedge(i - 2, i, "sure")
    rows = {"without": "sure", "beyond": "sure", "no": "sure"}
    if word == "doubt":
        rows |= {"little": "confident", "in": "doubt"}
    return Hedge(i - 1, i, rows[before]) if before in rows else None
