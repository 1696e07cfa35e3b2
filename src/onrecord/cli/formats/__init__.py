"""The forms in which statements are shown: one small module each, imported when it is asked for."""

from __future__ import annotations

from typing import Literal, TextIO

from onrecord.cli.formats.base import Page, Writer

Name = Literal["table", "json", "jsonl", "csv", "html"]


def writer(name: Name, out: TextIO, *, page: Page, one: bool) -> Writer:
    """The writer of a format. `one`: a single article was asked for, so JSON is an object, not an array."""
    if name == "table":
        from onrecord.cli.formats.table import TableWriter

        return TableWriter(out, page=page)
    if name == "json":
        from onrecord.cli.formats.json import JsonWriter

        return JsonWriter(out, one=one)
    if name == "jsonl":
        from onrecord.cli.formats.jsonl import JsonLinesWriter

        return JsonLinesWriter(out)
    if name == "csv":
        from onrecord.cli.formats.csv import CsvWriter

        return CsvWriter(out)
    from onrecord.cli.formats.html import HtmlWriter

    return HtmlWriter(out)


__all__ = ["Name", "Page", "Writer", "writer"]
