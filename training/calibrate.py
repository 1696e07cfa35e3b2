"""Step 5: fits the threshold and the confidence of the exported model, on `tune` alone.

    python -m training.calibrate --data ../shared/data --model src/onrecord/extract/model

Reads the 60 articles that were set aside from training with the quantised model itself.
The threshold is the one with the best sum of `attribution all` and `exact whole`; the
confidence is a logistic regression (see onrecord.extract.calibration).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from onrecord import Settings
from onrecord.extract import load
from onrecord.extract.calibration import features_of
from onrecord.extract.features import Words, words_of
from onrecord.extract.model import Model
from onrecord.extract.nesting import read_all
from onrecord.extract.readings import Reading
from quality.measures import Marked, Page, counts, f1, right_ones
from training.prepare import splits

THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55)


def first_level(model: Model, words: Words, threshold: float) -> list[Reading]:
    """The first-level readings of a text at a threshold."""
    facts = model.facts | {"threshold": threshold, "inner_threshold": 2.0}
    return [
        n.reading
        for n in read_all(Model(model.session, model.tokenizer, facts, ""), words)
        if n.parent is None
    ]


def marked(words: Words, reading: Reading) -> Marked:
    """A reading as an attribution with character spans."""
    roles = {"source": reading.source, "cue": reading.cue, "content": reading.content}
    return Marked.of(
        {k: [(int(words.start[a]), int(words.end[b - 1])) for a, b in v] for k, v in roles.items()}
    )


def fit_logistic(x: np.ndarray, y: np.ndarray) -> tuple[list[float], float]:
    """Weights and bias of a logistic regression with a light ridge, by Newton's method."""
    x1 = np.hstack([x, np.ones((len(x), 1))])
    w = np.zeros(x1.shape[1])
    ridge = np.diag([1.0] * x.shape[1] + [0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x1 @ w))
        gradient = x1.T @ (p - y) + ridge @ w
        hessian = (x1 * (p * (1 - p))[:, None]).T @ x1 + ridge + 1e-9 * np.eye(len(w))
        w -= np.linalg.solve(hessian, gradient)
    return [round(float(v), 4) for v in w[:-1]], round(float(w[-1]), 4)


def best_threshold(model: Model, texts: list[tuple[str, Words, list[Marked]]]) -> float:
    """The threshold with the best attribution all + exact whole."""
    scores: dict[float, float] = {}
    for threshold in THRESHOLDS:
        total: Counter[tuple[str, str]] = Counter()
        for text, words, rows in texts:
            total += counts(text, rows, [marked(words, r) for r in first_level(model, words, threshold)])
        scores[threshold] = f1(total, "attribution all") + f1(total, "exact whole")
        print(
            f"threshold {threshold}: "
            + ", ".join(f"{m} {f1(total, m):.3f}" for m in ("attribution all", "exact whole"))
        )
    return max(scores, key=lambda t: scores[t])


def calibration(
    model: Model, texts: list[tuple[str, Words, list[Marked]]], threshold: float
) -> dict[str, Any]:
    """The logistic regression of "right" on what the model says of its readings."""
    x, y = [], []
    for text, words, rows in texts:
        readings = first_level(model, words, threshold)
        hit = right_ones(Page(text), rows, [marked(words, r) for r in readings])
        x += [features_of(r) for r in readings]
        y += [float(j in hit) for j in range(len(readings))]
    weights, bias = fit_logistic(np.array(x), np.array(y))
    print(f"{len(y)} readings, {np.mean(y):.3f} right; weights {weights}, bias {bias}")
    return {"weights": weights, "bias": bias}


def main() -> None:
    """Command line of this step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    model = load(Settings(model=options.model))
    texts = [
        (e.text, words_of(e.text, model.tokenizer),
         [Marked.of(row) for row in e.gold])
        for split, e in splits(options.data) if split == "tune"
    ]  # fmt: skip
    threshold = best_threshold(model, texts)
    path = options.model / "reader.json"
    facts = json.loads(path.read_text("utf-8"))
    facts |= {"threshold": threshold, "calibration": calibration(model, texts, threshold)}
    path.write_text(json.dumps(facts, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
