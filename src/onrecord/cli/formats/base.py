"""What every format is given (a reading, a page) and what it must do (write, finish)."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TextIO

from onrecord.statement import Document

if TYPE_CHECKING:
    from rich.console import Console

PIPED_WIDTH = 100  # columns where there is no terminal to ask
WIDEST = 160  # lines longer than this are hard to follow


class Reading(NamedTuple):
    """An input's name, as it was given, and what was read in it."""

    name: str
    document: Document

    def to_dict(self) -> dict[str, Any]:
        """The published JSON of the document, with the input's name as one more field, `input`."""
        return {**self.document.to_dict(), "input": self.name}


class Writer(Protocol):
    """Writes readings in order, then what comes after the last."""

    def write(self, reading: Reading) -> None:
        """Write one reading."""

    def finish(self) -> None:
        """Write the end."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a format for eyes writes on: columns, and whether colours are understood."""

    width: int = PIPED_WIDTH
    color: bool = False

    @classmethod
    def of(cls, out: TextIO, *, color: Literal["auto", "always", "never"], to_file: bool = False) -> Page:
        """The page behind a stream. `auto` follows https://no-color.org and TERM=dumb."""
        terminal = not to_file and out.isatty()
        wanted = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        columns = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns if terminal else _columns()
        colored = {"always": True, "never": False}.get(color, wanted)
        return cls(width=max(20, min(columns, WIDEST)), color=colored)

    def console(self, out: TextIO) -> Console:
        """Rich's console for this page: words are no markup, and nothing is coloured by itself."""
        from rich.console import Console

        return Console(
            file=out,
            width=self.width,
            force_terminal=self.color,
            no_color=not self.color,
            color_system="standard" if self.color else None,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )


def _columns() -> int:
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() and int(given) > 0 else PIPED_WIDTH
