"""Whether the words around a time expression speak of what was or of what will be.

There is no tagger here: the nearest telling word of the sentence decides, before the expression first.
"""

from __future__ import annotations

from functools import cache

from onrecord.extract.timewords import CLASS, Tokens
from onrecord.extract.wordlists import words

PAST, UNTOLD, FUTURE = -1, 0, 1
REACH_BACK, REACH_ON = 18, 10
# "The vote is on Thursday": so near, the present tense speaks of what is to come.
NEAR = 3

_FUTURE = (
    "will ll won shall would may should must plan plans planned planning intend intends expect expects "
    "expected scheduled due set slated going upcoming hopes hope aims aim wants want seeks seek payable "
    "redeem begins wins starts takes meets expires ends opens proposed likely vows promises threatens "
    "tomorrow whoever"
)
# With an infinitive, what somebody was told or has agreed to do lies ahead.
_FORWARD = (
    "agreed agrees ordered asked asks urged urges vowed vows pledged promised promises decided "
    "subpoenaed invited required willing ready about told allowed voted"
)
_PAST = (
    "was were had has have did been said told met began became took gave came went made saw won lost "
    "left held found rose fell grew sold bought paid got sent spent put shot hit cut ran led kept "
    "brought built wrote spoke broke chose drew drove felt fought heard knew laid lay lent meant quit "
    "read rang sang sat shook shut slept stood struck swore taught thought threw understood woke wore "
    "ago since after last yesterday died"
)


@cache
def _telling() -> dict[str, int]:
    return dict.fromkeys(_PAST.split(), PAST) | dict.fromkeys(_FUTURE.split(), FUTURE)


@cache
def _forward() -> frozenset[str]:
    return frozenset(_FORWARD.split())


def direction(tokens: Tokens, first: int, last: int) -> int:
    """PAST, FUTURE or UNTOLD for the expression of the tokens `[first, last)`."""
    back = _before(tokens, first)
    return back if back != UNTOLD else _behind(tokens, last)


def _told(word: str) -> int:
    known = _telling().get(word)
    if known is not None:
        return known
    return (
        PAST if len(word) > 4 and word.endswith("ed") and word not in ("need", "indeed", "united") else UNTOLD
    )


def _before(tokens: Tokens, first: int) -> int:
    infinitive = False
    for at in range(first - 1, max(-1, first - 1 - REACH_BACK), -1):
        if _ends(tokens, at):
            return UNTOLD
        word = tokens.word(at)
        if word == "after" and at == first - 1:
            continue  # "to resign after Thanksgiving" tells nothing; "after" further back does
        if word in ("is", "are") and first - at <= NEAR:
            return FUTURE
        if word == "to" and at + 1 < first and _may_be_verb(tokens, at + 1):
            infinitive = True
        elif infinitive and word in _forward():
            return FUTURE
        elif told := _told(word):
            if told == PAST and _state(tokens, at):
                continue
            if word == "set" and tokens.word(at + 1) not in ("to", "for"):
                told = PAST
            if told == FUTURE and _had(tokens, at):
                return PAST
            return told if not infinitive or told == FUTURE else UNTOLD
    return UNTOLD


def _state(tokens: Tokens, at: int) -> bool:
    """Whether it tells of a state, "will be sold", "stays closed", or is no past: "will cut"."""
    back = at - 1
    while back > at - 3 and (tokens.word(back) in _BETWEEN or tokens.word(back).endswith("ly")):
        back -= 1
    return tokens.word(back) in _STATES


_BETWEEN = frozenset(["not", "also", "now", "still", "then", "being"])
_STATES = words(
    "be is are being stay stays remain remains keep keeps get gets become becomes "
    "will ll would shall can could may might must should"
)


def _may_be_verb(tokens: Tokens, at: int) -> bool:
    return tokens.classes[at] == CLASS["other"] and tokens.written[at].islower()


def _had(tokens: Tokens, at: int) -> bool:
    return "had" in tokens.words(at - 2, at)


def _behind(tokens: Tokens, last: int) -> int:
    for at in range(last, min(len(tokens.written), last + REACH_ON)):
        if _ends(tokens, at):
            return UNTOLD
        word = tokens.word(at)
        if word == "set" and tokens.word(at + 1) != "to":
            return PAST
        if word in ("will", "ll", "won", "shall", "would"):
            return FUTURE
        if _told(word) == PAST or word == "planned":
            return PAST
    return UNTOLD


_SHORTENED = words("mr mrs ms dr sen rep gov gen lt col st jr u s n v inc corp co ltd no d c")


def _ends(tokens: Tokens, at: int) -> bool:
    """Whether a token ends a sentence; the dot of "Mr." does not."""
    return tokens.classes[at] == CLASS["stop"] and (at == 0 or tokens.word(at - 1) not in _SHORTENED)
