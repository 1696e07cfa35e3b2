"""Unpacks a compressed answer in small pieces, so that a few bytes cannot become gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from onrecord.errors import BadMediaType, Unreachable

UNCOMPRESSED = ("", "identity", "none")
_GZIP, _ZLIB, _RAW = 31, 15, -15
_PIECE = 65_536


def inflated(chunks: Iterable[bytes], encoding: str, *, url: str) -> Iterator[bytes]:
    """The content of gzip or deflate `chunks`, in pieces of at most 64 KiB.

    Raises BadMediaType for another encoding, Unreachable for damaged or cut-off data.
    """
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise BadMediaType(url=url, media_type=f"compressed as {encoding}")
    unpacker = None
    for chunk in chunks:
        if not chunk:
            continue
        waiting = chunk
        while waiting:
            # Gzip may come in members, one after the other (RFC 1952); nothing else follows an end.
            if unpacker is None or (unpacker.eof and encoding != "deflate" and waiting[:1] == b"\x1f"):
                unpacker = zlib.decompressobj(_format(encoding, waiting))
            elif unpacker.eof:
                break
            yield from _pieces(unpacker, waiting, url)
            waiting = unpacker.unused_data
    if unpacker is not None and not unpacker.eof:
        raise Unreachable(url=url, reason="the answer breaks off")


def _format(encoding: str, beginning: bytes) -> int:
    if encoding != "deflate":
        return _GZIP
    # Some servers send deflate without the header that the standard asks for.
    return _ZLIB if beginning[0] & 0x0F == 8 else _RAW


def _pieces(unpacker: zlib._Decompress, chunk: bytes, url: str) -> Iterator[bytes]:
    waiting = chunk
    while waiting and not unpacker.eof:
        try:
            piece = unpacker.decompress(waiting, _PIECE)
        except zlib.error as error:
            raise Unreachable(url=url, reason=f"the answer is damaged: {error}") from None
        waiting = unpacker.unconsumed_tail
        if piece:
            yield piece
