"""Which feeds are followed is on the log; when they were looked at, and what was wrong, is beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from record.made import document

import onrecord
from onrecord import Ledger, errors
from onrecord.collect.fetch import Validators

FEED = "https://news.example/feed.xml"
OTHER = "https://other.example/atom"
NOON = datetime(2031, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    """A new ledger whose clock goes on by a second each time it is looked at."""
    times = (NOON + timedelta(seconds=n) for n in range(10_000))
    with onrecord.open(place, create=True, actor="ana", clock=lambda: next(times)) as ledger:
        yield ledger


def acts(ledger: Ledger) -> list[tuple[str, str | None]]:
    return [(row.act, row.subject) for row in reversed(ledger.log())]


def test_a_feed_is_followed_in_somebodys_name(ledger: Ledger) -> None:
    ledger.follow(FEED, outlet="The Ellery Post", title="Ellery", topic="ferries")
    (feed,) = ledger.feeds()
    assert (feed.url, feed.outlet, feed.title, feed.topic) == (FEED, "The Ellery Post", "Ellery", "ferries")
    assert (feed.polled, feed.problem, feed.etag, feed.modified) == (None, None, None, None)
    (row,) = ledger.log()
    assert (row.act, row.subject, row.actor, row.time) == ("feed", FEED, "ana", feed.added)


def test_feeds_keep_their_order(ledger: Ledger) -> None:
    for url in (OTHER, FEED):
        ledger.follow(url)
    ledger.follow(OTHER, topic="ports")
    assert [(feed.url, feed.topic) for feed in ledger.feeds()] == [(OTHER, "ports"), (FEED, None)]


def test_following_again_replaces_what_was_said_of_it(ledger: Ledger) -> None:
    ledger.follow(FEED, outlet="The Ellery Post", topic="ferries")
    ledger.follow(FEED, topic="ports")
    (feed,) = ledger.feeds()
    assert (feed.outlet, feed.topic) == (None, "ports")
    assert acts(ledger) == [("feed", FEED), ("feed", FEED)]


def test_what_is_followed_no_longer_can_be_followed_again(ledger: Ledger) -> None:
    ledger.follow(FEED)
    ledger.follow(OTHER)
    ledger.unfollow(FEED)
    assert [feed.url for feed in ledger.feeds()] == [OTHER]
    ledger.follow(FEED)
    assert [feed.url for feed in ledger.feeds()] == [FEED, OTHER]
    assert acts(ledger) == [("feed", FEED), ("feed", OTHER), ("unfollow", FEED), ("feed", FEED)]


def test_only_what_is_followed_can_be_left(ledger: Ledger) -> None:
    with pytest.raises(errors.NothingToUndo, match="not followed"):
        ledger.unfollow(FEED)
    ledger.follow(FEED)
    ledger.unfollow(FEED)
    with pytest.raises(errors.NothingToUndo):
        ledger.unfollow(FEED)
    assert acts(ledger) == [("feed", FEED), ("unfollow", FEED)]


def test_a_look_is_noted_beside_the_log(ledger: Ledger) -> None:
    ledger.follow(FEED)
    ledger.follow(OTHER)
    head = ledger.checkpoint()
    ledger.polled(FEED, Validators('"v1"', "Tue, 04 Mar 2031 11:00:00 GMT"))
    feed, other = ledger.feeds()
    assert (feed.etag, feed.modified) == ('"v1"', "Tue, 04 Mar 2031 11:00:00 GMT")
    assert feed.polled is not None
    assert feed.polled > feed.added
    assert other.polled is None
    assert ledger.checkpoint() == head


def test_a_problem_stays_until_the_next_look_and_the_validators_with_it(ledger: Ledger) -> None:
    ledger.follow(FEED)
    ledger.polled(FEED, Validators('"v1"'))
    (before,) = ledger.feeds()
    ledger.polled(FEED, problem="the server answered 500")
    (broken,) = ledger.feeds()
    assert (broken.problem, broken.etag) == ("the server answered 500", '"v1"')
    assert before.polled is not None
    assert broken.polled is not None
    assert broken.polled > before.polled
    ledger.polled(FEED, Validators(None, "Tue, 04 Mar 2031 11:00:00 GMT"))
    (mended,) = ledger.feeds()
    assert (mended.problem, mended.etag) == (None, None)


def test_a_rebuilt_ledger_follows_the_same_feeds_from_the_same_state(ledger: Ledger) -> None:
    ledger.follow(FEED, outlet="The Ellery Post", topic="ferries")
    ledger.follow(OTHER)
    ledger.polled(FEED, Validators('"v1"'))
    ledger.polled(OTHER, problem="the server answered 500")
    ledger.unfollow(OTHER)
    ledger.follow(OTHER, topic="ports")
    before = ledger.feeds()
    ledger.rebuild()
    assert ledger.feeds() == before


def test_the_address_of_an_article_is_known_once_it_is_on_record(ledger: Ledger) -> None:
    made = document(1, statements=1)
    assert made.article.url is not None
    assert not ledger.has_url(made.article.url)
    ledger.add(made)
    assert ledger.has_url(made.article.url)
    assert not ledger.has_url(made.article.url + "/")
    assert ledger.has_url(made.article.url + "?utm_source=rss&utm_medium=feed")
    assert not ledger.has_url(made.article.url + "?page=2&utm_source=rss")
    assert not ledger.has_url("http://[broken")


@pytest.mark.parametrize(
    "url", ["https://x.example/'; DROP TABLE feeds; --", "https://x.example/ü%27?a=1&b=“2”"]
)
def test_an_address_is_text_and_nothing_else(ledger: Ledger, url: str) -> None:
    ledger.follow(url, outlet="';--", title="%s", topic='"')
    ledger.polled(url, problem="'; DROP TABLE feeds; --")
    assert not ledger.has_url(url)
    (feed,) = ledger.feeds()
    assert (feed.url, feed.problem) == (url, "'; DROP TABLE feeds; --")
    ledger.unfollow(url)
    assert ledger.feeds() == []
