"""One statement a row, for spreadsheets (RFC 4180, UTF-8): its fields as they now stand, and its ratings.

Cells are guarded against being taken for formulas: `onrecord.record.exports.formulas` says how, and how
to get the words back. The last column has the present ratings as a JSON array.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import fields
from typing import BinaryIO

from onrecord.entry import LINK, Entry
from onrecord.record.exports.batches import RatingsOf, plain, with_ratings
from onrecord.record.exports.formulas import guarded

FIELDS = tuple(field.name for field in fields(Entry))
COLUMNS = (*FIELDS, "ratings")


def write(entries: Iterable[Entry], out: BinaryIO, *, ratings_of: RatingsOf) -> int:
    """Write a header line and a row for each entry. Returns the number of entries."""
    # A lone surrogate, which UTF-8 cannot hold, becomes \\udXXX: no text is left out.
    stream = io.TextIOWrapper(out, "utf-8", "backslashreplace", newline="")
    try:
        rows = csv.writer(stream, lineterminator="\r\n")
        rows.writerow(COLUMNS)
        count = 0
        for entry, ratings in with_ratings(entries, ratings_of):
            cells = [_cell(getattr(entry, name)) for name in FIELDS]
            listed = json.dumps([plain(rating) for rating in ratings], ensure_ascii=False) if ratings else ""
            rows.writerow([guarded(cell) for cell in (*cells, listed)])
            count += 1
        stream.flush()
    finally:
        stream.detach()
    return count


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return LINK.join(map(str, value))
    return str(value)
