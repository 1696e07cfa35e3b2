"""Step 2: trains one network, on gold attributions or on a teacher's soft readings.

    python -m training.train --pack training/work/minilm.pkl --weights FOLDER --out training/work/run1

Fixed seeds, a log line every 20 steps, a checkpoint every SAVE_EVERY steps and at an epoch's end: the
same command goes on where it was stopped. With --soft, the texts that a teacher read (training.teach)
learn from its soft readings, beside the gold of PolNeAR.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.batches import encoded, epoch
from training.infer import to_device
from training.losses import gold_loss, soft_loss
from training.model import Config, Reader
from training.swaps import Swaps

Docs = list[dict[str, Any]]
# Steps between two updates of the running mean of the weights, which is what is kept in the end.
AVERAGE_EVERY = 5
SAVE_EVERY = 60


@dataclass
class Plan:
    """How long and how fast to train. Learning rates: encoder, and the new layers on top.

    hide: the share of subwords that are hidden (as BERT's [MASK]) while training, so that a
    reading rests on more than the names and verbs that the training texts happen to hold.
    swap: the share of windows in which names change places (see training.swaps).
    overlap: words that a window shares with the one before.
    """

    epochs: int = 8
    rate: float = 2e-4
    head_rate: float = 1e-3
    tokens: int = 4096
    warmup: float = 0.1
    decay: float = 0.01
    seed: int = 1
    average: float = 0.998
    hide: float = 0.0
    swap: float = 0.0
    overlap: int = 48


def optimizer_of(model: Reader, plan: Plan) -> torch.optim.Optimizer:
    """AdamW with one rate for the pretrained encoder and one for everything new."""
    old = [p for p in model.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in model.encoder.parameters()}
    new = [p for p in model.parameters() if id(p) not in known]
    groups = [{"params": old, "lr": plan.rate}, {"params": new, "lr": plan.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=plan.decay, betas=(0.9, 0.98), fused=True)


def schedule(optimizer: torch.optim.Optimizer, plan: Plan, steps: int) -> torch.optim.lr_scheduler.LambdaLR:
    """Linear warm-up, then linear decay to nothing."""
    warm = max(1, int(plan.warmup * steps))
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min((i + 1) / warm, max(0.0, (steps - i) / max(1, steps - warm)))
    )


def fit(
    model: Reader,
    docs: Docs,
    indexes: list[int],
    plan: Plan,
    device: str,
    *,
    soft: dict[int, dict[str, Any]] | None = None,
    swaps: Swaps | None = None,
    out: Path | None = None,
    log: Callable[[str], None] = print,
) -> None:
    """Trains in place; `soft` holds a teacher's readings of some of the texts (see training.teach)."""
    torch.manual_seed(plan.seed)
    count = sum(1 for _ in epoch(docs, indexes, random.Random(plan.seed), plan.tokens, plan.overlap))
    optimizer = optimizer_of(model, plan)
    scheduler = schedule(optimizer, plan, plan.epochs * (count + 2))
    mean = AveragedModel(
        model, multi_avg_fn=get_ema_multi_avg_fn(plan.average**AVERAGE_EVERY), use_buffers=False
    )
    begin, done = _resume(out, model, mean, optimizer, scheduler)
    for number in range(begin, plan.epochs):
        rng = random.Random(plan.seed * 1000 + number)
        torch.manual_seed(plan.seed * 1000 + number)
        started, total, n = time.time(), torch.zeros((), device=device), 0
        model.train()
        for items in epoch(docs, indexes, rng, plan.tokens, plan.overlap):
            n += 1
            if n <= done:
                continue
            batch = encoded(docs, items, model.config.base)
            if swaps:
                batch["ids"] = swaps.apply(batch["ids"], plan.swap, rng)
            words, batch = _encode(model, batch, device, plan.hide)
            loss = _loss(model, docs, items, words, batch, soft)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            scheduler.step()
            total = total + loss.detach()
            if n % AVERAGE_EVERY == 0:
                mean.update_parameters(model)
            if n % 20 == 0:
                log(f"  step {n} loss {total.item() / (n - done):.3f} {time.time() - started:.0f} s")
            if out and n % SAVE_EVERY == 0:
                _save(out, model, mean, optimizer, scheduler, number, n)
        spent, loss = time.time() - started, total.item() / max(1, n - done)
        log(f"epoch {number + 1}/{plan.epochs} loss {loss:.3f} steps {n} {spent:.1f} s")
        if out:
            _save(out, model, mean, optimizer, scheduler, number + 1)
        done = 0
    model.load_state_dict(mean.module.state_dict())
    model.eval()


def _encode(
    model: Reader, batch: dict[str, torch.Tensor], device: str, hide: float
) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    batch = to_device(batch, device)
    if hide:
        real = batch["ids"] > LAST_SPECIAL
        hidden = (torch.rand(batch["ids"].shape, device=device) < hide) & real
        batch["ids"] = batch["ids"].masked_fill(hidden, MASK[model.config.base])
    with torch.autocast(device, dtype=torch.bfloat16):
        words = model.encode(batch)
    return words.float(), batch


def _loss(
    model: Reader,
    docs: Docs,
    items: list[Any],
    words: torch.Tensor,
    batch: dict[str, torch.Tensor],
    soft: dict[int, dict[str, Any]] | None,
) -> torch.Tensor:
    taught = [i for i, item in enumerate(items) if soft and item.doc in soft]
    labelled = [i for i, item in enumerate(items) if i not in taught or docs[item.doc]["gold"]]
    loss = words.new_zeros(())
    if soft and taught:
        part, chosen = {k: v[taught] for k, v in batch.items()}, [items[i] for i in taught]
        loss = loss + len(taught) / len(items) * soft_loss(model, words[taught], part, soft, chosen)
    if labelled:
        part, chosen = {k: v[labelled] for k, v in batch.items()}, [items[i] for i in labelled]
        share = sum(HARD_SHARE if i in taught else 1.0 for i in labelled) / len(items)
        loss = loss + share * gold_loss(model, words[labelled], part, docs, chosen)
    return loss


# Vocabulary id of the hidden subword, and the last id that is not text.
MASK = {"minilm": 103, "mpnet": 30526}
LAST_SPECIAL = 998
# The weight of the gold of texts for which there are a teacher's beliefs too.
HARD_SHARE = 0.3


def _resume(
    out: Path | None, model: Reader, mean: AveragedModel, optimizer: Any, scheduler: Any
) -> tuple[int, int]:
    """The epoch and the step in it to go on from."""
    state_file = out / "last.pt" if out else None
    if not state_file or not state_file.exists():
        return 0, 0
    state = torch.load(state_file, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    mean.load_state_dict(state["mean"])
    optimizer.load_state_dict(state["optimizer"])
    scheduler.load_state_dict(state["scheduler"])
    return int(state["epoch"]), int(state.get("step", 0))


def _save(
    out: Path, model: Reader, mean: AveragedModel, optimizer: Any, scheduler: Any, number: int, step: int = 0
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    state = {"model": model.state_dict(), "mean": mean.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save(state | {"scheduler": scheduler.state_dict(), "epoch": number, "step": step}, out / "last.tmp")
    (out / "last.tmp").replace(out / "last.pt")


def indexes_of(docs: Docs, *names: str) -> list[int]:
    """The texts of the named splits."""
    return [i for i, d in enumerate(docs) if d["split"] in names]


def parse(name: str, default: Any, text: str) -> Any:
    """A dataclass with fields replaced from JSON text."""
    return type(default)(**(asdict(default) | json.loads(text)))


def main() -> None:
    """Command line of this step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", default="{}", help="JSON: fields of Config")
    parser.add_argument("--plan", default="{}", help="JSON: fields of Plan")
    parser.add_argument("--soft", type=Path, help="soft readings made by training.teach")
    parser.add_argument("--fold", default="", help="K/N: leave out every N-th training text, starting at K")
    parser.add_argument("--start", type=Path, help="go on from the weights of a finished run (final.pt)")
    parser.add_argument("--heads", type=Path, help="begin the decoder as that of a finished run (final.pt)")
    parser.add_argument("--limit", type=int, default=0, help="first texts only, to try the program")
    options = parser.parse_args()
    torch.set_flush_denormal(True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    docs = pickle.loads(options.pack.read_bytes())
    config, plan = parse("config", Config(), options.config), parse("plan", Plan(), options.plan)
    torch.manual_seed(plan.seed)
    model = Reader(config, options.weights).to(device)
    if options.start:
        state = torch.load(options.start, map_location=device, weights_only=True)["model"]
        model.load_state_dict(state)
    if options.heads:
        begin_with_heads(model, torch.load(options.heads, map_location=device, weights_only=True)["model"])
    vocabulary = json.loads((options.weights / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    swaps = Swaps(vocabulary) if plan.swap else None
    soft = pickle.loads(options.soft.read_bytes()) if options.soft else None
    indexes = sorted({*indexes_of(docs, "train"), *(soft or ())})
    if options.fold:
        k, n = map(int, options.fold.split("/"))
        indexes = [i for i in indexes if fold_of(docs[i]["name"], n) != k]
    indexes = indexes[: options.limit] if options.limit else indexes
    fit(model, docs, indexes, plan, device, soft=soft, swaps=swaps, out=options.out)
    torch.save({"model": model.state_dict(), "config": asdict(config)}, options.out / "final.pt")


def begin_with_heads(model: Reader, other: dict[str, torch.Tensor]) -> None:
    """Takes over what does not hang on the encoder's width: the decoder above its first projection."""
    own = model.state_dict()
    taken = {k: v for k, v in other.items() if not k.startswith("encoder.") and own[k].shape == v.shape}
    model.load_state_dict(own | taken)


def fold_of(name: str, folds: int) -> int:
    """The fold of a text, by its name, so that all annotations of a text fall together."""
    return sum(name.encode()) % folds


if __name__ == "__main__":
    main()
