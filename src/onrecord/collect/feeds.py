"""Reads RSS and Atom feeds: where the articles are in which something may have been said.

A feed is fetched as any page is, with the same limits; the parser of feeds is given bytes alone and
never fetches anything itself.
"""

from __future__ import annotations

import html
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from onrecord.collect.dates import parse_date
from onrecord.collect.feedxml import is_feed, tidied
from onrecord.collect.fetch import Validators, fetch, for_feed
from onrecord.errors import BadFeed, BadMediaType
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.collect.fetch import Fetched

_DEFAULTS = Settings()
_NONE = Validators()
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\s;\"]{1,40})", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed: its article's address, and what the feed says of it."""

    link: str
    title: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as fetched. `entries`: those with an address, each address once, in the feed's order."""

    url: str
    title: str | None
    entries: tuple[FeedEntry, ...]
    validators: Validators = _NONE


def fetch_feed(
    url: str,
    *,
    settings: Settings = _DEFAULTS,
    allow_private_addresses: bool = False,
    unless: Validators = _NONE,
) -> Feed | None:
    """The feed at an http(s) address; None where the server says that it is as it was at `unless`.

    Raises BadFeed for what is no feed, the FetchErrors, and TooLarge.
    """
    try:
        answer = fetch(
            url, settings=settings, allow_private_addresses=allow_private_addresses, asking=for_feed(unless)
        )
    except BadMediaType as error:
        raise BadFeed(url=url, reason=f"it is {error.values['media_type']}") from None
    return None if answer.unchanged else feed_of(answer)


def feed_of(answer: Fetched) -> Feed:
    """The feed in what was fetched. Raises BadFeed, TooLarge."""
    charset = _CHARSET.search(answer.content_type or "")
    return parse_feed(
        answer.data,
        url=answer.url,
        charset=charset.group(1) if charset else None,
        validators=answer.validators,
    )


def parse_feed(data: bytes, *, url: str, charset: str | None = None, validators: Validators = _NONE) -> Feed:
    """The feed in bytes that `url` answered with: RSS 0.9x, 1.0, 2.0 or Atom, with the faults of real ones.

    charset: what the server declares. Raises BadFeed, and TooLarge for more than 10,000 entries.
    """
    import feedparser

    found: Any = feedparser.parse(
        BytesIO(tidied(data, url=url, charset=charset)),
        # Without an address of its own, a feed's relative links are resolved against this one.
        response_headers={"content-location": url, "content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not found.version:
        raise BadFeed(url=url, reason="it is neither RSS nor Atom")
    dated_by_update = not found.version.startswith("atom")
    entries = (_entry(entry, url, dated_by_update=dated_by_update) for entry in found.entries)
    once: dict[str, FeedEntry] = {}
    for entry in filter(None, entries):
        once.setdefault(entry.link, entry)
    return Feed(url, _title(found.feed), tuple(once.values()), validators)


def _entry(entry: Any, url: str, *, dated_by_update: bool) -> FeedEntry | None:
    """The entry, or None for one that leads nowhere, such as a sound alone."""
    # A service that counts readers puts its own address first and the article's beside it.
    link = (entry.get("feedburner_origlink") or entry.get("link") or "").strip()
    if not link:
        return None
    with suppress(ValueError):  # fetching it will say what is wrong with it
        link = urljoin(url, link)
    return FeedEntry(link, _title(entry), _published(entry, dated_by_update=dated_by_update))


def _published(entry: Any, *, dated_by_update: bool) -> date | None:
    """The day of publication as written; an Atom entry's day of change is none."""
    if "published" in entry:
        return parse_date(entry["published"])
    # Asked for without need, the parser would give the one for the other, with a warning.
    return parse_date(entry["updated"]) if dated_by_update and "updated" in entry else None


def _title(described: Any) -> str | None:
    """The title in one line of text, without mark-up and references of HTML."""
    title = described.get("title") or ""
    kind = described.get("title_detail", {}).get("type", "")
    if kind != "text/plain" or "&" in title:
        title = html.unescape(_MARKUP.sub("", title))
    return " ".join(title.split()) or None


__all__ = ["Feed", "FeedEntry", "feed_of", "fetch_feed", "is_feed", "parse_feed"]
