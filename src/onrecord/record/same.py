"""Knows an article again whose very text is on record, whatever was said of it besides: the same file, given
once with its outlet and once without.

What is said of an article (address, outlet, title, author, day, language) may be missing; where both say
something and it is not the same, they are two articles: one text that two outlets have printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import BindParameter, bindparam, exists, select

from onrecord.record.project.work import batches, fit_or_none
from onrecord.record.schema import articles, readings
from onrecord.record.texts import fingerprint

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.statement import Article

_a = articles.c
_AMONG: Final[BindParameter[str]] = bindparam("among", expanding=True)
# Only what was read: of the others, nothing is on record that could be there twice.
_COPIES: Final = (
    select(_a.fingerprint, _a.article, _a.url, _a.outlet, _a.title, _a.author, _a.language, _a.published)
    .where(_a.fingerprint.in_(_AMONG), exists().where(readings.c.article == _a.id))
    .order_by(_a.id)
)


class Said(NamedTuple):
    """What is said of an article besides its text."""

    url: str | None
    outlet: str | None
    title: str | None
    author: str | None
    language: str | None
    published: date | None

    @classmethod
    def of(cls, article: Article) -> Said:
        """As the columns of the ledger have it."""
        words = {name: fit_or_none(getattr(article, name)) for name in cls._fields if name != "published"}
        return cls(**words, published=article.published)

    def contradicts(self, other: Said) -> bool:
        """Whether both say something, and not the same."""
        return any(one and its and one != its for one, its in zip(self, other, strict=True))

    def adds_to(self, other: Said) -> bool:
        """Whether this says something of which the other says nothing."""
        return any(one and not its for one, its in zip(self, other, strict=True))


class Copy(NamedTuple):
    """An article on record: its id, and what is said of it."""

    article: str
    said: Said


class Copies:
    """Articles on record by their texts, of each text the oldest first."""

    def __init__(self, connection: Connection, wanted: Iterable[Article]) -> None:
        """Those that have the text of one of these."""
        self._prints = {article.id: fingerprint(article.text) for article in wanted}
        self._copies: dict[str, list[Copy]] = {}
        for batch in batches(set(self._prints.values())):
            for text, article, *said in connection.execute(_COPIES, {"among": batch}):
                self._copies.setdefault(text, []).append(Copy(article, Said(*said)))

    @property
    def ids(self) -> set[str]:
        """The ids of all of them."""
        return {copy.article for copies in self._copies.values() for copy in copies}

    def put(self, article: Article) -> None:
        """One of the wanted articles is on record now."""
        copies = self._copies.setdefault(self._prints[article.id], [])
        copies.append(Copy(article.id, Said.of(article)))

    def known(self, article: Article) -> Copy | None:
        """The newest that says all that this article says; of which there is nothing to put on record."""
        return next((copy for copy in self._like(article) if not Said.of(article).adds_to(copy.said)), None)

    def before(self, article: Article) -> Copy | None:
        """The newest that is the same article and says less: this article is a new version of it."""
        return next(iter(self._like(article)), None)

    def _like(self, article: Article) -> list[Copy]:
        """Those that this one does not contradict, the newest first. Not only the very newest must be asked
        what it says: another that says it all was perhaps followed by one that says something else.
        """
        said = Said.of(article)
        copies = self._copies.get(self._prints[article.id], ())
        return [copy for copy in reversed(copies) if not said.contradicts(copy.said)]
