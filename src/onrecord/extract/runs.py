"""Where capitals tell of names: runs of capitalised words, headlines and the dateline of an article."""

from __future__ import annotations

import re
from functools import cache

from onrecord.extract import givennames, titles

# The article of an Arabic surname ("al-Quist") and the particle of a Romance one ("d'Arvay", "dell'Orso").
_ARTICLE = r"(?:al|el|ul|as|ash|ad|an|ar|at|az)-"
_ELIDED = r"(?:d|l|dell|dall|all|nell|sull)['’]"
ARTICLED = re.compile(rf"(?:{_ARTICLE}|{_ELIDED})\w")
_LINE = re.compile(r"[^\n]+")
_LONG = re.compile(r"\b[^\W\d_]{4,}")
# "LUND, March 4 (Reuters) -": the place in front is no speaker, and nobody's surname.
_DATELINE = re.compile(
    r"^[A-Z][A-Z.'’ /-]+(?:,[^()\n—–-]{1,40}?)?(?:\s?\([\w./ ]{2,30}\))?\s?(?:\s-{1,2}|–|—)\s?(?=[A-Z“\"])",
    re.MULTILINE,
)
_PREFIX = re.compile(r"[a-z]{2,}-$")


@cache
def run() -> re.Pattern[str]:
    """A run of capitalised words, with the particles and links between them."""
    upper = "".join(c for c in map(chr, range(0xC0, 0x590)) if c.isupper())
    one = f"[A-Z{re.escape(upper)}]"
    short = (
        "Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Col|Lt|Sgt|Capt|Cmdr|Adm|Maj|Prof|Rev|Hon|St|Jr|Sr|Supt|Messrs"
    )
    word = rf"(?:(?:{one}\.-?){{2,}}|(?:{short}|{one})\.|{one}\w*(?:(?:['’](?!s\b)|[-–&/])\w+)*)"
    between = r"(?:de|la|le|der|van|von|den|del|della|di|da|dos|du|bin|ibn|al|el|ben|of|for|on|and|the|&|to)"
    gap = "[ \u00a0]"
    inner = f"(?:{_ARTICLE}|{_ELIDED})?"
    more = rf"(?:{between}{gap}+){{0,2}}{inner}{word}"
    first = rf"(?:(?:al|el)-|{_ELIDED})?"
    return re.compile(rf"(?<!\w){first}{word}(?:(?:,(?={gap}[JS]r\b))?{gap}+{more})*")


def headings(text: str) -> list[tuple[int, int]]:
    """Lines in headline capitals or all in capitals: capitals are no evidence of a name there."""
    found = []
    for line in _LINE.finditer(text):
        if line.end() - line.start() > 200:
            continue
        if line[0].rstrip()[-1:] == "." and not line[0].isupper() and line.start():
            continue
        words = _LONG.findall(line[0])
        if len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words):
            found.append((line.start(), line.end()))
    return found


def inside(spans: list[tuple[int, int]], at: int, i: int) -> tuple[bool, int]:
    """Whether an offset lies in one of the spans from number `i` on, and the number to go on from."""
    while i < len(spans) and spans[i][1] <= at:
        i += 1
    return i < len(spans) and spans[i][0] <= at, i


def dateline(text: str) -> tuple[int, int]:
    """The span of the article's dateline; an empty one where there is none."""
    match = _DATELINE.search(text)
    return match.span() if match else (0, 0)


def after_prefix(text: str, start: int, words: str) -> int:
    """Characters at the beginning of a run that belong to a word with a hyphen ("pro-Quist Lund News")."""
    first, _, rest = words.partition(" ")
    if not rest or not _PREFIX.search(text, max(0, start - 12), start):
        return 0
    if first.lower().rstrip(".") in titles.TITLES or first in givennames.given_names():
        return 0
    return len(first) + 1
