"""Puts articles on record: skips what is known, reads the rest in parallel, adds each when it is read."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal

from onrecord.cli import exits, run
from onrecord.errors import shown
from onrecord.statement import Document, ReaderInfo
from onrecord.views import words

if TYPE_CHECKING:
    from onrecord.cli.progress import Progress
    from onrecord.collect import Collected
    from onrecord.errors import OnrecordError, ReadingFailed
    from onrecord.ledger.core import Ledger
    from onrecord.ledger.results import Added, State
    from onrecord.settings import Settings
    from onrecord.statement import Article

_NOBODY = ReaderInfo(version="", model="")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one input. `article` is None where it could not be read; `error` says why."""

    name: str
    state: State | Literal["unread"]
    article: str | None = None
    statements: int = 0
    version_of: str | None = None
    redacted: bool = False
    error: OnrecordError | None = None

    @classmethod
    def of(cls, name: str, added: Added) -> Fate:
        """The fate of an input whose article is on record."""
        return cls(name, added.state, added.article, added.statements, added.version_of, added.redacted)


@dataclass(slots=True)
class Tally:
    """How many inputs had which fate, and how many statements were put on record."""

    states: Counter[str] = field(default_factory=Counter)
    statements: int = 0

    def count(self, fate: Fate) -> None:
        """Count one more."""
        self.states[fate.state] += 1
        self.statements += fate.statements

    @property
    def failed(self) -> int:
        """How many could not be read."""
        return self.states["unread"]

    @property
    def on_record(self) -> int:
        """How many are on record now, and may have been before."""
        return self.states.total() - self.failed


@dataclass(slots=True)
class Adder:
    """Adds articles to a ledger. topic: put on all of them. reread: read what is known once more."""

    ledger: Ledger
    settings: Settings
    progress: Progress
    topic: str | None = None
    reread: bool = False
    workers: int = 1
    # In the order of the inputs: fates, and the names of articles that are being read.
    _line: deque[Fate | str] = field(default_factory=deque)
    _being_read: set[str] = field(default_factory=set)

    def add(self, inputs: Iterable[Collected]) -> Iterator[Fate]:
        """Each input's fate, in order. The reader is loaded when there is something to read.

        An article is on record, whole, as soon as its fate is known: an interruption leaves what was
        added. Inputs that cannot be read are named on standard error and on the log.
        Raises ModelError and LedgerError, which end the run.
        """
        articles = self._unread(inputs)
        first = list(islice(articles, 2))
        if first:
            # A single article is read on all cores; several, each on one.
            workers = self.workers if len(first) > 1 else 1
            reader = run.open_reader(self.settings)
            for document in reader.read_many(
                chain(first, articles), workers=workers, on_failure=self._failed
            ):
                yield from self._settled()
                yield self._added(document)
        yield from self._settled()

    def _unread(self, inputs: Iterable[Collected]) -> Iterator[Article]:
        for item in inputs:
            if item.article is None:
                assert item.error is not None  # noqa: S101 - one of both, says `Collected`
                self._line.append(self._refused(item.name, item.error))
            elif fate := self._known(item.name, item.article):
                self._line.append(fate)
            else:
                article = self._on_record(item.article) if self.reread else item.article
                self._line.append(item.name)
                self._being_read.add(article.id)
                yield article

    def _refused(self, name: str, error: OnrecordError) -> Fate:
        self.progress.clear()
        exits.complain(error)
        self.ledger.refuse(name, error)
        return Fate(name, "unread", error=error)

    def _known(self, name: str, article: Article) -> Fate | None:
        """The fate of an article that need not be read."""
        if article.id in self._being_read:
            return Fate(name, "known", article.id)
        known = None if self.reread else self.ledger.known(article)
        if known is None:
            return None
        if self.topic is not None:
            # Of an article that is known, `add` looks at nothing but the topic.
            self.ledger.add(Document(article, (), _NOBODY), topic=self.topic)
        return Fate(name, "known", known)

    def _on_record(self, article: Article) -> Article:
        """With all that the ledger knows of it: what is read once more is read in the light of that, too."""
        known = self.ledger.known(article)
        return article if known in (None, article.id) else self.ledger.article(known).article

    def _settled(self) -> Iterator[Fate]:
        """The fates at the head of the line, as far as they are known."""
        while self._line and isinstance(fate := self._line[0], Fate):
            self._line.popleft()
            yield fate

    def _failed(self, article: Article, error: ReadingFailed) -> None:
        """The first article that is waited for failed; the same behind it is not on record either."""
        self._being_read.discard(article.id)
        first = next(place for place, item in enumerate(self._line) if isinstance(item, str))
        for place, item in enumerate(tuple(self._line)):
            if place == first or (isinstance(item, Fate) and item.article == article.id):
                name = item.name if isinstance(item, Fate) else item
                self._line[place] = self._refused(name, run.named(error, name))

    def _added(self, document: Document) -> Fate:
        name = self._line.popleft()
        assert isinstance(name, str)  # noqa: S101 - documents come in the order of the articles
        added = self.ledger.add(document, topic=self.topic, reread=self.reread)
        self._being_read.discard(document.article.id)
        if added.redacted:
            self.progress.clear()
            told = f"{words.REDACTED_BEFORE} Its id: {words.short(added.article)}."
            exits.complain(f"notice: {shown(name)}: {told}")
        return Fate.of(name, added)
