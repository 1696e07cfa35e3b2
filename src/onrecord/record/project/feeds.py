"""Keeps which feeds are followed. Their state (etag, last poll, …) is not on the log and stays untouched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, insert, select, update

from onrecord.record.project.work import Payload, Row, Work, fit_or_none
from onrecord.record.schema import feeds
from onrecord.record.texts import fit

STATE: Final = ("etag", "modified", "polled", "problem")
_ADD: Final = insert(feeds)
_FACTS: Final = ("outlet", "title", "topic")
_AGAIN: Final = (
    update(feeds)
    .where(feeds.c.url == bindparam("_url"))
    .values({name: bindparam(f"_{name}") for name in _FACTS} | {"followed": True})
)
_LEAVE: Final = update(feeds).where(feeds.c.url == bindparam("_url")).values(followed=False)


def follow(work: Work, rows: Sequence[Row]) -> None:
    """Feeds that are followed, followed again under other facts, or no longer followed, in order."""
    for row, payload in rows:
        url = fit(row.subject or "")
        if row.act == "unfollow":
            work.connection.execute(_LEAVE, {"_url": url})
            continue
        facts: Payload = {name: fit_or_none(payload.get(name)) for name in _FACTS}
        if work.connection.execute(select(feeds.c.id).where(feeds.c.url == url)).first():
            again = {f"_{name}": value for name, value in facts.items()}
            work.connection.execute(_AGAIN, again | {"_url": url})
        else:
            made = {"id": row.sequence, "url": url, "actor": fit(row.actor), "added": row.time}
            work.connection.execute(_ADD, made | facts)
