"""Time expressions on the held-out documents of TimeBank and AQUAINT, as figures with intervals."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from quality import timeml
from quality.figures import Figure, bootstrap

NAMES = ("value", "type", "strict", "relaxed")


def measured(data: Path) -> tuple[list[Figure], str]:
    """F1 of values, types and extents by TempEval-3's rules, and the hash of the documents."""
    documents = timeml.corpus(data / "time", timeml.NEWS, aside=True)
    each = [_counts(document) for document in documents]
    n = sum(count["gold"] for count in each)
    found = []
    for name in NAMES:
        pooled = partial(_f1, name)
        found.append(Figure(f"{name} F1", pooled(each), n, *bootstrap(each, pooled)))
    digest = hashlib.sha256("".join(d.text + repr(d.gold) for d in documents).encode())
    return found, digest.hexdigest()


def _counts(document: timeml.Dated) -> Counter[str]:
    counts: Counter[str] = Counter()
    for gold, found in timeml.matched(document.gold, timeml.found_in(document)):
        counts["gold"] += gold is not None
        counts["found"] += found is not None
        if gold and found:
            counts["relaxed"] += 1
            counts["strict"] += gold[:2] == found[:2]
            counts["type"] += gold.type == found.type
            counts["value"] += gold.value == found.value
    return counts


def _f1(name: str, each: Sequence[Counter[str]]) -> float:
    size = sum(count["gold"] + count["found"] for count in each)
    return 2 * sum(count[name] for count in each) / size if size else float("nan")
