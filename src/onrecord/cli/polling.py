"""Looks at feeds: what they lead to and is not on record yet is fetched, read and added, as `add` does it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from onrecord.cli import exits
from onrecord.cli.adding import Adder, Fate, Tally
from onrecord.collect import Metadata
from onrecord.collect.entries import collect_entries
from onrecord.collect.feeds import fetch_feed
from onrecord.collect.fetch import Validators
from onrecord.errors import OnrecordError, failing

if TYPE_CHECKING:
    from onrecord.cli.progress import Progress
    from onrecord.collect import Collected
    from onrecord.collect.feeds import Feed
    from onrecord.ledger.core import Ledger
    from onrecord.ledger.following import FollowedFeed
    from onrecord.settings import Settings
    from onrecord.statement import Article, Document


@dataclass(slots=True)
class Polled:
    """What one look at a feed gave.

    state: "unread" until all that the feed leads to has its fate. articles: ids of those put on record.
    """

    feed: FollowedFeed
    state: Literal["unread", "read", "unchanged", "failed"] = "unread"
    tally: Tally = field(default_factory=Tally)
    articles: list[str] = field(default_factory=list)
    error: OnrecordError | None = None

    def count(self, fate: Fate) -> None:
        """Count the fate of one entry's article."""
        self.tally.count(fate)
        if fate.article is not None and fate.state != "known":
            self.articles.append(fate.article)


class Poller(Adder):
    """Adds the articles that feeds lead to, each under its feed's topic, all in one stream.

    So the reader is loaded once, and articles of several feeds are read at the same time.
    """

    def __init__(
        self,
        ledger: Ledger,
        settings: Settings,
        progress: Progress,
        *,
        allow_private_addresses: bool = False,
        workers: int = 1,
    ) -> None:
        super().__init__(ledger, settings, progress, workers=workers)
        self.allow_private_addresses = allow_private_addresses
        self._topics: dict[str, str | None] = {}  # by article
        self._links: set[str] = set()
        # For each article whose fate is awaited, in order: the feed that led to it.
        self._awaited: deque[Polled] = deque()

    def poll(self, feeds: Iterable[FollowedFeed]) -> Iterator[Polled]:
        """What became of each feed, in order, as soon as all its articles are on record.

        A feed that cannot be read is named on standard error and in the ledger, and the others are
        read. A feed whose articles could not all be read is asked for in full the next time, too.
        Raises ModelError and LedgerError, which end the run.
        """
        line: deque[tuple[Polled, Validators | None]] = deque()
        for fate in self.add(self._inputs(feeds, line)):
            self._awaited.popleft().count(fate)
            yield from self._finished(line)
        yield from self._finished(line)

    def _finished(self, line: deque[tuple[Polled, Validators | None]]) -> Iterator[Polled]:
        """The feeds at the head of the line that lead to nothing more."""
        while line and not (self._awaited and self._awaited[0] is line[0][0]):
            polled, validators = line.popleft()
            if polled.state == "unread":
                polled.state = "read"
            # With these, an unchanged feed would not be sent again, and its failed articles not be tried.
            given = None if polled.tally.failed else validators
            problem = str(polled.error) if polled.error else None
            self.ledger.polled(polled.feed.url, given, problem=problem)
            yield polled

    def _inputs(
        self, feeds: Iterable[FollowedFeed], line: deque[tuple[Polled, Validators | None]]
    ) -> Iterator[Collected]:
        for feed in feeds:
            polled = Polled(feed)
            found = self._looked_at(polled)
            if found is not None:
                yield from self._articles(found, polled)
            # Not before: a feed in the line without awaited articles is finished.
            line.append((polled, found.validators if found else None))

    def _looked_at(self, polled: Polled) -> Feed | None:
        """The feed as it is now; None where that is as before, or cannot be told."""
        feed = polled.feed
        self.progress.start(feed.url)
        try:
            with failing(feed.url):
                found = fetch_feed(
                    feed.url,
                    settings=self.settings,
                    allow_private_addresses=self.allow_private_addresses,
                    unless=Validators(feed.etag, feed.modified),
                )
        except OnrecordError as error:
            self.progress.clear()
            exits.complain(error)
            polled.state, polled.error = "failed", error
            return None
        if found is None:
            polled.state = "unchanged"
        return found

    def _articles(self, found: Feed, polled: Polled) -> Iterator[Collected]:
        """What the entries lead to that neither the ledger nor a feed before has."""
        for entry in found.entries:
            if entry.link in self._links or self.ledger.has_url(entry.link):
                polled.count(Fate(entry.link, "known"))
                continue
            self._links.add(entry.link)
            self.progress.start(entry.link)
            for item in collect_entries(
                [entry],
                given=Metadata(outlet=polled.feed.outlet),
                settings=self.settings,
                allow_private_addresses=self.allow_private_addresses,
            ):
                if item.article is not None:
                    self._topics.setdefault(item.article.id, polled.feed.topic)
                self._awaited.append(polled)
                yield item

    def _known(self, name: str, article: Article) -> Fate | None:
        self.topic = self._topics.get(article.id)
        return super()._known(name, article)

    def _added(self, document: Document) -> Fate:
        self.topic = self._topics.pop(document.article.id, None)
        return super()._added(document)
