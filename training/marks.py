"""Marked words to train the judge on: how sure, on what condition, by when; and how well it marks them.

The labels are `labels/marks.jsonl`, and those words in `documents.jsonl` and `ahead.jsonl`. Every fourth
document (by a hash of its name) is never trained on, nor are those that are set aside as `tune`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from tokenizers import Tokenizer
from torch import nn

from onrecord.extract.judge import inputs_of
from onrecord.extract.marks import MARKS, Marked
from onrecord.extract.plainly import Plainly
from onrecord.statement import Span
from training.corpora import polnear
from training.judges import ABSENT, Example, scores_of

LABELS = Path(__file__).resolve().parent / "labels"
FILES = ("marks.jsonl", "documents.jsonl", "ahead.jsonl")
PARTS = 4
Place = tuple[tuple[Span, ...], tuple[Span, ...]]


def place_of(row: dict[str, Any]) -> Place:
    """What tells a labelled statement from others of its document: cue (with source) and content."""
    who = sorted(Span(*s) for s in [*row.get("source", ()), *row.get("cue", ())])
    return tuple(who), tuple(sorted(Span(*s) for s in row["content"]))


def labelled(folder: Path = LABELS) -> dict[str, dict[Place, tuple[Span | None, ...]]]:
    """Document -> statement -> the words of each of MARKS, None where there are none."""
    found: dict[str, dict[Place, tuple[Span | None, ...]]] = defaultdict(dict)
    for name in FILES:
        for raw in map(json.loads, (folder / name).read_text("utf-8").splitlines()):
            for row in raw["statements"]:
                found[raw["doc"]].setdefault(place_of(row), tuple(words_of(row)))
    return found


def words_of(row: dict[str, Any]) -> Iterator[Span | None]:
    """The words of each of MARKS in a labelled statement."""
    when = row.get("when") or (row.get("due") or row.get("by") or {}).get("span")
    for words in (row.get("certainty"), row.get("condition"), when):
        yield Span(*words) if words else None


def held_out(doc: str) -> bool:
    """Whether the marks of a document are only measured on."""
    return crc32(doc.encode()) % PARTS == 0


def targets(places: Sequence[Span], words: Sequence[Span | None]) -> tuple[tuple[int, int], ...]:
    """First and last subword of each mark; 0 for none, ABSENT for words that the judge does not see."""
    found = []
    for span in words:
        at = [i for i, p in enumerate(places) if span and p.start < span.end and span.start < p.end]
        found.append((0, 0) if span is None else (at[0], at[-1]) if at else (ABSENT, ABSENT))
    return tuple(found)


def exact_f1(pairs: Sequence[tuple[Span | None, Span | None]]) -> float:
    """F1 of exact spans; pairs of gold and found."""
    right = sum(gold == found for gold, found in pairs if gold and found)
    return 2 * right / max(1, sum(bool(g) for g, _ in pairs) + sum(bool(f) for _, f in pairs))


def touching_f1(pairs: Sequence[tuple[Span | None, Span | None]]) -> float:
    """F1 of spans that touch; pairs of gold and found."""
    right = sum(g.start < f.end and f.start < g.end for g, f in pairs if g and f)
    return 2 * right / max(1, sum(bool(g) for g, _ in pairs) + sum(bool(f) for _, f in pairs))


@dataclass(frozen=True, slots=True)
class Held:
    """A statement that marks are measured on: its input, where its subwords stand, the words of each mark."""

    example: Example
    places: Sequence[Span]
    words: tuple[Span | None, ...]


def held_statements(data: Path, tokenizer: Tokenizer) -> list[Held]:
    """The labelled statements of the documents that are held out."""
    texts = {e.name: e.text for e in polnear(data / "polnear/train", every_annotator=False)}
    found = []
    for doc, statements in labelled().items():
        plainly = Plainly(texts[doc])
        for place, words in statements.items() if held_out(doc) else ():
            read = inputs_of(plainly, *place, tokenizer)
            found.append(Held(Example(tuple(read.ids), tuple(read.parts)), read.places, words))
    return found


def measured(model: nn.Module, held: Sequence[Held]) -> str:
    """F1 of each mark, the most probable words taken where they are more probable than none."""
    _, ends = scores_of(model, [h.example for h in held])
    marked = [Marked(e, h.places) for e, h in zip(ends, held, strict=True)]
    told = []
    for k, mark in enumerate(MARKS):
        best = [(m.best(mark), m.none(mark)) for m in marked]
        found = [b[0] if b and b[1] > none else None for b, none in best]
        pairs = [(h.words[k], f) for h, f in zip(held, found, strict=True)]
        n = sum(gold is not None for gold, _ in pairs)
        told.append(f"{mark} {exact_f1(pairs):.3f}, touching {touching_f1(pairs):.3f} (n={n})")
    return "; ".join(told)
