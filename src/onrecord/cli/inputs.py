"""Where statements come from on the command line: the inputs named, lists of addresses, feeds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import typer

from onrecord.errors import BadAddress, BadOption, EmptyDirectory, NotFound, NotText, TooLarge, Unreadable

if TYPE_CHECKING:
    from onrecord.collect import Collected, Metadata
    from onrecord.settings import Settings


def is_one_article(names: tuple[str, ...], urls: str | None) -> bool:
    """Whether the input is a single one, neither a directory nor a list of addresses."""
    from onrecord.collect.inputs import is_directory

    return len(names) == 1 and urls is None and not is_directory(names[0])


def check(command: str, names: tuple[str, ...], urls: str | None) -> None:
    """Raise a usage error where there is no input, or standard input is named twice."""
    if not names and urls is None:
        raise typer.BadParameter(
            f"nothing to {command} was given. Name a file, a directory or an address, or - for standard"
            f" input, for example: onrecord {command} article.txt.",
            param_hint="INPUT",
        )
    if [*names, urls].count("-") > 1:
        raise typer.BadParameter("standard input can be read only once.", param_hint="'-'")


def check_one_article(one: bool, *, title: str | None, url: str | None) -> None:
    """Raise a usage error where something was stated that can hold for one article alone."""
    for name, value in (("title", title), ("url", url)):
        if value is not None and not one:
            raise typer.BadParameter(
                "belongs to one article, and several inputs were given.", param_hint=f"'--{name}'"
            )


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
    feeds: bool = False,
) -> Iterator[Collected]:
    """Every input's fate, one at a time. `on_start` is told each input's name before it is opened.

    feeds: an input that is a feed stands for its entries' articles; without it, a feed is no article.
    `skip` is the output file: where it lies in a directory that is read, it is passed over.
    Raises InputError where the list of addresses itself cannot be read.
    """
    from onrecord.collect import Collected

    addresses = [] if urls is None else _addresses(urls, limit=settings.max_bytes)
    good = [address for address in addresses if _is_web(address)]
    nothing_else = skip is not None
    for item in _collect(feeds, given)(
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


def _collect(feeds: bool, given: Metadata) -> Callable[..., Iterator[Collected]]:
    if not feeds:
        from onrecord.collect import collect

        return collect
    from onrecord.collect.entries import collect_with_feeds

    def many_articles(_: str) -> None:
        check_one_article(False, title=given.title, url=given.url)

    return partial(collect_with_feeds, on_feed=many_articles)


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
