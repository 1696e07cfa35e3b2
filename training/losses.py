"""What training minimises: the negative log-likelihood of gold readings, or of a teacher's beliefs."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from onrecord.extract.decode import N_TAGS
from training.batches import Item, cues_of, tags_of
from training.infer import constrained
from training.model import Reader, log_partition, path_score

AUXILIARY = 0.3


def gold_loss(
    model: Reader, words: Tensor, batch: dict[str, Tensor], docs: list[dict[str, Any]], items: list[Item]
) -> Tensor:
    """Per gold cue: anchors, readings, and the auxiliary tagging of the whole window."""
    anchors = torch.zeros(words.shape[:2])
    flat = torch.zeros(words.shape[:2], dtype=torch.long)
    window, cue, tags = [], [], []
    for i, item in enumerate(items):
        for row in cues_of(docs[item.doc], item.window):
            at = row["cue"][0][0] - item.window.begin
            row_tags = torch.from_numpy(tags_of(row, item.window))
            anchors[i, at] = 1
            flat[i, : len(row_tags)] = torch.where(row_tags > 0, row_tags, flat[i, : len(row_tags)])
            window.append(i)
            cue.append(at)
            tags.append(F.pad(row_tags, (0, words.shape[1] - len(row_tags))))
    device = words.device
    real = torch.arange(words.shape[1], device=device)[None, :] < batch["length"][:, None]
    loss = _anchor_loss(model.anchors(words).float(), anchors.to(device), real)
    tagged = F.cross_entropy(model.tagger(words).float().transpose(1, 2), flat.to(device), reduction="none")
    loss = loss + AUXILIARY * (tagged * real).sum()
    if window:
        index = torch.tensor(window, device=device), torch.tensor(cue, device=device)
        loss = loss + _reading_loss(model, words, batch, index, torch.stack(tags).to(device))
    return loss / max(1, len(window))


def _anchor_loss(logits: Tensor, targets: Tensor, real: Tensor) -> Tensor:
    return (F.binary_cross_entropy_with_logits(logits, targets, reduction="none") * real).sum()


def _reading_loss(
    model: Reader, words: Tensor, batch: dict[str, Tensor], index: tuple[Tensor, Tensor], tags: Tensor
) -> Tensor:
    window, cue = index
    scores = constrained(model.emissions(words, batch["lines"], window, cue), cue, batch["length"][window])
    transitions = model.transition_scores()
    return (log_partition(scores, transitions) - path_score(scores, transitions, tags)).sum()


def soft_loss(
    model: Reader, words: Tensor, batch: dict[str, Tensor], soft: dict[int, dict[str, Any]], items: list[Item]
) -> Tensor:
    """Cross-entropy against a teacher's anchor probabilities and CRF marginals, per expected cue."""
    length = words.shape[1]
    anchors = np.zeros(tuple(words.shape[:2]), np.float32)
    window, cue, chance, unary, pairs = [], [], [], [], []
    for i, item in enumerate(items):
        w, belief = item.window, soft[item.doc]
        anchors[i, : w.end - w.begin] = belief["anchor"][w.begin : w.end]
        for at, p, begin, marginals, expected in belief["cues"]:
            if w.begin <= begin and begin + len(marginals) <= w.end and p > 0.15:
                window.append(i)
                cue.append(at - w.begin)
                chance.append(p)
                unary.append(_spread(marginals, begin - w.begin, length))
                pairs.append(_refitted(expected, length))
    device = words.device
    real = torch.arange(length, device=device)[None, :] < batch["length"][:, None]
    loss = _anchor_loss(model.anchors(words).float(), torch.from_numpy(anchors).to(device), real)
    if not window:
        return loss
    index = torch.tensor(window, device=device), torch.tensor(cue, device=device)
    scores = constrained(model.emissions(words, batch["lines"], *index), index[1], batch["length"][index[0]])
    transitions = model.transition_scores()
    wanted = torch.from_numpy(np.stack(unary)).to(device)
    believed = (wanted * scores).sum((1, 2)) + (
        torch.from_numpy(np.stack(pairs)).to(device) * transitions
    ).sum((1, 2))
    weight = torch.tensor(chance, device=device)
    return (loss + (weight * (log_partition(scores, transitions) - believed)).sum()) / weight.sum().clamp(
        min=1
    )


def _spread(marginals: np.ndarray, begin: int, length: int) -> np.ndarray:
    out = np.zeros((length, N_TAGS), np.float32)
    out[:, 0] = 1
    part = np.clip(marginals.astype(np.float32), 0, 1)
    part[part < 1e-3] = 0
    out[begin : begin + len(part)] = part / part.sum(1, keepdims=True)
    return out


def _refitted(expected: np.ndarray, length: int) -> np.ndarray:
    """Expected transitions for a window of another length: only outside → outside differs."""
    out = np.clip(expected.astype(np.float32), 0, None)
    out[out < 1e-3] = 0
    out[0, 0] = 0
    out[0, 0] = length - 1 - out.sum()
    return out
