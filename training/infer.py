"""Runs one or several networks over prepared texts: readings, and soft readings for distillation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from onrecord.extract.decode import (
    B_CUE,
    I_CONTENT,
    I_CUE,
    I_SOURCE,
    IMPOSSIBLE,
    OUTSIDE,
    best_tags,
    constrain,
)
from onrecord.extract.readings import Reading, as_reading
from training.batches import Item, encoded, items_of
from training.model import Reader, log_partition


def constrained(scores: Tensor, cues: Tensor, lengths: Tensor) -> Tensor:
    """The torch twin of `onrecord.extract.decode.constrain`: (cues, words, 7)."""
    _, length, tags = scores.shape
    at = torch.arange(length, device=scores.device)[None, :]
    is_cue = (at == cues[:, None])[..., None]
    tag = torch.arange(tags, device=scores.device)[None, None, :]
    inside = (tag == I_SOURCE) | (tag == I_CUE) | (tag == I_CONTENT)
    wrong = ((at == 0)[..., None] & inside) | (is_cue != (tag == B_CUE)) & (is_cue | (tag == B_CUE))
    scores = scores.float().masked_fill(wrong, IMPOSSIBLE)
    beyond = (at >= lengths[:, None])[..., None]
    return torch.where(beyond, torch.where(tag == OUTSIDE, 0.0, IMPOSSIBLE), scores)


def to_device(batch: dict[str, Tensor], device: str) -> dict[str, Tensor]:
    """All tensors of a batch on one device."""
    return {k: v.to(device, non_blocking=True) for k, v in batch.items()}


def chunks(docs: list[dict[str, Any]], items: list[Item], size: int = 32) -> list[list[Item]]:
    """Items sorted by length, in groups of `size`."""
    order = sorted(items, key=lambda item: item.window.end - item.window.begin)
    return [order[i : i + size] for i in range(0, len(order), size)]


@torch.no_grad()
def read(
    models: Sequence[Reader],
    packs: Sequence[list[dict[str, Any]]],
    indexes: list[int],
    device: str,
    *,
    longest: int = 254,
    threshold: float = 0.1,
) -> dict[int, list[Reading]]:
    """Text index -> readings, by the mean of the networks' log-odds and tag scores.

    packs[i] holds the texts as prepared for the vocabulary of models[i].
    """
    found: dict[int, list[Reading]] = {i: [] for i in indexes}
    for items in chunks(packs[0], items_of(packs[0], indexes, longest)):
        words, logits, own, length, lines = _encode(models, packs, items, device)
        probability = torch.sigmoid(logits) * own
        window, cue = torch.nonzero(probability > threshold, as_tuple=True)
        if not len(window):
            continue
        scores = torch.stack(
            [m.emissions(w, lines, window, cue).float() for m, w in zip(models, words, strict=True)]
        ).mean(0)
        transitions = torch.stack([m.transition_scores() for m in models]).mean(0)
        limited = constrain(scores.cpu().numpy(), cue.cpu().numpy(), length[window].cpu().numpy())
        tags, paths = best_tags(limited, transitions.cpu().numpy())
        for k, i in enumerate(window.tolist()):
            index = np.arange(items[i].window.begin, items[i].window.begin + tags.shape[1])
            row = as_reading(tags[k], index, float(probability[i, cue[k]]), float(paths[k]))
            found[items[i].doc].append(row)
    return found


def _encode(
    models: Sequence[Reader], packs: Sequence[list[dict[str, Any]]], items: list[Item], device: str
) -> tuple[list[Tensor], Tensor, Tensor, Tensor, Tensor]:
    words, logits = [], []
    for model, docs in zip(models, packs, strict=True):
        batch = to_device(encoded(docs, items, model.config.base), device)
        quick = device == "cuda" or model.config.base == "mpnet"
        with torch.autocast(device, dtype=torch.bfloat16, enabled=quick):
            words.append(model.encode(batch))
            logits.append(model.anchors(words[-1]).float())
    with torch.autocast(device, enabled=False):
        words = [w.float() for w in words]
    return words, torch.stack(logits).mean(0), batch["own"], batch["length"], batch["lines"]


def soften(
    models: Sequence[Reader],
    packs: Sequence[list[dict[str, Any]]],
    indexes: list[int],
    device: str,
    *,
    threshold: float = 0.08,
) -> dict[int, dict[str, Any]]:
    """Soft readings of the texts: what the networks together believe of every word and cue.

    text index -> {"anchor": (n_words,) probabilities, "cues": rows of (word, probability, first
    word of the range, (range, 7) tag marginals, (7, 7) expected transitions)}.
    """
    out = {i: {"anchor": np.zeros(len(packs[0][i]["words"]), np.float16), "cues": []} for i in indexes}
    for items in chunks(packs[0], items_of(packs[0], indexes, 254)):
        with torch.no_grad():
            words, logits, own, length, lines = _encode(models, packs, items, device)
            probability = torch.sigmoid(logits) * own
            window, cue = torch.nonzero(probability > threshold, as_tuple=True)
        _store_anchors(out, items, probability, own)
        if not len(window):
            continue
        unary = pairs = torch.zeros((), device=device)
        for model, vectors in zip(models, words, strict=True):
            u, p = _marginals(model, vectors, lines, window, cue, length)
            unary, pairs = unary + u / len(models), pairs + p / len(models)
        _store_cues(out, items, probability, window, cue, unary.cpu().numpy(), pairs.cpu().numpy())
    return out


def _marginals(
    model: Reader, words: Tensor, lines: Tensor, window: Tensor, cue: Tensor, length: Tensor
) -> tuple[Tensor, Tensor]:
    with torch.no_grad():
        scores = constrained(model.emissions(words, lines, window, cue), cue, length[window])
        transitions = model.transition_scores().expand(len(cue), -1, -1).contiguous()
    scores.requires_grad_()
    transitions.requires_grad_()
    with torch.enable_grad():
        unary, pairs = torch.autograd.grad(log_partition(scores, transitions).sum(), [scores, transitions])
    return unary, pairs


def _store_anchors(
    out: dict[int, dict[str, Any]], items: list[Item], probability: Tensor, own: Tensor
) -> None:
    values = probability.float().cpu().numpy()
    for row, item in zip(values, items, strict=True):
        w = item.window
        part = slice(w.own_begin - w.begin, w.own_end - w.begin)
        out[item.doc]["anchor"][w.own_begin : w.own_end] = row[part]


def _store_cues(
    out: dict[int, dict[str, Any]],
    items: list[Item],
    probability: Tensor,
    window: Tensor,
    cue: Tensor,
    unary: np.ndarray,
    pairs: np.ndarray,
) -> None:
    chance = probability[window, cue].float().cpu().tolist()
    for k, (i, c) in enumerate(zip(window.tolist(), cue.tolist(), strict=True)):
        busy = np.flatnonzero(unary[k, :, 0] < 0.995)
        a, b = (int(busy[0]), int(busy[-1]) + 1) if len(busy) else (c, c + 1)
        begin = items[i].window.begin
        row = (begin + c, chance[k], begin + a, unary[k, a:b].astype(np.float16), pairs[k].astype(np.float16))
        out[items[i].doc]["cues"].append(row)
