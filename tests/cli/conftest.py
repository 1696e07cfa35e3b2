"""Runs the command line with a reader that needs no model."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cli.building import FakeReader

from onrecord.cli import main, run


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


@pytest.fixture
def onrecord(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Result]:
    """Calls the command line: what it returned and printed. `stdin` is what it is given to read."""
    monkeypatch.setattr(run, "open_reader", lambda settings: FakeReader())
    for name in ("NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(argument) for argument in arguments])
        sys.stdout.flush()
        captured: Any = capfdbinary.readouterr()
        return Result(code, captured.out.decode(), captured.err.decode())

    return call


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A directory with two articles and a file that is none."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "The mayor of the town said the bridge will open in May.\n\n"
        "The builders said maybe it will be ready before that.\n"
    )
    (folder / "b.txt").write_text("A spokesman for the ministry said that the road is closed for now.\n")
    (folder / "c.txt").write_bytes(b"\x00\x01\x02\xff" * 200)
    return folder
