"""The published contract: a JSON object for one article, an array of them for several."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TextIO

from onrecord.cli.formats.base import Reading


class JsonWriter:
    """Writes an object where `one` article was asked for, else an array, document by document."""

    def __init__(self, out: TextIO, *, one: bool) -> None:
        self._out = out
        self._one = one
        self._before = "" if one else "[\n"

    def write(self, reading: Reading) -> None:
        """Write one document."""
        self._out.write(self._before + laid_out(reading.to_dict()))
        self._before = ",\n"

    def finish(self) -> None:
        """Close the array."""
        self._out.write("\n" if self._one else "\n]\n")


def laid_out(document: Mapping[str, Any]) -> str:
    """A document as JSON with a line for each field and for each statement: fit for eyes and for diff."""
    fields = []
    for key, value in document.items():
        if isinstance(value, list) and value:
            inner = ",\n".join("    " + one_line(item) for item in value)
            fields.append(f"  {one_line(key)}: [\n{inner}\n  ]")
        else:
            fields.append(f"  {one_line(key)}: {one_line(value)}")
    return "{\n" + ",\n".join(fields) + "\n}"


def one_line(value: object) -> str:
    """A value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False)
