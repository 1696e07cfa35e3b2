"""`onrecord` as a process: closed pipes, interruption, terminals, and how quickly it starts."""

from __future__ import annotations

import io
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli.building import heeding_interruption

from onrecord.cli.progress import Progress

TESTS = Path(__file__).resolve().parent.parent
DRIVER = """
import sys, time
sys.path.insert(0, {tests!r})
from cli.building import FakeReader
from onrecord.cli import main, run

class Slow(FakeReader):
    def read_many(self, articles, *, workers=1, **_):
        for document in super().read_many(articles):
            time.sleep({pause})
            yield document

run.open_reader = lambda settings: Slow()
sys.exit(main())
"""


def command(*arguments: object, pause: float = 0.0) -> list[str]:
    program = DRIVER.format(tests=str(TESTS), pause=pause)
    return [sys.executable, "-c", program, *map(str, arguments)]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    line = "The mayor of the town said the old bridge will open to everybody in May.\n\n"
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(line * 20)
    return folder


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "html"])
def test_a_closed_pipe_is_no_error(many: Path, form: str) -> None:
    process = subprocess.Popen(
        command("read", many, "--format", form), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=240) == 0
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_standard_output_is_told_once(many: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(command("read", many), stdout=full, stderr=subprocess.PIPE, timeout=240)
    assert run.returncode == 2
    assert run.stderr.decode().startswith("onrecord: [E302] standard output")
    assert run.stderr.count(b"\n") == 1


def test_a_closed_standard_output_is_told(many: Path) -> None:
    closed = ["bash", "-c", '"$@" >&-', "bash", *command("read", many / "00.txt")]
    run = subprocess.run(closed, stderr=subprocess.PIPE, timeout=240)
    assert run.returncode == 2
    assert b"[E302]" in run.stderr


def test_interruption_leaves_neither_traceback_nor_file(many: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    process = subprocess.Popen(
        command("read", many, "--format", "jsonl", "--output", target, pause=0.2),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heeding_interruption,
    )
    deadline = time.monotonic() + 200
    while not list(tmp_path.glob(".onrecord-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=240)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert {p.name for p in tmp_path.iterdir()} == {"many"}


def on_terminal(arguments: list[str], environment: dict[str, str]) -> tuple[str, str]:
    """What a command prints on standard output and on standard error, each a terminal of its own."""
    pairs = [pty.openpty(), pty.openpty()]
    process = subprocess.Popen(
        arguments, stdout=pairs[0][1], stderr=pairs[1][1], env={**os.environ, **environment}
    )
    printed = {main: b"" for main, _ in pairs}
    while True:
        ready, _, _ = select.select(list(printed), [], [], 0.2)
        for descriptor in ready:
            printed[descriptor] += os.read(descriptor, 65536)
        if not ready and process.poll() is not None:
            break
    for ours, theirs in pairs:
        os.close(ours)
        os.close(theirs)
    return printed[pairs[0][0]].decode(), printed[pairs[1][0]].decode()


class TestOnATerminal:
    PLAIN = {"TERM": "xterm-256color", "COLUMNS": "80", "NO_COLOR": ""}  # noqa: RUF012

    def test_there_is_colour(self, many: Path) -> None:
        out, _ = on_terminal(command("read", many / "00.txt"), self.PLAIN)
        assert "\x1b[" in out

    @pytest.mark.parametrize("change", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
    def test_there_is_none_where_it_is_not_wanted(self, many: Path, change: dict[str, str]) -> None:
        out, _ = on_terminal(command("read", many / "00.txt"), {**self.PLAIN, **change})
        assert "\x1b" not in out

    def test_the_option_decides(self, many: Path) -> None:
        always, _ = on_terminal(command("read", many / "00.txt", "--color", "always"), {"NO_COLOR": "1"})
        never, _ = on_terminal(command("read", many / "00.txt", "--color", "never"), self.PLAIN)
        assert "\x1b[" in always
        assert "\x1b" not in never

    def test_long_work_shows_how_far_it_is(self, many: Path) -> None:
        reading = ["read", many, "--format", "jsonl", "--output", os.devnull]
        _, shown = on_terminal(command(*reading, pause=0.05), self.PLAIN)
        _, quiet = on_terminal(command(*reading, "--quiet", pause=0.05), self.PLAIN)
        assert " read" in shown
        assert shown.endswith("\r\x1b[K")
        assert quiet == ""


class TestProgress:
    @staticmethod
    def shown(*times: float) -> str:
        clock = iter(times)
        stream = io.StringIO()
        progress = Progress(stream, clock=lambda: next(clock))
        progress.start("one.txt")
        progress.count(1)
        progress.close()
        return stream.getvalue()

    def test_short_work_shows_nothing(self) -> None:
        assert self.shown(0.0, 0.1, 0.3) == ""

    def test_long_work_shows_a_line_and_wipes_it_away(self) -> None:
        assert self.shown(0.0, 0.6, 0.6, 0.65) == "\r\x1b[K0 read · one.txt\r\x1b[K"

    def test_a_name_cannot_write_on_the_terminal(self) -> None:
        stream = io.StringIO()
        clock = iter((0.0, 1.0, 1.0))
        Progress(stream, clock=lambda: next(clock)).start("\x1b]0;title\x07")
        assert stream.getvalue().count("\x1b") == 1


def test_help_is_quick(tmp_path: Path) -> None:
    """0.25 s of processor time, so that other work on the machine does not count, once compiled."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
    program = "from onrecord.cli import main; raise SystemExit(main(['--help']))"
    taken = []
    for _ in range(5):
        before = os.times()
        subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
        after = os.times()
        taken.append(
            after.children_user - before.children_user + after.children_system - before.children_system
        )
    assert min(taken) <= 0.25
