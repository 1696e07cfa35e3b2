"""Finds chances, odds, doubts and set phrases in a speaker's words: "70 percent chance", "no doubt"."""

from __future__ import annotations

from typing import Final, NamedTuple

from onrecord.extract.clauses import Tokens, listed
from onrecord.extract.phrases import BE, CHANCES, negator
from onrecord.extract.scales import Band
from onrecord.extract.timewords import NUMBERS


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
_BETWEEN: Final = listed("a an any at all have has stand stands much of even the")
_INTENSE: Final = listed("very almost virtually really")
_GRADED: Final = {
    ("very", "good chance"): "very good chance",
    ("really", "good chance"): "very good chance",
    ("almost", "no chance"): "almost no chance",
    ("virtually", "no chance"): "almost no chance",
}


def chance(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "no chance", "a good chance", "chances are", "a 70 percent chance".

    What a negated chance says is only given where it is plain: no chance at all, or not a good one.
    """
    found = _chance(tokens, i)
    if found is None or not denied(tokens, found.first):
        return found
    row = {"could": "no chance", "good chance": "unlikely", "very good chance": "unlikely"}.get(found.row)
    return Hedge(found.first, found.last, row) if row and not found.figure else None


def _chance(tokens: Tokens, i: int) -> Hedge | None:
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
    """The first token and the figure straight before a head: "60 to 70 percent", "one-in-five".

    A bound is read as all that it leaves: "less than 10 percent" is 0 to 10, 5 in the middle.
    """
    last = _back(tokens, i - 1)
    percent = _percent(tokens, last)
    found = _number(tokens, last if percent is None else percent)
    if found is None:
        return None
    first, number = found
    if percent is not None:
        return (_span(tokens, first, number) or _bound(tokens, first, number)) if number <= 100 else None
    joint = _back(tokens, first - 1)
    part = _number(tokens, _back(tokens, joint - (tokens.word(joint) == "in")))
    if part is None:
        return None
    if tokens.word(joint) == "in" and number and part[1] <= number:
        return part[0], Band(*[100 * part[1] / number] * 3)
    return (part[0], Band(50, 50, 50)) if number == part[1] == 50 else None


def _back(tokens: Tokens, i: int) -> int:
    """The last token up to `i` that is no hyphen and no quotation mark."""
    while tokens.word(i) in _MARKS:
        i -= 1
    return i


def _percent(tokens: Tokens, i: int) -> int | None:
    """The token before "percent", "per cent" or "%" at `i`; None where that does not stand there."""
    if tokens.word(i) in ("percent", "%"):
        return _back(tokens, i - 1)
    return _back(tokens, i - 2) if tokens.word(i) == "cent" and tokens.word(i - 1) == "per" else None


def _number(tokens: Tokens, i: int) -> tuple[int, float] | None:
    """The number that ends at `i`, with its first token: "70", ".5", "twenty-five"."""
    word = tokens.word(i)
    if word[:1].isdecimal():
        if word.count(".") > 1:
            return None
        return (i - 1, float(f".{word}")) if _after_a_point(tokens, i) else (i, float(word.replace(",", "")))
    if word not in NUMBERS or word == "dozen":
        return None
    tens = i - 1 - (tokens.word(i - 1) == "-")
    if NUMBERS[word] < 10 and 20 <= NUMBERS.get(tokens.word(tens), 0) < 100:
        return tens, float(NUMBERS[tokens.word(tens)] + NUMBERS[word])
    return i, float(NUMBERS[word])


def _after_a_point(tokens: Tokens, i: int) -> bool:
    """Whether digits follow a point that nothing stands before: ".5"."""
    if not tokens.words[i].isdecimal() or tokens.word(i - 1) != "." or tokens.ends[i - 1] < tokens.starts[i]:
        return False
    return i == 1 or tokens.ends[i - 2] < tokens.starts[i - 1]


def _span(tokens: Tokens, first: int, high: float) -> tuple[int, Band] | None:
    """The range that ends in `high`: "60 to 70", "40-60", "between a 40 and 60"."""
    joined = tokens.word(first - 1)
    if joined not in ("to", "-", "–", "or", "and"):
        return None
    percent = _percent(tokens, first - 2)
    low = _number(tokens, first - 2 if percent is None else percent)
    if low is None or low[1] > high:
        return None
    if joined == "and" and "between" not in tokens.words[max(0, low[0] - 2) : low[0]]:
        return None
    return low[0], Band(low[1], (low[1] + high) / 2, high)


def _bound(tokens: Tokens, first: int, number: float) -> tuple[int, Band]:
    """The figure as a band, with the words before it that make it a bound."""
    end = first - (tokens.word(first - 1) in ("a", "an"))
    for words, at_most in _BOUNDS.items():
        begin = end - len(words)
        if begin >= 0 and tuple(tokens.words[begin:end]) == words:
            low, high = (0.0, number) if at_most else (number, 100.0)
            return begin, Band(low, (low + high) / 2, high)
    return first, Band(number, number, number)


# Whether the figure behind such words is the most that it can be; longer ones first.
_BOUNDS: Final = {
    ("no", "more", "than"): True, ("not", "more", "than"): True, ("no", "less", "than"): False,
    ("less", "than"): True, ("up", "to"): True, ("at", "most"): True, ("under",): True, ("below",): True,
    ("more", "than"): False, ("greater", "than"): False, ("at", "least"): False, ("over",): False,
    ("above",): False,
}  # fmt: skip


def denied(tokens: Tokens, first: int) -> bool:
    """Whether a negation stands before `first`, with nothing between but small words: "is not at all a"."""
    at = first - 1
    while tokens.word(at) in _BETWEEN and at > first - 4:
        at -= 1
    return negator(tokens.word(at))


def figured(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "90 percent sure", "99.9 percent certain"."""
    figure = number_before(tokens, i)
    if figure and denied(tokens, figure[0]):
        return Hedge(figure[0], i, "not sure")
    return Hedge(figure[0], i, "sure", False, figure[1]) if figure else None


def certainty(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "a certainty", "a near-certainty", "a virtual certainty" and "no certainty"."""
    before = [word for word in tokens.words[max(0, i - 3) : i] if word not in _MARKS]
    if before[-1:] in (["near"], ["virtual"]):
        first = next(j for j in range(i - 1, -1, -1) if tokens.words[j] == before[-1])
        return Hedge(first, i, "almost certain")
    rows = {"a": "not sure" if denied(tokens, i - 1) else "certain", "no": "not sure"}
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
        rows |= {"little": "confident", "in": "sure" if negator(tokens.word(i - 2)) else "doubt"}
    return Hedge(i - 1, i, rows[before]) if before in rows else None
