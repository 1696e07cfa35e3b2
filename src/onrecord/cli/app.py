"""The Typer application: the commands, and how any error at all becomes one line and a code."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Annotated

import typer

from onrecord.cli import exits
from onrecord.cli.commands import LateCommands
from onrecord.errors import OnrecordError, shown
from onrecord.version import __version__

# Help in plain text, errors by `run` below: Rich would add 0.2 s to every start.
app = typer.Typer(
    name="onrecord",
    cls=LateCommands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """What was said, by whom, on whose word.

    Exit codes: 0 all done; 1 an error of the program; 2 a bad option or setting, or no output could be
    written; 3 some inputs could not be read; 4 nothing could be read; 5 the model is missing or broken;
    6 the ledger cannot be used, or what was asked makes no sense in it; 7 the ledger's log is not as it
    was written; 8 a server cannot be reached, refuses, or cannot be started; 130 interrupted.
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code; raises nothing but SystemExit from Typer itself."""
    with warnings.catch_warnings():
        warnings.showwarning = _warned
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = app(
            args=None if arguments is None else list(arguments), prog_name="onrecord", standalone_mode=False
        )
    except OnrecordError as error:
        exits.complain(error)
        return exits.code_of(error)
    except typer.TyperException as error:
        exits.complain(f"{error.format_message()} See: {_command_of(error)} --help")
        return exits.USAGE
    except (KeyboardInterrupt, typer.Abort):
        return exits.INTERRUPTED
    except Exception as error:  # noqa: BLE001  whatever it is, people get a line, not a traceback
        _unexpected(error)
        return exits.PROGRAM_ERROR
    return result if isinstance(result, int) else exits.DONE


def _warned(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
    """A warning of our own is one line for people; those of libraries are for developers."""
    if category.__module__.partition(".")[0] == "onrecord":
        exits.complain(f"warning: {message}.")


def _command_of(error: typer.TyperException) -> str:
    """The command whose help says what was wrong, as far as it is known."""
    context = getattr(error, "ctx", None)
    return context.command_path if context else "onrecord"


def _unexpected(error: Exception) -> None:
    kind = type(error).__name__
    exits.complain(
        f"{kind}: {shown(error)}. This is an error of onrecord itself: please report it, with this line"
        " and the command."
    )
