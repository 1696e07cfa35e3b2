"""What is known about an article besides its text, from options or from the page.

The publication date is what every "on Tuesday" in a statement will be counted from,
so it is taken only from places that state it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from onrecord.collect.dateline import written_date
from onrecord.statement import Article, Block, PublishedFrom


@dataclass(frozen=True, slots=True)
class Metadata:
    """What options or a page say about an article; None where they say nothing.

    `language` is a BCP 47 tag such as "en" or "en-GB".
    """

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    language: str | None = None
    published: date | None = None

    def over(self, other: Metadata) -> Metadata:
        """These values, and `other`'s where there is none."""
        pairs = {f.name: (getattr(self, f.name), getattr(other, f.name)) for f in fields(self)}
        return Metadata(**{name: own if own is not None else its for name, (own, its) in pairs.items()})


def primary_language(tag: str | None) -> str | None:
    """The primary subtag of a language tag, in small letters: "en" for "en-GB" and "EN_us"."""
    return tag.strip().replace("_", "-").partition("-")[0].lower() or None if tag else None


def compose(
    text: str, blocks: Iterable[Block], *, given: Metadata, found: Metadata, language: str | None
) -> Article:
    """The article, each field from `given` (options) or else from `found` (the page itself).

    A publication date that neither knows is read in the head of the text.
    """
    blocks = tuple(blocks)
    both = given.over(found)
    read = written_date(text, blocks) if both.published is None else None
    return Article(
        text=text,
        blocks=blocks,
        url=both.url,
        outlet=both.outlet,
        title=both.title,
        author=both.author,
        language=language,
        published=read or both.published,
        published_from="text" if read else _published_from(given, found),
    )


def _published_from(given: Metadata, found: Metadata) -> PublishedFrom:
    if given.published is not None:
        return "option"
    return "metadata" if found.published is not None else "unknown"
