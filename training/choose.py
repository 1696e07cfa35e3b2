"""Step 7: fits who is believed about words of certainty, the rules or the judge, with the exported model.

    python -m training.choose --data ../shared/data --model src/onrecord/extract/model

The statements are those of the documents whose marks the judge never saw (`training.marks.held_out`). The
weights of `onrecord.extract.choice` are those of a conditional logit with a light ridge; the figures that
are printed come from a cross-validation by documents, those that are shipped from all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from onrecord import Settings
from onrecord.extract import load
from onrecord.extract.certainty import certainty_of, phrases
from onrecord.extract.choice import chosen, features
from onrecord.extract.judge import judged
from onrecord.extract.kinds import sense_of
from onrecord.extract.marks import Marked
from onrecord.extract.model import Model
from onrecord.statement import Span, Speaker, Statement, covered
from training.corpora import polnear
from training.marks import FILES, LABELS, Place, exact_f1, held_out, place_of, touching_f1, words_of

FOLDS = 4
RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Case:
    """A statement that was held out: what the rules find and take, and what is marked."""

    doc: str
    marked: Marked
    found: tuple[Span, ...]
    ruled: Span | None
    gold: Span | None

    @property
    def options(self) -> list[Span | None]:
        """What there is to choose from."""
        return list(dict.fromkeys([None, self.ruled, *self.found]))

    @property
    def features(self) -> np.ndarray:
        """(options, features)."""
        return np.array([features(span, self.ruled, self.marked) for span in self.options])

    @property
    def right(self) -> int | None:
        """Which option is marked, or touches what is marked; None where there is none, or no choice."""
        options = self.options
        if len(options) < 2 or (self.ruled and not self.marked.read(self.ruled)):
            return None
        if self.gold is None or self.gold in options:
            return options.index(self.gold)
        start, end = self.gold
        return next((i for i, s in enumerate(options) if s and s.start < end and start < s.end), None)


def cases(model: Model, data: Path) -> Iterator[Case]:
    """The labelled statements of the documents that were held out."""
    texts = {e.name: e.text for e in polnear(data / "polnear/train", every_annotator=False)}
    seen: set[tuple[str, Place]] = set()
    for name in FILES:
        for raw in map(json.loads, (LABELS / name).read_text("utf-8").splitlines()):
            doc = raw["doc"]
            rows = [row for row in raw["statements"] if held_out(doc) and (doc, place_of(row)) not in seen]
            seen |= {(doc, place_of(row)) for row in rows}
            yield from _cases(model, doc, texts[doc], rows)


def _cases(model: Model, doc: str, text: str, rows: Sequence[dict[str, Any]]) -> Iterator[Case]:
    statements = [_statement(text, row) for row in rows]
    scores, marked = judged(model.judge, model.tokenizer, text, statements)
    for row, given, senses, marks in zip(rows, statements, scores, marked, strict=True):
        statement = replace(given, kind=sense_of(senses.tolist(), model.facts["kinds"]).kind)
        ruled = certainty_of(text, statement)
        found = () if statement.kind == "question" else tuple(each.span for each in phrases(text, statement))
        yield Case(doc, marks, found, ruled.span if ruled else None, next(words_of(row)))


def _statement(text: str, row: dict[str, Any]) -> Statement:
    source, cue, content = (
        tuple(Span(*s) for s in row.get(role, ())) for role in ("source", "cue", "content")
    )
    return Statement(
        article_id="", source=source, cue=cue, content=content, text=covered(text, content),
        speech="indirect", speaker=Speaker(None), chain=(), confidence=1.0,
    )  # fmt: skip


def fit(known: Sequence[Case]) -> np.ndarray:
    """(features,) weights of a conditional logit, by Newton's method."""
    told = [(case.features, case.right) for case in known if case.right is not None]
    weights = np.zeros(told[0][0].shape[1])
    for _ in range(50):
        gradient, hessian = -RIDGE * weights, RIDGE * np.eye(len(weights))
        for values, right in told:
            powers = np.exp(values @ weights - (values @ weights).max())
            chances = powers / powers.sum()
            apart = values - chances @ values
            gradient += apart[right]
            hessian += (apart * chances[:, None]).T @ apart
        weights += np.linalg.solve(hessian, gradient)
    return weights


def validated(known: Sequence[Case]) -> list[tuple[Span | None, Span | None]]:
    """Gold and chosen words, each document's chosen by weights that were fitted on others."""
    pairs = []
    for fold in range(FOLDS):
        weights = fit([case for case in known if _fold(case) != fold]).tolist()
        for case in (case for case in known if _fold(case) == fold):
            pairs.append((case.gold, chosen(case.ruled, case.found, case.marked, weights)))
    return pairs


def _fold(case: Case) -> int:
    return crc32(f"fold {case.doc}".encode()) % FOLDS


def main() -> None:
    """Command line of this step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", type=Path, required=True)
    given = parser.parse_args()
    known = list(cases(load(Settings(model=given.model)), given.data))
    for name, pairs in (("rules", [(c.gold, c.ruled) for c in known]), ("chosen", validated(known))):
        print(f"{name}: {exact_f1(pairs):.3f}, touching {touching_f1(pairs):.3f} ({len(known)} statements)")
    path = given.model / "reader.json"
    facts = json.loads(path.read_text("utf-8"))
    facts["kinds"]["certainty"] = [round(float(w), 3) for w in fit(known)]
    path.write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
    print(facts["kinds"]["certainty"])


if __name__ == "__main__":
    main()
