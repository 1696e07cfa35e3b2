"""`onrecord serve` as a process of its own, as people start it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import IO

SECONDS = 60.0


class Served:
    """A running server. address: http://host:port; link: what it printed to open it."""

    def __init__(self, *options: object, environment: dict[str, str] | None = None) -> None:
        words = [sys.executable, "-m", "onrecord", "serve", "--port", "0", *map(str, options)]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
        self.process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=kept | (environment or {})
        )
        self.log: list[str] = []
        self._told: Queue[str] = Queue()
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self._threads = [
            threading.Thread(target=self._tell, args=(self.process.stdout,), daemon=True),
            threading.Thread(target=self.log.extend, args=(self.process.stderr,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        self.first = self.told()
        self.link = self.link_in(self.first)
        self.address = re.match(r"https?://[^/]+", self.link)[0]  # type: ignore[index]

    def _tell(self, stream: IO[str]) -> None:
        for line in stream:
            self._told.put(line)
        self._told.put("")  # it has ended

    def told(self) -> str:
        """The next line on standard output."""
        line = self._told.get(timeout=SECONDS)
        assert line, "".join(self.log)
        return line

    @staticmethod
    def link_in(line: str) -> str:
        """The address in a line."""
        found = re.search(r"https?://\S+", line)
        assert found, line
        return found[0]

    def again(self) -> str:
        """Another link."""
        self.process.send_signal(signal.SIGUSR1)
        return self.link_in(self.told())

    def end(self, number: int = signal.SIGTERM) -> int:
        """Tell it to end, and wait for that; its exit code."""
        self.process.send_signal(number)
        code = self.process.wait(SECONDS)
        for thread in self._threads:
            thread.join(SECONDS)
        return code


@contextmanager
def served(place: Path | str, *options: object, **more: dict[str, str]) -> Iterator[Served]:
    """A server of the ledger at a place, for as long as the block lasts."""
    server = Served("--db", place, *options, **more)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.end()
