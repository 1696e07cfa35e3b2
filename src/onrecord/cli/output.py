"""Where statements go: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import io
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from onrecord.errors import CannotWrite


class Discard(Exception):  # noqa: N818  not an error: it leaves the file as it was
    """Raised inside `opened` to write nothing."""


class ClosedPipe(Exception):  # noqa: N818
    """The program that read standard output has gone."""


def refuse_input(path: Path | None, inputs: tuple[str, ...]) -> None:
    """Raise CannotWrite where the output would replace an article that was named as input."""
    if path is not None and any(_same_file(path, name) for name in inputs):
        raise CannotWrite(name=path, reason="it is an input, and would be lost")


def _same_file(path: Path, name: str) -> bool:
    try:
        return path.is_file() and path.samefile(name)
    except (OSError, ValueError):
        return False


@contextmanager
def writing(path: Path | None) -> Iterator[None]:
    """Around each act of writing: trouble of the system becomes CannotWrite, a closed pipe ClosedPipe."""
    try:
        yield
    except BrokenPipeError:
        raise ClosedPipe from None
    except (OSError, RuntimeError) as error:  # RuntimeError: symbolic links in a circle
        name = "standard output" if path is None else path
        raise CannotWrite(name=name, reason=getattr(error, "strerror", None) or error) from None


@contextmanager
def opened(path: Path | None, *, as_terminal: bool = False) -> Iterator[TextIO]:
    """A text stream to `path`, or to standard output where it is None.

    A regular file is written beside its place and moved there when the block ends well, so an
    error or an interruption leaves the old file. UTF-8; standard output's own encoding where
    `as_terminal`. Raises CannotWrite; ends silently when the reader of a pipe has gone.
    """
    encoding = getattr(sys.stdout, "encoding", None) if as_terminal and path is None else None
    # Beyond UTF-8, a lone surrogate becomes \\udXXX, which is also how JSON writes it.
    errors = "replace" if encoding else "backslashreplace"
    try:
        with _binary(path) as raw:
            stream = io.TextIOWrapper(raw, encoding or "utf-8", errors, newline="")
            try:
                yield stream
                with writing(path):
                    stream.flush()
            finally:
                with suppress(OSError, ValueError):
                    stream.detach()
    except Discard:
        return
    except ClosedPipe:
        _silence_standard_output()
    except CannotWrite:
        _silence_standard_output()
        raise


@contextmanager
def _binary(path: Path | None) -> Iterator[BinaryIO]:
    if path is None:
        yield _standard_output()
        return
    with writing(path):
        device = path.exists() and not path.is_file()
        target = path.resolve()
        # A pipe or a device has nothing to replace.
        file = path.open("wb") if device else None
    if file is None:
        with _replacing(target) as beside:
            yield beside
    else:
        with _closing(file):
            yield file


@contextmanager
def _closing(file: BinaryIO) -> Iterator[None]:
    """Close the file, whose last flush may fail a second time: the first failure is the one to tell."""
    try:
        yield
    finally:
        with suppress(OSError):
            file.close()


def _standard_output() -> BinaryIO:
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        raise CannotWrite(name="standard output", reason="it is closed")
    sys.stdout.flush()
    return buffer  # type: ignore[no-any-return]


@contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    """A file beside `target` that takes its place, and its permissions, when the block ends well."""
    beside = target.with_name(f".onrecord-{secrets.token_hex(6)}.part")
    with writing(target):
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        file = open(descriptor, "wb")  # noqa: PTH123, SIM115  it is a descriptor
        with _closing(file):
            yield file
            with writing(target):
                _settle(file, beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _settle(file: BinaryIO, beside: Path, target: Path) -> None:
    with suppress(OSError):
        beside.chmod(stat.S_IMODE(target.stat().st_mode))
    file.flush()
    os.fsync(file.fileno())
    beside.replace(target)


def _silence_standard_output() -> None:
    """What Python still holds for standard output would fail again at exit: send it nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
