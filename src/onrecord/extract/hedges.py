"""Finds the words by which a speaker says how likely something is: modals, adverbs, adjectives.

Each finder looks at one head word and what stands beside it, and says nothing where the word has another
sense: "may" the month or permission, "could" as ability, "likely" before a noun ("likely voters").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from onrecord.extract import chances
from onrecord.extract.beliefs import ADJECTIVES, VERBS, belief, conviction, surprise
from onrecord.extract.chances import Hedge, chance, number_before
from onrecord.extract.clauses import Tokens, listed
from onrecord.extract.phrases import (
    ABILITY,
    ADVERBS,
    ALMOST,
    BE,
    DONE,
    EVENTS,
    MAY_MONTH,
    NO_VERB,
    OPPOSITES,
    PREDICATES,
    SEEMING,
    STRONG,
    VOTERS,
    negator,
)

Finder = Callable[[Tokens, int], Hedge | None]

_SUBJECTS: Final = listed("i you we he she it they this that there")
_WISHED: Final = listed("the god you they he she it we i his her")
_ASKING: Final = listed("how what why where who when")
_HAPPENED: Final = listed("been happened caused")
_DETERMINERS: Final = listed("the a his her their its our my any")
_SOMEWHAT: Final = listed("less more pretty fairly rather quite")
_QUITE: Final = STRONG | listed("quite entirely certainly almost")
_BY_MUCH: Final = listed("much far slightly somewhat significantly times considerably even percent %")
_LOOKING: Final = listed("to that like as")
_QUOTES: Final = listed("\" “ ‘ '")
_WIDELY: Final = listed("widely still also now always almost all")


def hedges(tokens: Tokens) -> Iterator[Hedge]:
    """The hedges among `tokens`, in text order."""
    finders = _finders()
    for i, word in enumerate(tokens.words):
        finder = finders.get(word)
        found = finder(tokens, i) if finder else None
        if found:
            yield found


@cache
def _finders() -> dict[str, Finder]:
    found: dict[str, Finder] = dict.fromkeys(ADVERBS, _adverb)
    found |= dict.fromkeys(PREDICATES, _predicate)
    found |= dict.fromkeys(SEEMING, _seems)
    found |= dict.fromkeys(("could", "couldn't", "may", "might"), _modal)
    found |= dict.fromkeys(
        ["chance", "chances", "odds", "possibility", "probability", "likelihood", "shot"], chance
    )
    found |= dict.fromkeys(("fifty", "50", "toss", "tossup"), chances.even)
    found |= dict.fromkeys(("likely", "unlikely"), _likely)
    found |= dict.fromkeys(
        ("doubt", "doubts", "question", "way", "guarantee", "guarantees"), chances.no_doubt
    )
    found |= dict.fromkeys(("certain", "sure", "bound", "expected", "guaranteed", "assured"), _bound)
    found |= dict.fromkeys(("surprised", "shocked", "stunned", "amazed"), _surprise)
    found |= dict.fromkeys(("opinion", "view"), chances.opinion) | dict.fromkeys(
        ("looks", "sounds"), chances.looks
    )
    found |= {"certainty": chances.certainty, "idea": chances.no_idea}
    held: dict[str, Finder] = {word: _first(found.get(word), _belief) for word in VERBS}
    for word in ADJECTIVES:
        held[word] = _first(chances.figured, _conviction, found.get(word))
    return found | held


def _first(*finders: Finder | None) -> Finder:
    def either(tokens: Tokens, i: int) -> Hedge | None:
        return next((h for f in finders if f and (h := f(tokens, i))), None)

    return either


def _belief(tokens: Tokens, i: int) -> Hedge | None:
    found = belief(tokens, i)
    return Hedge(*found) if found else None


def _conviction(tokens: Tokens, i: int) -> Hedge | None:
    found = conviction(tokens, i)
    return Hedge(*found) if found else None


def _surprise(tokens: Tokens, i: int) -> Hedge | None:
    found = surprise(tokens, i)
    return Hedge(*found) if found else None


def _modal(tokens: Tokens, i: int) -> Hedge | None:
    word, after = tokens.words[i], tokens.word(i + 1)
    if after in _QUOTES and tokens.starts[i + 1] > tokens.ends[i]:
        after = tokens.word(i + 2)  # "could “be messy”"
    if word == "couldn't" or (word == "could" and after in ("not", "never")):
        return _could_not(tokens, i)
    if not after or after in NO_VERB or _inverted(tokens, i):
        return None
    if _ability(tokens, i) if word == "could" else word == "may" and _month_or_wish(tokens, i):
        return None
    very = 1 if after == "very" else 0
    if tokens.word(i + 1 + very) == "well":
        return Hedge(i, i + 1 + very, "may well")
    bare = after == "be" and tokens.first_of_sentence(i)
    return Hedge(i, i + 1 if bare else i, word)


def _could_not(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "could not happen", which rules an event out; "could not find" tells of an ability."""
    last = i if tokens.words[i] == "couldn't" else i + 1
    verb, after = tokens.word(last + 1), tokens.word(last + 2)
    if verb == "possibly":
        return Hedge(i, last + 1, "impossible")
    compared = after in ("more", "better", "less")
    return Hedge(i, last, "impossible") if verb in EVENTS and not compared else None


def _inverted(tokens: Tokens, i: int) -> bool:
    """A question: "Could he win?", "How could I"."""
    if tokens.word(i - 1) in ("nor", "neither") or tokens.word(i + 1) == "surprise":
        return True
    asks = tokens.word(i - 1) in _ASKING
    if asks and tokens.first_of_sentence(i - 1):
        return True
    return tokens.word(i + 1) in _SUBJECTS and (asks or tokens.first_of_sentence(i))


def _month_or_wish(tokens: Tokens, i: int) -> bool:
    """The month of May, or "may the best team win"."""
    after = tokens.word(i + 1)
    if after in _WISHED:
        return True
    if not tokens.capital(i):
        return False
    if after[:1].isdigit() or tokens.word(i - 1) in MAY_MONTH or not after[:1].isalpha():
        return True
    return tokens.first_of_sentence(i) and after not in ("be", "not", "have", "well", "even")


def _ability(tokens: Tokens, i: int) -> bool:
    """Knows "as far as I could see", "all he could", "could have won" (did not), "I wish we could"."""
    after, done = tokens.word(i + 1), tokens.word(i + 2)
    if after == "have":
        return done in DONE or (done.endswith(("ed", "en")) and done not in _HAPPENED)
    asked = tokens.words[max(0, i - 4) : i]
    if "if" in asked[:-2] and tokens.word(i - 1) in _SUBJECTS:
        asked = []  # "if elected, she could": the clause with "if" has ended
    return after in ABILITY or bool({"wish", "if", "everything"}.intersection(asked))


def _adverb(tokens: Tokens, i: int) -> Hedge | None:
    word, row, first = tokens.words[i], ADVERBS[tokens.words[i]], i  # a "not" behind it is not its own
    before, after = tokens.word(i - 1), tokens.word(i + 1)
    if _of_a_phrase(tokens, i):
        return None
    if after[:1].isdigit() or before in ("with", "for", "in", "of", "at", "by") or after in ("as", "by"):
        return None
    if before in ("not", "won't", "wouldn't") and row == "sure":
        return None
    if before in ALMOST and row in ("sure", "certain"):
        row, first = "almost certain", i - 1
    elif before in STRONG and row in ("probably", "might"):
        row, first = ("highly likely" if row == "probably" else "realistic possibility"), i - 1
    if word == "absolutely" and after not in (",", ".", "!", "not"):
        return None  # of degree: "absolutely wrong"
    if word == "seemingly" and before in _DETERMINERS:
        return None
    return Hedge(first, i, row)


def _of_a_phrase(tokens: Tokens, i: int) -> bool:
    """Whether "maybe" or "perhaps" belongs to a noun or a participle: "— perhaps a mandate —"."""
    after, before = tokens.word(i + 1), tokens.word(i - 1)
    if before in (",", "and") and after == ",":
        return True
    if after.endswith("ing") and (ADVERBS[tokens.words[i]] == "may" or before == ","):
        return True
    return ADVERBS[tokens.words[i]] == "may" and (
        after in ("a", "an", "the") and before in ("—", "–", "-", ",")
    )


def _seems(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "seems to", "appears that", "it would seem as if"; not "appeared on" a stage."""
    if tokens.word(i - 1) == "it" and tokens.words[i] in ("seems", "appears"):
        plain = tokens.word(i + 1) in _LOOKING | _SUBJECTS | _DETERMINERS or tokens.capital(i + 1)
        return Hedge(i - 1, i, "seem") if plain else None
    if tokens.word(i + 1) not in _LOOKING:
        return None
    denied = negator(tokens.word(i - 1))
    helped = denied and tokens.word(i - 1) == "not" and tokens.word(i - 2) in ("do", "does", "did")
    return Hedge(i - denied - helped, i, "seem", denied)


def _likely(tokens: Tokens, i: int) -> Hedge | None:
    if _attributive(tokens, i):
        return None
    row, first, before = tokens.words[i], i, tokens.word(i - 1)
    figure = number_before(tokens, i)
    if figure:
        return Hedge(figure[0], i, row, row == "unlikely", figure[1])
    if before == "more" and tokens.words[i + 1 : i + 3] == ["than", "not"]:
        return Hedge(i - 1, i + 2, "better than even")
    if before in ("more", "less") and tokens.word(i - 2) in _BY_MUCH:
        return None
    if before in ("more", "less", "as") and _compared(tokens, i):
        return None
    if before in STRONG or before in _SOMEWHAT:
        first, row = i - 1, _graded(before, row)
    lead = first - 2 if tokens.words[max(0, first - 2) : first] == ["at", "all"] else first
    if negator(tokens.word(lead - 1)):
        return Hedge(lead - 1, i, "not unlikely" if tokens.words[i] == "unlikely" else "unlikely")
    return Hedge(first, i, row)


def _graded(before: str, row: str) -> str:
    if before in STRONG:
        return "highly " + row
    return ("unlikely" if row == "likely" else "likely") if before == "less" else row


def _attributive(tokens: Tokens, i: int) -> bool:
    """Knows "likely voters", "her likely opponent": nothing is said to be likely."""
    ahead = tokens.words[i + 1 : i + 4]
    if VOTERS.intersection(_until_clause(ahead)):
        return True
    first = i - 1 if tokens.word(i - 1) in STRONG else i
    before = tokens.word(first - 1)
    determined = before in _DETERMINERS or (before.endswith("'s") and tokens.capital(first - 1))
    return determined and tokens.word(i + 1) != "to" and tokens.word(first - 2) not in BE


def _until_clause(words: list[str]) -> list[str]:
    return words[: next((j for j, w in enumerate(words) if w in ("that", "to")), len(words))]


def _compared(tokens: Tokens, i: int) -> bool:
    """Knows "more likely than men to", "twice as likely": a comparison of groups, not a probability."""
    ahead = tokens.words[i + 1 : i + 25]
    return tokens.word(i - 1) == "as" or "than" in ahead[: ahead.index(".") if "." in ahead else 25]


def _predicate(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "is possible", "it's highly probable": adjectives that must stand after a form of "be"."""
    word, row = tokens.words[i], PREDICATES[tokens.words[i]]
    strong = tokens.word(i - 1) in _QUITE
    first = i - strong
    denied = negator(tokens.word(first - 1))
    be = tokens.word(first - 2 if tokens.word(first - 1) == "not" else first - 1)
    opens, after = tokens.first_of_sentence(first), tokens.word(i + 1)
    if word in ("possible", "impossible") and be in ("was", "were", "as"):
        return None
    if not (be in BE or be.endswith(("'s", "n't")) or opens) or after == "to" or (opens and after.isalpha()):
        return None
    if denied:
        return Hedge(first - 1, i, OPPOSITES.get(row, row), row not in OPPOSITES)
    graded = {"probable": "highly likely", "improbable": "highly unlikely", "may": "realistic possibility"}
    first = first if row in graded or word == "inevitable" else i
    return Hedge(first, i, graded.get(row, row) if strong else row)


def _bound(tokens: Tokens, i: int) -> Hedge | None:
    """Reads "is certain to", "bound to", "is expected to": said of the event, not of who holds it."""
    word, before, after = tokens.words[i], tokens.word(i - 1), tokens.word(i + 1)
    denied, second = negator(before), tokens.word(i - 2)
    be = before in BE or before.endswith(("'s", "'re")) or (before in _WIDELY and second in BE)
    be = be or (denied and (before != "not" or second in BE))
    if word == "sure" and before == "for":
        return Hedge(i - 1, i, "sure")
    if not be or (word == "sure" and before == "be"):
        return None
    if after != "to" and word not in ("expected", "certain"):
        return None
    row, last = ("expect" if word == "expected" else "sure"), (i + 1 if word == "bound" else i)
    if denied:
        return Hedge(i - 1, last, "not expect" if row == "expect" else "not sure")
    return Hedge(i - 1, last, "almost certain") if before == "almost" else Hedge(i, last, row)
