"""The network that judges kinds and marks words: its input, its layers, and what training it minimises.

For each of `MARKS` it scores every subword as the first and as the last of the words that say it; the first
subword, which is no word, stands for "none" (as in question answering: Devlin et al. 2019, section 4.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.extract.kinds import SENSES
from onrecord.extract.marks import MARKS
from onrecord.statement import COMMITMENTS, KINDS
from training.batches import SPECIAL
from training.model import Config, load_encoder
from training.train import MASK as MASKS

ABSENT = -1
UNKNOWN = 100  # BERT's id of what its vocabulary does not hold


@dataclass(frozen=True, slots=True)
class Example:
    """A statement: its input (subword ids, part of each), the targets (ABSENT: does not apply).

    marks: for each of MARKS the first and the last subword, 0 for none; empty where nobody marked them.
    held: of an article whose marks are only measured on (training.marks).
    soft: the probability of each sense as other judges see it; a statement without a label has only this.
    soft_marks: (2 * marks, subwords), the same of each first and last subword.
    """

    ids: tuple[int, ...]
    parts: tuple[int, ...]
    kind: int = ABSENT
    commitment: int = ABSENT
    negative: int = ABSENT
    denied: int = 0
    marks: tuple[tuple[int, int], ...] = ()
    held: bool = False
    soft: tuple[float, ...] | None = None
    soft_marks: np.ndarray | None = None


class Judge(nn.Module):
    """The encoder's mean over the words of the content, and of source and cue, then one layer of scores."""

    def __init__(self, weights: Path, layers: int, base: str = "minilm", frozen: int = 0) -> None:
        super().__init__()
        self.base = base
        # The bottom layers know words and syntax; the upper ones were trained for another end.
        config = Config(base=base, layers=layers, encoder_dropout=0.1, frozen=frozen)
        self.encoder = load_encoder(config, weights, bottom=True)
        hidden = self.encoder.config.hidden_size
        self.mix = nn.Linear(2 * hidden, 256)
        self.drop = nn.Dropout(0.2)
        self.out = nn.Linear(256, len(SENSES))
        self.marks = nn.Linear(hidden, 2 * len(MARKS))

    def forward(self, ids: Tensor, parts: Tensor) -> tuple[Tensor, Tensor]:
        """(statements, senses) log-odds, and (statements, 2 * marks, subwords) scores of ends.

        ids, parts: (statements, subwords); id 0 is padding.
        """
        real = (ids > 0).long()
        if self.base == "mpnet":
            hidden = self.encoder(input_ids=as_mpnet(ids), attention_mask=real).last_hidden_state
        else:
            vectors = self.encoder.embeddings.word_embeddings(ids)
            hidden = self.encoder(
                inputs_embeds=vectors, attention_mask=real, token_type_ids=parts * real
            ).last_hidden_state
        told = _mean(hidden, parts * real)
        who = _mean(hidden, (1 - parts) * real)
        senses = self.out(F.relu(self.mix(self.drop(torch.cat([told, who], 1)))))
        return senses, self.marks(hidden).transpose(1, 2)


def as_mpnet(ids: Tensor) -> Tensor:
    """MPNet's ids of the subwords: BERT's vocabulary behind four special tokens, and other marks."""
    shifted = ids + 4
    special = zip(SPECIAL["minilm"], SPECIAL["mpnet"], strict=True)
    for bert, mpnet in (*special, (UNKNOWN, 3), (MASKS["minilm"], MASKS["mpnet"])):
        shifted = torch.where(ids == bert, mpnet, shifted)
    return shifted


def _mean(hidden: Tensor, weight: Tensor) -> Tensor:
    total = (hidden * weight[:, :, None]).sum(1)
    return total / weight.sum(1, keepdim=True).clamp(min=1)


def padded(rows: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """(statements, subwords) ids and parts."""
    width = max(len(r.ids) for r in rows)
    out = np.zeros((2, len(rows), width), np.int64)
    for i, row in enumerate(rows):
        out[0, i, : len(row.ids)], out[1, i, : len(row.ids)] = row.ids, row.parts
    return torch.from_numpy(out[0]), torch.from_numpy(out[1])


def loss_of(scores: Tensor, rows: Sequence[Example], weight: Tensor, hard: float = 1.0) -> Tensor:
    """The loss of a batch: of labels, of soft targets, or of both, `hard` being the labels' share."""
    soft = [i for i, row in enumerate(rows) if row.soft is not None]
    labelled = [i for i, row in enumerate(rows) if row.kind != ABSENT]
    loss = scores.new_zeros(())
    if labelled:
        share = sum(hard if rows[i].soft else 1.0 for i in labelled) / len(rows)
        loss = loss + share * labelled_loss(scores[labelled], [rows[i] for i in labelled], weight)
    if soft:
        share = sum(1 - hard if rows[i].kind != ABSENT else 1.0 for i in soft) / len(rows)
        loss = loss + share * soft_loss(scores[soft], [rows[i] for i in soft])
    return loss


def soft_loss(scores: Tensor, rows: Sequence[Example]) -> Tensor:
    """Cross-entropy with soft targets; types and negation as far as it is believed a commitment."""
    wanted = torch.tensor([row.soft for row in rows])
    k, c = len(KINDS), len(KINDS) + len(COMMITMENTS)
    loss = F.cross_entropy(scores[:, :k], wanted[:, :k])
    promised = wanted[:, KINDS.index("commitment")]
    types = F.cross_entropy(scores[:, k:c], wanted[:, k:c], reduction="none")
    told = F.binary_cross_entropy_with_logits(scores[:, c:], wanted[:, c:], reduction="none")
    return loss + (promised * (0.5 * types + 0.3 * told[:, 0])).mean() + 0.3 * told[:, 1].mean()


def labelled_loss(scores: Tensor, rows: Sequence[Example], weight: Tensor) -> Tensor:
    """Cross-entropy of kinds and of types of commitment; logistic loss of negation and denial."""
    targets = torch.tensor([(r.kind, r.commitment, r.negative, r.denied) for r in rows])
    kind, commitment, negative, denied = targets.T
    k, c = len(KINDS), len(KINDS) + len(COMMITMENTS)
    loss = F.cross_entropy(scores[:, :k], kind, weight, label_smoothing=0.05)
    rare = torch.tensor(3.0)
    loss = loss + 0.3 * F.binary_cross_entropy_with_logits(scores[:, c + 1], denied.float(), pos_weight=rare)
    told = commitment != ABSENT
    if told.any():
        loss = loss + 0.5 * F.cross_entropy(scores[told, k:c], commitment[told])
        some = scores[told, c], negative[told].float()
        loss = loss + 0.3 * F.binary_cross_entropy_with_logits(*some, pos_weight=rare)
    return loss


def marks_loss(scores: Tensor, real: Tensor, rows: Sequence[Example], hard: float = 1.0) -> Tensor:
    """Cross-entropy of first and last subwords, of labels and soft targets; `hard` is the labels' share.

    scores: (statements, 2 * marks, subwords); real: (statements, subwords), whether a subword is no padding.
    """
    chances = scores.masked_fill(~real[:, None, :], float("-inf")).log_softmax(2)
    total = scores.new_zeros(())
    for i, row in enumerate(rows):
        length = len(row.ids)
        if row.marks:
            share = hard if row.soft_marks is not None else 1.0
            wanted = torch.tensor(row.marks).flatten()
            told = torch.nonzero(wanted != ABSENT)[:, 0]
            total = total - share * chances[i, told, wanted[told]].sum()
        if row.soft_marks is not None:
            share = 1 - hard if row.marks else 1.0
            total = total - share * (torch.from_numpy(row.soft_marks) * chances[i, :, :length]).sum()
    return total / len(rows)


@torch.no_grad()
def scores_of(model: nn.Module, rows: Sequence[Example]) -> tuple[np.ndarray, list[np.ndarray]]:
    """(statements, senses) scores, and of each statement (2 * marks, subwords) log-probabilities of ends."""
    model.eval()
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    out = np.zeros((len(rows), len(SENSES)), np.float32)
    ends: list[np.ndarray] = [np.zeros(0)] * len(rows)
    for i in range(0, len(order), 32):
        part = order[i : i + 32]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=getattr(model, "base", "") == "mpnet"):
            senses, marks = model(*padded([rows[j] for j in part]))
        out[part] = senses.float().numpy()
        for k, j in enumerate(part):
            ends[j] = marks[k, :, : len(rows[j].ids)].float().log_softmax(1).numpy()
    return out, ends
