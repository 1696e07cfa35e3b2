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
    each = [timeml.counts_of(document) for document in documents]
    n = sum(count["gold"] for count in each)
    found = []
    for name in NAMES:
        pooled = partial(_f1, name)
        found.append(Figure(f"{name} F1", pooled(each), n, *bootstrap(each, pooled)))
    digest = hashlib.sha256("".join(d.text + repr(d.gold) for d in documents).encode())
    return found, digest.hexdigest()


def _f1(name: str, each: Sequence[Counter[str]]) -> float:
    size = sum(count["gold"] + count["found"] for count in each)
    return 2 * sum(count[name] for count in each) / size if size else float("nan")
