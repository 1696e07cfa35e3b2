"""Neutrality as a figure: names of persons, parties, countries, genders are swapped; nothing may change.

Each labelled statement of PolNeAR dev is read in its own paragraph, as it stands and with one group of
names swapped, both ways at once ("Republicans" become "Democrats" and the other way round). Kind,
denial and words of certainty must stay the same, and confidence must not move on average.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord import Reader
from onrecord.statement import Article, Span, Statement
from quality import meaning
from quality.figures import Figure, bootstrap
from quality.measures import Marked, Page, agree

# At least so many contents are read with a swap.
CONTENTS = 340
SEED = 20180306
# Pairs that are swapped for one another. Names that the articles of the corpus hold often, others of
# the same form, and the words for what they belong to.
GROUPS: dict[str, tuple[tuple[str, str], ...]] = {
    "persons": (
        ("Hillary", "Donald"), ("Clinton", "Trump"), ("Obama", "Bush"), ("Sanders", "Cruz"),
        ("Barack", "George"),
        ("Bernie", "Ted"), ("Pence", "Kaine"), ("Rubio", "Warren"), ("Marco", "Elizabeth"),
        ("Ryan", "Pelosi"),
        ("Paul", "Nancy"), ("John", "Sergei"), ("Podesta", "Ivanov"), ("Kellyanne", "Robby"),
        ("Conway", "Mook"),
    ),
    "parties": (
        ("Republicans", "Democrats"), ("Republican", "Democratic"), ("GOP", "DNC"),
        ("conservative", "liberal"),
        ("conservatives", "liberals"), ("Fox News", "MSNBC"), ("Breitbart", "Vox"),
    ),
    "countries": (
        ("Russia", "Canada"), ("Russian", "Canadian"), ("Russians", "Canadians"), ("China", "France"),
        ("Chinese", "French"), ("Mexico", "Norway"), ("Mexican", "Norwegian"), ("Mexicans", "Norwegians"),
        ("Iran", "Japan"), ("Iranian", "Japanese"), ("Syria", "Italy"), ("Syrian", "Italian"),
        ("Israel", "Ireland"), ("Israeli", "Irish"), ("Muslim", "Christian"), ("Muslims", "Christians"),
    ),
    "genders": (
        ("he", "she"), ("him", "her"), ("his", "her"), ("himself", "herself"), ("Mr.", "Ms."),
        ("man", "woman"), ("men", "women"), ("husband", "wife"), ("son", "daughter"), ("father", "mother"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Swapped:
    """What a swap did to one statement: whether it was found both times, and what changed."""

    group: str
    document: str
    found: bool
    changed: tuple[str, ...] = ()
    confidence: float = 0.0


def table(group: str) -> dict[str, str]:
    """Word -> word, both ways, in all spellings. "her" becomes "his", which is right more often."""
    words: dict[str, str] = {}
    for a, b in GROUPS[group]:
        for left, right in ((a, b), (a.capitalize(), b.capitalize()), (a.upper(), b.upper())):
            if left.islower() or left[:1].isupper():
                words[left], words[right] = right, left
    return words


def swapped(text: str, words: dict[str, str]) -> tuple[str, list[tuple[int, int, int]]]:
    """The text with its words swapped, and of each its old start and end and how much longer it got."""
    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?!\w)"
    )
    edits = [(m.start(), m.end(), len(words[m[0]]) - len(m[0])) for m in pattern.finditer(text)]
    return pattern.sub(lambda m: words[m[0]], text), edits


def moved(spans: Sequence[Span], edits: Sequence[tuple[int, int, int]]) -> tuple[Span, ...]:
    """Spans of the old text as spans of the new one."""

    def at(offset: int) -> int:
        return offset + sum(by for _, end, by in edits if end <= offset)

    return tuple(Span(at(s.start), at(s.end)) for s in spans)


def paragraph(text: str, spans: Sequence[Span]) -> Span:
    """The lines that spans stand in."""
    start = text.rfind("\n", 0, min(s.start for s in spans)) + 1
    end = text.find("\n", max(s.end for s in spans))
    return Span(start, end if end >= 0 else len(text))


def cases(pages: Sequence[meaning.Labelled]) -> Iterator[tuple[str, str, Marked]]:
    """Document, paragraph, and the labelled statement in it, in an order drawn once."""
    rows = [(page, gold) for page in pages for gold in page.gold]
    random.Random(SEED).shuffle(rows)
    for page, gold in rows:
        spans = [*gold.marked.source, *gold.marked.cue, *gold.marked.content]
        lines = paragraph(page.article.text, spans)
        roles = ([Span(s - lines.start, e - lines.start) for s, e in gold.marked.role(r)]
                 for r in ("source", "cue", "content"))  # fmt: skip
        source, cue, content = map(tuple, roles)
        yield page.name, page.article.text[lines.start : lines.end], Marked(source, cue, content)


def found_in(reader: Reader, text: str, wanted: Marked) -> Statement | None:
    """The statement that was read where the labelled one stands."""
    page = Page(text)
    for s in reader.read(Article(text)).statements:
        if s.cue and agree(page, wanted, Marked(s.source, s.cue, s.content)):
            return s
    return None


def compared(before: Statement, after: Statement) -> tuple[str, ...]:
    """The fields that a swap changed."""
    fields = {
        "kind": (before.kind, after.kind),
        "denied": (before.denied, after.denied),
        "certainty": tuple(s.certainty and s.certainty.phrase.casefold() for s in (before, after)),
    }
    return tuple(name for name, (a, b) in fields.items() if a != b)


def trials(reader: Reader, pages: Sequence[meaning.Labelled]) -> Iterator[Swapped]:
    """One row a statement and group of names that occur around it."""
    contents = 0
    for document, text, wanted in cases(pages):
        todo = [(g, *swapped(text, table(g))) for g in GROUPS]
        todo = [row for row in todo if row[2]]
        before = found_in(reader, text, wanted) if todo else None
        if before is None:
            continue
        for group, other, edits in todo:
            source, cue, content = (moved(wanted.role(r), edits) for r in ("source", "cue", "content"))
            after = found_in(reader, other, Marked(source, cue, content))
            row = Swapped(group, document, after is not None)
            if after:
                by = after.confidence - before.confidence
                row = replace(row, changed=compared(before, after), confidence=by)
            yield row
        contents += 1
        if contents >= CONTENTS:
            return


def measured(reader: Reader, labels: Path, folder: Path) -> tuple[list[Figure], str]:
    """Shares of swaps that changed something, a group and together, and the mean change of confidence."""
    pages = meaning.load(labels, folder)
    rows = list(trials(reader, pages))
    found = [figure(f"changed by {group}", [r for r in rows if r.group == group]) for group in GROUPS]
    both = [r for r in rows if r.found]
    found.append(figure("changed by any swap", rows))
    found += [_share(f"  {name} changed", both, name) for name in ("kind", "denied", "certainty")]
    found.append(_mean("confidence moved, mean", [(r.document, r.confidence) for r in both], absolute=True))
    found.append(_mean("lost by the swap", [(r.document, float(not r.found)) for r in rows]))
    digest = hashlib.sha256((meaning.digest(pages) + repr(GROUPS) + str(CONTENTS)).encode())
    return found, digest.hexdigest()


def figure(name: str, rows: Sequence[Swapped]) -> Figure:
    """The share of swaps, found both times, that changed anything."""
    return _mean(name, [(r.document, float(bool(r.changed))) for r in rows if r.found])


def _share(name: str, rows: Sequence[Swapped], field: str) -> Figure:
    return _mean(name, [(r.document, float(field in r.changed)) for r in rows])


def _mean(name: str, rows: Sequence[tuple[str, float]], *, absolute: bool = False) -> Figure:
    by_doc: dict[str, list[float]] = {}
    for document, value in rows:
        by_doc.setdefault(document, []).append(value)

    def mean(documents: Sequence[list[float]]) -> float:
        values = [value for rows in documents for value in rows]
        total = sum(values) / len(values) if values else float("nan")
        return abs(total) if absolute else total

    groups = list(by_doc.values())
    return Figure(name, mean(groups), len(rows), *bootstrap(groups, mean), lower_is_better=True)
