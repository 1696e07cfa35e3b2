"""Step 1: from the corpora to arrays that training reads.

    python -m training.prepare --data ../shared/data --vocabulary FOLDER --out training/work/minilm.pkl

Every text becomes words, subwords, layout features and, where it is labelled, one row a
gold attribution: the cue's first word and the word ranges of the three roles. A part of
train is set aside as `tune`: thresholds and calibration are fitted there, never on dev.
"""

from __future__ import annotations

import argparse
import pickle
import random
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from onrecord.extract.features import Words, words_of
from training.corpora import ROLES, Example, polnear, unlabelled

TUNE_ARTICLES = 60
SEED = 20180306
Ranges = list[tuple[int, int]]


def word_ranges(words: Words, spans: list[tuple[int, int]]) -> Ranges:
    """Half-open word ranges that the character spans touch; adjoining fragments stay apart."""
    found = []
    for start, end in sorted(spans):
        first = int(np.searchsorted(words.end, start, side="right"))
        last = int(np.searchsorted(words.start, end, side="left"))
        if last > first:
            found.append((first, last))
    return found


def attributions(words: Words, example: Example) -> list[dict[str, Ranges]]:
    """The gold attributions that have a cue and a content, as word ranges, in text order."""
    rows = [{role: word_ranges(words, gold[role]) for role in ROLES} for gold in example.gold]
    return sorted((r for r in rows if r["cue"] and r["content"]), key=lambda r: r["cue"][0])


def prepared(example: Example, tokenizer: Tokenizer, split: str) -> dict[str, Any]:
    """One text as a dictionary of arrays and rows."""
    words = words_of(example.text, tokenizer)
    return {
        "name": example.name,
        "split": split,
        "text": example.text if split in {"tune", "dev"} else "",
        "words": words,
        "gold": attributions(words, example),
    }


def splits(data: Path, *, news: bool = True) -> list[tuple[str, Example]]:
    """All texts with their split: train (every annotator), tune, dev (first annotator), news."""
    train = polnear(data / "polnear/train", every_annotator=True)
    names = sorted({e.name for e in train})
    aside = set(random.Random(SEED).sample(names, TUNE_ARTICLES))
    first = {e.name: e for e in reversed(train)}
    rows = [("train", e) for e in train if e.name not in aside]
    rows += [("tune", first[name]) for name in sorted(aside)]
    rows += [("dev", e) for e in polnear(data / "polnear/dev", every_annotator=False)]
    return rows + [("news", e) for e in unlabelled(data) if news]


def main() -> None:
    """Command line of this step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--vocabulary", type=Path, required=True, help="folder with tokenizer.json")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.vocabulary / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    rows = [prepared(example, tokenizer, split) for split, example in splits(options.data)]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(pickle.dumps(rows, protocol=5))
    for split in ("train", "tune", "dev", "news"):
        part = [r for r in rows if r["split"] == split]
        count = sum(len(r["words"]) for r in part), sum(len(r["gold"]) for r in part)
        print(f"{split}: {len(part)} texts, {count[0]} words, {count[1]} attributions")


if __name__ == "__main__":
    main()
