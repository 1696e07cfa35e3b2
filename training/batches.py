"""Windows of prepared texts as padded tensors, with gold cues, or with a teacher's soft readings."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from onrecord.extract.decode import B_CONTENT, B_CUE, B_SOURCE
from onrecord.extract.windows import Window, windows_of

SPECIAL = {"minilm": (101, 102, 0), "mpnet": (0, 2, 1)}
BEGIN = {"source": B_SOURCE, "cue": B_CUE, "content": B_CONTENT}


@dataclass(slots=True)
class Item:
    """One window of one text (`doc` indexes the list of texts)."""

    doc: int
    window: Window


def items_of(docs: list[dict[str, Any]], indexes: list[int], longest: int, overlap: int = 48) -> list[Item]:
    """The windows of the chosen texts."""
    return [Item(i, w) for i in indexes for w in windows_of(docs[i]["words"], longest, overlap)]


def epoch(
    docs: list[dict[str, Any]], indexes: list[int], rng: random.Random, tokens: int, overlap: int = 48
) -> Iterator[list[Item]]:
    """Shuffled batches of about `tokens` subwords; each text is cut anew at a random window length.

    overlap: words that a window shares with the one before, give or take a third.
    """
    overlaps = (overlap * 2 // 3, overlap, overlap * 4 // 3)
    items = []
    for i in indexes:
        items += items_of(docs, [i], rng.choice((94, 126, 158, 190, 222, 254)), rng.choice(overlaps))
    rng.shuffle(items)
    pool = sorted(items, key=lambda item: (item.window.end - item.window.begin) + rng.random() * 40)
    batches: list[list[Item]] = []
    batch: list[Item] = []
    longest = 0
    for item in pool:
        size = item.window.end - item.window.begin + 2
        longest = max(longest, size)
        if batch and longest * (len(batch) + 1) > tokens:
            batches.append(batch)
            batch, longest = [], size
        batch.append(item)
    batches.append(batch)
    rng.shuffle(batches)
    yield from batches


def tags_of(row: dict[str, Any], window: Window) -> np.ndarray:
    """(words of the window,) the seven tags of one gold attribution."""
    tags = np.zeros(window.end - window.begin, np.int64)
    for role in ("content", "source", "cue"):
        for start, end in row[role][:1] if role == "cue" else row[role]:
            a, b = max(start, window.begin) - window.begin, min(end, window.end) - window.begin
            if a < b:
                tags[a:b] = BEGIN[role] + 1
                tags[a] = BEGIN[role]
    # A role that goes on behind another one's words begins anew there.
    for i in range(len(tags)):
        inside = tags[i] in (2, 4, 6)
        if inside and (i == 0 or tags[i - 1] not in (tags[i], tags[i] - 1)):
            tags[i] -= 1
    return tags


def cues_of(doc: dict[str, Any], window: Window) -> list[dict[str, Any]]:
    """Gold attributions whose cue begins in the window; of two with the same cue, the first."""
    seen: dict[int, dict[str, Any]] = {}
    for row in doc["gold"]:
        start = row["cue"][0][0]
        if window.begin <= start < window.end:
            seen.setdefault(start, row)
    return list(seen.values())


def encoded(docs: list[dict[str, Any]], items: list[Item], base: str) -> dict[str, Tensor]:
    """Padded inputs of the encoder and the index of every word's first subword."""
    cls, sep, pad = SPECIAL[base]
    rows = [_row(docs[item.doc]["words"], item.window, cls, sep) for item in items]
    out = {"ids": _padded([r["ids"] for r in rows], pad)}
    for name in ("shape", "gap", "quote", "mask", "first", "own", "lines"):
        out[name] = _padded([r[name] for r in rows], 0)
    out["length"] = torch.tensor([len(r["first"]) for r in rows])
    return out


def _row(words: Any, window: Window, cls: int, sep: int) -> dict[str, np.ndarray]:
    a, b = int(words.first[window.begin]), int(words.first[window.end])
    ids = np.concatenate([[cls], words.subwords[a:b], [sep]])
    first = words.first[window.begin : window.end] - a + 1
    counts = np.diff(words.first[window.begin : window.end + 1])
    own = np.zeros(window.end - window.begin, np.int64)
    own[window.own_begin - window.begin : window.own_end - window.begin] = 1
    lines = words.paragraph[window.begin : window.end]
    row = {"ids": ids, "mask": np.ones(len(ids), np.int64), "first": first, "own": own, "lines": lines}
    for name in ("shape", "gap", "quote"):
        values = np.repeat(getattr(words, name)[window.begin : window.end], counts)
        row[name] = np.concatenate([[0], values, [0]])
    return row


def _padded(rows: list[np.ndarray], value: int) -> Tensor:
    out = np.full((len(rows), max(len(r) for r in rows)), value, np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out)
