"""What the ledger's answers are written on: a page for eyes that Rich lays out, or JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from onrecord.cli import output
from onrecord.cli.formats.base import Page
from onrecord.cli.formats.json import one_line
from onrecord.views.harmless import styled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType
    from rich.table import Table

text = styled
NARROW = 110  # columns below which a table of six columns gets too thin to read


class Sheet:
    """Lays out what it is given, on as many columns as there are, and writes it when it is closed."""

    def __init__(self, page: Page) -> None:
        self._laid_out = StringIO()
        self._console = page.console(self._laid_out)
        self.width = page.width
        self.narrow = page.width < NARROW

    def print(self, *parts: RenderableType, style: str | None = None) -> None:
        """Write parts under one another; text among them has to be harmless already."""
        for part in parts or ("",):
            self._console.print(part, style=style)

    def line(self, words: str, style: str = "") -> None:
        """Write a line of text from anywhere: it is made harmless here, and broken where it is too long.

        Commands and ids stay in one piece, so that they can be copied: the terminal breaks them.
        """
        whole = "onrecord " in words or "sha256:" in words
        self._console.print(text(words, style), soft_wrap=whole)

    def closing(self, *lines: str) -> None:
        """Write the lines at the end of a page that say how to go on, below an empty line."""
        self.print()
        for line in lines:
            self.line(line, "dim")

    def heading(self, words: str) -> None:
        """Write a heading, with an empty line above it unless it is the first."""
        if self._laid_out.tell():
            self.print()
        self.line(words, "bold")

    def written(self) -> str:
        """All that was laid out, without the blanks that fill Rich's lines."""
        return "\n".join(line.rstrip(" ") for line in self._laid_out.getvalue().split("\n"))


@contextmanager
def page() -> Iterator[Sheet]:
    """A sheet that goes to standard output when the block ends well. Raises CannotWrite."""
    with output.opened(None, as_terminal=True) as out:
        sheet = Sheet(Page.of(out, color="auto"))
        yield sheet
        _write(out, sheet.written())


def print_json(value: object) -> None:
    """Write a plain value (see `onrecord.views.plain`) to standard output. Raises CannotWrite."""
    with output.opened(None) as out:
        _write(out, as_json(value) + "\n")


def as_json(value: object) -> str:
    """JSON with a line for each field of an object and for each item of an array: fit for eyes and diff."""
    if isinstance(value, Mapping):
        return _lines("{}", (f"{one_line(key)}: {_inner(part)}" for key, part in value.items()), "  ")
    if isinstance(value, list | tuple):
        return _lines("[]", (one_line(part) for part in value), "  ")
    return one_line(value)


def _inner(value: object) -> str:
    if isinstance(value, list | tuple):
        return _lines("[]", (one_line(part) for part in value), "    ", "  ")
    return one_line(value)


def _lines(brackets: str, parts: Iterable[str], indent: str, end: str = "") -> str:
    inner = f",\n{indent}".join(parts)
    return f"{brackets[0]}\n{indent}{inner}\n{end}{brackets[1]}" if inner else brackets


def _write(out: TextIO, written: str) -> None:
    with output.writing(None):
        out.write(written)
        out.flush()


def grid(*, ratios: tuple[int | None, ...], padding: int = 2) -> Table:
    """A table without lines. ratios: a share of the width for each column, None: as wide as its words."""
    from rich.table import Table

    table = Table.grid(padding=(0, padding, 0, 0), expand=any(ratios))
    for ratio in ratios:
        table.add_column(ratio=ratio, no_wrap=ratio is None)
    return table


def ruled(*heads: str) -> Table:
    """A table with a line under its head and no columns yet but those of `heads`."""
    from rich import box
    from rich.table import Table

    return Table(
        *heads, box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False
    )
