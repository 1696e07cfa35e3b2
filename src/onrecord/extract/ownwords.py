"""The words by which a description goes: without article, honorifics, and clauses that are no part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract import capitals, nouns
from onrecord.extract.pieces import Piece

EDGE = " \u00a0\t\n,;:–—-.\"“”‘’'()[]•"
_ARTICLE = re.compile(r"^(?:the|an?|one(?!\s(?:of|in|out|more|man)\b))\s+", re.IGNORECASE)
_HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Sen|Rep|Gov)\.\s(?=[A-Z])")
# A clause after a document, which is no part of its title ("a report filed on Monday", "a plan she made").
_CLAUSE = re.compile(
    r"\s(?:(?:released|filed|published|conducted|issued|obtained|taken|posted|commissioned|sponsored|dated|"
    r"reviewed|circulated|written|signed|sent|provided|compiled|carried|put|showing|suggesting)\s|"
    r"(?:he|she|they|it|we|I)(?:\s(?:had|has|have|just|also|later))?\s\w+(?:ed|ote|ut|ade|ent)\b)"
)
# What a poll found is what the poll says ("the results of the Lund poll").
_RESULTS = re.compile(
    r"(?i:(?:the|its|their|some)\s)?(?i:results?|findings|numbers|figures)\s(?:of|from|in)\s"
    r"(?:(?:the|an?|this|that|another|one)\s)?(?=(?:\S+\s){0,7}(?:[Pp]oll|[Ss]urvey)\b)"
)
# Whoever is told by what follows alone ("those who stayed", "anyone who knows").
_ONLY = re.compile(
    r"(?:(?:all|many|some|most|several|few)\sof\s)?(?:those|anyone|anybody|everyone|everybody)"
    r"(?:\s(?:of\s)?(?:us|them|\w+s))?\s(?=who(?:se)?\b)",
    re.IGNORECASE,
)
_KIND = re.compile(r"\s(?:newspaper|magazine|(?:news\s)?(?:agency|website|site|network|channel|outlet))$")
_CALLED = re.compile(r"\s(?:called|named|titled|entitled|dubbed)\s[“\"‘]?(?=[A-Z])")


def own_words(text: str, cut: tuple[int, int]) -> str:
    """The words of a segment without article and honorifics."""
    words = _HONORIFIC.sub("", " ".join(text[cut[0] : cut[1]].split()).strip(EDGE[:-3]))
    return _ARTICLE.sub("", words, count=1)


def without_clause(text: str, cut: tuple[int, int], head: str) -> tuple[int, int]:
    """A segment without the clause after it, where its head (a noun in the singular) is a document."""
    if head in nouns.DOCUMENT_NOUNS and (clause := _CLAUSE.search(text, *cut)):
        return cut[0], clause.start()
    return cut


def poll(text: str, cut: tuple[int, int]) -> tuple[int, int]:
    """The poll alone, where the segment is what a poll found."""
    match = _RESULTS.match(text, *cut)
    return (match.end(), cut[1]) if match else cut


def told_by_clause(text: str, start: int, end: int) -> int:
    """Where to look for a clause to be cut off: not before one by which alone somebody is told."""
    only = _ONLY.match(text, start, end)
    return only.end() + len("who") if only else start


def called(text: str, cut: tuple[int, int]) -> tuple[int, int]:
    """The name alone of what is called so ("a site called Harbour Watch")."""
    match = _CALLED.search(text, *cut)
    return (match.end(), cut[1]) if match else cut


def named(text: str, cut: tuple[int, int], pieces: Sequence[tuple[Piece, object]]) -> tuple[int, int]:
    """The name alone of a newspaper that is said to be one ("The Times newspaper")."""
    match = _KIND.search(text, *cut)
    outlet = match and any(
        p.end == match.start() and p.words[-1].lower() in capitals.OUTLETS for p, _ in pieces
    )
    return (cut[0], match.start()) if match and outlet else cut
