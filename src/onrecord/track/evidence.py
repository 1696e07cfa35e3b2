"""Tells what a verdict rests on: a web address, an article in the ledger, or a reason in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from onrecord.entry import Evidence
from onrecord.errors import NoEvidence

REASON_WORDS: Final = 3  # "it was done" is a reason; "yes", "trust me" and "see above" are none
_ID: Final = re.compile(r"(sha256:)?[0-9a-f]{6,64}", re.IGNORECASE)


def evidence_of(
    text: str, is_article: Callable[[str], str | None], *, id: str = "this statement"  # noqa: A002
) -> Evidence:  # fmt: skip
    """What `text` gives as evidence for a verdict on the statement `id`.

    `is_article` is asked for whatever looks like an id (six hex digits or more) and answers with the
    whole id, or None. Raises NoEvidence for anything that is no http(s) address, no article and less
    than three words.
    """
    given = text.strip()
    if _is_address(given):
        return Evidence("url", given)
    article = is_article(given) if _ID.fullmatch(given) else None
    if article is not None:
        return Evidence("article", article)
    words = [word for word in given.split() if any(c.isalpha() for c in word)]
    if len(words) < REASON_WORDS:
        raise NoEvidence(id=id, evidence=f"“{given}”" if given else "nothing")
    return Evidence("reason", given)


def _is_address(text: str) -> bool:
    if any(c.isspace() or not c.isprintable() for c in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # for example "http://[", a bracket of no IPv6 address
        return False
