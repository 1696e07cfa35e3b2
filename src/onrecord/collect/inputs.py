"""Many inputs, one article at a time: files, directories, URLs and standard input.

An input that cannot be read is reported in its place and the rest is read.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.collect.metadata import Metadata
from onrecord.collect.sources import ENDINGS, from_path, from_stream, from_url
from onrecord.errors import EmptyDirectory, OnrecordError, Unreadable, failing
from onrecord.settings import Settings
from onrecord.statement import Article

URL = re.compile(r"[a-z][a-z0-9+.-]{0,30}://", re.IGNORECASE)
_NO_METADATA, _DEFAULTS = Metadata(), Settings()


@dataclass(frozen=True, slots=True)
class Collected:
    """One input's fate: exactly one of `article` and `error` is set. `name` is its path, address or "-"."""

    name: str
    article: Article | None
    error: OnrecordError | None


def collect(
    inputs: Iterable[str],
    *,
    given: Metadata = _NO_METADATA,
    settings: Settings = _DEFAULTS,
    allow_private_addresses: bool = False,
    stdin: BinaryIO | None = None,
) -> Iterator[Collected]:
    """The articles of `inputs`, lazily and in order: paths, directories, http(s) addresses, "-".

    A directory stands for the files in it and below it with a known ending, sorted by path;
    hidden ones are passed over and links to directories are not followed. `stdin` is what "-"
    reads (default: the process's). Nothing is raised for an input: see `Collected.error`.
    """
    for name in inputs:
        if URL.match(name):
            yield _address(name, given, settings, allow_private_addresses)
        elif name == "-":
            yield _standard_input(stdin or sys.stdin.buffer, given, settings)
        elif is_directory(name):
            yield from _directory(name, given, settings)
        else:
            yield _file(name, given, settings)


def _attempt(name: str, read: Callable[[], Article]) -> Collected:
    try:
        with failing(name):
            return Collected(name, read(), None)
    except OnrecordError as error:
        return Collected(name, None, error)


def _file(name: str, given: Metadata, settings: Settings) -> Collected:
    return _attempt(name, lambda: from_path(Path(name), given=given, settings=settings))


def _address(name: str, given: Metadata, settings: Settings, allow_private: bool) -> Collected:
    def read() -> Article:
        return from_url(name, given=given, settings=settings, allow_private_addresses=allow_private)

    return _attempt(name, read)


def _standard_input(stream: BinaryIO, given: Metadata, settings: Settings) -> Collected:
    return _attempt("-", lambda: from_stream(stream, name="-", given=given, settings=settings))


def is_directory(name: str) -> bool:
    """Whether an input names a directory; a name that the system refuses names none."""
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def _directory(name: str, given: Metadata, settings: Settings) -> Iterator[Collected]:
    nothing = True
    for found in _walk(name):
        nothing = False
        yield found if isinstance(found, Collected) else _file(found, given, settings)
    if nothing:
        yield Collected(name, None, EmptyDirectory(name=name))


def _walk(top: str) -> Iterator[str | Collected]:
    """The files to read, sorted by path, and the directories that cannot be listed."""
    failures: list[OSError] = []
    for folder, folders, files in os.walk(top, onerror=failures.append):
        yield from _reported(failures)
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and Path(file).suffix.lower() in ENDINGS:
                yield str(Path(folder, file))
    yield from _reported(failures)


def _reported(failures: list[OSError]) -> Iterator[Collected]:
    while failures:
        error = failures.pop(0)
        name = str(error.filename)
        yield Collected(name, None, Unreadable(name=name, reason=error.strerror or type(error).__name__))
