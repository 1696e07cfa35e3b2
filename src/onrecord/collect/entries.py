"""Many inputs, some of which may be feeds: a feed stands for the articles that its entries lead to."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.collect.feeds import Feed, FeedEntry, feed_of, is_feed, parse_feed
from onrecord.collect.fetch import fetch, for_page_or_feed
from onrecord.collect.inputs import URL, Collected, collect
from onrecord.collect.metadata import Metadata
from onrecord.collect.sources import from_answer, from_bytes, read_file
from onrecord.errors import OnrecordError, Unreadable, failing
from onrecord.settings import Settings
from onrecord.statement import Article

_NO_METADATA, _DEFAULTS = Metadata(), Settings()


def collect_with_feeds(
    inputs: Iterable[str],
    *,
    given: Metadata = _NO_METADATA,
    settings: Settings = _DEFAULTS,
    allow_private_addresses: bool = False,
    stdin: BinaryIO | None = None,
    on_feed: Callable[[str], object] = str,
) -> Iterator[Collected]:
    """As `collect`; besides, an address, a file or a standard input that is a feed stands for its articles.

    on_feed: is told the name of each input that turns out to be a feed, before its articles are fetched.
    """
    opener = _Opener(given, settings, allow_private_addresses, on_feed)
    for name in inputs:
        if URL.match(name):
            yield from opener.address(name)
        elif name == "-":
            yield from opener.stream(stdin or sys.stdin.buffer)
        elif _is_file(name):
            yield from opener.file(name)
        else:
            yield from collect([name], given=given, settings=settings)


def collect_entries(
    entries: Iterable[FeedEntry],
    *,
    given: Metadata = _NO_METADATA,
    settings: Settings = _DEFAULTS,
    allow_private_addresses: bool = False,
) -> Iterator[Collected]:
    """The articles that entries of a feed lead to, each fetched when it is asked for.

    What the feed says of title and date holds where neither `given` nor the page speaks.
    """
    for entry in entries:
        told = Metadata(title=entry.title, published=entry.published)
        try:
            with failing(entry.link):
                answer = fetch(entry.link, settings=settings, allow_private_addresses=allow_private_addresses)
                article = from_answer(answer, name=entry.link, given=given, told=told, settings=settings)
        except OnrecordError as error:
            yield Collected(entry.link, None, error)
        else:
            yield Collected(entry.link, article, None)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


@dataclass(frozen=True, slots=True)
class _Opener:
    """Opens one input at a time, to see whether it is an article or a feed."""

    given: Metadata
    settings: Settings
    allow_private_addresses: bool
    on_feed: Callable[[str], object]

    def address(self, name: str) -> Iterator[Collected]:
        def opened() -> Article | Feed:
            answer = fetch(
                name,
                settings=self.settings,
                allow_private_addresses=self.allow_private_addresses,
                asking=for_page_or_feed(),
            )
            if is_feed(answer.data):
                return feed_of(answer)
            return from_answer(answer, name=name, given=self.given, settings=self.settings)

        return self._articles(name, opened)

    def file(self, name: str) -> Iterator[Collected]:
        return self._articles(
            name, lambda: self._of_bytes(name, read_file(Path(name), self.settings.max_bytes + 1))
        )

    def stream(self, stream: BinaryIO) -> Iterator[Collected]:
        def opened() -> Article | Feed:
            try:
                data = stream.read(self.settings.max_bytes + 1)
            except OSError as error:
                raise Unreadable(name="-", reason=error.strerror or type(error).__name__) from None
            return self._of_bytes("-", data)

        return self._articles("-", opened)

    def _of_bytes(self, name: str, data: bytes) -> Article | Feed:
        if is_feed(data) and len(data) <= self.settings.max_bytes:
            return parse_feed(data, url=name)
        return from_bytes(data, name=name, given=self.given, settings=self.settings)

    def _articles(self, name: str, opened: Callable[[], Article | Feed]) -> Iterator[Collected]:
        try:
            with failing(name):
                found = opened()
        except OnrecordError as error:
            yield Collected(name, None, error)
            return
        if isinstance(found, Article):
            yield Collected(name, found, None)
            return
        self.on_feed(name)
        yield from collect_entries(
            found.entries,
            given=self.given,
            settings=self.settings,
            allow_private_addresses=self.allow_private_addresses,
        )
