"""Draws the README's picture: one example article's table, as an SVG that loads nothing from elsewhere."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = "examples/articles/border-talks.txt"
WIDTH, LINES = 116, 34


def table() -> str:
    """What `onrecord read` prints on a terminal, with its escape sequences."""
    command = [
        sys.executable,
        "-c",
        "from onrecord.cli import main; raise SystemExit(main())",
        "read",
        ARTICLE,
        "--color",
        "always",
        "--quiet",
    ]
    environment = {**os.environ, "COLUMNS": str(WIDTH)}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return run.stdout


def picture(printed: str) -> str:
    """The first lines of a table as an SVG; the fonts are the viewer's own."""
    # Two columns more than the table: viewers' fonts are a little wider or narrower than Rich's.
    console = Console(record=True, width=WIDTH + 2, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(printed.splitlines()[:LINES])), end="\n")
    svg = console.export_svg(title=f"onrecord read {ARTICLE}", theme=MONOKAI, unique_id="table")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S)


if __name__ == "__main__":
    (ROOT / "docs" / "img" / "table.svg").write_text(picture(table()), encoding="utf-8")
