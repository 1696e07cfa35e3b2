"""Words from anywhere as HTML that a browser turns into the very same characters."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")


def faithful(text: str) -> Markup:
    """Escaped text that an HTML parser turns into the very same characters.

    A bare CR would be read as LF; NUL and lone surrogates, which no page can hold, become �.
    """
    escaped = str(escape(_UNSPEAKABLE.sub("\ufffd", text))).replace("\r", "&#13;")
    return Markup(escaped)  # noqa: S704  escaped in the line above


def dated(numbers: str) -> Markup:
    """Escaped text with its days as elements, which keeps a line from ending inside one."""
    return Markup(re.sub(r"\d{4}-\d\d-\d\d", r"<time>\g<0></time>", str(escape(numbers))))  # noqa: S704
