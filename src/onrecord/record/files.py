"""Files that the ledger hands out: there whole or not at all, and never in the place of something else."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import CannotWrite

if TYPE_CHECKING:
    from onrecord.record.engine import Store

# What SQLite keeps beside a database while it is in use.
BESIDE = ("-wal", "-shm", "-journal")
_KINDS = ((stat.S_ISDIR, "a directory"), (stat.S_ISLNK, "a symbolic link"), (stat.S_ISREG, ""))


def files_of(store: Store) -> tuple[Path, ...]:
    """The files of an SQLite ledger, which nothing may replace; none where it is in PostgreSQL."""
    at = store.where.at
    return tuple(at.with_name(at.name + suffix) for suffix in ("", *BESIDE)) if isinstance(at, Path) else ()


@contextmanager
def whole(path: Path, *, force: bool = False, never: Iterable[Path] = ()) -> Iterator[BinaryIO]:
    """A file to write to, which stands at `path` once the block has ended well. See `beside`."""
    with beside(path, force=force, never=never) as waiting, waiting.open("wb") as file:
        yield file


@contextmanager
def beside(path: Path, *, force: bool = False, never: Iterable[Path] = ()) -> Iterator[Path]:
    """An empty file in the same directory, which takes its place at `path` when the block ends well.

    force: replace a regular file that is there. never: files that are not replaced even then. Raises
    CannotWrite before anything is written where `path` exists otherwise, and later on trouble of the
    system; in all these cases nothing has changed at `path`.
    """
    with _writing(path):
        check(path, force=force, never=never)
        waiting = path.with_name(f".onrecord-{secrets.token_hex(6)}.part")
        os.close(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        try:
            yield waiting
            _sync(waiting)
            check(path, force=force, never=never)
            _settle(waiting, path, force=force)
        finally:
            _clear(waiting)


def check(path: Path, *, force: bool = False, never: Iterable[Path] = ()) -> None:
    """Raise CannotWrite where a file written to `path` would take the place of something else."""
    never = tuple(never)
    if any(_same(path, own) for own in never):
        raise CannotWrite(name=path, reason="it belongs to the ledger itself")
    if not path.name:
        raise CannotWrite(name=str(path) or '""', reason="it is not the name of a file")
    in_use = next((name for name in _companions(path) if name.exists()), None)
    if in_use is not None:
        raise CannotWrite(name=path, reason=f"{in_use.name} beside it belongs to a database in use")
    with suppress(FileNotFoundError):
        _check_kind(path, path.lstat().st_mode, force=force)


def _check_kind(path: Path, mode: int, *, force: bool) -> None:
    kind = next((name for holds, name in _KINDS if holds(mode)), "a device or a pipe")
    if kind:
        raise CannotWrite(name=path, reason=f"it is {kind}")
    if not force:
        raise CannotWrite(name=path, reason="it exists already, and is replaced only with --force")


def _same(path: Path, own: Path) -> bool:
    """Whether two paths name one file, which need not exist yet (SQLite's -wal comes and goes)."""
    with suppress(FileNotFoundError):
        return path.samefile(own)
    return path.parent.resolve() / path.name == own.parent.resolve() / own.name


def _companions(path: Path) -> Iterator[Path]:
    """A -wal left from another database would be taken for a part of the new one."""
    yield from (path.with_name(path.name + suffix) for suffix in BESIDE)


def _settle(waiting: Path, path: Path, *, force: bool) -> None:
    if force:
        with suppress(OSError):
            waiting.chmod(stat.S_IMODE(path.stat().st_mode))
        waiting.replace(path)
        return
    try:
        os.link(waiting, path)  # unlike a rename, fails where somebody made the file meanwhile
    except FileExistsError:
        raise CannotWrite(name=path, reason="it was made by another program meanwhile") from None
    except OSError:  # a file system without hard links
        waiting.replace(path)


def _sync(waiting: Path) -> None:
    with waiting.open("rb") as file:
        os.fsync(file.fileno())


def _clear(waiting: Path) -> None:
    for left in (waiting, *_companions(waiting)):
        left.unlink(missing_ok=True)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Trouble of the system becomes CannotWrite."""
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise CannotWrite(name=path, reason=getattr(error, "strerror", None) or error) from None
