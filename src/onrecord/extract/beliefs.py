"""Finds where speakers say how sure they are themselves: "I think", "is sure", "would be surprised".

Only the speaker's own belief counts: the subject must be "I" or "we", or a pronoun that opens the content
("[he believes the vote will pass]").
"""

from __future__ import annotations

from typing import Final

from onrecord.extract.clauses import Tokens, listed
from onrecord.extract.phrases import BE, negator

Found = tuple[int, int, str]  # first token, last token, row of the table

VERBS: Final = {
    "think": "think",
    "thinks": "think",
    "thought": "think",
    "thinking": "think",
    "believe": "believe",
    "believes": "believe",
    "believed": "believe",
    "believing": "believe",
    "doubt": "doubt",
    "doubts": "doubt",
    "doubted": "doubt",
    "suspect": "suspect",
    "suspects": "suspect",
    "suspected": "suspect",
    "expect": "expect",
    "expects": "expect",
    "expected": "expect",
    "expecting": "expect",
    "anticipate": "expect",
    "anticipates": "expect",
    "anticipated": "expect",
    "anticipating": "expect",
    "guess": "guess",
    "suppose": "guess",
    "imagine": "guess",
    "assume": "think",
    "assumes": "think",
    "assumed": "think",
    "reckon": "think",
    "reckons": "think",
    "bet": "bet",
    "guarantee": "sure",
}
ADJECTIVES: Final = {
    "sure": "sure",
    "certain": "sure",
    "positive": "sure",
    "confident": "confident",
    "convinced": "sure",
    "doubtful": "doubt",
    "skeptical": "doubt",
    "sceptical": "doubt",
    "uncertain": "uncertain",
    "unsure": "uncertain",
}
_DENIED: Final = {
    "doubt": "confident",
    "expect": "not expect",
    "sure": "not sure",
    "confident": "not sure",
    "uncertain": "confident",
}
_FIRST: Final = listed("i we i'm we're i'd we'd i'll we'll i've we've")
_THIRD: Final = listed("he she they it he's she's they're he'd she'd they'd")
# With "I" or "we": a thought of the past, or one that is only wished for.
_NOT_NOW: Final = listed("did didn't was wasn't had have to")
_INFLECTED: Final = listed("thinks believes doubts expects suspects assumes")
_JOINS: Final = listed("and but ,") | {""}
_OPENS: Final = listed("and but while")
_PAST: Final = listed("thought believed doubted suspected expected assumed")
_BETWEEN: Final = listed(
    "do does did not never really still also personally honestly truly firmly would 'd continue "
    "continues continued now to have has just certainly always am is are was were be been very quite "
    "pretty so absolutely completely fully fairly more less totally entirely strongly sincerely can "
    "will should must kind of sort don't doesn't didn't wouldn't isn't aren't wasn't weren't can't "
    "cannot haven't even \" “ ‘"
)
# What cannot follow when a thought is given: "think about it", "believe in him", "expect more".
_NOT_A_THOUGHT: Final = listed("about of in twice again through back hard , . like big")


def belief(tokens: Tokens, i: int) -> Found | None:
    """A verb of belief with its subject: "I don't believe", "[she] doubts that"."""
    word, after = tokens.words[i], tokens.word(i + 1)
    if tokens.word(i - 1) == "-":
        return None
    if after in _NOT_A_THOUGHT and not (word == "think" and after in (",", ".", "in") and i > 1):
        return None
    subject = _subject(tokens, i)
    if subject is None:
        return None
    own = tokens.words[subject] in _FIRST
    if own and tokens.word(subject - 1) in ("do", "did", "should", "can", "could") and "?" in tokens.words:
        return None
    past = word in _PAST or bool(_NOT_NOW & _inside(tokens, subject, i))
    if own and past and "continue" not in tokens.words[subject:i]:
        return None
    if {"should", "must", "can"} & _inside(tokens, subject, i) and word not in ("imagine", "guarantee"):
        return None
    if word == "expect" and {"did", "didn't"} & _inside(tokens, subject, i):
        return None
    denied = next((j for j in range(subject, i) if negator(tokens.words[j])), None)
    row = believed(VERBS[word], denied is not None)
    if word == "imagine" and {"can't", "cannot"} & _inside(tokens, subject, i):
        row = "highly unlikely"
    first = subject if own else i if denied is None else _auxiliary(tokens, denied)
    return first, _with_that(tokens, i), row


def _inside(tokens: Tokens, subject: int, i: int) -> set[str]:
    return set(tokens.words[subject:i])


def _auxiliary(tokens: Tokens, denied: int) -> int:
    helps = tokens.words[denied] == "not" and tokens.word(denied - 1) in (
        "do",
        "does",
        "did",
        "is",
        "was",
        "are",
        "were",
    )
    return denied - 1 if helps else denied


def _with_that(tokens: Tokens, i: int) -> int:
    """Knows "doubts that" is one phrase: the word alone is a noun too."""
    return i + 1 if tokens.words[i] in ("doubts", "doubted") and tokens.word(i + 1) == "that" else i


def believed(row: str, denied: bool) -> str:
    """The row for a belief, or for its denial."""
    if not denied:
        return row
    return _DENIED.get(row, "not believe")


def conviction(tokens: Tokens, i: int) -> Found | None:
    """An adjective of conviction with its copula: "I am sure", "[he] was not certain"."""
    if tokens.word(i + 1) == "to" or (tokens.word(i + 1) in ("of", "about") and tokens.word(i + 2) == "the"):
        return None
    subject = _subject(tokens, i)
    if subject is None:
        return None
    between = tokens.words[subject:i]
    copula = next((j for j in range(subject, i) if _copula(tokens.words[j])), None)
    if copula is None or (tokens.words[subject] in _FIRST and ("was" in between or "were" in between)):
        return None
    # "Less confident" leaves it open how sure somebody is, as "not confident" does.
    denied = any(negator(word) for word in between) or tokens.word(i - 1) == "less"
    first = subject if tokens.words[subject] in _FIRST else copula
    return first, i, believed(ADJECTIVES[tokens.words[i]], denied)


def _copula(word: str) -> bool:
    return (
        word in BE or word.endswith(("'m", "'s", "'re")) or word in ("isn't", "aren't", "wasn't", "weren't")
    )


def surprise(tokens: Tokens, i: int) -> Found | None:
    """Knows "would be (mildly) surprised if …": what would surprise is unlikely.

    Where the clause that would surprise is itself negative ("if we get there without any action"), the
    two negations cancel, and the figures are those of the event without them.
    """
    start = max(0, i - 6)
    would = next((j for j in range(i - 1, start - 1, -1) if tokens.words[j].startswith("would")), None)
    held = next((j for j in range(i - 1, start - 1, -1) if tokens.words[j] in ("i'd", "we'd")), None)
    first = would if would is not None else held
    if first is None or not {"if", "to", "that", "should"} & set(tokens.words[i + 1 : i + 3]):
        return None
    before = tokens.words[first:i]
    mild = bool({"mildly", "slightly", "somewhat", "little", "bit"} & set(before))
    negations = sum(negator(word) for word in before) + _negative_clause(tokens, i)
    row = "mildly surprised" if mild else "surprised"
    if negations % 2 == 0:
        return first, i, row
    cancelled = "probably" if mild else "very good chance"
    return first, i, cancelled if negations == 1 and not any(map(negator, before)) else "not surprised"


def _negative_clause(tokens: Tokens, i: int) -> bool:
    words = tokens.words[i + 1 : i + 40]
    same = [w for w, s in zip(words, tokens.sentence[i + 1 : i + 40], strict=True) if s == tokens.sentence[i]]
    return any(word == "without" or negator(word) for word in same)


def _subject(tokens: Tokens, i: int) -> int | None:
    """The token of the subject where it is the speaker: first person, or a pronoun that opens a clause."""
    j = i - 1
    while j >= 0 and i - j < 7 and tokens.words[j] in _BETWEEN:
        j -= 1
    word = tokens.word(j)
    if word in _FIRST:
        return j
    before = tokens.word(j - 1)
    if word in _THIRD and (
        j == 0
        or (j < 3 and not before.isalnum())
        or before in _OPENS
        or (before == "that" and tokens.word(j - 2) in _JOINS)
    ):
        return j
    elided = word == "and" and tokens.words[i] in _INFLECTED and _THIRD.intersection(tokens.words[:2])
    return 0 if elided else None
