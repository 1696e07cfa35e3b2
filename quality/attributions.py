"""How well the reader finds attributions: on the example articles, and on PolNeAR dev where it is at hand."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from onrecord import Reader, Statement
from quality import gold
from quality.figures import Figure, bootstrap
from quality.measures import MEASURES, Marked, Page, counts, f1, right_ones

Pair = tuple[str, list[Marked], list[Marked], list[float]]
Outcome = tuple[float, bool]


def as_marked(statements: Sequence[Statement]) -> list[Marked]:
    """First-level statements as attributions; the author's own voice is none."""
    return [Marked(s.source, s.cue, s.content) for s in statements if s.within is None and s.cue]


def examples(reader: Reader) -> tuple[list[Pair], str]:
    """The example articles with their gold (first level, list items left to their own test), and its hash."""
    pairs, digest = [], hashlib.sha256()
    for article in gold.load():
        rows = [
            Marked(s.source, s.cue, s.content, s.optional) for s in article.statements if s.within is None
        ]
        read = [s for s in reader.read(article.article).statements if s.within is None and s.cue]
        pairs.append((article.article.text, rows, as_marked(read), [s.confidence for s in read]))
        digest.update(article.article.text.encode() + repr(rows).encode())
    return pairs, digest.hexdigest()


def polnear_dev(data: Path) -> tuple[list[Pair], str]:
    """PolNeAR dev, read by the command line itself, with the gold of the first annotator by name."""
    from training.corpora import polnear

    texts = polnear(data / "polnear/dev", every_annotator=False)
    files = [str(data / "polnear/dev/text" / f"{e.name}.txt") for e in texts]
    digest = hashlib.sha256()
    pairs = []
    for example, document in zip(texts, printed_documents(files), strict=True):
        rows = [Marked.of(row) for row in example.gold]
        first = [s for s in document["statements"] if s["within"] is None and s["cue"]]
        read = [Marked.of(s) for s in first]
        pairs.append((example.text, rows, read, [s["confidence"] for s in first]))
        digest.update(example.text.encode() + repr(rows).encode())
    return pairs, digest.hexdigest()


def printed_documents(files: list[str]) -> list[dict[str, Any]]:
    """What `onrecord read FILE... --format jsonl` prints."""
    command = [sys.executable, "-m", "onrecord", "read", *files, "--format", "jsonl", "--quiet"]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return [json.loads(line) for line in run.stdout.splitlines()]


def figures(pairs: Sequence[Pair]) -> list[Figure]:
    """F1 of every measure, and how well the confidence is calibrated (Brier score, ECE of 10 bins)."""
    totals = [counts(text, rows, read) for text, rows, read, _ in pairs]
    statements = sum(len(rows) for _, rows, _, _ in pairs)
    found = []
    for measure in MEASURES:
        pooled = partial(_pooled, measure)
        found.append(Figure(measure, pooled(totals), statements, *bootstrap(totals, pooled)))
    each = [outcomes([pair]) for pair in pairs]
    n = sum(map(len, each))
    for name, error in (("calibration brier", _brier), ("calibration ece", _ece)):
        value = error(each)
        found.append(Figure(name, value, n, *bootstrap(each, error), lower_is_better=True))
    return found


def _pooled(measure: str, totals: Sequence[Counter[tuple[str, str]]]) -> float:
    total: Counter[tuple[str, str]] = Counter()
    for one in totals:
        total.update(one)
    return f1(total, measure)


def outcomes(pairs: Sequence[Pair]) -> list[Outcome]:
    """(confidence, right) of every statement read."""
    rows = []
    for text, wanted, read, sure in pairs:
        hit = right_ones(Page(text), wanted, read)
        rows += [(s, j in hit) for j, s in enumerate(sure)]
    return rows


def _brier(each: Sequence[list[Outcome]]) -> float:
    return calibration([row for rows in each for row in rows])["calibration brier"]


def _ece(each: Sequence[list[Outcome]]) -> float:
    return calibration([row for rows in each for row in rows])["calibration ece"]


def calibration(rows: Sequence[Outcome]) -> dict[str, float]:
    """Brier score (Brier 1950) and expected calibration error over 10 bins (Naeini et al. 2015)."""
    n = max(1, len(rows))
    brier = sum((p - right) ** 2 for p, right in rows) / n
    bins: dict[int, list[Outcome]] = {}
    for p, right in rows:
        bins.setdefault(min(9, int(p * 10)), []).append((p, right))
    ece = sum(abs(sum(p - right for p, right in b)) for b in bins.values()) / n
    return {"calibration brier": brier, "calibration ece": ece}
