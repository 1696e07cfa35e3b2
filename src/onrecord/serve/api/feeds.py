"""Feeds: those that are followed, so that what they lead to comes on record."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from onrecord.collect.feeds import fetch_feed
from onrecord.ledger.following import follow_or_change
from onrecord.serve.api import given, shapes
from onrecord.serve.api.answers import Json, told, whole
from onrecord.serve.api.routing import router, says
from onrecord.serve.visit import Editing, Reading

routes = router("feeds")


@routes.get("/feeds", **says(shapes.listed(shapes.Feed)))
def list_feeds(visit: Reading) -> Response:
    """List the feeds that are followed: when each was last looked at, and what was wrong then."""
    return told(visit, whole(visit.ledger.feeds()))


@routes.post("/feeds", **says(shapes.Followed))
def follow_feed(visit: Editing, asked: given.Feed) -> Response:
    """Follow a feed. Again: with another outlet or topic; what is not said stays as it was."""
    url, title, entries = asked.url.strip(), asked.title, None
    if asked.check:
        allowed = visit.house.private_addresses
        found = fetch_feed(url, settings=visit.house.settings, allow_private_addresses=allowed)
        assert found is not None  # noqa: S101 - it was asked for in full
        title, entries = title or found.title, len(found.entries)
    state, feed = follow_or_change(
        visit.ledger, url, outlet=asked.outlet, title=title, topic=asked.topic
    )  # fmt: skip
    named = {"title": feed.title, "outlet": feed.outlet, "topic": feed.topic}
    return Json({"state": state, "url": feed.url, **named, "entries": entries})


@routes.delete("/feeds", **says(shapes.Left))
def leave_feed(
    visit: Editing, url: Annotated[given.Name, Query(examples=["https://news.example/feed.xml"])]
) -> Response:
    """Follow a feed no longer. What came from it stays on record."""
    visit.ledger.unfollow(url.strip())
    return Json({"state": "removed", "url": url.strip()})
