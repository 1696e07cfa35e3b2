"""The command line: one command per verb. It shows a statement to a person or hands it to a program.

`main` imports the rest only when it runs, so that importing the package costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    `arguments` defaults to those of the process. Nothing is raised: every error becomes one
    line on standard error and an exit code (see `onrecord.cli.exits`).
    """
    from onrecord.cli.app import run

    return run(arguments)


__all__ = ["main"]
