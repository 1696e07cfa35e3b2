"""Measures the time expressions against TimeML corpora, by the rules of TempEval-3.

    python quality/timeml.py --data ../shared/data/time             the documents to develop on
    python quality/timeml.py --data ../shared/data/time --held-out  the third that is kept aside
    python quality/timeml.py --data ../shared/data/time --errors    … and what was missed (never held out)

An expression is found when it overlaps one of the gold (relaxed), or has its very extent (strict);
type and value count on relaxed matches. F1 over pooled counts. The document's creation time is
the publication date, and is not itself counted. Only the text between <TEXT> and </TEXT> is read.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from onrecord.extract.times import time_expressions  # noqa: E402

NEWS, HISTORY = ("timebank", "aquaint"), ("wikiwars-train",)
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


class Timex(NamedTuple):
    """A time expression, as people or the grammar mark it: code-point offsets, TIMEX3's type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A TimeML document: its text without marks, its creation time, its gold."""

    name: str
    text: str
    published: date | None
    gold: tuple[Timex, ...]


def held_out(name: str) -> bool:
    """Whether a document belongs to the third that is kept aside: by a fixed hash of its name."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def read_timeml(path: Path) -> Dated:
    """One document; marks of events and signals are dropped."""
    raw = path.read_text("utf-8")
    head, _, rest = raw.partition("<TEXT>")
    body = rest.rpartition("</TEXT>")[0]
    created = re.search(r"<DCT>.*?value=\"(\d{4}-\d\d-\d\d)", head + rest, re.DOTALL)
    text, gold = _unmarked(body)
    return Dated(path.stem, text, date.fromisoformat(created[1]) if created else None, gold)


def _unmarked(body: str) -> tuple[str, tuple[Timex, ...]]:
    text, at, gold, opened = "", 0, [], None
    for tag in _TAG.finditer(body):
        text += html.unescape(body[at : tag.start()])
        at = tag.end()
        if tag[2] != "TIMEX3":
            continue
        if tag[1]:
            if opened:
                gold.append(
                    Timex(opened[0], len(text), opened[1].get("type", ""), opened[1].get("value", ""))
                )
            opened = None
        elif not tag[3].endswith("/"):
            opened = (len(text), dict(_ATTRIBUTE.findall(tag[3])))
    return text + html.unescape(body[at:]), tuple(gold)


def corpus(data: Path, folders: Iterable[str], *, aside: bool | None) -> list[Dated]:
    """The documents of some folders: those kept aside, those to develop on, or (None) all."""
    paths = [path for folder in folders for path in sorted((data / folder).glob("*.tml"))]
    return [read_timeml(p) for p in paths if aside is None or held_out(p.stem) == aside]


def found_in(document: Dated) -> list[Timex]:
    """What the grammar finds."""
    times = time_expressions(document.text, document.published)
    return [Timex(*t.span, t.type, t.value) for t in times]


def matched(gold: Sequence[Timex], found: Sequence[Timex]) -> Iterator[tuple[Timex | None, Timex | None]]:
    """Pairs of gold and found that overlap, one to one, same extents first; then what stands alone."""
    left, right = list(gold), list(found)
    for strict in (True, False):
        for g in list(left):
            for f in right:
                if (f[:2] == g[:2]) if strict else (f.start < g.end and g.start < f.end):
                    yield g, f
                    left.remove(g)
                    right.remove(f)
                    break
    yield from ((g, None) for g in left)
    yield from ((None, f) for f in right)


def counts_of(document: Dated) -> Counter[str]:
    """gold, found, and the matches of one document: relaxed, and of these strict, type and value."""
    counts: Counter[str] = Counter()
    for g, f in matched(document.gold, found_in(document)):
        counts["gold"] += g is not None
        counts["found"] += f is not None
        if g and f:
            counts["relaxed"] += 1
            counts["strict"] += g[:2] == f[:2]
            counts["type"] += g.type == f.type
            counts["value"] += g.value == f.value
    return counts


def measure(documents: Iterable[Dated]) -> dict[str, float]:
    """Percent F1 by measure, with the precision and recall of values and the number of gold expressions."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(counts_of(document))
    total = counts["gold"] + counts["found"]
    figures = {name: 200 * counts[name] / total for name in ("strict", "relaxed", "type", "value")}
    figures["value precision"] = 100 * counts["value"] / max(1, counts["found"])
    figures["value recall"] = 100 * counts["value"] / max(1, counts["gold"])
    return {**figures, "gold": counts["gold"], "found": counts["found"]}


def show_errors(documents: Iterable[Dated]) -> None:
    """Every expression that was missed, spurious or wrong, with the words around it."""
    for document in documents:
        for g, f in matched(document.gold, found_in(document)):
            if g and f and g == f:
                continue
            at = g or f
            assert at is not None
            around = document.text[max(0, at.start - 60) : at.end + 50].replace("\n", " ")
            kind = (
                "MISS" if f is None else "SPUR" if g is None else "VALUE" if g.value != f.value else "other"
            )
            shown = [f"{document.text[t.start : t.end]!r} {t.type} {t.value}" if t else "-" for t in (g, f)]
            print(f"{kind}\t{document.name} {document.published}\t{shown[0]}\t{shown[1]}\t… {around}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/time")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--history", action="store_true", help="WikiWars instead of news")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    aside = None if options.history else options.held_out
    documents = corpus(options.data, HISTORY if options.history else NEWS, aside=aside)
    if options.errors and not options.held_out:
        show_errors(documents)
        return
    began = time.process_time()
    figures = measure(documents)
    spent, words = time.process_time() - began, sum(len(d.text.split()) for d in documents)
    print(
        f"{len(documents)} documents, {words:,} words, {1e6 * spent / words:.2f} ms of processor time "
        "per 1,000 words"
    )
    for name, figure in figures.items():
        print(f"{name:16} {figure:6.1f}" if name not in ("gold", "found") else f"{name:16} {figure:6}")


if __name__ == "__main__":
    main()
