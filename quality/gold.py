"""Read the hand-labelled statements of the example articles, and the hard cases, into spans.

A gold file names an article of `examples/` and quotes the source, cue and content of every statement.
A quoted string must occur exactly once in the article; where the bare words occur more often, words
around them make it unique and double brackets mark what is meant: "Osk, [[told]] reporters". Any run of
white space in a string stands for any run of white space in the article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from onrecord.statement import Article, Part, Span, Spans, Speech

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "cases" / "gold"
CASES = ROOT / "tests" / "cases" / "reading.json"

MARKED = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
KEYS = {"id", "within", "part", "item", "optional", "source", "cue", "content", "speech", "chain"}


class GoldError(ValueError):
    """A gold file does not fit its article."""


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One hand-labelled statement; spans are code-point offsets into the article's text.

    `within` is the `id` of the statement that it stands in. An `item` belongs to a list: its content is
    the item, its source and cue stand in the list's introduction. An `optional` statement is a matter of
    taste: a measure counts it neither as missed nor as wrong. `chain` holds the sources' own words,
    outermost first; None where a link has no source.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    speech: Speech
    chain: tuple[str | None, ...]
    within: str | None = None
    part: Part = "body"
    item: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article of `examples/` and everything that is said in it."""

    name: str
    path: Path
    article: Article
    statements: tuple[GoldStatement, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A hard case: a short text, what is said in it, and how bad an error would be (must, should)."""

    name: str
    level: str
    text: str
    statements: tuple[GoldStatement, ...]


def find(text: str, wanted: str) -> Span:
    """The span of `wanted` in `text`; see the module's docstring for the notation.

    Raises GoldError where the words are not in the text, or are there more than once.
    """
    before, marked, after = _parts(wanted)
    pattern = _loosely(before) + "(" + _loosely(marked) + ")" + _loosely(after)
    found = [Span(*match.span(1)) for match in re.finditer(pattern, text)]
    if len(found) != 1:
        raise GoldError(f"{wanted!r} occurs {len(found)} times, not once")
    return found[0]


def _parts(wanted: str) -> tuple[str, str, str]:
    marked = list(MARKED.finditer(wanted))
    if len(marked) > 1:
        raise GoldError(f"{wanted!r} marks {len(marked)} stretches; a fragment is one")
    if not marked:
        return "", wanted, ""
    return wanted[: marked[0].start()], marked[0][1], wanted[marked[0].end() :]


def _loosely(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in re.split(r"\s+", words))


def statements_in(text: str, rows: Sequence[dict[str, Any]]) -> tuple[GoldStatement, ...]:
    """The statements of one gold file or case, in the file's order, as spans of `text`.

    Raises GoldError where a row has an unknown key or value, or a string is not where it is said to be.
    """
    return tuple(_statement(text, row) for row in rows)


def _statement(text: str, row: dict[str, Any]) -> GoldStatement:
    if unknown := set(row) - KEYS:
        raise GoldError(f"statement {row.get('id')}: unknown keys {sorted(unknown)}")
    part, speech = row.get("part", "body"), row["speech"]
    if part not in get_args(Part) or speech not in get_args(Speech):
        raise GoldError(f"statement {row['id']}: no such part or speech: {part}, {speech}")
    try:
        roles = [_spans(text, row[role]) for role in ("source", "cue", "content")]
    except GoldError as error:
        raise GoldError(f"statement {row['id']}: {error}") from error
    return GoldStatement(
        id=row["id"],
        source=roles[0],
        cue=roles[1],
        content=roles[2],
        speech=speech,
        chain=tuple(row["chain"]),
        within=row.get("within"),
        part=part,
        item=row.get("item", False),
        optional=row.get("optional", False),
    )


def _spans(text: str, fragments: Sequence[str]) -> Spans:
    return tuple(sorted(find(text, fragment) for fragment in fragments))


def load(folder: Path = FOLDER) -> Iterator[GoldArticle]:
    """Every gold file of `folder` with its article, as `onrecord.collect` reads it, in order of names.

    Raises GoldError, which names the file, where a file and its article do not fit.
    """
    from onrecord.collect import from_path

    for path in sorted(folder.glob("*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))
        source = ROOT / raw["article"]
        article = from_path(source)
        try:
            statements = statements_in(article.text, raw["statements"])
        except GoldError as error:
            raise GoldError(f"{path.name}: {error}") from error
        yield GoldArticle(name=path.stem, path=source, article=article, statements=statements)


def load_cases(path: Path = CASES) -> Iterator[Case]:
    """The hard cases of `path`, in the file's order. Raises GoldError, which names the case."""
    for raw in json.loads(path.read_text(encoding="utf-8")):
        try:
            statements = statements_in(raw["text"], raw["statements"])
        except GoldError as error:
            raise GoldError(f"case {raw['name']}: {error}") from error
        yield Case(name=raw["name"], level=raw["level"], text=raw["text"], statements=statements)
