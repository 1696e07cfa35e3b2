"""Reads the marks of the case tables: {source} <cue> [content]."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from onrecord.statement import Span, Speaker, Statement, covered

CASES = Path(__file__).parents[1] / "cases"
_CLOSING = {"}": "{", ">": "<", "]": "["}


def cases(name: str) -> list[dict[str, Any]]:
    """The rows of a table under `tests/cases/`."""
    rows: list[dict[str, Any]] = json.loads((CASES / name).read_text("utf-8"))
    return rows


def marked(text: str, *, kind: str | None = None) -> tuple[str, Statement]:
    """The text without its marks, and the statement that they mark."""
    plain, opened = "", dict.fromkeys("{<[", 0)
    spans: dict[str, list[Span]] = {mark: [] for mark in opened}
    for character in text:
        if character in opened:
            opened[character] = len(plain)
        elif character in _CLOSING:
            mark = _CLOSING[character]
            spans[mark].append(Span(opened[mark], len(plain)))
        else:
            plain += character
    source, cue, content = (tuple(spans[mark]) for mark in "{<[")
    said = covered(plain, content)
    return plain, Statement("a", source, cue, content, said, "indirect", Speaker(None), (), 0.9, kind=kind)
