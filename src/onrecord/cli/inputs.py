"""Where statements come from on the command line: the inputs named, and lists of addresses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import BadAddress, BadOption, EmptyDirectory, NotFound, NotText, TooLarge, Unreadable

if TYPE_CHECKING:
    from onrecord.collect import Collected, Metadata
    from onrecord.settings import Settings


def is_directory(name: str) -> bool:
    """Whether an input names a directory; a name that the system refuses names none."""
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def collected(
    names: tuple[str, ...],
    *,
    urls: str | None,
    given: Metadata,
    settings: Settings,
    allow_private_addresses: bool,
    skip: Path | None,
    stdin: BinaryIO | None,
    on_start: Callable[[str], None],
) -> Iterator[Collected]:
    """Every input's fate, one at a time. `on_start` is told each input's name before it is opened.

    `skip` is the output file: where it lies in a directory that is read, it is passed over.
    Raises InputError where the list of addresses itself cannot be read.
    """
    from onrecord.collect import Collected, collect

    addresses = [] if urls is None else _addresses(urls, limit=settings.max_bytes)
    good = [address for address in addresses if _is_web(address)]
    nothing_else = True
    for item in collect(
        _told((*names, *good), on_start),
        given=given,
        settings=settings,
        allow_private_addresses=allow_private_addresses,
        stdin=stdin,
    ):
        if skip is None or not _same(item.name, skip):
            nothing_else = False
            yield item
    if nothing_else and names:
        yield Collected(name=names[0], article=None, error=EmptyDirectory(name=names[0]))
    # A line of a list is never taken for a path: lists come from elsewhere.
    for address in addresses:
        if not _is_web(address):
            reason = "not http or https"
            yield Collected(name=address, article=None, error=BadAddress(url=address, reason=reason))


def _told(names: Iterable[str], on_start: Callable[[str], None]) -> Iterator[str]:
    for name in names:
        on_start(name)
        yield name


def _is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _same(name: str, path: Path) -> bool:
    try:
        return Path(name).samefile(path)
    except (OSError, ValueError):
        return False


def _addresses(name: str, *, limit: int) -> list[str]:
    """The addresses in a list: one a line, # begins a comment line or follows a space."""
    shown_name = "standard input" if name == "-" else name
    raw = _raw(name, shown_name, limit)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(name=shown_name, reason=f"byte {error.start} is not UTF-8") from None
    lines = (line.split(" #")[0].strip() for line in text.splitlines())
    addresses = [line for line in lines if line and not line.startswith("#")]
    if not addresses:
        expected = "a list of addresses, one a line"
        raise BadOption(option="--urls", value=shown_name, expected=expected, example="addresses.txt")
    return addresses


def _raw(name: str, shown_name: str, limit: int) -> bytes:
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(limit + 1)
    except FileNotFoundError:
        raise NotFound(name=name) from None
    except (OSError, ValueError, AttributeError) as error:
        raise Unreadable(name=shown_name, reason=getattr(error, "strerror", None) or error) from None
    if len(raw) > limit:
        raise TooLarge(name=shown_name, size=f"more than {limit} bytes", limit=f"{limit} bytes")
    return raw
