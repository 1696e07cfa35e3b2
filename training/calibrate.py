"""Step 8: fits the threshold and the confidence of the exported model, on `tune` alone.

    python -m training.calibrate --data ../shared/data --model src/onrecord/extract/model

Reads the 60 articles that were set aside from training with the quantised model itself.
The threshold is the one with the best mean of all measures; the
confidence is a logistic regression (see onrecord.extract.calibration).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onrecord import Settings
from onrecord.extract import load
from onrecord.extract.calibration import features_of
from onrecord.extract.features import Words, words_of
from onrecord.extract.model import Model
from onrecord.extract.nesting import first_level, outer_readings
from onrecord.extract.readings import Reading
from quality.measures import MEASURES, Marked, Page, counts, f1, right_ones
from training.prepare import splits

THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)


@dataclass(frozen=True, slots=True)
class Tuned:
    """A text of `tune`: its words, its gold, and all that the model finds in it, however unlikely."""

    text: str
    words: Words
    gold: list[Marked]
    readings: list[Reading]

    def kept(self, threshold: float) -> list[Reading]:
        """The first-level readings at a threshold."""
        sure = [r for r in self.readings if r.anchor >= threshold]
        return [n.reading for n in first_level(sure) if n.parent is None]


def tune_texts(model: Model, data: Path) -> list[Tuned]:
    """The texts that were set aside from training, read by the model."""
    found = []
    for example in (e for split, e in splits(data) if split == "tune"):
        words = words_of(example.text, model.tokenizer)
        gold = [Marked.of(row) for row in example.gold]
        found.append(Tuned(example.text, words, gold, outer_readings(model, words, min(THRESHOLDS))))
    return found


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


def best_threshold(texts: list[Tuned]) -> float:
    """The threshold with the best mean of all measures."""
    scores: dict[float, float] = {}
    for threshold in THRESHOLDS:
        total: Counter[tuple[str, str]] = Counter()
        for t in texts:
            total += counts(t.text, t.gold, [marked(t.words, r) for r in t.kept(threshold)])
        scores[threshold] = sum(f1(total, m) for m in MEASURES) / len(MEASURES)
        print(f"threshold {threshold}: " + ", ".join(f"{m} {f1(total, m):.3f}" for m in MEASURES))
    return max(scores, key=lambda t: scores[t])


def calibration(texts: list[Tuned], threshold: float) -> dict[str, Any]:
    """The logistic regression of "right" on what the model says of its readings."""
    x, y = [], []
    for t in texts:
        readings = t.kept(threshold)
        hit = right_ones(Page(t.text), t.gold, [marked(t.words, r) for r in readings])
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
    parser.add_argument("--longest", type=int, help="subwords of a window; kept in the model's facts")
    options = parser.parse_args()
    path = options.model / "reader.json"
    facts = json.loads(path.read_text("utf-8"))
    facts["longest"] = options.longest or facts["longest"]
    path.write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
    texts = tune_texts(load(Settings(model=options.model)), options.data)
    threshold = best_threshold(texts)
    facts |= {"threshold": threshold, "calibration": calibration(texts, threshold)}
    path.write_text(json.dumps(facts, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
