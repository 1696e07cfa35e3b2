"""Follows feeds: which ones is on the log; when each was last looked at, and what it answered, is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Connection, select, update

from onrecord.entry import Act
from onrecord.errors import BadAddress, NothingToUndo
from onrecord.ledger.base import Opened
from onrecord.record.log import append, stamp
from onrecord.record.schema import articles, feeds

if TYPE_CHECKING:
    from onrecord.collect.fetch import Validators


# Bytes of a feed's address; its unique index on PostgreSQL takes no value above 2,700.
LONGEST_ADDRESS = 2_000


@dataclass(frozen=True, slots=True)
class FollowedFeed:
    """A feed that is followed. polled: UTC time, None before the first time; problem: of the last time.

    etag, modified: what its server gave, to ask whether it has changed.
    """

    url: str
    outlet: str | None
    title: str | None
    topic: str | None
    added: str
    polled: str | None
    problem: str | None
    etag: str | None
    modified: str | None


class Following(Opened):
    """The feeds of a ledger."""

    def feeds(self) -> list[FollowedFeed]:
        """All feeds that are followed, in the order in which they were first."""
        columns = [feeds.c[name] for name in FollowedFeed.__slots__]
        with self.store.reading() as connection:
            rows = connection.execute(select(*columns).where(feeds.c.followed).order_by(feeds.c.id))
            return [FollowedFeed(*row) for row in rows]

    def follow(
        self, url: str, *, outlet: str | None = None, title: str | None = None, topic: str | None = None
    ) -> None:
        """Follow a feed. outlet and topic: of the articles that come from it. Again: these are replaced.

        Raises BadAddress where the address has more than 2,000 bytes in UTF-8.
        """
        if len(url.encode("utf-8", "replace")) > LONGEST_ADDRESS:
            raise BadAddress(url=f"{url[:60]}…", reason=f"it is longer than {LONGEST_ADDRESS:,} bytes")
        facts: dict[str, object] = {"outlet": outlet, "title": title, "topic": topic}
        self._write(lambda connection: self._put(connection, Act("feed", url, facts)))

    def unfollow(self, url: str) -> None:
        """Follow a feed no longer; what came from it stays. Raises NothingToUndo where it is not followed."""

        def work(connection: Connection) -> None:
            followed = select(feeds.c.id).where(feeds.c.url == url, feeds.c.followed)
            if connection.execute(followed).first() is None:
                raise NothingToUndo(id=url, reason="this feed is not followed")
            self._put(connection, Act("unfollow", url, {}))

        self._write(work)

    def polled(self, url: str, validators: Validators | None = None, *, problem: str | None = None) -> None:
        """Note that a feed was looked at just now: what its server gave for the next time, or what failed."""
        values: dict[str, str | None] = {"polled": stamp(self._clock()), "problem": problem}
        if validators is not None:
            values |= {"etag": validators.etag, "modified": validators.modified}
        self._write(
            lambda connection: connection.execute(update(feeds).where(feeds.c.url == url).values(values))
        )

    def has_url(self, url: str) -> bool:
        """Whether an article from this address is on record, without what feeds add to it (utm_…) too."""
        alike = {url, _without_tracking(url)}
        with self.store.reading() as connection:
            found = connection.execute(select(articles.c.id).where(articles.c.url.in_(alike)).limit(1))
            return found.first() is not None

    def _put(self, connection: Connection, act: Act) -> None:
        append(connection, self.actor, [act], now=self._clock())


def _without_tracking(url: str) -> str:
    """The address without the parts that only tell who sent a reader there."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = [part for part in parts.query.split("&") if not part.lower().startswith("utm_")]
    return urlunsplit(parts._replace(query="&".join(kept)))


def follow_or_change(
    ledger: Following, url: str, *, outlet: str | None, title: str | None, topic: str | None
) -> tuple[Literal["new", "changed", "known"], FollowedFeed]:
    """Follow a feed; what is not said of one that is followed stays as it was. Raises BadAddress."""
    before = {feed.url: feed for feed in ledger.feeds()}.get(url)
    if before is not None:
        outlet, title, topic = outlet or before.outlet, title or before.title, topic or before.topic
        if (outlet, title, topic) == (before.outlet, before.title, before.topic):
            return "known", before
    ledger.follow(url, outlet=outlet, title=title, topic=topic)
    return "changed" if before else "new", next(feed for feed in ledger.feeds() if feed.url == url)
