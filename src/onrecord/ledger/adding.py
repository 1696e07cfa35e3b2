"""Puts articles and what was read in them on the ledger's log; the same again is not put there twice."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import BindParameter, bindparam, func, select

from onrecord.entry import Act
from onrecord.ledger.results import Added, State
from onrecord.record import acts, schema
from onrecord.record.log import Signed, append, append_after, head
from onrecord.record.project.work import batches as batches_of
from onrecord.record.project.work import fit_or_none
from onrecord.record.same import Copies
from onrecord.record.texts import fit

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from onrecord.entry import LogRow
    from onrecord.statement import Article, Document

# A batch ends with so many articles, or so many code points of text, or seconds after its first one came.
ARTICLES: Final = 32
_LETTERS: Final = 2_000_000
_SECONDS: Final = 1.0

_a, _r, _t = schema.articles.c, schema.readings.c, schema.topics.c
_among: Final[BindParameter[str]] = bindparam("among", expanding=True)
_THERE: Final = (
    select(_a.article, _a.redacted, _r.version, _r.model)
    .select_from(schema.articles.outerjoin(schema.readings, _r.article == _a.id))
    .where(_a.article.in_(_among))
)
_NEWEST: Final = select(_a.url, _a.article).where(
    _a.id.in_(select(func.max(_a.id)).where(_a.url.in_(_among)).group_by(_a.url))
)
_REDACTED: Final = select(_a.url).where(_a.url.in_(_among), _a.redacted).distinct()
_NAMED: Final = (
    select(_a.article)
    .join_from(schema.topics, schema.articles, _t.article == _a.id)
    .where(_a.article.in_(_among), _t.topic == bindparam("topic"))
)


def known(connection: Connection, article: Article) -> str | None:
    """The id under which an article is on record and was read before, by any reader; None where it is not."""
    read = select(_r.id).join_from(schema.readings, schema.articles)
    if connection.execute(read.where(_a.article == article.id).limit(1)).first() is not None:
        return article.id
    copy = Copies(connection, [article]).known(article)
    return copy and copy.article


def batches(
    documents: Iterable[Document], clock: Callable[[], float] = time.monotonic
) -> Iterator[list[Document]]:
    """The documents in lists that are put on the log together.

    Where making the next document fails, those before it still come, and then the failure. clock: seconds.
    """
    batch: list[Document] = []
    letters, since = 0, 0.0
    try:
        for document in documents:
            since = since if batch else clock()
            batch.append(document)
            letters += len(document.article.text)
            if len(batch) >= ARTICLES or letters >= _LETTERS or clock() - since >= _SECONDS:
                yield batch
                batch, letters = [], 0
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def add(
    connection: Connection,
    documents: Sequence[Document],
    *,
    actor: str,
    now: datetime,
    topic: str | None = None,
    reread: bool = False,
) -> list[Added]:
    """Put documents on the log, within the caller's transaction: article, reading and statements of each.

    An article that is there already is left alone, unless `reread` is given and another version
    of the reader, or another model, read it now. One of which something was redacted is never read once
    more: its words would come back. So is one left alone whose text is there with all that is said of it,
    and perhaps more; read without that, it is no better reading. Where it says more, it is a new version.
    """
    adding = _Adding.of(connection, documents, actor, topic=topic)
    with _without_collector():
        added = [adding.add(document, reread=reread) for document in documents]
        append_after(connection, adding.last, adding.signed, now=now)
    return added


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python's search for cycles waits: none are made here, only thousands of values to be searched again
    and again, which took a tenth of the time.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(slots=True)
class _Known:
    """An article that is on the log: whether words of it were redacted; version and model of who read it."""

    redacted: bool = False
    readers: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True)
class _Adding:
    """What a transaction must know of the ledger, and the acts that it is to put on the log, with actors.

    known: by id, articles that were read before. copies: those of the same texts. newest: by address, the id
    of the newest version. redacted: addresses of which a version was redacted. named: articles that have
    the topic.
    """

    actor: str
    topic: str | None
    last: LogRow | None
    known: dict[str, _Known]
    copies: Copies
    newest: dict[str, str]
    redacted: frozenset[str]
    named: set[str]
    signed: list[Signed] = field(default_factory=list)

    @classmethod
    def of(
        cls, connection: Connection, documents: Sequence[Document], actor: str, *, topic: str | None
    ) -> _Adding:
        """One look at the ledger for all documents."""
        ids = list({document.article.id for document in documents})
        urls = list({fit(document.article.url) for document in documents if document.article.url})
        known: dict[str, _Known] = {}
        for article, redacted, version, model in connection.execute(_THERE, {"among": ids}):
            there = known.setdefault(article, _Known(redacted))
            if version is not None:  # one that was put there and not read has no reader
                there.readers.add((version, model))
        newest = {row.url: row.article for row in connection.execute(_NEWEST, {"among": urls})}
        redacted = frozenset(connection.scalars(_REDACTED, {"among": urls}))
        copies = Copies(connection, (document.article for document in documents))
        named: set[str] = set()
        for batch in batches_of({*ids, *copies.ids} if topic is not None else ()):
            named |= set(connection.scalars(_NAMED, {"among": batch, "topic": fit(topic or "")}))
        return cls(actor, topic, head(connection), known, copies, newest, redacted, named)

    def add(self, document: Document, *, reread: bool) -> Added:
        """The acts that one document asks for, and what becomes of it."""
        article, reader = document.article, (fit(document.reader.version), fit(document.reader.model))
        there = self.known.get(article.id)
        if there and (there.redacted or reader in there.readers or (there.readers and not reread)):
            return self._left_alone(article.id)
        if there is None and (copy := self.copies.known(article)):
            return self._left_alone(copy.article)
        before = None
        if there is None:
            before = self._put_article(article)
            there = self.known[article.id] = _Known()
        self._name(article.id)  # before the statements: their index takes it in at once
        if not there.readers:
            self.copies.put(article)
        there.readers.add(reader)
        machine = f"onrecord/{document.reader.version}"
        first = (self.last.sequence if self.last else 0) + len(self.signed) + 1
        self.signed += [(machine, act) for act in acts.reading_acts(document, first)]
        state: State = "version" if before else "reread" if len(there.readers) > 1 else "new"
        counted = sum(statement.part == "body" for statement in document.statements)
        again = before is not None and fit_or_none(article.url) in self.redacted
        return Added(article.id, state, counted, before, again)

    def _left_alone(self, article: str) -> Added:
        self._name(article)
        return Added(article, "known", 0)

    def _put_article(self, article: Article) -> str | None:
        """Gives the id of the article that this one is a new version of: one that says less of the same text,
        or else the newest under the same address. Of two under this address, the newest is meant.
        """
        address, copy = fit_or_none(article.url), self.copies.before(article)
        same = copy.article if copy and not (address and copy.said.url == address) else None
        self.signed.append((self.actor, acts.article_act(article, same)))
        before = same or self.newest.get(address or "")
        if address:
            self.newest[address] = article.id
        return before

    def _name(self, article: str) -> None:
        if self.topic is not None and article not in self.named:
            self.signed.append((self.actor, Act("topic", article, {"topic": self.topic})))
            self.named.add(article)


def refuse(connection: Connection, name: str, code: str, message: str, *, actor: str, now: datetime) -> bool:
    """Put on the log that an input could not be read, and why; False where its last trouble was the same."""
    table = schema.refusals
    last = select(table.c.code).where(table.c.name == fit(name)).order_by(table.c.id.desc()).limit(1)
    if connection.execute(last).scalar() == code:
        return False
    payload: dict[str, object] = {"code": code, "message": message}
    append(connection, actor, [Act("refusal", name, payload)], now=now)
    return True
