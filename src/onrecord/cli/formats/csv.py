"""One statement a row, for spreadsheets and data frames (RFC 4180, UTF-8).

Spans are written "s-e;s-e", code-point offsets into the article's text. Cells are guarded against being
taken for formulas: `onrecord.record.exports.formulas` says how, and how to get the values back.
"""

from __future__ import annotations

import csv
from typing import Any, TextIO

from onrecord.cli.formats.base import Reading
from onrecord.record.exports.formulas import guarded
from onrecord.statement import Document, Statement, covered
from onrecord.views.rows import ARROW

ARTICLE = ("id", "url", "outlet", "title", "author", "language", "published", "published_from")
NESTED = {
    "speaker": ("name", "kind", "anonymous", "mention", "confidence"),
    "certainty": ("phrase", "span", "low", "mid", "high"),
    "said_at": ("text", "span", "start", "end"),
    "due": ("text", "span", "start", "end"),
    "by": ("text", "span", "start", "end"),
    "condition": ("text", "span"),
}
SPANS = ("source", "cue", "content")
PLAIN = (
    "text", "part", "speech", "kind", "commitment_type", "negative", "kind_confidence", "denied",
    "confidence",
)  # fmt: skip
COLUMNS = (
    "input",
    *(f"article_{name}" for name in ARTICLE),
    "id",
    "within",
    *SPANS,
    "source_text",
    "cue_text",
    *PLAIN,
    "chain",
    "chain_kinds",
    *(f"{outer}_{inner}" for outer, names in NESTED.items() for inner in names),
)


class CsvWriter:
    """Writes a header line, then a row for each statement."""

    def __init__(self, out: TextIO) -> None:
        self._rows = csv.writer(out, lineterminator="\r\n")
        self._headed = False

    def write(self, reading: Reading) -> None:
        """Write the rows of one document."""
        if not self._headed:
            self._rows.writerow(COLUMNS)
            self._headed = True
        for statement, fields in zip(
            reading.document.statements, reading.document.to_dict()["statements"], strict=True
        ):
            row = flat(reading, statement, fields)
            self._rows.writerow([guarded(row[name]) for name in COLUMNS])

    def finish(self) -> None:
        """Nothing follows the last row."""


def flat(reading: Reading, statement: Statement, fields: dict[str, Any]) -> dict[str, str]:
    """One statement's cells by column, before they are guarded."""
    document = reading.document
    cells = {"input": reading.name, "id": fields["id"], "within": _cell(fields["within"])}
    cells |= _article(document)
    cells |= {name: _spans(fields[name]) for name in SPANS}
    cells["source_text"] = covered(document.article.text, statement.source)
    cells["cue_text"] = covered(document.article.text, statement.cue)
    cells |= {name: _cell(fields[name]) for name in PLAIN}
    cells["chain"] = ARROW.join(voice.name or "?" for voice in statement.chain)
    cells["chain_kinds"] = ARROW.join(voice.kind or "?" for voice in statement.chain)
    for outer, names in NESTED.items():
        values = fields[outer] or {}
        cells |= {f"{outer}_{name}": _cell(values.get(name)) for name in names}
    return cells


def _article(document: Document) -> dict[str, str]:
    article = document.article
    return {f"article_{name}": _cell(getattr(article, name)) for name in ARTICLE}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _spans(value)
    return str(value)


def _spans(value: list[Any]) -> str:
    """Spans, or a single one, as "s-e;s-e"."""
    pairs = [value] if value and isinstance(value[0], int) else value
    return ";".join(f"{start}-{end}" for start, end in pairs)
