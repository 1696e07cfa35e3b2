"""The reader's network: an encoder, a head that finds cues, a decoder that reads one cue.

The encoder (MiniLM or, for teachers, MPNet) sees each window once. Every word that begins
a cue is an anchor; for every anchor a light decoder scores, for all words of the window,
the seven tags of its source, cue and content. A linear-chain CRF (Lafferty et al. 2001)
turns scores into the probability of a whole reading. Since each cue is read on its own,
sources and contents may be shared, split and nested.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.extract.decode import IMPOSSIBLE, N_TAGS, allowed
from onrecord.extract.features import GAPS, QUOTES, SHAPES

N_BUCKETS = 64
# Lines (paragraphs) before and after the cue's own that are told apart.
FAR_LINES = 2


@dataclass
class Config:
    """What a network is made of; `decoder` is mlp, conv or attention.

    frozen: the number of lowest layers of the encoder that stay as they came, with the word vectors: no
    gradient goes through them. Case, white space and quotation marks are then added above them.
    """

    base: str = "minilm"
    layers: int = 6
    features: bool = True
    decoder: str = "conv"
    width: int = 128
    depth: int = 3
    dropout: float = 0.1
    encoder_dropout: float = 0.0
    frozen: int = 0


def bucket(distance: Tensor) -> Tensor:
    """Signed distances in words as N_BUCKETS classes: exact to 8, then logarithmic (T5's scheme)."""
    size = distance.abs()
    far = 8 + (torch.log(size.clamp(min=1).float() / 8) / 4.2 * 23).long()
    magnitude = torch.where(size < 8, size, far.clamp(8, N_BUCKETS // 2 - 1))
    return magnitude + (distance > 0).long() * (N_BUCKETS // 2)


class ConvLayer(nn.Module):
    """Depthwise convolution over words, then a pointwise network; residual."""

    def __init__(self, width: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = nn.Conv1d(width, width, 5, padding=2 * dilation, dilation=dilation, groups=width)
        self.mix = nn.Linear(width, width)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """(cues, words, width) to the same shape."""
        y = self.conv(self.norm(x).transpose(1, 2)).transpose(1, 2)
        return x + self.drop(self.mix(F.relu(y)))


class AttentionLayer(nn.Module):
    """One Transformer layer over the words of a window, seen from one cue."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(
            width, 4, 2 * width, dropout, activation="relu", batch_first=True, norm_first=True
        )

    def forward(self, x: Tensor) -> Tensor:
        """(cues, words, width) to the same shape."""
        return self.layer(x)


class Reader(nn.Module):
    """Encoder, anchor head, cue decoder, and CRF transitions."""

    def __init__(self, config: Config, weights: Path) -> None:
        super().__init__()
        self.config = config
        self.encoder = load_encoder(config, weights)
        hidden = self.encoder.config.hidden_size
        width = config.width
        self.layout: Tensor | None = None
        if config.frozen:
            above = self.encoder.encoder.layer[config.frozen]
            above.register_forward_pre_hook(self._with_layout, with_kwargs=True)
        self.shape = nn.Embedding(SHAPES, hidden)
        self.gap = nn.Embedding(GAPS, hidden)
        self.quote = nn.Embedding(QUOTES, hidden)
        for table in (self.shape, self.gap, self.quote):
            nn.init.normal_(table.weight, std=0.005)
        self.anchor = nn.Sequential(nn.Linear(hidden, width), nn.ReLU(), nn.Linear(width, 1))
        self.tagger = nn.Linear(hidden, N_TAGS)  # an auxiliary task while training; not shipped
        self.word = nn.Linear(hidden, width)
        self.cue = nn.Linear(hidden, width)
        self.distance = nn.Embedding(N_BUCKETS, width)
        self.lines = nn.Embedding(2 * FAR_LINES + 1, width)
        self.norm = nn.LayerNorm(width)
        self.stack = nn.ModuleList(self._layer(i) for i in range(config.depth))
        self.out = nn.Sequential(
            nn.LayerNorm(width), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, N_TAGS)
        )
        self.transitions = nn.Parameter(torch.zeros(N_TAGS, N_TAGS))
        self.drop = nn.Dropout(config.dropout)
        self.register_buffer("forbidden", torch.tensor(~allowed()))

    def _layer(self, i: int) -> nn.Module:
        config = self.config
        if config.decoder == "attention":
            return AttentionLayer(config.width, config.dropout)
        if config.decoder == "conv":
            return ConvLayer(config.width, 2**i, config.dropout)
        return nn.Identity()

    def embed(self, ids: Tensor, shape: Tensor, gap: Tensor, quote: Tensor) -> Tensor:
        """(windows, subwords, hidden) word vectors with case, layout and quotation added."""
        vectors: Tensor = self.encoder.embeddings.word_embeddings(ids)
        if not self.config.features:
            return vectors
        layout = self.shape(shape) + self.gap(gap) + self.quote(quote)
        if self.config.frozen:
            self.layout = layout
            return vectors
        return vectors + layout

    def _with_layout(
        self, _layer: nn.Module, given: tuple[Tensor, ...], named: dict[str, Any]
    ) -> tuple[tuple[Tensor, ...], dict[str, Any]]:
        """The inputs of the first layer that is trained, with the layout of the words added."""
        return ((given[0] + self.layout, *given[1:]) if self.layout is not None else given), named

    def encode(self, batch: dict[str, Tensor]) -> Tensor:
        """(windows, words, hidden) the vector of every word's first subword."""
        vectors = self.embed(batch["ids"], batch["shape"], batch["gap"], batch["quote"])
        hidden = self.encoder(inputs_embeds=vectors, attention_mask=batch["mask"]).last_hidden_state
        index = batch["first"][:, :, None].expand(-1, -1, hidden.shape[-1])
        return self.drop(hidden.gather(1, index))

    def anchors(self, words: Tensor) -> Tensor:
        """(windows, words) log-odds that a word begins a cue."""
        return self.anchor(words).squeeze(-1)

    def emissions(self, words: Tensor, lines: Tensor, window: Tensor, cue: Tensor) -> Tensor:
        """(cues, words, 7) tag scores of the words of each cue's window.

        words: (windows, words, hidden); lines: (windows, words) the line of each word;
        window, cue: (cues,) which window, and which word of it begins the cue.
        """
        at = torch.arange(words.shape[1], device=words.device)[None, :]
        x = self.word(words)[window] + self.cue(words)[window, cue][:, None]
        away = (lines[window] - lines[window, cue][:, None]).clamp(-FAR_LINES, FAR_LINES) + FAR_LINES
        x = x + self.distance(bucket(at - cue[:, None])) + self.lines(away)
        x = self.norm(F.relu(x))
        for layer in self.stack:
            x = layer(x)
        return self.out(x)

    def transition_scores(self) -> Tensor:
        """(7, 7) learnt scores, the impossible ones at IMPOSSIBLE."""
        return self.transitions.float().masked_fill(self.forbidden, IMPOSSIBLE)


def load_encoder(config: Config, weights: Path, *, bottom: bool = False) -> nn.Module:
    """The pretrained encoder, cut to some of its layers: spread over its depth, or the lowest."""
    from transformers import AutoModel

    # Plain products are the fastest way on a CPU with AMX, if attention itself has no dropout: its
    # random numbers are drawn on one core and took a tenth of the time.
    encoder = AutoModel.from_pretrained(
        weights,
        add_pooling_layer=False,
        attn_implementation="eager",
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=config.encoder_dropout,
    )
    # The word vectors stay as they came: they are half of the weights and 840 articles cannot better them.
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    layers = encoder.encoder.layer
    if config.layers < len(layers):
        spread = [round(i * (len(layers) - 1) / (config.layers - 1)) for i in range(config.layers)]
        keep = range(config.layers) if bottom else spread
        encoder.encoder.layer = nn.ModuleList(layers[i] for i in keep)
        encoder.config.num_hidden_layers = config.layers
    if config.frozen:
        for part in (encoder.embeddings, *encoder.encoder.layer[: config.frozen]):
            part.requires_grad_(False)
        if hasattr(encoder.encoder, "relative_attention_bias"):
            encoder.encoder.relative_attention_bias.requires_grad_(False)
    return encoder


def log_partition(scores: Tensor, transitions: Tensor) -> Tensor:
    """(cues,) log of the sum over all tag sequences, by a tree of log-semiring products.

    scores: (cues, words, 7) constrained; transitions: (7, 7), or (cues, 7, 7) to get the
    marginals of each cue by differentiation. Logarithmic depth instead of one step a word.
    """
    n, length, tags = scores.shape
    first = scores[:, 0]
    steps = transitions.reshape(-1, 1, tags, tags) + scores[:, 1:, None, :]
    size = 1 << max(0, (length - 2).bit_length())
    if length > 1 and size > length - 1:
        same = torch.full((tags, tags), IMPOSSIBLE * 10, device=scores.device).fill_diagonal_(0.0)
        steps = torch.cat([steps, same.expand(n, size - length + 1, tags, tags)], 1)
    while steps.shape[1] > 1:
        left, right = steps[:, 0::2], steps[:, 1::2]
        steps = torch.logsumexp(left[..., :, :, None] + right[..., None, :, :], dim=-2)
    if length > 1:
        first = torch.logsumexp(first[:, :, None] + steps[:, 0], dim=1)
    return torch.logsumexp(first, dim=1)


def path_score(scores: Tensor, transitions: Tensor, tags: Tensor) -> Tensor:
    """(cues,) score of given tag sequences; tags: (cues, words)."""
    emitted = scores.gather(2, tags[:, :, None]).squeeze(2).sum(1)
    return emitted + transitions[tags[:, :-1], tags[:, 1:]].sum(1)
