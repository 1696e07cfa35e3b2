"""Measures of meaning: speakers, kinds, certainty, times and conditions against labelled statements.

The labels are standoff files (`quality/gold/*.jsonl`: document, offsets, labels; see labelling.py); the
texts stay in the corpora's folder. A field is measured on the statements that the reader found, by
the same matching as attributions; every figure says on how many.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from onrecord.statement import KINDS, Article, Span, Statement, When, covered
from quality.figures import Figure, bootstrap
from quality.measures import Marked, Page, agree, matching

_PRONOUNS = re.compile(r"(?:he|she|it|they|we|i|him|her|them|his|their|who|you|one)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gold:
    """A labelled statement; `row` holds the labels as the file has them."""

    marked: Marked
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled document: its article, its labelled statements, and those in the author's own voice."""

    name: str
    article: Article
    gold: tuple[Gold, ...]
    own: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled statement and the one that was read for it."""

    page: Labelled
    gold: dict[str, Any]
    read: Statement


def load(path: Path, folder: Path) -> list[Labelled]:
    """The labelled documents of one file; texts are read from `folder`/NAME.txt."""
    pages = []
    for line in path.read_text("utf-8").splitlines():
        raw = json.loads(line)
        text = (folder / f"{raw['doc']}.txt").read_bytes().decode("utf-8")
        day = date.fromisoformat(raw["published"]) if raw["published"] else None
        article = Article(text, published=day, published_from="option" if day else "unknown")
        rows = raw["statements"]
        gold = tuple(Gold(Marked.of(row), row) for row in rows if "cue" in row)
        pages.append(Labelled(raw["doc"], article, gold, tuple(row for row in rows if "cue" not in row)))
    return pages


def pairs_of(page: Labelled, statements: Sequence[Statement]) -> list[Pair]:
    """Labelled statements with what was read for them, one to one."""
    text = Page(page.article.text)
    read = [s for s in statements if s.cue]
    marked = [Marked(s.source, s.cue, s.content) for s in read]
    found = matching([g.marked for g in page.gold], marked, lambda a, b: agree(text, a, b))
    return [Pair(page, page.gold[i].row, read[j]) for i, j in sorted(found.items())]


# Names -------------------------------------------------------------------------------------------


def plain(name: str) -> str:
    """A name without case, article, possessive and punctuation."""
    name = re.sub(r"['’]s?\b", "", name.casefold())
    words = re.findall(r"\w+", name)
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def gold_names(pair: Pair) -> list[str]:
    """The right names, as they stand in the article."""
    return [covered(pair.page.article.text, [Span(*s)]) for s in pair.gold["speaker"]["name"]]


def name_verdict(pair: Pair) -> str:
    """right, near (a shorter or longer form of it), left (the mention's own words, or none), or wrong."""
    wanted = sorted(plain(n) for n in gold_names(pair))
    name = pair.read.speaker.name
    if not wanted or name is None:
        return "right" if not wanted and name is None else "left" if name is None else "wrong"
    given = plain(name)
    if given == plain(" and ".join(gold_names(pair))) or sorted(map(plain, name.split(" and "))) == wanted:
        return "right"
    if given == plain(covered(pair.page.article.text, pair.read.source)):
        return "left"
    ours, theirs = set(given.split()), {word for n in wanted for word in n.split()}
    return "near" if ours <= theirs or ours >= theirs else "wrong"


def by_name(pair: Pair) -> bool:
    """Whether the source itself says the name: not by a pronoun or a description."""
    words = plain(covered(pair.page.article.text, Marked.of(pair.gold).source)).split()
    if any(_PRONOUNS.fullmatch(w) for w in words) and len(words) <= 2:
        return False
    last = {plain(n).split()[-1] for n in gold_names(pair) if plain(n)}
    return not last or bool(last & set(words))


# Figures -----------------------------------------------------------------------------------------


def share(rows: Iterable[bool]) -> float:
    """Share of the true ones."""
    rows = list(rows)
    return sum(rows) / len(rows) if rows else float("nan")


def label_f1(pairs: Sequence[tuple[Any, Any]], label: Any) -> float:
    """F1 of one label over (gold, read)."""
    hits = sum(g == r == label for g, r in pairs)
    size = sum(g == label for g, _ in pairs) + sum(r == label for _, r in pairs)
    return 2 * hits / size if size else float("nan")


def macro_f1(pairs: Sequence[tuple[Any, Any]]) -> float:
    """Mean F1 of the kinds that occur."""
    scores = [label_f1(pairs, kind) for kind in KINDS]
    scores = [s for s in scores if s == s]
    return sum(scores) / len(scores) if scores else float("nan")


def span_f1(pairs: Sequence[tuple[Span | None, Span | None]]) -> float:
    """F1 of exact spans over (gold, read), where None stands for none."""
    hits = sum(g is not None and g == r for g, r in pairs)
    size = sum(g is not None for g, _ in pairs) + sum(r is not None for _, r in pairs)
    return 2 * hits / size if size else float("nan")


def token_f1(rows: Sequence[tuple[str, Span | None, Span | None]]) -> float:
    """F1 of the tokens that spans cover, over (text, gold, read)."""
    hits = size = 0
    for text, g, r in rows:
        ours, theirs = (set(_tokens(text, s)) if s else set() for s in (g, r))
        hits, size = hits + len(ours & theirs), size + len(ours) + len(theirs)
    return 2 * hits / size if size else float("nan")


def _tokens(text: str, span: Span) -> list[int]:
    return [m.start() + span.start for m in re.finditer(r"\w+", text[span.start : span.end])]


def _span(value: Any) -> Span | None:
    return Span(*value) if value else None


def same_interval(gold: dict[str, Any], read: When | None) -> bool:
    """Whether both ends of the interval of days are the same."""
    days = (read.start.isoformat() if read and read.start else None,
            read.end.isoformat() if read and read.end else None)  # fmt: skip
    return read is not None and days == (gold["start"], gold["end"])


def phrase_only(pair: Pair) -> tuple[Span | None, Span | None]:
    """(gold, read) spans of the words of certainty."""
    read = pair.read.certainty
    return _span(pair.gold["certainty"]), read.span if read else None


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure over pairs: its name, the pairs that count, and how they make one number."""

    name: str
    counts: Callable[[Pair], bool]
    value: Callable[[Sequence[Pair]], float]
    lower_is_better: bool = False


def _ahead(pair: Pair) -> bool:
    return pair.gold["kind"] in {"commitment", "prediction"} or pair.read.kind in {"commitment", "prediction"}


def _conditions(pairs: Sequence[Pair]) -> list[tuple[str, Span | None, Span | None]]:
    rows = []
    for p in pairs:
        read = p.read.condition
        rows.append((p.page.article.text, _span(p.gold["condition"]), read.span if read else None))
    return rows


def _dated(pair: Pair) -> bool:
    """Whether the gold has days for when it is due or to be settled, and not words alone ("soon")."""
    return any(g and (g["start"] or g["end"]) for g in (pair.gold["due"], pair.gold["by"]))


def _due(pairs: Sequence[Pair]) -> float:
    rows = [(p.gold[f], getattr(p.read, f)) for p in pairs for f in ("due", "by") if p.gold[f]]
    return share(same_interval(g, r) for g, r in rows)


def deadline_f1(pairs: Sequence[Pair]) -> float:
    """F1 of the words of `due` and `by`: found where they touch those of the gold, in the same field."""
    hits = size = 0
    for pair in pairs:
        for field in ("due", "by"):
            gold, read = pair.gold[field], getattr(pair.read, field)
            size += bool(gold) + (read is not None)
            hits += bool(gold and read and _touch(_span(gold["span"]), read.span))
    return 2 * hits / size if size else float("nan")


def _touch(a: Span | None, b: Span) -> bool:
    return a is not None and a.start < b.end and b.start < a.end


def _sourced(pair: Pair) -> bool:
    return bool(pair.gold["source"])


def _any(pair: Pair) -> bool:
    return True


def _committed(pair: Pair) -> bool:
    return pair.gold["kind"] == "commitment" and pair.read.kind == "commitment"


def _verdict(wanted: str) -> Callable[[Sequence[Pair]], float]:
    return lambda pairs: share(name_verdict(p) == wanted for p in pairs)


def _same(get: Callable[[Pair], tuple[Any, Any]]) -> Callable[[Sequence[Pair]], float]:
    return lambda pairs: share(a == b for a, b in map(get, pairs))


def _f1(get: Callable[[Pair], tuple[Any, Any]], label: Any) -> Callable[[Sequence[Pair]], float]:
    return lambda pairs: label_f1([get(p) for p in pairs], label)


def _kind(pair: Pair) -> tuple[Any, Any]:
    return pair.gold["kind"], pair.read.kind


def measures() -> list[Measure]:
    """Everything that is measured on pairs, in the order of the report."""
    return [
        Measure("speaker name right", _sourced, _verdict("right")),
        Measure("  pronouns, descriptions", lambda p: _sourced(p) and not by_name(p), _verdict("right")),
        Measure("  wrong name given", _sourced, _verdict("wrong"), lower_is_better=True),
        Measure(
            "speaker kind right", _any, _same(lambda p: (p.gold["speaker"]["kind"], p.read.speaker.kind))
        ),
        Measure(
            "anonymous F1",
            _any,
            _f1(lambda p: (p.gold["speaker"]["anonymous"], bool(p.read.speaker.anonymous)), label=True),
        ),
        Measure("kind macro F1", _any, lambda ps: macro_f1([_kind(p) for p in ps])),
        *(Measure(f"  {kind} F1", _any, _f1(_kind, kind)) for kind in KINDS),
        Measure(
            "commitment type right",
            _committed,
            _same(lambda p: (p.gold["commitment_type"], p.read.commitment_type)),
        ),
        Measure("negative right", _committed, _same(lambda p: (p.gold["negative"], p.read.negative))),
        Measure("denied F1", _any, _f1(lambda p: (p.gold["denied"], bool(p.read.denied)), label=True)),
        Measure("certainty phrase F1", _any, lambda ps: span_f1([phrase_only(p) for p in ps])),
        Measure("due, by words F1", _ahead, deadline_f1),
        Measure("due, by interval right", _dated, _due),
        Measure(
            "said_at interval right",
            lambda p: bool(p.gold["said_at"]),
            lambda ps: share(same_interval(p.gold["said_at"], p.read.said_at) for p in ps),
        ),
        Measure("condition token F1", _ahead, lambda ps: token_f1(_conditions(ps))),
    ]


def figures(pairs: Sequence[Pair]) -> list[Figure]:
    """All measures, with intervals by a bootstrap over documents."""
    return [_figure(m, [p for p in pairs if m.counts(p)]) for m in measures()]


def _figure(measure: Measure, pairs: Sequence[Pair]) -> Figure:
    by_doc: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_doc[pair.page.name].append(pair)

    def pooled(documents: Sequence[list[Pair]]) -> float:
        return measure.value([pair for rows in documents for pair in rows])

    low, high = bootstrap(list(by_doc.values()), pooled)
    return Figure(measure.name, measure.value(pairs), len(pairs), low, high, measure.lower_is_better)


def digest(pages: Sequence[Labelled]) -> str:
    """A hash of the texts and their labels."""
    found = hashlib.sha256()
    for page in pages:
        found.update(page.article.text.encode() + repr((page.gold, page.own)).encode())
    return found.hexdigest()


def own_voice_counts(pages: Sequence[Labelled], read: Sequence[Sequence[Statement]]) -> Counter[str]:
    """hits, read, gold of statements in the author's own voice (half of the words shared)."""
    total: Counter[str] = Counter()
    for page, statements in zip(pages, read, strict=True):
        text = Page(page.article.text)
        gold = [Marked((), (), tuple(Span(*s) for s in row["content"])) for row in page.own]
        ours = [Marked((), (), s.content) for s in statements if s.speaker.kind == "author" and not s.cue]
        hits = matching(gold, ours, partial(agree, text))
        total.update(hits=len(hits), read=len(ours), gold=len(gold))
    return total


# Agreement of two labellers ----------------------------------------------------------------------


def kappa(pairs: Sequence[tuple[Any, Any]]) -> float:
    """Cohen's kappa (Cohen 1960) of two labellers' labels."""
    n = len(pairs)
    if not n:
        return float("nan")
    agreed = sum(a == b for a, b in pairs) / n
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[x] * right[x] for x in left) / n**2
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def twice(first: Path, second: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The statements that were labelled twice, each with both labels."""
    ours, theirs = (
        {
            (raw["doc"], row["id"]): row
            for raw in map(json.loads, path.read_text("utf-8").splitlines())
            for row in raw["statements"]
            if "cue" in row
        }
        for path in (first, second)
    )
    return [(ours[key], theirs[key]) for key in sorted(ours.keys() & theirs.keys())]


def agreement(rows: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, float]:
    """Cohen's kappa a field. Names and words of certainty agree where they are the same spans."""
    fields: dict[str, Callable[[dict[str, Any]], Any]] = {
        "kind": lambda r: r["kind"],
        "commitment_type": lambda r: r.get("commitment_type"),
        "negative": lambda r: r.get("negative"),
        "denied": lambda r: r["denied"],
        "speaker.kind": lambda r: r["speaker"]["kind"],
        "speaker.anonymous": lambda r: r["speaker"]["anonymous"],
        "speaker.name": lambda r: str(sorted(r["speaker"]["name"])),
        "certainty": lambda r: str(r["certainty"]),
        "condition": lambda r: bool(r["condition"]),
        "said_at": lambda r: _days(r["said_at"]),
        "due, by": lambda r: _days(r["due"] or r["by"]),
    }
    found = {name: kappa([(get(a), get(b)) for a, b in rows]) for name, get in fields.items()}
    return found | {"kind macro F1": macro_f1([(a["kind"], b["kind"]) for a, b in rows])}


def _days(value: dict[str, Any] | None) -> str | None:
    return f"{value['start']}..{value['end']}" if value else None
