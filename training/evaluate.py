"""Step 3: measures networks on `tune` or `dev`, by the project's scorer for attributions.

    python -m training.evaluate RUN [RUN ...] --pack training/work/minilm.pkl --scorer ../shared/tools

Several runs are read together, as an ensemble. Figures on dev are for reporting; thresholds
are chosen on `tune`.
"""

from __future__ import annotations

import argparse
import importlib
import pickle
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from onrecord.extract.readings import Reading
from training.infer import read
from training.model import Config, Reader

MEASURES = (
    ("overlap", "source"), ("overlap", "cue"), ("overlap", "content"),
    ("exact", "source"), ("exact", "cue"), ("exact", "content"),
    ("attribution", "all"), ("exact", "whole"),
)  # fmt: skip


def load(run: Path, weights: Path, device: str) -> Reader:
    """A trained network from its folder."""
    state = torch.load(run / "final.pt", map_location="cpu", weights_only=True)
    model = Reader(Config(**state["config"]), weights)
    model.load_state_dict(state["model"])
    return model.to(device).eval()


def outermost(readings: Sequence[Reading], threshold: float) -> list[Reading]:
    """Readings that stand in no other's content, with at least `threshold` as probability of the cue."""
    kept = [r for r in readings if r.anchor >= threshold and r.content]
    return [r for r in kept if not any(o is not r and o.holds(r.cue[0][0]) for o in kept)]


def spans(doc: dict[str, Any], reading: Reading) -> dict[str, list[list[int]]]:
    """A reading's word ranges as code points."""
    words = doc["words"]
    roles = {"source": reading.source, "cue": reading.cue, "content": reading.content}
    return {k: [[int(words.start[a]), int(words.end[b - 1])] for a, b in v] for k, v in roles.items()}


def gold_spans(doc: dict[str, Any]) -> list[dict[str, list[list[int]]]]:
    """The gold of a prepared text as code points."""
    words = doc["words"]
    return [
        {
            k: [[int(words.start[a]), int(words.end[b - 1])] for a, b in row[k]]
            for k in ("source", "cue", "content")
        }
        for row in doc["gold"]
    ]


def figures(
    docs: list[dict[str, Any]], found: dict[int, list[Reading]], threshold: float, scorer: Path
) -> dict[Any, float]:
    """F1 of every measure, at one threshold."""
    sys.path.insert(0, str(scorer))
    tool = importlib.import_module("score_attributions")
    corpus = {docs[i]["name"]: (docs[i]["text"], gold_spans(docs[i])) for i in found}
    system = {
        docs[i]["name"]: [spans(docs[i], r) for r in outermost(rows, threshold)] for i, rows in found.items()
    }
    result = tool.score(corpus, system)
    return {m: result[m]["f1"] for m in MEASURES}


def row(label: str, values: dict[Any, float]) -> str:
    """One line of the table: overlap s c c | exact s c c | attribution all | whole."""
    v = [f"{100 * values[m]:.1f}" for m in MEASURES]
    return f"{label:28} overlap {v[0]} {v[1]} {v[2]} | exact {v[3]} {v[4]} {v[5]} | all {v[6]} whole {v[7]}"


def main() -> None:
    """Command line of this step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, default=Path("../shared/tools"))
    parser.add_argument("--split", default="tune")
    parser.add_argument("--longest", type=int, default=254)
    parser.add_argument("--thresholds", type=float, nargs="+", default=[0.3, 0.4, 0.5])
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    docs = pickle.loads(options.pack.read_bytes())
    indexes = [i for i, d in enumerate(docs) if d["split"] == options.split]
    models = [load(run, options.weights, device) for run in options.runs]
    found = read(models, [docs] * len(models), indexes, device, longest=options.longest)
    for threshold in options.thresholds:
        label = f"{options.runs[0].name} {options.split} L{options.longest} t{threshold}"
        print(row(label, figures(docs, found, threshold, options.scorer)), flush=True)


if __name__ == "__main__":
    main()
