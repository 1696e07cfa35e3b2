"""Makes words fit for a column of a table: neither database takes all that JSON can hold. And hashes them."""

from __future__ import annotations

import hashlib
import re
from typing import Final

# The log keeps these, as JSON escapes them.
_UNFIT: Final = re.compile("[\x00\ud800-\udfff]")


def fit(words: str) -> str:
    """The words with NUL and lone surrogates as U+FFFD; the same words where there are none."""
    if "\0" not in words:  # as in most; the expression takes longer to say the same
        try:
            words.encode()
        except UnicodeEncodeError:
            pass
        else:
            return words
    return _UNFIT.sub("\ufffd", words)


def fingerprint(text: str) -> str:
    """SHA-256 of a text as its column holds it, in hexadecimal."""
    return hashlib.sha256(fit(text).encode()).hexdigest()
