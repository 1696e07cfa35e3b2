"""How far a long run is, on one line of standard error that is wiped away again."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

from onrecord.errors import shown

WAIT = 0.5  # seconds of silence: short runs show nothing
PAUSE = 0.1  # seconds between two changes of the line


class Progress:
    """A line such as "12 read · articles/one.txt". Does nothing where `stream` is None."""

    def __init__(
        self, stream: TextIO | None, *, clock: Callable[[], float] = time.monotonic, done: str = "read"
    ) -> None:
        self._stream = stream
        self._done = done
        self._clock = clock
        self._next = clock() + WAIT
        self._visible = False
        self._read = 0

    @classmethod
    def on_stderr(cls, *, quiet: bool, done: str = "read") -> Progress:
        """Progress where a person looks on, unless `quiet`. done: what has become of an input."""
        stream = sys.stderr
        on_terminal = stream is not None and not stream.closed and stream.isatty()
        return cls(stream if on_terminal and not quiet else None, done=done)

    def start(self, name: str) -> None:
        """An input is about to be opened."""
        self._show(f"{self._read} {self._done} · {shown(name)}")

    def count(self, read: int) -> None:
        """`read` inputs are done."""
        self._read = read
        self._show(f"{read} {self._done}")

    def clear(self) -> None:
        """Wipe the line, so that something else can be printed."""
        if self._stream is not None and self._visible:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._visible = False

    close = clear

    def _show(self, line: str) -> None:
        if self._stream is None or self._clock() < self._next:
            return
        self._next = self._clock() + PAUSE
        width = shutil.get_terminal_size().columns - 1
        self._stream.write("\r\x1b[K" + line[:width])
        self._stream.flush()
        self._visible = True
