r"""Trains, measures and exports the judge of kinds: what a speaker does by saying it.

    python -m training.kinds train --data ../shared/data --weights FOLDER --out training/work/kinds
    python -m training.kinds export --data ../shared/data --weights FOLDER --out training/work/kinds \
        --model src/onrecord/extract/model

A small encoder reads source and cue, then content, with names made alike (`extract.plainly`), and
gives the scores of `extract.kinds.SENSES`. The labels are `training/labels/kinds.jsonl` (standoff). Those
of the articles that were set aside as `tune` are never trained on: the temperature comes from them.

`train --soft FILE` learns, beside the labels, what larger judges believe (see training.distil); `--start
FOLDER` goes on from a judge that was trained before.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from onrecord.extract.judge import inputs_of
from onrecord.extract.kinds import announced
from onrecord.extract.plainly import Plainly
from onrecord.statement import COMMITMENTS, KINDS, Span, covered
from quality.meaning import label_f1, macro_f1
from training.corpora import polnear
from training.judges import ABSENT, Example, Judge, loss_of, marks_loss, padded, scores_of
from training.marks import Place, held_out, held_statements, labelled, measured, place_of, targets
from training.prepare import splits
from training.train import LAST_SPECIAL, MASK

LABELS = Path(__file__).resolve().parent / "labels" / "kinds.jsonl"


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train.

    base: the encoder, minilm or mpnet (for teachers); frozen: its lowest layers that stay as they came.
    hard: the share of a labelled statement's own label in its loss where it has soft targets too.
    marks: what the loss of marked words counts, a kind's being 1.
    """

    epochs: int = 5
    batch: int = 32
    rate: float = 1e-4
    head_rate: float = 1e-3
    layers: int = 4
    seed: int = 1
    hide: float = 0.05
    base: str = "minilm"
    frozen: int = 0
    hard: float = 0.5
    marks: float = 0.5


def examples(data: Path, tokenizer: Tokenizer, labels: Path = LABELS) -> tuple[list[Example], list[Example]]:
    """The labelled statements to train on, and those of the articles that are set aside (kinds alone)."""
    aside = {example.name for split, example in splits(data, news=False) if split == "tune"}
    texts = {e.name: e.text for e in polnear(data / "polnear/train", every_annotator=False)}
    kinds = {
        raw["doc"]: {place_of(row): row for row in raw["statements"]}
        for raw in map(json.loads, labels.read_text("utf-8").splitlines())
    }
    marks = {doc: rows for doc, rows in labelled().items() if doc not in aside and not held_out(doc)}
    train: list[Example] = []
    tune: list[Example] = []
    for doc in sorted(kinds.keys() | marks.keys()):
        plainly, told, words = Plainly(texts[doc]), kinds.get(doc, {}), marks.get(doc, {})
        part = tune if doc in aside else train
        for place in sorted(told.keys() | words.keys()):
            example = _example(plainly, place, told.get(place), words.get(place), tokenizer)
            part.append(replace(example, held=held_out(doc)))
    return train, tune


def _example(
    plainly: Plainly, place: Place, row: dict[str, Any] | None, words: Sequence[Span | None] | None,
    tokenizer: Tokenizer,
) -> Example:  # fmt: skip
    read = inputs_of(plainly, *place, tokenizer)
    marks = targets(read.places, words) if words else ()
    example = Example(tuple(read.ids), tuple(read.parts), marks=marks)
    if row is None:
        return example
    committed = row["kind"] == "commitment"
    return replace(
        example,
        kind=KINDS.index(row["kind"]),
        commitment=COMMITMENTS.index(row["commitment_type"]) if committed else ABSENT,
        negative=int(row["negative"]) if committed else ABSENT,
        denied=int(bool(row.get("denied"))),
    )


def batches(rows: Sequence[Example], size: int, rng: random.Random) -> Iterator[list[Example]]:
    """Shuffled batches of like length."""
    order = sorted(rows, key=lambda r: len(r.ids) + rng.random() * 12)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    yield from groups


def fit(
    model: Judge, train: Sequence[Example], tune: Sequence[Example], plan: Plan,
    done: Callable[[nn.Module], object],
) -> None:  # fmt: skip
    """Trains in place; what is kept is the running mean of the weights, which `done` gets each epoch."""
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    old = [p for p in model.encoder.parameters() if p.requires_grad]
    new = [*model.mix.parameters(), *model.out.parameters(), *model.marks.parameters()]
    groups = [{"params": old, "lr": plan.rate}, {"params": new, "lr": plan.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = plan.epochs * (len(train) // plan.batch + 1)
    warm = steps // 10
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min((i + 1) / warm, (steps - i) / (steps - warm))
    )
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.99))
    count = np.bincount([r.kind for r in train if r.kind != ABSENT], minlength=len(KINDS)) + 1
    weight = torch.tensor(np.sqrt(count.mean() / count), dtype=torch.float32)
    for number in range(plan.epochs):
        started, total, n = time.time(), 0.0, 0
        model.train()
        for rows in batches(train, plan.batch, rng):
            ids, parts = padded(rows)
            hidden = (torch.rand(ids.shape) < plan.hide) & (ids > LAST_SPECIAL)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores, marks = model(ids.masked_fill(hidden, MASK["minilm"]), parts)
            loss = loss_of(scores.float(), rows, weight, plan.hard)
            loss = loss + plan.marks * marks_loss(marks.float(), ids > 0, rows, plan.hard)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            mean.update_parameters(model)
            total, n = total + loss.item(), n + 1
        done(mean.module)
        spent = time.time() - started
        print(
            f"epoch {number + 1} loss {total / n:.3f} {spent:.0f} s; {report(mean.module, tune)}", flush=True
        )
    model.load_state_dict(mean.module.state_dict())
    model.eval()


def report(model: nn.Module, rows: Sequence[Example]) -> str:
    """One line: macro F1, F1 a kind, types and negation of commitments."""
    scores, _ = scores_of(model, rows)
    pairs = [(KINDS[r.kind], KINDS[int(s[: len(KINDS)].argmax())]) for r, s in zip(rows, scores, strict=True)]
    kinds = " ".join(f"{kind[:5]} {label_f1(pairs, kind):.2f}" for kind in KINDS)
    own = [(r, s) for r, s in zip(rows, scores, strict=True) if r.commitment != ABSENT]
    k, c = len(KINDS), len(KINDS) + len(COMMITMENTS)
    types = np.mean([s[k:c].argmax() == r.commitment for r, s in own])
    negative = np.mean([(s[c] > 0) == bool(r.negative) for r, s in own])
    return f"macro F1 {macro_f1(pairs):.3f}: {kinds}; types {types:.2f}, negation {negative:.2f}"


def temperature(scores: np.ndarray, rows: Sequence[Example]) -> float:
    """The temperature with the least log loss (Guo et al. 2017)."""
    right = np.array([r.kind for r in rows])

    def loss(t: float) -> float:
        logits = scores[:, : len(KINDS)] / t
        norm = np.log(np.exp(logits - logits.max(1, keepdims=True)).sum(1)) + logits.max(1)
        return float((norm - logits[np.arange(len(rows)), right]).mean())

    return min((round(0.5 + 0.05 * i, 2) for i in range(60)), key=loss)


def telling(data: Path, labels: Path = LABELS) -> float:
    """The share of labelled statements with an announcing verb that are of the kind it announces."""
    texts = {e.name: e.text for e in polnear(data / "polnear/train", every_annotator=False)}
    right = []
    for raw in map(json.loads, labels.read_text("utf-8").splitlines()):
        for row in raw["statements"]:
            said = announced(covered(texts[raw["doc"]], [Span(*s) for s in row["cue"]]))
            right += [said[0] == row["kind"]] if said else []
    print(f"{len(right)} statements with an announcing verb")
    return round(sum(right) / len(right), 2)


def tokenizer_of(folder: Path) -> Tokenizer:
    """MiniLM's tokenizer, for every judge: MPNet's ids are made of its ids (judges.as_mpnet)."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def main() -> None:
    """Command line of this step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("act", choices=("train", "export"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="the folder of the shipped model")
    parser.add_argument("--plan", default="{}", help="JSON: fields of Plan")
    parser.add_argument("--vocabulary", type=Path, help="folder with tokenizer.json (default: --weights)")
    parser.add_argument("--soft", type=Path, help="what other judges believe, made by training.distil")
    parser.add_argument("--start", type=Path, help="the folder of a judge to go on from")
    options = parser.parse_args()
    torch.set_flush_denormal(True)
    plan = Plan(**json.loads(options.plan))
    tokenizer = tokenizer_of(options.vocabulary or options.weights)
    train, tune = examples(options.data, tokenizer)
    if options.soft:
        train = pickle.loads(options.soft.read_bytes())
    print(f"{len(train)} statements to train on, {len(tune)} set aside", flush=True)
    torch.manual_seed(plan.seed)
    model = Judge(options.weights, plan.layers, plan.base, plan.frozen)
    if options.start:
        model.load_state_dict(torch.load(options.start / "judge.pt", weights_only=True), strict=False)
    if options.act == "train":
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "plan.json").write_text(json.dumps(asdict(plan)), "utf-8")
        held = held_statements(options.data, tokenizer)

        def done(mean: nn.Module) -> None:
            torch.save(mean.state_dict(), options.out / "judge.pt")
            print(measured(mean, held), flush=True)

        fit(model, train, tune, plan, done)
    else:
        from training.export import export_judge, share_words

        model.load_state_dict(torch.load(options.out / "judge.pt", weights_only=True))
        print(report(model, tune))
        facts = {"temperature": temperature(scores_of(model, tune)[0], tune), "listed": telling(options.data)}
        export_judge(model.eval(), options.out, options.model, facts)
        share_words(options.model)


if __name__ == "__main__":
    main()
