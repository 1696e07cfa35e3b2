"""A table for eyes: one statement a row, or, where the terminal is narrow, one under the other."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, TextIO

from onrecord.cli.formats.base import Page, Reading
from onrecord.views.harmless import harmless, styled
from onrecord.views.rows import ARROW, Counts, Row, percent, rows

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

NARROW = 96  # columns below which seven columns of a table get too thin to read
SPEAKER, CUE = "bold cyan", "yellow"
KIND = {
    "commitment": "bold green", "prediction": "bold magenta", "directive": "bold blue", "question": "bold",
    "expression": "red", "assessment": "yellow", "claim": "default",
}  # fmt: skip


class TableWriter:
    """Writes a heading and a table for each article, and a closing line with counts."""

    def __init__(self, out: TextIO, *, page: Page) -> None:
        self._out = out
        self._pending = StringIO()
        self._console = page.console(self._pending)
        self._narrow = page.width < NARROW
        self._counts = Counts()

    def write(self, reading: Reading) -> None:
        """Write one article's heading and statements."""
        document = reading.document
        self._console.print(_heading(reading))
        if document.statements:
            shape = _cards if self._narrow else _table
            self._console.print(shape(list(rows(document))))
        else:
            self._console.print("No statements were found in it.", style="dim")
        self._console.print()
        self._counts.add(document.statements)
        self._pass_on()

    def finish(self) -> None:
        """Write the closing line."""
        self._console.print(f"{self._counts}.")
        self._pass_on()

    def _pass_on(self) -> None:
        """Hand on what Rich laid out, without the blanks that fill its lines."""
        lines = self._pending.getvalue().split("\n")
        self._out.write("\n".join(line.rstrip(" ") for line in lines))
        self._pending.seek(0)
        self._pending.truncate()


def _heading(reading: Reading) -> Text:
    from rich.text import Text

    article = reading.document.article
    date = article.published.isoformat() if article.published else None
    title = harmless(article.title or reading.name)
    facts = [article.outlet, article.author, date, reading.name if article.title else None]
    heading = Text(title, style="bold")
    heading.append("\n" + " · ".join(harmless(fact) for fact in facts if fact), style="dim")
    heading.rstrip()
    return heading


def _table(all_rows: list[Row]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False)
    table.add_column("#", justify="right", min_width=2, no_wrap=True)
    table.add_column("source", ratio=5)
    table.add_column("cue", ratio=3)
    table.add_column("content", ratio=11)
    table.add_column("kind", width=10)
    table.add_column("speech", min_width=8, no_wrap=True)
    table.add_column("sure", justify="right", min_width=4, no_wrap=True)
    for row in all_rows:
        statement = row.statement
        table.add_row(
            str(row.number),
            _indented(_speaker(row), row.depth),
            styled(row.cue, CUE),
            _content(row),
            _kind(row),
            styled(row.statement.speech, "dim"),
            percent(statement.confidence),
            style=None if row.counted else "dim",
        )
    return table


def _cards(all_rows: list[Row]) -> Table:
    """The statements one under the other, in two columns: number, and everything else."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(justify="right", min_width=2, no_wrap=True)
    grid.add_column(ratio=1)
    for row in all_rows:
        head = _speaker(row)
        if row.cue:
            head.append(" · ", style="dim").append_text(styled(row.cue, CUE))
        told = Text().append_text(_kind(row)).append(" · " if row.kind else "", style="dim")
        told.append(f"{row.statement.speech} · {percent(row.statement.confidence)}", style="dim")
        body = Group(head, _content(row), told)
        grid.add_row(str(row.number), _indented(body, row.depth), style=None if row.counted else "dim")
    return grid


def _indented(cell: RenderableType, depth: int) -> RenderableType:
    """The cell behind a └ under the statement that it stands inside; depth 0 stays as it is."""
    if not depth:
        return cell
    from rich.table import Table

    grid = Table.grid(padding=0)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row("  " * (min(depth, 4) - 1) + "└ ", cell)
    return grid


def _speaker(row: Row) -> Text:
    """The chain, its last link in colour, and the article's words for it; the speaker where nobody relays."""
    from rich.text import Text

    before = "".join(harmless(name) + ARROW for name in row.chain[:-1])
    name = styled(row.speaker, SPEAKER if row.named else "dim italic")
    mention = f" ({harmless(row.mention)})" if row.mention else ""
    return Text().append(before, style="dim").append_text(name).append(mention, style="dim")


def _kind(row: Row) -> Text:
    """The kind in its colour."""
    return styled(row.kind, KIND.get(row.statement.kind or "", ""))


def _content(row: Row) -> RenderableType:
    """What is said, and below it, a line each, what is known of it: how sure, by when, on what condition."""
    from rich.console import Group
    from rich.table import Table

    content = styled(row.statement.text, "")
    if not row.counted:
        content.append(f" ({row.statement.part}, not counted)", style="italic")
    facts = row.facts
    if not facts:
        return content
    grid = Table.grid(padding=(0, 1, 0, 0))
    for fact in facts:
        grid.add_row("·", harmless(str(fact)), style="dim")
    return Group(content, grid)
