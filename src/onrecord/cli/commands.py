"""The commands of the program: where each is, and a line on what it does to a statement.

A command's module is imported when the command is called. Typer would look at all options of all of
them at every start, which takes longer than most of them run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from onrecord.cli import servers


class Late(NamedTuple):
    """A command: its module in `onrecord.cli`, the name of its function (or group) there, a summary."""

    module: str
    name: str
    summary: str


# In the order in which one needs them; the help lists them so.
COMMANDS: Mapping[str, Late] = MappingProxyType(
    {
        "read": Late("read", "read", "Find who said what in articles."),
        "add": Late("add", "add", "Read articles and put them on record."),
        "feeds": Late("feeds", "feeds", "Follow RSS and Atom feeds."),
        "search": Late("search", "search", "Find statements on record."),
        "show": Late("show", "show", "Show a statement, or an article, with all that is known of it."),
        "due": Late("settle", "due", "Show what is to be settled: overdue, due now, upcoming."),
        "settle": Late("settle", "settle", "Say how a statement came out, with evidence."),
        "unsettle": Late("settle", "unsettle", "Take your own verdict back."),
        "score": Late("score", "score", "Score how statements came out, with n and intervals."),
        "speakers": Late("people", "speakers", "List speakers; join the names of one, and part them."),
        "correct": Late("correct", "correct", "Put your reading beside the machine's."),
        "reject": Late("correct", "reject", "Say that this is no statement."),
        "restore": Late("correct", "restore", "Undo a rejection."),
        "note": Late("history", "note", "Write a remark beside a statement or an article."),
        "topic": Late("history", "topic", "Put a statement or an article under a topic."),
        "redact": Late("history", "redact", "Remove words for good, and keep the log's chain valid."),
        "log": Late("history", "log", "Show who did what and when."),
        "serve": Late("serve", "serve", "Show the ledger in a browser, and as an API."),
        "users": Late("users", "users", "Say who may sign in to the server, and in which role."),
        "tokens": Late("users", "tokens", "Let programs use the server's API in somebody's name."),
        "verify": Late("exchange", "verify", "Prove that the log is as it was written."),
        "checkpoint": Late("exchange", "checkpoint", "Print the log's newest hash, to publish elsewhere."),
        "rebuild": Late("exchange", "rebuild", "Make all tables anew from the log."),
        "export": Late("exchange", "export", "Write the ledger in another form."),
        "import": Late("exchange", "import_", "Take in an export of a whole ledger."),
        "backup": Late("exchange", "backup", "Write a whole copy of the ledger."),
    }
)

# What is done where the ledger is: these have no --server.
ONLY_HERE = frozenset({"serve", "users", "tokens"})


class LateMapping(Mapping[str, Any]):
    """The commands by their names, each made when it is asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _made(name, COMMANDS[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class LateCommands(TyperGroup):
    """The program itself, whose commands are made late."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands: Any = LateMapping()

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands, in the order in which one needs them."""
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write each command with its summary, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, late.summary) for name, late in COMMANDS.items()])


def _made(name: str, late: Late) -> Any:
    """The command or group of a name, as Typer makes it of a function or of a Typer application."""
    found = getattr(import_module(f"onrecord.cli.{late.module}"), late.name)
    made: Any
    if isinstance(found, typer.Typer):
        made = get_group(found)
        made.name = name
    else:
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(name)(found)
        made = get_command(alone)
    return made if name in ONLY_HERE else servers.offered(made)
