"""Step 9: fits the weights of the signs that tell when a statement was said.

    python -m training.said --data ../shared/data --out src/onrecord/extract/said.json

The labels are `labels/marks.jsonl`, `documents.jsonl` and `ahead.jsonl`: the words that tell when a statement
was said. The model is a conditional logit (McFadden 1974): one of the times near a statement is right, or
none. The score of a time is the sum of its signs' weights, that of none is 0. It is measured on five parts of
the documents, each left out once; then the weights that all documents give are written.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array

from onrecord.extract.sayings import best, considered
from onrecord.extract.scenes import Scene
from onrecord.extract.signs import signs
from onrecord.extract.speakers import resolve
from onrecord.extract.times import time_expressions
from onrecord.statement import Article, Span, Speaker, Speech, Statement, covered
from quality.labelling import published
from training.corpora import polnear
from training.marks import FILES, LABELS, place_of

# Weight of the ridge; how often a sign must occur; smaller weights are left out; parts of the documents.
RIDGE, RAREST, LIGHTEST, PARTS = 6.0, 30, 0.05, 5


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled statement: the times near it, the signs of each, the label, and what the rules take."""

    doc: str
    times: Sequence[Span]
    signs: Sequence[Sequence[str]]
    gold: Span | None
    ruled: Span | None

    @property
    def right(self) -> int | None:
        """The number of the time that shares words with the label."""
        return next((i for i, span in enumerate(self.times) if touch(span, self.gold)), None)


def touch(a: Span | None, b: Span | None) -> bool:
    return a is not None and b is not None and a.start < b.end and b.start < a.end


def labelled(folder: Path = LABELS) -> dict[str, list[dict[str, Any]]]:
    """Document -> its labelled statements, each once."""
    found: dict[str, dict[Any, dict[str, Any]]] = defaultdict(dict)
    for name in FILES:
        for raw in map(json.loads, (folder / name).read_text("utf-8").splitlines()):
            for row in raw["statements"]:
                if row.get("cue"):
                    found[raw["doc"]].setdefault(place_of(row), row)
    return {doc: list(rows.values()) for doc, rows in found.items()}


def words_of(row: Mapping[str, Any]) -> Span | None:
    """The words of the time of saying, of a row with or without days."""
    words = row["said_at"]["span"] if isinstance(row["said_at"], dict) else row["said_at"]
    return Span(*words) if words else None


def cases(data: Path) -> Iterator[Case]:
    """The labelled statements, each seen among all attributions of its document."""
    labels = labelled()
    for example in polnear(data / "polnear/train", every_annotator=False):
        rows = labels.get(example.name, [])
        known = [place_of(row) for row in rows]
        others = [g for g in example.gold if g["cue"] and g["content"] and place_of(g) not in known]
        article = Article(example.text, published=published(example.name), published_from="option")
        statements = [statement_of(article, row) for row in (*rows, *others)] if rows else []
        order = sorted(range(len(statements)), key=lambda i: statements[i].content)
        speakers = resolve(article, [statements[i] for i in order])
        for i, speaker in zip(order, speakers, strict=True):
            statements[i] = replace(statements[i], speaker=speaker)
        scene = Scene(article, statements, time_expressions(article.text, article.published))
        for row, statement in zip(rows, statements, strict=False):
            near = considered(scene, statement)
            told = [list(signs(scene, statement, one, near)) for one in near]
            rule = scene.ruled(statement)
            spans = [one.time.span for one in near]
            yield Case(example.name, spans, told, words_of(row), rule.span if rule else None)


def statement_of(article: Article, row: Mapping[str, Any]) -> Statement:
    """A labelled attribution as the reader would give it."""
    source, cue, content = (
        tuple(sorted(Span(*s) for s in row.get(k, ()))) for k in ("source", "cue", "content")
    )
    text = covered(article.text, content)
    marks = [mark in text for mark in '"“”']
    edges = article.text[max(0, content[0].start - 1) : content[0].start + 1]
    speech: Speech = "direct" if set(edges) & set("\"“'") else "mixed" if any(marks) else "indirect"
    return Statement(
        article_id=article.id,
        source=source,
        cue=cue,
        content=content,
        text=text,
        speech=speech,
        speaker=Speaker(None),
        chain=(),
        confidence=1.0,
    )


def fitted(rows: Sequence[Case]) -> dict[str, float]:
    """Sign -> weight, the most probable ones under a normal prior.

    Statements whose label shares words with no time near them are left out.
    """
    rows = [row for row in rows if row.times and not (row.gold and row.right is None)]
    counts = Counter(sign for row in rows for told in row.signs for sign in told)
    names = sorted(sign for sign, count in counts.items() if count >= RAREST)
    at = {name: i for i, name in enumerate(names)}
    options = [[at[sign] for sign in told if sign in at] for row in rows for told in row.signs]
    ends = np.cumsum([0, *map(len, options)])
    flat = np.array([i for option in options for i in option])
    told = csr_array((np.ones(len(flat)), flat, ends), shape=(len(options), len(names)))
    group = np.repeat(np.arange(len(rows)), [len(row.times) for row in rows])
    right = np.array([i == row.right for row in rows for i in range(len(row.times))], float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = told @ weights
        odds = np.exp(scores)
        total = 1 + np.bincount(group, odds)
        value = np.log(total).sum() - scores @ right + RIDGE / 2 * weights @ weights
        return float(value), told.T @ (odds / total[group] - right) + RIDGE * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {name: round(float(w), 2) for name, w in zip(names, found, strict=True) if abs(w) >= LIGHTEST}


def scored(pairs: Sequence[tuple[Span | None, Span | None]]) -> str:
    """Precision, recall and F1 of words that touch; pairs of label and found."""
    hits = sum(touch(gold, found) for gold, found in pairs)
    read, gold = (sum(pair[i] is not None for pair in pairs) for i in (1, 0))
    return f"P {hits / read:.3f} R {hits / gold:.3f} F1 {2 * hits / (read + gold):.3f} (n={gold})"


def measured(rows: Sequence[Case]) -> list[tuple[Span | None, Span | None]]:
    """Label and choice of each statement, by weights that have not seen its document."""
    pairs = []
    for k in range(PARTS):
        weights = fitted([row for row in rows if part_of(row) != k])
        for row in rows:
            if part_of(row) == k:
                chosen = best(row.signs, weights)
                pairs.append((row.gold, None if chosen is None else row.times[chosen]))
    return pairs


def part_of(row: Case) -> int:
    return crc32(row.doc.encode()) % PARTS


def main() -> None:
    """Command line of this step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rows = list(cases(options.data))
    print("rules:  ", scored([(row.gold, row.ruled) for row in rows]))
    print("learnt: ", scored(measured(rows)))
    found = fitted(rows)
    options.out.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", "utf-8")
    print(f"{len(found)} weights from {len(rows)} statements")


if __name__ == "__main__":
    main()
