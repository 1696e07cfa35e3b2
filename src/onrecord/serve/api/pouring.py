"""Sends what something writes into a file as it is written, without keeping it: for exports of any length."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from queue import Empty, Full, Queue
from typing import Any, BinaryIO, Final, cast

# So much is sent at a time, and so many of these wait at most for a slow reader.
_BYTES: Final = 65_536
_WAITING: Final = 16
_SECONDS: Final = 0.5


class _GoneError(Exception):
    """Nobody reads any more."""


class _Pipe(io.RawIOBase):
    """What is written comes out of the queue; None is the end, an exception the end for a reason."""

    def __init__(self, gone: threading.Event) -> None:
        self.queue: Queue[bytes | BaseException | None] = Queue(_WAITING)
        self._gone = gone

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.put(bytes(data))
        return len(data)

    def put(self, item: bytes | BaseException | None) -> None:
        while not self._gone.is_set():
            try:
                return self.queue.put(item, timeout=_SECONDS)
            except Full:
                continue
        raise _GoneError


def poured(write: Callable[[BinaryIO], object]) -> Iterator[bytes]:
    """What `write` writes, in pieces; begun before this returns, so that what fails at once is raised here.

    Where nobody takes the pieces any more, the writing ends.
    """
    gone = threading.Event()
    pipe = _Pipe(gone)

    def work() -> None:
        try:
            with io.BufferedWriter(pipe, _BYTES) as buffered:
                write(cast("BinaryIO", buffered))
            pipe.put(None)
        except _GoneError:
            return
        except Exception as error:  # noqa: BLE001 - it belongs to whoever reads
            _last(pipe, error)

    threading.Thread(target=work, name="onrecord-export", daemon=True).start()
    first = pipe.queue.get()
    if isinstance(first, BaseException):
        raise first
    return _pieces(pipe, first, gone)


def _last(pipe: _Pipe, error: BaseException) -> None:
    try:
        pipe.put(error)
    except _GoneError:
        return


def _pieces(pipe: _Pipe, piece: bytes | BaseException | None, gone: threading.Event) -> Iterator[bytes]:
    try:
        while piece is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
            piece = pipe.queue.get()
    finally:
        gone.set()
        _emptied(pipe.queue)


def _emptied(queue: Queue[bytes | BaseException | None]) -> None:
    try:
        while True:
            queue.get_nowait()
    except Empty:
        return
