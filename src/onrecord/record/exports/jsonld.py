"""Writes nodes of linked data one after another, so that they may stand in a web page as they are."""

from __future__ import annotations

import json
import re

# Inside <script> an article's words could end the element or open a comment; JSON may escape any letter.
_IN_A_PAGE = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)
# An IRI of the web (RFC 3987): without blanks, control characters and what it must escape.
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"{}|\\^`\ud800-\udfff]+", re.I)


def line(node: dict[str, object]) -> bytes:
    """A node as one line of JSON, harmless inside a <script> element. Lone surrogates are escaped."""
    text = json.dumps(node, ensure_ascii=False).translate(_IN_A_PAGE)
    # JSON writes a lone surrogate as \\udXXX, which is what `backslashreplace` makes of it.
    return text.encode("utf-8", "backslashreplace")


def known(**values: object) -> dict[str, object]:
    """The values that are known: linked data has no null."""
    return {name: value for name, value in values.items() if value is not None and value != ""}


def address(url: str | None) -> str | None:
    """The address where it is one of the web and written as linked data wants it, else None."""
    return url if url is not None and _ADDRESS.fullmatch(url) else None
