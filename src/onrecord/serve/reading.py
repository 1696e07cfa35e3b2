"""From what a form brings to documents: pasted text, an address, files, and what is stated of the article.

Reading is the server's heaviest work, so only a few articles are read at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, BinaryIO, Final, NamedTuple

from fastapi import Depends, Form

from onrecord import collect
from onrecord.errors import BadOption, ModelError, OnrecordError, shown
from onrecord.serve.problems import on_page
from onrecord.views.rows import one_line

if TYPE_CHECKING:
    from onrecord.serve.house import House
    from onrecord.statement import Article, Document

PATIENCE: Final = 20.0  # seconds that a reading waits for those before it
_SAMPLE: Final = "The harbour master said on Tuesday that the new ferry would sail by the end of May."
_Words = Annotated[str, Form()]


class Trouble(NamedTuple):
    """Why one input was not read, in words."""

    what: str
    why: str = ""
    remedy: str = ""


BUSY: Final = Trouble("Other articles are being read just now.", remedy="Try again in a moment.")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person states of an article, as it was typed; empty where nothing is stated."""

    title: str = ""
    outlet: str = ""
    published: str = ""
    author: str = ""
    url_of: str = ""
    topic: str = ""

    def metadata(self) -> collect.Metadata:
        """The same, checked. Raises BadOption for a day that is none."""
        return collect.Metadata(
            url=self.url_of.strip() or None,
            outlet=one_line(self.outlet) or None,
            title=one_line(self.title) or None,
            author=one_line(self.author) or None,
            published=_day(self.published.strip()),
        )

    @classmethod
    def of(cls, article: Article) -> Facts:
        """What is known of an article, to be typed over."""
        published = article.published.isoformat() if article.published else ""
        known = (article.title, article.outlet, published, article.author, article.url)
        return cls(*(value or "" for value in known))


def _facts(
    title: _Words = "", outlet: _Words = "", published: _Words = "", author: _Words = "",
    url_of: _Words = "", topic: _Words = "",
) -> Facts:  # fmt: skip
    return Facts(title, outlet, published, author, url_of, topic)


Stated = Annotated[Facts, Depends(_facts)]


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise BadOption(
            option="published", value=words, expected="a date, year-month-day", example="2018-03-06"
        ) from None


class Source(NamedTuple):
    """One input: what it is called, and how its article comes in."""

    name: str
    article: Callable[[], Article]


def sources(
    house: House, text: str, url: str, files: Sequence[tuple[str, BinaryIO]], given: collect.Metadata
) -> Iterator[Source]:
    """The inputs of a form, those that are there. A title and an address belong to a single one."""
    several = bool(text.strip()) + bool(url.strip()) + len(files) > 1
    given = replace(given, title=None, url=None) if several else given
    if text.strip():
        # A browser sends every line end as CR LF, whatever was pasted.
        pasted = text.replace("\r\n", "\n")
        yield Source("pasted text", lambda: collect.from_text(pasted, name="pasted text", given=given))
    if url.strip():
        yield Source(url.strip(), lambda: _fetched(house, url.strip(), given))
    for name, file in files:
        yield Source(name, lambda name=name, file=file: _file(house, name, file, given))  # type: ignore[misc]


def _fetched(house: House, url: str, given: collect.Metadata) -> Article:
    return collect.from_url(
        url, given=given, settings=house.settings, allow_private_addresses=house.private_addresses
    )


def _file(house: House, name: str, file: BinaryIO, given: collect.Metadata) -> Article:
    data = file.read(house.settings.max_bytes + 1)
    return collect.from_bytes(data, name=name, given=given, settings=house.settings)


def read(house: House, article: Article) -> Document | None:
    """The document of an article; None where too many others are being read. Raises ModelError."""
    if not house.reading.acquire(timeout=PATIENCE):
        return None
    try:
        return house.reader.read(article)
    finally:
        house.reading.release()


def attempt(house: House, source: Source) -> Document | Trouble:
    """The document of an input, or why there is none."""
    try:
        return read(house, source.article()) or BUSY
    except OnrecordError as error:
        return Trouble(*on_page(error))


def restated(article: Article, facts: Facts) -> Article:
    """The article with what a person states of it; itself where that is nothing new. Raises BadOption."""
    stated = facts.metadata()
    new = {each.name: getattr(stated, each.name) for each in fields(stated) if each.name != "language"}
    changed = {name: value for name, value in new.items() if value != getattr(article, name)}
    if "published" in changed:
        changed["published_from"] = "option" if stated.published else "unknown"
    return replace(article, **changed) if changed else article


def warm(house: House) -> None:
    """Load the reader's model, if it is not there, while a person still looks for an article to give."""
    if "info" not in vars(house.reader):
        threading.Thread(target=_warm, args=(house,), daemon=True, name="warm").start()


def _warm(house: House) -> None:
    if not house.reading.acquire(blocking=False):
        return
    try:
        house.reader.read(collect.from_text(_SAMPLE, given=collect.Metadata(published=date(2031, 5, 6))))
    except ModelError:
        return  # the first reading says it to the person
    finally:
        house.reading.release()


def called(name: str) -> str:
    """A file's name for eyes: its last part, whatever system it is from."""
    return shown(name.replace("\\", "/").rpartition("/")[2])
