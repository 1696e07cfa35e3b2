"""Every command and every program of the tutorial is run, and what it shows is what comes out.

In what is shown, "…" stands for anything, and figures of confidence for any such figure.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
TUTORIAL = ROOT / "docs" / "tutorial.md"

FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONFIDENCE = re.compile(r"\d{1,3} %")
END_OF_COMMAND = "\x1e"


class Block(NamedTuple):
    """A fenced block: its language, its text, and where it begins."""

    language: str
    text: str
    line: int


class Command(NamedTuple):
    """A command of a console block and the output shown under it."""

    line: str
    shown: str


def blocks() -> list[Block]:
    tutorial = TUTORIAL.read_text(encoding="utf-8")
    return [Block(m[1], m[2], tutorial.count("\n", 0, m.start()) + 1) for m in FENCED.finditer(tutorial)]


def commands(console: str) -> Iterator[Command]:
    """Lines after "$ " are commands, lines after ">" continue them, all others are output."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        more = [line[2:] for line in lines[1:] if line.startswith(">")]
        yield Command("\n".join([lines[0], *more]), "\n".join(lines[1 + len(more) :]))


def same(output: str, shown: str) -> bool:
    """Whether what came out is what is shown, up to blanks at the ends of lines."""
    tidy = [line.rstrip() for line in output.strip().splitlines()]
    wanted = re.escape("\n".join(line.rstrip() for line in shown.strip().splitlines()))
    wanted = re.sub(r"\d{1,3}\\ %", lambda _: CONFIDENCE.pattern, wanted).replace("…", ".*")
    return re.fullmatch(wanted, "\n".join(tidy), re.DOTALL) is not None


def run_console(text: str) -> list[tuple[Command, str, int]]:
    """The commands of one block in one shell, each with what it printed and its exit code."""
    wanted = list(commands(text))
    script = "".join(
        f"{c.line}\n__status=$?; printf '{END_OF_COMMAND}%s{END_OF_COMMAND}' $__status; (exit $__status)\n"
        for c in wanted
    )
    dropped = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "COLUMNS")
    env = {key: value for key, value in os.environ.items() if key not in dropped}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=240,
    )
    parts = done.stdout.decode("utf-8").split(END_OF_COMMAND)
    return [(c, parts[2 * i], int(parts[2 * i + 1])) for i, c in enumerate(wanted)]


class TestComparing:
    @pytest.mark.parametrize(
        ("output", "shown"),
        [
            ("a  \nb\n", "a\nb"),
            ("sure 93 %", "sure 95 %"),
            ("one\ntwo\nthree", "…\nthree"),
            ("a (b) c", "a (b) …"),
        ],
    )
    def test_what_may_differ(self, output: str, shown: str) -> None:
        assert same(output, shown)

    @pytest.mark.parametrize(("output", "shown"), [("a\nb", "a"), ("4 rows", "5 rows"), ("a b c", "a … d")])
    def test_what_may_not(self, output: str, shown: str) -> None:
        assert not same(output, shown)

    def test_a_command_may_go_on_after_a_mark(self) -> None:
        found = list(commands("$ cat <<'END'\n> one\n>\n> END\none\n\n$ true\n"))
        assert found == [Command("cat <<'END'\none\n\nEND", "one\n"), Command("true", "")]


def check_console(block: Block) -> None:
    results = run_console(block.text)
    for i, (command, output, status) in enumerate(results):
        asked_for = i + 1 < len(results) and results[i + 1][0].line == "echo $?"
        assert status == 0 or asked_for, f"{command.line}\n{output}"
        assert same(output, command.shown), f"{command.line}\n{output}"


def test_the_tutorial_does_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """One test, because each step stands on the ones before it."""
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    printed = ""
    for block in blocks():
        where = f"{TUTORIAL.name}, line {block.line}"
        if block.language == "console":
            check_console(block)
        elif block.language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(block.text, where, "exec"), names)
            printed = out.getvalue()
        elif block.language == "text":
            assert same(printed, block.text), f"{where} shows\n{block.text}\nbut this was printed:\n{printed}"
        else:
            assert block.language == "sh", f"{where}: nothing checks this block"
