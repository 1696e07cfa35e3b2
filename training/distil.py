r"""Asks larger judges of kinds what they believe of statements, for a small one to learn.

    python -m training.distil --data ../shared/data --vocabulary MINILM --out training/work/soft.pkl \
        --teachers training/work/teacher=MPNET training/work/kinds=MINILM

(Distillation: Hinton, Vinyals and Dean 2015, arXiv:1503.02531.) Asked are the labelled statements, the
attributions of PolNeAR train that nobody labelled, and those that the shipped reader finds in news texts
without annotation. Articles that are set aside as `tune` give none; of those whose marks are held out
(training.marks) nobody is asked which words to mark.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from onrecord import collect
from onrecord.extract.judge import inputs_of
from onrecord.extract.kinds import SENSES
from onrecord.extract.marks import MARKS
from onrecord.extract.model import load
from onrecord.extract.plainly import Plainly
from onrecord.extract.reader import attributions
from onrecord.settings import Settings
from onrecord.statement import COMMITMENTS, KINDS
from training.corpora import polnear, unlabelled
from training.judges import Example, Judge, scores_of
from training.kinds import LABELS, Plan, examples, tokenizer_of
from training.marks import Place, held_out, labelled, place_of
from training.prepare import splits

SEED = 7


def unjudged(data: Path, tokenizer: Tokenizer, labels: Path = LABELS) -> Iterator[Example]:
    """The attributions of the articles to train on that nobody labelled, without targets."""
    known: dict[str, set[Place]] = {}
    for raw in map(json.loads, labels.read_text("utf-8").splitlines()):
        known[raw["doc"]] = {place_of(row) for row in raw["statements"]}
    for doc, rows in labelled().items():
        if not held_out(doc):
            known.setdefault(doc, set()).update(rows)
    aside = {example.name for split, example in splits(data, news=False) if split == "tune"}
    for article in polnear(data / "polnear/train", every_annotator=False):
        plainly = Plainly(article.text)
        for gold in article.gold if article.name not in aside else ():
            place = place_of(gold)
            if place[1] and place not in known.get(article.name, ()):
                read = inputs_of(plainly, *place, tokenizer)
                yield Example(tuple(read.ids), tuple(read.parts), held=held_out(article.name))


def in_the_news(data: Path, tokenizer: Tokenizer, count: int) -> Iterator[Example]:
    """The statements that the shipped reader finds in `count` news texts, drawn with a fixed seed."""
    model = load(Settings(threads=torch.get_num_threads()))
    texts = list(unlabelled(data))
    for example in random.Random(SEED).sample(texts, min(count, len(texts))):
        article = collect.from_text(example.text)
        plainly = Plainly(article.text)
        for statement in (found.statement for found in attributions(article, model)):
            cue = sorted(statement.source + statement.cue)
            read = inputs_of(plainly, cue, statement.content, tokenizer)
            yield Example(tuple(read.ids), tuple(read.parts))


def believed(rows: Sequence[Example], teachers: Sequence[Judge]) -> list[Example]:
    """The rows with the mean of what the teachers hold probable: of each sense, of the ends of each mark."""
    k, c = len(KINDS), len(KINDS) + len(COMMITMENTS)
    mean = np.zeros((len(rows), len(SENSES)), np.float64)
    marks = [np.zeros((2 * len(MARKS), len(row.ids)), np.float32) for row in rows]
    for teacher in teachers:
        senses, ends = scores_of(teacher, rows)
        scores = torch.from_numpy(senses).double()
        parts = [scores[:, :k].softmax(1), scores[:, k:c].softmax(1), scores[:, c:].sigmoid()]
        mean += torch.cat(parts, 1).numpy() / len(teachers)
        for i, chances in enumerate(ends):
            marks[i] += np.exp(chances) / len(teachers)
    return [
        replace(row, soft=tuple(map(float, p)), soft_marks=None if row.held else m)
        for row, p, m in zip(rows, mean, marks, strict=True)
    ]


def judge(run: Path, weights: Path) -> Judge:
    """A judge as `training.kinds train` left it."""
    plan = Plan(**json.loads((run / "plan.json").read_text("utf-8")))
    model = Judge(weights, plan.layers, plan.base)
    model.load_state_dict(torch.load(run / "judge.pt", weights_only=True))
    return model.eval()


def main() -> None:
    """Command line of this step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--teachers", nargs="+", required=True, help="RUN=WEIGHTS, folders of each judge")
    parser.add_argument("--news", type=int, default=400, help="news texts to read for more statements")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_flush_denormal(True)
    tokenizer = tokenizer_of(options.vocabulary)
    train, _ = examples(options.data, tokenizer)
    rows = [*train, *unjudged(options.data, tokenizer)]
    print(f"{len(train)} labelled, {len(rows) - len(train)} others of the same articles", flush=True)
    rows += in_the_news(options.data, tokenizer, options.news)
    print(f"{len(rows)} with those of news texts", flush=True)
    teachers = [judge(*map(Path, pair.split("=", 1))) for pair in options.teachers]
    options.out.write_bytes(pickle.dumps(believed(rows, teachers), protocol=5))


if __name__ == "__main__":
    main()
