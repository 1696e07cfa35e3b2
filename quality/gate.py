"""The quality gate: measures the reader and compares it with floors.json, which may only rise.

    python quality/gate.py            measure; exit 1 where a figure lies under its floor
    python quality/gate.py --raise    also lift the floors that were surpassed

The example articles' own gold is measured on every machine. PolNeAR dev is measured where
the corpus lies in ../shared/data (or --data), from what `onrecord read --format json`
prints for its text files. A floor holds for one hash of the data; it names the model that set it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from onrecord import Reader, Statement  # noqa: E402
from quality import gold  # noqa: E402
from quality.measures import MEASURES, Marked, Page, counts, f1, right_ones  # noqa: E402

FLOORS = ROOT / "quality" / "floors.json"
# Floors are set this far under what was measured: int8 arithmetic differs a little between processors.
SLACK = 0.01

Figures = dict[str, float]
Pair = tuple[str, list[Marked], list[Marked], list[float]]


def as_marked(statements: Sequence[Statement]) -> list[Marked]:
    """First-level statements as attributions."""
    return [Marked(s.source, s.cue, s.content) for s in statements if s.within is None]


def examples(reader: Reader) -> tuple[list[Pair], str]:
    """The example articles with their gold (first level, list items left to their own test), and its hash."""
    pairs, digest = [], hashlib.sha256()
    for article in gold.load():
        rows = [
            Marked(s.source, s.cue, s.content, s.optional) for s in article.statements if s.within is None
        ]
        read = [s for s in reader.read(article.article).statements if s.within is None]
        pairs.append((article.article.text, rows, as_marked(read), [s.confidence for s in read]))
        digest.update(article.article.text.encode() + repr(rows).encode())
    return pairs, digest.hexdigest()


def polnear_dev(data: Path) -> tuple[list[Pair], str]:
    """PolNeAR dev, read by the command line itself, with the gold of the first annotator by name."""
    from training.corpora import polnear

    texts = polnear(data / "polnear/dev", every_annotator=False)
    files = [str(data / "polnear/dev/text" / f"{e.name}.txt") for e in texts]
    documents = printed_documents(files)
    digest = hashlib.sha256()
    pairs = []
    for example, document in zip(texts, documents, strict=True):
        rows = [Marked.of(row) for row in example.gold]
        first = [s for s in document["statements"] if s["within"] is None]
        read = [Marked.of(s) for s in first]
        pairs.append((example.text, rows, read, [s["confidence"] for s in first]))
        digest.update(example.text.encode() + repr(rows).encode())
    return pairs, digest.hexdigest()


def printed_documents(files: list[str]) -> list[dict[str, Any]]:
    """What `onrecord read FILE... --format jsonl` prints."""
    command = [sys.executable, "-m", "onrecord", "read", *files, "--format", "jsonl", "--quiet"]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return [json.loads(line) for line in run.stdout.splitlines()]


def figures(pairs: Sequence[Pair]) -> Figures:
    """F1 of every measure, and how well the confidence is calibrated (Brier score, ECE of 10 bins)."""
    total: Counter[tuple[str, str]] = Counter()
    for text, rows, read, _ in pairs:
        total += counts(text, rows, read)
    found = {m: f1(total, m) for m in MEASURES}
    return found | calibration(outcomes(pairs))


def outcomes(pairs: Sequence[Pair]) -> list[tuple[float, bool]]:
    """(confidence, right) of every statement read."""
    rows = []
    for text, wanted, read, sure in pairs:
        hit = right_ones(Page(text), wanted, read)
        rows += [(s, j in hit) for j, s in enumerate(sure)]
    return rows


def calibration(rows: Sequence[tuple[float, bool]]) -> Figures:
    """Brier score (Brier 1950) and expected calibration error over 10 bins (Naeini et al. 2015)."""
    n = max(1, len(rows))
    brier = sum((p - right) ** 2 for p, right in rows) / n
    bins: dict[int, list[tuple[float, bool]]] = {}
    for p, right in rows:
        bins.setdefault(min(9, int(p * 10)), []).append((p, right))
    ece = sum(abs(sum(p - right for p, right in b)) for b in bins.values()) / n
    return {"calibration brier": brier, "calibration ece": ece}


def verdicts(measured: Figures, floor: Figures) -> dict[str, bool]:
    """Whether each measure holds its floor. Calibration errors are ceilings: less is better."""
    return {
        name: (measured[name] <= bound if name.startswith("calibration") else measured[name] >= bound)
        for name, bound in floor.items()
    }


def raised(measured: Figures, floor: Figures) -> Figures:
    """The stricter of the old bound and what was measured, less the slack: floors never fall."""
    out = {}
    for name, value in measured.items():
        if name.startswith("calibration"):
            out[name] = min(floor.get(name, 1.0), round(value + SLACK, 4))
        else:
            out[name] = max(floor.get(name, 0.0), round(value - SLACK, 4))
    return out


def show(name: str, measured: Figures, floor: Figures) -> None:
    """Prints one table."""
    print(f"\n{name:24}{'measured':>10}{'floor':>10}")
    for measure, value in measured.items():
        bound = f"{floor[measure]:.4f}" if measure in floor else "-"
        mark = "" if verdicts(measured, floor).get(measure, True) else "   under its floor"
        print(f"{measure:24}{value:>10.4f}{bound:>10}{mark}")


def gate(name: str, pairs: Sequence[Pair], digest: str, model: str, *, lift: bool) -> bool:
    """Measures one data set against its floors; with `lift`, writes what was surpassed."""
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    entry = floors.get(name, {})
    floor = entry.get("floors", {}) if entry.get("data") == digest else {}
    if entry and not floor:
        print(f"{name}: the data has changed; its floors do not apply until they are set anew.")
    measured = figures(pairs)
    show(name, measured, floor)
    if lift:
        floors[name] = {"data": digest, "model": model, "floors": raised(measured, floor)}
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
    return bool(floor or lift) and all(verdicts(measured, floor).values())


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--raise", dest="lift", action="store_true")
    options = parser.parse_args()
    reader = Reader()
    model = reader.info.model
    good = gate("examples", *examples(reader), model, lift=options.lift)
    if (options.data / "polnear").is_dir():
        good &= gate("polnear-dev", *polnear_dev(options.data), model, lift=options.lift)
    else:
        print(f"\nPolNeAR is not in {options.data}: only the examples were measured.")
    print("\nAll floors hold." if good else "\nNot all floors hold.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
