"""Cuts a statement's words into tokens, sentences and clauses, for the rules that read its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from onrecord.statement import Span

REACH: Final = 600  # characters looked through on either side of a content for its sentence


def listed(words: str) -> frozenset[str]:
    """A set of words, written as one line of text."""
    return frozenset(words.split())


_CLOSING: Final = frozenset("\"”’')]»")
_MAY_END: Final = _CLOSING | frozenset(".!?…")
SHORTENED: Final = listed(
    "mr mrs ms dr sen rep gov gen col lt sgt capt adm rev prof st jr sr hon pres sec vs inc corp co ltd "
    "no jan feb mar apr jun jul aug sep sept oct nov dec mt ft"
)


@cache
def _token() -> re.Pattern[str]:
    return re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\S")


@dataclass(slots=True)
class Tokens:
    """Tokens in text order: lower-case words, their code-point offsets, and the sentence of each."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    sentence: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def word(self, i: int) -> str:
        """The word at `i`; empty before the first and after the last."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def span(self, first: int, last: int) -> Span:
        """The span from token `first` to token `last`, both included."""
        return Span(self.starts[first], self.ends[last])

    def capital(self, i: int) -> bool:
        """Whether the token at `i` begins with a capital."""
        return 0 <= i < len(self.words) and self.text[self.starts[i]].isupper()

    def first_of_sentence(self, i: int) -> bool:
        """Whether no word (marks aside) stands before `i` in its sentence."""
        while i > 0 and self.sentence[i - 1] == self.sentence[i]:
            i -= 1
            if self.words[i][0].isalnum():
                return False
        return True


def tokens_of(text: str, spans: Iterable[tuple[int, int]]) -> Tokens:
    """The tokens under `spans`; a gap between two spans does not end a sentence."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for a, b in spans:
        for match in _token().finditer(text, a, b):
            words.append(match[0].lower())
            starts.append(match.start())
            ends.append(match.end())
    words = [word.replace("’", "'") if "’" in word and len(word) > 1 else word for word in words]
    return Tokens(text, words, starts, ends, _numbered(text, words, ends))


def _numbered(text: str, words: list[str], ends: list[int]) -> list[int]:
    """The number of the sentence that each token belongs to."""
    tokens = Tokens(text, words, [], ends, [])
    out, number = [], 0
    for i, word in enumerate(words):
        out.append(number)
        if word in _MAY_END and _ends_sentence(tokens, i):
            number += 1
    return out


def _ends_sentence(tokens: Tokens, i: int) -> bool:
    """Whether the sentence ends with token `i`: a full stop and what closes after it, then a capital."""
    words, stop = tokens.words, i
    while stop >= 0 and i - stop < 3 and words[stop] in _CLOSING:
        stop -= 1
    if stop < 0 or words[stop] not in ".!?…" or (i + 1 < len(words) and words[i + 1] in _CLOSING):
        return False
    before = tokens.word(stop - 1)
    if words[stop] == "." and (
        before in SHORTENED or (len(before) == 1 and before.isalpha() and before != "i")
    ):
        return False
    after = tokens.text[tokens.ends[i] : tokens.ends[i] + 3].lstrip()
    spaced = tokens.text[tokens.ends[i] : tokens.ends[i] + 1].isspace()
    return spaced and (not after or not after[0].islower())


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of a stretch of text, in order; a line break always ends one."""
    last = len(text) if end is None else end
    for line in re.compile(r"[^\n]+").finditer(text, start, last):
        first = line.start()
        for stop in _stop().finditer(text, line.start(), line.end()):
            if _is_stop(text, stop, line.end()):
                yield Span(first, stop.end())
                first = stop.end() + 1
        if text[first : line.end()].strip():
            yield Span(first, line.end())


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(r"[.!?…][\"”’')\]]{0,3}(?=[ \t\u00a0])")


def _is_stop(text: str, stop: re.Match[str], end: int) -> bool:
    after = text[stop.end() : min(end, stop.end() + 3)].lstrip()
    if after[:1].islower():
        return False
    before = re.split(r"[^\w]", text[max(0, stop.start() - 8) : stop.start()])[-1].lower()
    return not (
        stop[0] == "." and (before in SHORTENED or (len(before) == 1 and before.isalpha() and before != "i"))
    )


def sentence_rest(text: str, at: int) -> Tokens:
    """The tokens from `at` to the end of its sentence, at most `REACH` characters on."""
    line = text.find("\n", at, at + REACH)
    tokens = tokens_of(text, [(at, line if line >= 0 else min(len(text), at + REACH))])
    return _cut(tokens, 0, next((i for i, s in enumerate(tokens.sentence) if s), len(tokens)))


def sentence_head(text: str, at: int) -> Tokens:
    """The tokens from the start of a sentence up to `at`, at most `REACH` characters back."""
    start = max(text.rfind("\n", max(0, at - REACH), at) + 1, at - REACH, 0)
    tokens = tokens_of(text, [(start, at)])
    last = tokens.sentence[-1] if tokens.sentence else 0
    return _cut(tokens, next((i for i, s in enumerate(tokens.sentence) if s == last), 0), len(tokens))


def _cut(tokens: Tokens, first: int, end: int) -> Tokens:
    part = slice(first, end)
    sentence = [0] * len(tokens.words[part])
    return Tokens(tokens.text, tokens.words[part], tokens.starts[part], tokens.ends[part], sentence)


def mentions(words: Sequence[str], text: str) -> bool:
    """Whether any of `words` (lower case) occurs in `text`: a quick look that spares the long one."""
    return any(map(text.lower().__contains__, words))
