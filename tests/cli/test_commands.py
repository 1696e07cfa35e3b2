"""The list of commands: each is there, says what it does with an example, and costs nothing until called."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, get_args

import pytest
import typer.main
from cli.conftest import Result

from onrecord.cli.app import app
from onrecord.cli.commands import COMMANDS
from onrecord.cli.history import ActName
from onrecord.entry import ACTS, COMMITMENT_VERDICTS, PREDICTION_VERDICTS

ROOT: Any = typer.main.get_command(app)


def commands(group: Any = ROOT, above: str = "onrecord") -> Iterator[tuple[str, Any]]:
    """All commands with their full names, those inside groups as well."""
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        yield f"{above} {name}", command
        if hasattr(command, "list_commands"):
            yield from commands(command, f"{above} {name}")


ALL = dict(commands())


@pytest.mark.parametrize("name", COMMANDS)
class TestEach:
    def test_is_there(self, name: str) -> None:
        late = COMMANDS[name]
        assert callable(getattr(import_module(f"onrecord.cli.{late.module}"), late.name))

    def test_has_a_summary_that_fits_a_terminal(self, name: str) -> None:
        assert re.fullmatch(r"[A-Z].{10,64}\.", COMMANDS[name].summary)


@pytest.mark.parametrize("name", [name for name in ALL if name != "onrecord read"])
def test_every_help_has_an_example_of_this_very_command(name: str) -> None:
    examples = re.findall(r"^Examples?: (.+)", ALL[name].help, re.M)
    assert examples, name
    assert examples[0].startswith(name)


@pytest.mark.parametrize("name", ALL)
def test_examples_name_options_that_exist(name: str) -> None:
    for line in re.findall(r"onrecord [^\n]+", ALL[name].help or ""):
        known = {"--help"} | {opt for c in ALL.values() for p in c.params for opt in p.opts}
        assert set(re.findall(r"(?<=\s)--[a-z][\w-]*", line)) <= known


def test_the_help_of_settle_names_every_verdict() -> None:
    (verdict,) = [p for p in ALL["onrecord settle"].params if p.name == "verdict"]
    for known in (*COMMITMENT_VERDICTS, *PREDICTION_VERDICTS):
        assert known in verdict.help


def test_the_log_can_be_asked_for_every_act() -> None:
    assert get_args(ActName) == ACTS


def test_no_help_loads_anything_heavy() -> None:
    program = (
        "import sys\nfrom onrecord.cli import main\n"
        f"for words in [[], *([name] for name in {list(COMMANDS)!r})]: assert main([*words, '--help']) == 0\n"
        "heavy = {'rich', 'sqlalchemy', 'alembic', 'numpy', 'scipy', 'feedparser', 'pyarrow', 'psycopg'}\n"
        "print(*heavy & {name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stderr.split() == []


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["settle"], "See: onrecord settle --help"),
        (["settle", "3f9c2a"], "See: onrecord settle --help"),
        (["settle", "3f9c2a", "kept"], "--evidence"),
        (["settle", "3f9c2a", "kept", "--evidence", "x", "--on", "June"], "2018-03-06"),
        (["correct", "3f9c2a"], "kind=prediction"),
        (["correct", "3f9c2a", "kind"], "kind=prediction"),
        (["reject", "3f9c2a"], "--why"),
        (["due", "--within", "soon"], "30d"),
        (["search", "--status", "lost"], "--status"),
        (["search", "--since", "yesterday"], "--since"),
        (["search", "--kind", "lie"], "--kind"),
        (["log", "--act", "guess"], "--act"),
        (["note", "3f9c2a", "  "], "TEXT"),
        (["speakers", "merge", "T. Varga"], "See: onrecord speakers merge --help"),
        (["score", "--by", "party"], "--by"),
        (["nonsense"], "See: onrecord --help"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_wrong_call_says_what_to_do(
    onrecord: Callable[..., Result], arguments: list[str], wanted: str
) -> None:
    result = onrecord(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert wanted in result.err
