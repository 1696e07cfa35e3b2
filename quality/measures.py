"""The measures of attribution: how well predicted statements agree with those that people marked.

tokens: runs of letters and digits, or single punctuation marks; punctuation counts only where
a span holds nothing else. exact: a role's span covers the very same non-space characters.
overlap: tokens that carry a role in any statement. attribution: content and source each share
at least half of their tokens (Jaccard), one to one. whole: all three roles are exact.
All are F1 over pooled counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.statement import Span, Spans

ROLES = ("source", "cue", "content")
MEASURES = (
    *(f"overlap {role}" for role in ROLES),
    *(f"exact {role}" for role in ROLES),
    "exact whole",
    "attribution all",
)
ENOUGH = 0.5
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")

Marks = frozenset[int]


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution, by a reader or by a person. `optional` ones count neither way."""

    source: Spans
    cue: Spans
    content: Spans
    optional: bool = False

    @classmethod
    def of(cls, roles: Mapping[str, Iterable[Sequence[int]]]) -> Marked:
        """From role -> [[start, end], ...], as the JSON contract and the corpora give them."""
        source, cue, content = (tuple(Span(s, e) for s, e in roles[r]) for r in ROLES)
        return cls(source, cue, content)

    def role(self, name: str) -> Spans:
        """The spans of a role."""
        spans: Spans = getattr(self, name)
        return spans


class Page:
    """A text whose spans are seen as sets of characters and of tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = list(_TOKEN.finditer(text))
        self.starts = [m.start() for m in found]
        self.ends = [m.end() for m in found]
        self.is_word = [m[0][0].isalnum() for m in found]
        self._known: dict[Spans, Marks] = {}

    def characters(self, spans: Spans) -> Marks:
        """Offsets of the non-space characters under the spans."""
        return frozenset(i for s, e in spans for i in range(s, e) if not self.text[i].isspace())

    def tokens(self, spans: Spans) -> Marks:
        """Indexes of the tokens that the spans touch; words alone, where there are any."""
        if spans not in self._known:
            hit = [
                i for s, e in spans for i in range(bisect_right(self.ends, s), bisect_left(self.starts, e))
            ]
            self._known[spans] = frozenset(i for i in hit if self.is_word[i]) or frozenset(hit)
        return self._known[spans]


def jaccard(a: Marks, b: Marks) -> float:
    """Shared over joint; two empty sets agree fully."""
    return len(a & b) / len(a | b) if a or b else 1.0


def matching(
    left: Sequence[Marked], right: Sequence[Marked], fits: Callable[[Marked, Marked], bool]
) -> dict[int, int]:
    """A largest one-to-one matching, left index -> right index (augmenting paths)."""
    edges = [[j for j, b in enumerate(right) if fits(a, b)] for a in left]
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in range(len(left)):
        place(i, set())
    return {i: j for j, i in taken.items()}


def right_ones(page: Page, gold: Sequence[Marked], system: Sequence[Marked]) -> set[int]:
    """Indexes of the system's attributions that are right, in a largest one-to-one matching."""
    return set(matching(gold, system, lambda a, b: agree(page, a, b)).values())


def agree(page: Page, a: Marked, b: Marked) -> bool:
    """Whether two attributions are the same one: content and source share half of their tokens."""
    return all(
        jaccard(page.tokens(a.role(r)), page.tokens(b.role(r))) >= ENOUGH for r in ("content", "source")
    )


def counts(text: str, gold: Sequence[Marked], system: Sequence[Marked]) -> Counter[tuple[str, str]]:
    """(measure, hits | predicted | gold) -> count, for one text."""
    page = Page(text)
    kept, read = _without_optional(page, gold, system)
    found: Counter[tuple[str, str]] = Counter()
    for role in ROLES:
        g, p = ([page.characters(m.role(role)) for m in marks if m.role(role)] for marks in (kept, read))
        _add(found, f"exact {role}", _shared(g, p), len(p), len(g))
        gold_tokens, read_tokens = (
            _union(page.tokens(m.role(role)) for m in marks) for marks in (kept, read)
        )
        _add(found, f"overlap {role}", len(gold_tokens & read_tokens), len(read_tokens), len(gold_tokens))
    g_all, p_all = (
        [tuple(page.characters(m.role(r)) for r in ROLES) for m in marks] for marks in (kept, read)
    )
    _add(found, "exact whole", _shared(g_all, p_all), len(p_all), len(g_all))
    same = matching(kept, read, lambda a, b: agree(page, a, b))
    _add(found, "attribution all", len(same), len(read), len(kept))
    return found


def _without_optional(
    page: Page, gold: Sequence[Marked], system: Sequence[Marked]
) -> tuple[list[Marked], list[Marked]]:
    optional = [m for m in gold if m.optional]
    kept = [m for m in gold if not m.optional]
    spare = matching(optional, system, lambda a, b: agree(page, a, b))
    return kept, [m for j, m in enumerate(system) if j not in set(spare.values())]


def _union(sets: Iterable[Marks]) -> Marks:
    return frozenset().union(*sets)


def _shared(gold: Sequence[object], system: Sequence[object]) -> int:
    return sum((Counter(gold) & Counter(system)).values())


def _add(found: Counter[tuple[str, str]], measure: str, hits: int, predicted: int, gold: int) -> None:
    found[measure, "hits"] += hits
    found[measure, "predicted"] += predicted
    found[measure, "gold"] += gold


def f1(total: Counter[tuple[str, str]], measure: str) -> float:
    """2 · hits / (predicted + gold); 0 where there is nothing."""
    size = total[measure, "predicted"] + total[measure, "gold"]
    return 2 * total[measure, "hits"] / size if size else 0.0
