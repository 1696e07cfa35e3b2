"""Secrets that a server hands out, what of them is kept, and what is derived from them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

_BYTES: Final = 32


def new_secret() -> str:
    """256 random bits, fit for an address, a cookie and a header."""
    return secrets.token_urlsafe(_BYTES)


def digest_of(secret: str) -> str:
    """What is kept of a secret: 64 hex digits. Secrets are random, so they need no salt and no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def csrf_of(secret: str) -> str:
    """What forms carry to show that they come from a page of ours: it belongs to one session's secret."""
    return hmac.new(secret.encode("utf-8", "surrogatepass"), b"onrecord form", hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
