"""What to look for among the statements: words in a small language of its own, and filters.

Any text is a valid query: what is no part of the language is taken for words, or is left out where it
has neither letter nor digit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from onrecord.entry import COMMITMENT_VERDICTS, DISPUTED, PENDING_VERDICTS, PREDICTION_VERDICTS
from onrecord.errors.inputs import BadOption

# What `Query.status` can name besides verdicts. open: in the running text, no final verdict yet; upcoming,
# due and overdue: open, and so placed against `today`; settled: a final verdict on which all raters agree.
STATUSES: Final = (
    "open", "upcoming", "due", "overdue", "settled", DISPUTED,
    *dict.fromkeys((*COMMITMENT_VERDICTS, *PREDICTION_VERDICTS)),
)  # fmt: skip
FINAL: Final = tuple(
    verdict
    for verdict in dict.fromkeys((*COMMITMENT_VERDICTS, *PREDICTION_VERDICTS))
    if verdict not in PENDING_VERDICTS
)
MOST_TERMS: Final = 64
# Longer runs of letters and digits are no words; PostgreSQL has none of more than 2,046 bytes.
LONGEST_WORD: Final = 255

_TERM: Final = re.compile(r'(-?)"([^"]*)"(\*?)|(\S+)')
_WORD: Final = re.compile(r"[^\W_]+")
_UNFIT: Final = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; what is None, empty or False does not narrow it.

    words: all must occur, in any case, with or without accents: "a phrase", -without, begin*, this OR
    that. kinds: of `KINDS` or `COMMITMENTS`. since, until: days of publication, both included.
    due_before: to be settled before this day. status: of `STATUSES`; one of them must fit. article: an
    id or the beginning of one. rejected: rejected statements, too. before: only entries with a smaller
    `sequence`, for the next page. today: needed for upcoming, due and overdue.
    """

    words: str = ""
    speaker: str | None = None
    kinds: frozenset[str] = frozenset()
    outlet: str | None = None
    topic: str | None = None
    since: date | None = None
    until: date | None = None
    due_before: date | None = None
    status: frozenset[str] = frozenset()
    article: str | None = None
    rejected: bool = False
    limit: int = 20
    before: int | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow one another. prefix: the last is the beginning of a word."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What the words ask for: one of each group of `groups`, and none of `without`.

    impossible: one group has nothing that could be found.
    """

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()
    impossible: bool = False


def words_of(text: str) -> Words:
    """The words of a query. Raises BadOption where they are more than `MOST_TERMS`."""
    read = [_read(*match) for match in _TERM.findall(_UNFIT.sub(" ", text))]
    terms = [(negative, term) for negative, term in read if term is None or _WORD.search(term.text)]
    if len(terms) > MOST_TERMS:
        expected = f"at most {MOST_TERMS} words and phrases"
        raise BadOption(option="words", value=len(terms), expected=expected, example="ferry harbour")
    without = tuple(term for negative, term in terms if negative and term and _possible(term))
    groups = [tuple(filter(_possible, group)) for group in _groups(terms)]
    return Words(tuple(filter(None, groups)), without, impossible=not all(groups))


def _read(minus: str, phrase: str, star: str, word: str) -> tuple[bool, Term | None]:
    """Whether a term is excluded, and the term; None for the word OR."""
    if word == "OR":
        return False, None
    if not word:
        return bool(minus), Term(phrase, prefix=bool(star) and _ends_in_word(phrase))
    negative, word = word.startswith("-"), word.replace('"', " ")
    stem = word.rstrip("*")
    return negative, Term(stem, prefix=stem != word and _ends_in_word(stem))


def _ends_in_word(text: str) -> bool:
    """Whether a star behind the text goes on with its last word."""
    return bool(_WORD.fullmatch(text[-1:]))


def _possible(term: Term) -> bool:
    return all(len(word) <= LONGEST_WORD for word in _WORD.findall(term.text))


def _groups(terms: list[tuple[bool, Term | None]]) -> list[list[Term]]:
    """The terms that are looked for; those with OR between them in one group."""
    groups: list[list[Term]] = []
    joined = False
    wanted = [term for negative, term in terms if not negative]
    for term in (term for term, _ in groupby(wanted)):  # OR OR is one OR
        if term is None:
            joined = bool(groups)
            continue
        if joined:
            groups[-1].append(term)
        else:
            groups.append([term])
        joined = False
    return groups
