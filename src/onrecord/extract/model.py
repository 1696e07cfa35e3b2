"""Loads the reader's ONNX model and runs it over windows of words.

The graph takes padded windows and gives, for every word whose probability of beginning a
cue reaches a threshold, the tag scores of all words of its window.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelBroken, ModelMissing
from onrecord.extract.calibration import Calibration
from onrecord.extract.features import Ints, Words
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FILES = ("reader.onnx", "kinds.onnx", "words.bin", "reader.json", "tokenizer.json")
CLS, SEP, PAD = 101, 102, 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are read together: a window of the text, or a content read again.

    words: (n,) indexes into the text's words; own: (n,) whether cues are taken there;
    plain: whether its quotation marks are left unseen (a content wholly in quotation marks).
    """

    words: Ints
    own: NDArray[np.bool_]
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the model says of a batch: one row a cue. All arrays have as many rows as cues."""

    piece: Ints  # (n,) index of the piece in the batch
    cue: Ints  # (n,) the cue's first word, counted in its piece
    chance: NDArray[np.float32]  # (n,) probability that a cue begins there
    scores: NDArray[np.float32]  # (n, words, 7)


@dataclass(frozen=True)
class Model:
    """A loaded model: two sessions, their tokenizer and the figures of reader.json.

    `session` finds attributions, `judge` tells their kinds. `facts`: threshold, inner_threshold,
    longest, transitions, calibration, inner_cues, kinds.
    """

    session: InferenceSession
    judge: InferenceSession
    tokenizer: Tokenizer
    facts: dict[str, Any]
    hash: str

    @cached_property
    def transitions(self) -> NDArray[np.float32]:
        """(7, 7) scores of one tag following another."""
        return np.array(self.facts["transitions"], np.float32)

    @cached_property
    def calibration(self) -> Calibration | None:
        """How confidence is made of what the model says; None for a model that was never calibrated."""
        facts = self.facts["calibration"]
        return Calibration(tuple(facts["weights"]), facts["bias"]) if facts else None

    @cached_property
    def inner_cue_ids(self) -> Ints:
        """Vocabulary ids of words that often begin a cue: only contents with one are read again."""
        ids = [self.tokenizer.token_to_id(word) for word in self.facts["inner_cues"]]
        return np.array([i for i in ids if i is not None], np.int64)

    def run(self, words: Words, pieces: Sequence[Piece], threshold: float) -> Anchors:
        """Reads some pieces of one text together; they are padded to the longest."""
        inputs = _inputs(words, pieces)
        inputs["threshold"] = np.array(threshold, np.float32)
        piece, cue, chance, scores = self.session.run(None, inputs)
        return Anchors(piece, cue, chance, scores)


def load(settings: Settings) -> Model:
    """Loads the bundled model, or the folder that `settings.model` names.

    Raises ModelMissing where a file is not there, ModelBroken where one cannot be loaded.
    """
    folder = settings.model or Path(str(files("onrecord.extract") / "model"))
    for name in FILES:
        if not (folder / name).is_file():
            raise ModelMissing(path=folder / name)
    try:
        return _load(folder, settings.threads)
    except Exception as error:  # the three libraries raise their own, undocumented kinds
        raise ModelBroken(path=folder, reason=f"{type(error).__name__}: {error}") from error


def _load(folder: Path, threads: int) -> Model:
    # ONNX Runtime's wheels report usage unless told not to before the first import.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The fused kernel of this one takes 12 times as long as its parts (ONNX Runtime 1.31, CPU):
    # without the fusion a window of 206 subwords takes 32 ms instead of 38.
    sessions: list[InferenceSession] = [
        onnxruntime.InferenceSession(
            str(folder / name),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )
        for name in ("reader.onnx", "kinds.onnx")
    ]
    if len(sessions[1].get_outputs()) < 2:
        raise ValueError("kinds.onnx marks no words: it was made for an earlier version of onrecord")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    facts = json.loads((folder / "reader.json").read_text("utf-8"))
    return Model(sessions[0], sessions[1], tokenizer, facts, "sha256:" + digest.hexdigest())


def _inputs(words: Words, pieces: Sequence[Piece]) -> dict[str, NDArray[Any]]:
    rows = [_row(words, piece) for piece in pieces]
    padding = {"ids": PAD}
    return {name: _padded([row[name] for row in rows], padding.get(name, 0)) for name in rows[0]}


def _row(words: Words, piece: Piece) -> dict[str, Ints]:
    begin, count = words.first[piece.words], np.diff(words.first)[piece.words]
    first = np.cumsum(count) - count
    taken = np.repeat(begin - first, count) + np.arange(count.sum())
    gap = words.gap[piece.words].copy()
    quote = words.quote[piece.words]
    gap[:1] = 3
    features = {
        "shape": words.shape[piece.words],
        "gap": gap,
        "quote": np.zeros_like(quote) if piece.plain else quote,
    }
    row = {name: np.concatenate([[0], np.repeat(values, count), [0]]) for name, values in features.items()}
    row["ids"] = np.concatenate([[CLS], words.subwords[taken], [SEP]])
    row["mask"] = np.ones(len(row["ids"]), np.int64)
    row["first"] = first + 1
    row["lines"] = words.paragraph[piece.words]
    row["own"] = piece.own.astype(np.int64)
    return row


def _padded(rows: Sequence[Ints], value: int) -> Ints:
    out = np.full((len(rows), max(len(row) for row in rows)), value, np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out
