"""One document a line, each line a JSON object: what programs read while it is being written."""

from __future__ import annotations

import json
from typing import TextIO

from onrecord.cli.formats.base import Reading


class JsonLinesWriter:
    """Writes a line for each reading."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, reading: Reading) -> None:
        """Write one line."""
        self._out.write(json.dumps(reading.to_dict(), ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Nothing follows the last line."""
