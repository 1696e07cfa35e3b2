"""Chains the rows of the log: each row's hash covers its content and the hash of the row before.

What a row says (payload) goes into the chain through a digest of its own, so that a redaction can take
the words away and leave the chain whole.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

# The `previous` of the first row.
GENESIS = "0" * 64

_PAYLOAD, _ROW = b"7:payload;", b"3:row;"


def digest_of(salt: str, payload: str) -> str:
    """SHA-256 over the length-prefixed UTF-8 fields "payload", salt, payload, as 64 hex digits.

    The prefixes are those of `statement.content_hash`. The salt keeps a short redacted text from being
    guessed.
    """
    return digest_of_bytes(salt.encode(), payload.encode("utf-8", "surrogatepass"))


def digest_of_bytes(salt: bytes, payload: bytes) -> str:
    """As `digest_of`, for the bytes as a database gives them: whatever they are, they have a digest."""
    return sha256(b"%b%d:%b;%d:%b;" % (_PAYLOAD, len(salt), salt, len(payload), payload)).hexdigest()


def hash_of(
    sequence: int, time: str, actor: str, act: str, subject: str | None, digest: str, previous: str
) -> str:
    """SHA-256 over the length-prefixed UTF-8 fields "row" and the arguments, as 64 hex digits.

    A subject of None is `-;`, which differs from the empty text.
    """
    what = None if subject is None else subject.encode("utf-8", "surrogatepass")
    head = _head_of(time, actor, act)
    return hash_of_bytes(sequence, head, what, digest.encode(), previous.encode())


def hash_of_bytes(sequence: int, head: bytes, subject: bytes | None, digest: bytes, previous: bytes) -> str:
    """As `hash_of`, for the bytes as a database gives them; `head` is made by `head_of`."""
    number = b"%d" % sequence
    what = b"-;" if subject is None else b"%d:%b;" % (len(subject), subject)
    rest = b"%d:%b;%d:%b;" % (len(digest), digest, len(previous), previous)
    return sha256(b"%b%d:%b;%b%b%b" % (_ROW, len(number), number, head, what, rest)).hexdigest()


@lru_cache(maxsize=256)
def _head_of(time: str, actor: str, act: str) -> bytes:
    return head_of(time.encode(), actor.encode("utf-8", "surrogatepass"), act.encode())


@lru_cache(maxsize=256)
def head_of(time: bytes, actor: bytes, act: bytes) -> bytes:
    """The fields time, actor and act, length-prefixed: the same for all rows of a kind in one transaction."""
    return b"%d:%b;%d:%b;%d:%b;" % (len(time), time, len(actor), actor, len(act), act)
