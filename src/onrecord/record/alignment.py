"""Finds what two versions have in common, in bounded time: paragraphs of an article, words of a paragraph."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# Pairs of items that difflib may compare at once: its worst case, on so many, takes half a second.
_MOST_PAIRS = 40_000
# Comparisons for two articles in all: enough for a book of which every paragraph was rewritten a little.
_MOST_IN_ALL = 3_000_000
# Two paragraphs with this share of their words in common are two versions of one.
_SIMILAR = 0.5


class Match(NamedTuple):
    """`length` items that are the same from `before` on in one sequence and from `after` on in the other."""

    before: int
    after: int
    length: int


class Effort:
    """How many comparisons may still be made for two articles."""

    def __init__(self, left: int = _MOST_IN_ALL) -> None:
        self._left = left

    def allows(self, comparisons: int, *, most: int = _MOST_IN_ALL) -> bool:
        """Whether so many may be made at once; they are taken off."""
        if comparisons > min(most, self._left):
            return False
        self._left -= comparisons
        return True


def aligned(before: Sequence[str], after: Sequence[str], effort: Effort) -> list[Match]:
    """What stayed, in order; the last match has length 0 and stands at both ends.

    Items that occur once on either side hold the sequences together (patience diff, B. Cohen); between
    them difflib looks for the rest, unless that is too much: then all of it counts as changed.
    """
    found: list[Match] = []
    at = to = 0
    for i, j in (*_anchors(before, after), (len(before), len(after))):
        for match in _between(before[at:i], after[to:j], effort):
            _append(found, Match(at + match.before, to + match.after, match.length))
        if i < len(before):
            _append(found, Match(i, j, 1))
        at, to = i + 1, j + 1
    return [*found, Match(len(before), len(after), 0)]


def _append(found: list[Match], match: Match) -> None:
    """Add a match, joined to the last one where nothing lies between them."""
    last = found[-1] if found else None
    if last and (last.before + last.length, last.after + last.length) == (match.before, match.after):
        found[-1] = Match(last.before, last.after, last.length + match.length)
    else:
        found.append(match)


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The longest series of pairs of items that occur once on either side and keep their order."""
    here, there = Counter(before), Counter(after)
    place = {item: j for j, item in enumerate(after) if there[item] == 1 == here[item]}
    pairs = [(i, place[item]) for i, item in enumerate(before) if item in place]
    ends: list[int] = []  # the smallest last place of a series of each length
    last: list[int] = []  # which pair ends it
    previous: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        previous.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        last[length : length + 1] = [number]
    series = []
    number = last[-1] if last else -1
    while number >= 0:
        series.append(pairs[number])
        number = previous[number]
    return series[::-1]


def _between(before: Sequence[str], after: Sequence[str], effort: Effort) -> Iterator[Match]:
    """What is the same at both ends of two stretches, and what difflib finds between."""
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    if head:
        yield Match(0, 0, head)
    middle, other = before[head : len(before) - tail], after[head : len(after) - tail]
    if effort.allows(len(middle) * len(other), most=_MOST_PAIRS):
        for i, j, length in SequenceMatcher(None, middle, other, autojunk=False).get_matching_blocks():
            if length:
                yield Match(head + i, head + j, length)
    if tail:
        yield Match(len(before) - tail, len(after) - tail, tail)


def similar(before: Sequence[str], after: Sequence[str], effort: Effort) -> Iterator[tuple[int, int]]:
    """Pairs of paragraphs, in order, that are two versions of one: those that share most words in all.

    Where there are too many to weigh all against all, the first is weighed against the first, and so on.
    """
    read, weighed = _letters(before) + _letters(after), _letters(before) * len(after)
    if not before or not after or not effort.allows(read):
        return
    one, other = [Counter(p.split()) for p in before], [Counter(p.split()) for p in after]
    if effort.allows((weighed + _letters(after) * len(before)) // 4):
        yield from _heaviest([[_share(a, b) for b in other] for a in one])
    else:
        opposite = enumerate(zip(one, other, strict=False))
        yield from ((n, n) for n, (a, b) in opposite if _share(a, b) >= _SIMILAR)


def _letters(paragraphs: Sequence[str]) -> int:
    """What reading paragraphs costs; short ones are not for nothing."""
    return sum(map(len, paragraphs)) + 50 * len(paragraphs)


def _share(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common (Dice's coefficient of two bags of words), 0 to 1."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def _heaviest(shares: list[list[float]]) -> Iterator[tuple[int, int]]:
    """The pairs in order whose shares, each similar enough, have the largest sum (dynamic programming)."""
    rows, columns = len(shares), len(shares[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            joined = shares[i][j] + best[i + 1][j + 1] if shares[i][j] >= _SIMILAR else 0.0
            best[i][j] = max(joined, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < rows and j < columns:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1
