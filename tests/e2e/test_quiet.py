"""`onrecord read` keeps to itself: it writes nothing but its output, and talks to nobody.

A hook in the interpreter notes what Python code does. What compiled code does shows in what it
leaves behind: home, temporary and working directories that must stay empty, and open sockets.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from cli.building import HARBOUR

from onrecord.errors import ModelMissing

# Loaded by the interpreter before anything else, in worker processes too.
WATCH = """
import atexit, json, os, sys

TALKING = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "urllib.Request", "ftplib.connect")
CHANGING = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate",
    "os.chmod", "os.utime", "shutil.move", "shutil.copyfile", "sqlite3.connect")
seen = []
log = open(os.environ["WATCH_LOG"], "a")

def hook(event, details):
    if event in TALKING or event in CHANGING:
        seen.append([event, str(details[:2])])
    elif event == "open" and isinstance(details[0], (str, bytes)):
        mode, flags = details[1], details[2] or 0
        writes = any(c in "wax+" for c in mode) if mode else flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes and os.fsdecode(details[0]) != os.devnull:
            seen.append(["open", os.fsdecode(details[0])])

def report():
    for number in os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else ():
        try:
            target = os.readlink("/proc/self/fd/" + number)
        except OSError:
            continue
        if target.startswith("socket:"):
            seen.append(["socket", target])
    log.writelines(json.dumps(entry) + "\\n" for entry in seen)
    log.close()

sys.addaudithook(hook)
atexit.register(report)
"""


@dataclass(frozen=True)
class Watched:
    run: subprocess.CompletedProcess[str]
    did: list[tuple[str, str]]
    left: list[str]


@pytest.fixture
def watched(tmp_path: Path):
    """Runs a Python program watched, in empty directories: what it did, and what it left in them."""
    watch = tmp_path / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(WATCH)
    places = {name: tmp_path / name for name in ("home", "tmp", "cwd", "cache", "config", "data", "state")}
    for place in places.values():
        place.mkdir()
    log = tmp_path / "log.jsonl"

    def call(program: str, *arguments: str) -> Watched:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(watch),
            "PYTHONDONTWRITEBYTECODE": "1",
            "WATCH_LOG": str(log),
            "HOME": str(places["home"]),
            "TMPDIR": str(places["tmp"]),
            **{f"XDG_{n.upper()}_HOME": str(places[n]) for n in ("cache", "config", "data", "state")},
        }
        run = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            cwd=places["cwd"], env=environment, capture_output=True, text=True, timeout=280,
        )  # fmt: skip
        did = [tuple(json.loads(line)) for line in log.read_text().splitlines()]
        left = [str(p.relative_to(tmp_path)) for place in places.values() for p in place.rglob("*")]
        return Watched(run, did, left)

    return call


@pytest.fixture
def _model() -> None:
    """Skips where there is no model to read with."""
    try:
        from onrecord.flow import Reader

        Reader().info  # noqa: B018  loads the model
    except (ImportError, ModelMissing) as error:
        pytest.skip(f"there is no model here to read with: {error}")


# The library that reads HTML asks the system, when it is imported, whether IPv6 is there: it binds a
# socket to a free port of the loopback interface and closes it. Nothing listens and nothing is sent.
PROBE = "('::1', 0))"

READ = "from onrecord.cli import main; raise SystemExit(main())"


@pytest.mark.usefixtures("_model")
@pytest.mark.parametrize(
    ("form", "workers"), [("table", 1), ("json", 1), ("jsonl", 2), ("csv", 1), ("html", 1)]
)
def test_reading_writes_nothing_and_talks_to_nobody(watched, tmp_path: Path, form: str, workers: int) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR)
    (tmp_path / "b.html").write_text(f"<html><body><article><p>{HARBOUR}</p></article></body></html>")
    inputs = [str(tmp_path / name) for name in ("a.txt", "b.html")]
    found = watched(READ, "read", *inputs, "--format", form, "--workers", str(workers))
    assert (found.run.returncode, found.run.stderr) == (0, "")
    assert found.run.stdout
    did = [(what, how) for what, how in found.did if (what, how.endswith(PROBE)) != ("socket.bind", True)]
    assert (did, found.left) == ([], [])


@pytest.mark.usefixtures("_model")
def test_an_output_file_is_the_only_thing_written(watched, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR)
    target = tmp_path / "out" / "a.html"
    target.parent.mkdir()
    found = watched(READ, "read", str(tmp_path / "a.txt"), "-f", "html", "-o", str(target))
    assert found.run.returncode == 0
    assert found.left == []
    assert [p.name for p in target.parent.iterdir()] == ["a.html"]
    assert {what for what, _ in found.did} <= {"open", "os.chmod", "os.rename"}
    assert all(str(target.parent) in where for _, where in found.did)


def test_help_and_errors_write_nothing_either(watched) -> None:
    for arguments in (["--help"], ["--version"], ["read", "/no/such/file"]):
        found = watched(READ, *arguments)
        assert (found.did, found.left) == ([], [])


def test_the_watch_sees_what_it_should(watched) -> None:
    program = (
        "import os, pathlib, socket\n"
        "pathlib.Path('x').write_text('x')\n"
        "pathlib.Path(os.environ['HOME'], '.telemetry').mkdir()\n"
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "s.connect(('127.0.0.1', 9))\n"
    )
    found = watched(program)
    assert {what for what, _ in found.did} == {"open", "os.mkdir", "socket.connect", "socket"}
    assert found.left == ["home/.telemetry", "cwd/x"]
