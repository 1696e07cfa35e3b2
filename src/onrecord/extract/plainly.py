"""Words of a statement without who and whose: names, parties, countries and genders become one and the same.

What a statement does (promise, forecast, judge) does not depend on whom it names. The judge of kinds
therefore reads texts in which every name is "someone", and every "he" and "she" is "they": swapping
one party's, country's or person's name for another's cannot change what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from onrecord.statement import Span

NAME = "someone"
# Words that differ by gender, or by side, and what stands for both.
SAME: dict[str, str] = {
    "she": "they", "he": "they", "him": "their", "her": "their", "his": "their", "hers": "theirs",
    "himself": "themselves", "herself": "themselves",
    "man": "person", "woman": "person", "men": "people", "women": "people", "boy": "child", "girl": "child",
    "boys": "children", "girls": "children", "father": "parent", "mother": "parent", "son": "child",
    "daughter": "child", "brother": "sibling", "sister": "sibling", "husband": "spouse", "wife": "spouse",
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair", "chairwoman": "chair",
    "congressman": "lawmaker", "congresswoman": "lawmaker", "businessman": "manager",
    "businesswoman": "manager", "actor": "artist", "actress": "artist", "king": "monarch", "queen": "monarch",
    "conservative": "partisan", "liberal": "partisan", "conservatives": "partisans", "liberals": "partisans",
    "left-wing": "partisan", "right-wing": "partisan", "leftist": "partisan", "rightist": "partisan",
}  # fmt: skip
TITLES = frozenset(("mr", "mrs", "ms", "miss"))
# Capitalised words that are no names, wherever they stand.
_KEPT = frozenset(
    (
        *("i", "i'm", "i've", "i'll", "i'd", "i’m", "i’ve", "i’ll", "i’d"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "march", "april", "may", "june", "july"),
        *("august", "september", "october", "november", "december"),
    )
)
# Shares of capitals above which a text is set in capitals, so that they tell nothing.
SHOUTED = 0.5


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")


@cache
def _opening() -> re.Pattern[str]:
    """What a sentence may begin behind: its first word is capitalised whatever it is."""
    return re.compile(r"(?:^|[.!?:;…\n]|[“\"‘(\[—–])[\s“\"‘'(\[]*$")


@cache
def _titled() -> re.Pattern[str]:
    """A title or an initial, whose full stop ends no sentence."""
    return re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|[A-Z])\.\s*$")


@cache
def _subject() -> re.Pattern[str]:
    verbs = (
        "said says told tells has have had is are was were will would did does do could should may might can"
        " also never once recently often wants wanted thinks believes argued added wrote called"
    )
    return re.compile(r"\b([A-Z][\w]+)(?:['’]s\b|\s(?:" + "|".join(verbs.split()) + r")\b)")


# Words that may open a sentence before a verb and name nobody.
_FUNCTION = frozenset(
    (
        *("it", "he", "she", "they", "we", "you", "this", "that", "these", "those", "there", "here"),
        *("who", "what", "which", "where", "when", "how", "why", "many", "some", "most", "all", "none"),
        *("both", "each", "others", "nobody", "everybody", "everyone", "someone", "something", "nothing"),
        *("one", "two", "three", "few", "several", "much", "more", "another", "neither", "either", "and"),
        *("but", "so", "or", "if", "as", "now", "then", "people", "nor", "not", "only", "such", "let", "he"),
    )
)


class Part(NamedTuple):
    """A word as `Plainly.words` gives it, or what stands between two, and its place in the article."""

    words: str
    span: Span


class Plainly:
    """An article's words as names and others; made once an article.

    A capitalised word is a name where it does not open a sentence, or where the same word is
    capitalised inside a sentence elsewhere in the article.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        words = [(m.start(), m.end(), m[0]) for m in _word().finditer(text)]
        capital = [w[:1].isupper() for _, _, w in words]
        self.shouted = sum(w.isupper() for _, _, w in words) > SHOUTED * max(1, len(words))
        inside = {w for (s, _, w), c in zip(words, capital, strict=True) if c and not self._opens(s)}
        self.inside = {w for w in inside if w.casefold() not in _KEPT}
        self.small = {w for (_, _, w), c in zip(words, capital, strict=True) if not c}
        self.inside |= set(self._forenames(words))
        self.inside |= set(self._subjects())

    def _forenames(self, words: list[tuple[int, int, str]]) -> Iterator[str]:
        """Words that open a sentence directly before a name, and are never written small."""
        for (s, e, word), (start, _, after) in pairwise(words):
            small = word.casefold() in self.small or word.casefold() in _KEPT
            if small or after not in self.inside or not word[:1].isupper():
                continue
            if self.text[e:start].isspace() and self._opens(s):
                yield word

    def _subjects(self) -> Iterator[str]:
        """Words that open a sentence right before a verb, never written small and no function words."""
        for match in _subject().finditer(self.text):
            word = match[1]
            if self._opens(match.start()) and word.casefold() not in self.small | _KEPT | _FUNCTION:
                yield word

    def _opens(self, start: int) -> bool:
        before = self.text[max(0, start - 6) : start]
        return bool(_opening().search(before)) and not _titled().search(before)

    def name(self, word: str) -> bool:
        """Whether a word is (part of) a name in this article."""
        stem = re.sub(r"['’]s$", "", word)
        return not self.shouted and word[:1].isupper() and (word in self.inside or stem in self.inside)

    def _same(self, word: str) -> str:
        """A word in its neutral form: "she's" as "they's", "pro-Lind" as "pro-someone"."""
        parts = re.split(r"(['’-])", word)
        return (
            "".join(
                NAME if i and self.name(part) else SAME.get(part.casefold(), part.casefold())
                for i, part in enumerate(parts)
            )
            if word.casefold() not in SAME
            else SAME[word.casefold()]
        )

    def words(self, spans: Iterable[Span]) -> str:
        """The words under the spans, lower case, names as NAME (several in a row as one)."""
        return " ".join(part.words for part in self.parts(spans))

    def parts(self, spans: Iterable[Span]) -> list[Part]:
        """What `words` is joined of, with the place of each part in the article."""
        return [part for span in spans for part in self._parts(*span)]

    def _parts(self, start: int, end: int) -> Iterator[Part]:
        at, named = start, False
        for match in _word().finditer(self.text, start, end):
            between = list(self._between(at, match.start()))
            yield from between
            word, at = match[0], match.end()
            if word.casefold() in TITLES:
                at += self.text[at : at + 1] == "."
                continue
            if self.name(word):
                if between or not named:
                    yield Part(NAME, Span(match.start(), at))
                named = True
                continue
            named = False
            yield Part(self._same(word), Span(match.start(), at))
        yield from self._between(at, end)

    def _between(self, start: int, end: int) -> Iterator[Part]:
        """What stands between two words, without the white space around it."""
        if told := self.text[start:end].strip():
            first = self.text.index(told, start)
            yield Part(told, Span(first, first + len(told)))
