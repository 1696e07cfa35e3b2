"""`onrecord feeds`: follows RSS and Atom feeds, so that what they lead to comes on record."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli import ledger_options as options
from onrecord.cli import options as reading
from onrecord.cli.add import Workers
from onrecord.cli.groups import ListByDefault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.cli.polling import Polled, Poller
    from onrecord.ledger.following import FollowedFeed

feeds = typer.Typer(
    cls=ListByDefault,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)

FeedUrl = Annotated[str, typer.Argument(metavar="URL", help="The feed's http(s) address.")]
FeedUrls = Annotated[
    list[str] | None,
    typer.Argument(metavar="URL", help="Only these of the followed feeds; without any, all of them."),
]
FeedOutlet = Annotated[
    str | None,
    typer.Option("--outlet", metavar="NAME", help="Who publishes the articles that come from it."),
]
FeedTopic = Annotated[
    str | None,
    typer.Option("--topic", metavar="NAME", help="Put the articles that come from it under this topic."),
]


@feeds.callback()
def _feeds() -> None:
    """Follow RSS and Atom feeds: what they lead to comes on record. Without a command: list.

    Example: onrecord feeds add https://news.example/feed.xml --topic ferries
    """


@feeds.command("add")
def add(
    url: FeedUrl,
    outlet: FeedOutlet = None,
    topic: FeedTopic = None,
    allow_private_addresses: reading.AllowPrivateAddresses = False,
    db: options.Db = None,
    actor: options.Actor = None,
    as_json: options.AsJson = False,
) -> None:
    """Follow a feed; nothing is read from it until it is polled. Again: with another outlet or topic.

    Example: onrecord feeds add https://news.example/feed.xml --outlet "The Ellery Post" --topic ferries
    """
    from onrecord.collect.feeds import fetch_feed
    from onrecord.ledger.following import follow_or_change
    from onrecord.settings import Settings

    url = url.strip()
    # Before the ledger is opened: what is no feed makes no ledger either.
    found = fetch_feed(
        url, settings=Settings.from_environment(), allow_private_addresses=allow_private_addresses
    )
    assert found is not None  # noqa: S101 - it was asked for in full
    with options.opened(db, actor, create=True) as ledger:
        state, feed = follow_or_change(ledger, url, outlet=outlet, title=found.title, topic=topic)
    if as_json:
        named = {"url": feed.url, "title": feed.title, "outlet": feed.outlet, "topic": feed.topic}
        options.print_plain({"state": state, **named, "entries": len(found.entries)})
        return
    from onrecord.cli.ledger.feeds import followed
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        followed(sheet, feed, state=state, entries=len(found.entries), db=db)


@feeds.command("list")
def list_(db: options.Db = None, as_json: options.AsJson = False) -> None:
    """List the feeds that are followed: when each was last polled, and what was wrong then.

    Example: onrecord feeds list
    """
    with options.opened(db, read_only=True) as ledger:
        found = ledger.feeds()
    if as_json:
        options.print_plain(found)
        return
    from onrecord.cli.ledger.feeds import listed
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        listed(sheet, found, db=db)


@feeds.command("remove")
def remove(
    url: FeedUrl, db: options.Db = None, actor: options.Actor = None, as_json: options.AsJson = False
) -> None:
    """Follow a feed no longer. What came from it stays on record.

    Example: onrecord feeds remove https://news.example/feed.xml
    """
    url = url.strip()
    with options.opened(db, actor) as ledger:
        ledger.unfollow(url)
    if as_json:
        options.print_plain({"state": "removed", "url": url})
        return
    from onrecord.cli.ledger.feeds import left
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        left(sheet, url, db=db)


@feeds.command("poll")
def poll(
    urls: FeedUrls = None,
    allow_private_addresses: reading.AllowPrivateAddresses = False,
    workers: Workers = None,
    quiet: reading.Quiet = False,
    db: options.Db = None,
    actor: options.Actor = None,
    as_json: options.AsJson = False,
) -> int:
    """Look at the feeds, and put on record what is new in them.

    An address that is on record is not fetched again. A feed or an article that cannot be read is
    named on standard error, the others are read, and the exit code is 3.

    Example: onrecord feeds poll
    """
    from onrecord.cli.polling import Poller
    from onrecord.cli.progress import Progress
    from onrecord.settings import Settings

    with (
        options.opened(db, actor) as ledger,
        closing(Progress.on_stderr(quiet=quiet, done="on record")) as progress,
    ):
        wanted = _wanted(ledger.feeds(), urls or [])
        poller = Poller(
            ledger,
            Settings.from_environment(),
            progress,
            allow_private_addresses=allow_private_addresses,
            workers=workers or min(2, os.cpu_count() or 1),
        )
        found = _all(poller, wanted)
        if as_json:
            options.print_plain({"ledger": ledger.place, "feeds": [_plain(polled) for polled in found]})
        else:
            _print(found, ledger.place, db)
    return _code(found)


def _wanted(followed: list[FollowedFeed], urls: Sequence[str]) -> list[FollowedFeed]:
    """The feeds of these addresses, or all. Raises a usage error for one that is not followed."""
    from onrecord.errors import shown

    by_url = {feed.url: feed for feed in followed}
    named = dict.fromkeys(url.strip() for url in urls)
    for url in named:
        if url not in by_url:
            raise typer.BadParameter(
                f"{shown(url)} is not followed. Follow it first: onrecord feeds add {shown(url)}.",
                param_hint="URL",
            )
    return [by_url[url] for url in named] or followed


def _all(poller: Poller, wanted: list[FollowedFeed]) -> list[Polled]:
    from onrecord.cli import exits

    found = []
    try:
        for polled in poller.poll(wanted):
            found.append(polled)
            poller.progress.count(sum(len(p.articles) for p in found))
    except KeyboardInterrupt:
        poller.progress.clear()
        exits.complain(
            f"Interrupted: {len(found)} of {len(wanted)} feeds done. What was read is on record;"
            " the same command goes on."
        )
        raise
    poller.progress.clear()
    return found


def _code(found: list[Polled]) -> int:
    """The exit code: 3 where something could not be read, 4 where nothing could."""
    from onrecord.cli import exits

    failed = sum(polled.error is not None for polled in found)
    unread = sum(polled.tally.failed for polled in found)
    return exits.code_for(read=len(found) - failed, failed=failed + unread)


def _plain(polled: Polled) -> dict[str, Any]:
    states = polled.tally.states
    return {
        "url": polled.feed.url,
        "state": polled.state,
        **{state: states[state] for state in ("new", "known", "version", "unread")},
        "statements": polled.tally.statements,
        "articles": polled.articles,
        "error": polled.error and {"code": polled.error.code, "message": str(polled.error)},
    }


def _print(found: list[Polled], place: str, db: str | None) -> None:
    from onrecord.cli.ledger.feeds import polled
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        polled(sheet, found, place=place, db=db)
