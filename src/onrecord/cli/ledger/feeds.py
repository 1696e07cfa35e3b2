"""The feeds that are followed, and what a look at them gave, a few lines for each."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.cli.add import told
from onrecord.cli.ledger.sheet import Sheet
from onrecord.views import words
from onrecord.views.harmless import harmless

if TYPE_CHECKING:
    from onrecord.cli.polling import Polled
    from onrecord.ledger.following import FollowedFeed

_HOW = {"new": "Followed", "changed": "Followed as before, with what you said", "known": "Followed already"}


def followed(sheet: Sheet, feed: FollowedFeed, *, state: str, entries: int, db: str | None = None) -> None:
    """Confirm that a feed is followed."""
    now = words.counted(entries, "article")
    sheet.line(f"{_HOW[state]}: {feed.title or feed.url}, which now leads to {now}.")
    if facts := ", ".join(_facts(feed)):
        sheet.line(facts, "dim")
    sheet.line(f"Put them on record: {words.command('feeds poll', db)}", "dim")
    sheet.line(f"Follow it no longer: {words.command(f'feeds remove {_quoted(feed.url)}', db)}", "dim")


def left(sheet: Sheet, url: str, *, db: str | None = None) -> None:
    """Confirm that a feed is followed no longer."""
    sheet.line(f"Followed no longer: {url}. What came from it stays on record.")
    sheet.line(f"Follow it again: {words.command(f'feeds add {_quoted(url)}', db)}", "dim")


def listed(sheet: Sheet, found: Sequence[FollowedFeed], *, db: str | None = None) -> None:
    """Write the feeds, each with its address, what its articles are put under, and when it was polled."""
    if not found:
        _none(sheet, db)
        return
    for feed in found:
        sheet.heading(feed.title or feed.url)
        if feed.title:
            sheet.line(feed.url)
        polled = f"polled {words.moment(feed.polled)}" if feed.polled else "not polled yet"
        sheet.line(", ".join((*_facts(feed), polled)), "dim")
        if feed.problem:
            sheet.line(feed.problem, "red")
    sheet.closing(f"Look at them: {words.command('feeds poll', db)}")


def polled(sheet: Sheet, found: Sequence[Polled], *, place: str, db: str | None = None) -> None:
    """Write what became of each feed, and how much is now on record."""
    if not found:
        _none(sheet, db)
        return
    for one in found:
        sheet.line(f"{one.feed.title or one.feed.url}: {_outcome(one)}.")
    statements = sum(one.tally.statements for one in found)
    sheet.line(f"{words.counted(statements, 'statement')} put on record.")
    sheet.line(f"The ledger: {place}", "dim")


def _outcome(one: Polled) -> str:
    if one.state == "failed":
        return "could not be read"
    if one.state == "unchanged":
        return "not changed since it was last polled"
    return told(one.tally)


def _none(sheet: Sheet, db: str | None) -> None:
    sheet.line("No feed is followed yet.")
    sheet.line(f"Follow one: {words.command('feeds add URL', db)}", "dim")


def _facts(feed: FollowedFeed) -> Iterator[str]:
    if feed.outlet:
        yield f"outlet {feed.outlet}"
    if feed.topic:
        yield f"topic {feed.topic}"


def _quoted(url: str) -> str:
    return harmless(shlex.quote(url))
