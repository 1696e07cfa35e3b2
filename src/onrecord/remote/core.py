"""A ledger that a server has: the methods and results of `Ledger`, each an answer of the server's API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NoReturn

from onrecord.entry import Entry
from onrecord.errors import NothingFound, OnlyHere
from onrecord.ledger.following import FollowedFeed
from onrecord.ledger.results import Added, ArticleShown, Due, Scores
from onrecord.record.browsing import ArticleRow, Counts
from onrecord.record.people import SpeakerRow
from onrecord.record.search import Found
from onrecord.remote import rebuilding
from onrecord.remote.connection import Connection, path
from onrecord.remote.judging import Judging
from onrecord.remote.keeping import Keeping
from onrecord.score import Scored

if TYPE_CHECKING:
    import httpx

    from onrecord.collect.fetch import Validators
    from onrecord.errors import OnrecordError
    from onrecord.ledger.picturing import Form, Picture
    from onrecord.record.query import Query
    from onrecord.record.versions import Changes
    from onrecord.score import By
    from onrecord.statement import Article, Document

# Ids that are looked up together.
_TOGETHER: Final = 500
_FIELDS: Final = (
    "words", "speaker", "outlet", "topic", "since", "until", "due_before", "status", "article", "rejected",
    "today",
)  # fmt: skip


class RemoteLedger(Judging, Keeping):
    """A ledger behind a server's API; what is put on it goes under the name that the token belongs to.

    Errors are those that the server met. Besides, all methods may raise ServerGone, ServerRefused and,
    where the token does not reach so far, NotSignedIn or NotAllowed. What only works where the ledger
    is raises OnlyHere.
    """

    def __init__(self, server: str, token: str, *, transport: httpx.BaseTransport | None = None) -> None:
        """transport: over which the server is asked, in the place of the network. Raises BadOption."""
        super().__init__(Connection(server, token, transport=transport))

    # Adding

    def has(self, article: Article) -> bool:
        """Whether this very article is on record: see `known`."""
        return self.known(article) is not None

    def known(self, article: Article) -> str | None:
        """Its id, where this very article is on record; with other metadata, the server knows it in `add`."""
        try:
            self._connection.get(path("articles", article.id))
        except NothingFound:
            return None
        return article.id

    def add(self, document: Document, *, topic: str | None = None, reread: bool = False) -> Added:
        """As `Ledger.add`."""
        body = {"document": document.to_dict(), "topic": topic, "reread": reread}
        return self._rebuilt(Added, self._connection.post("/articles", body))

    def add_many(self, documents: Iterable[Document], *, topic: str | None = None) -> Iterator[Added]:
        """As `Ledger.add_many`, but a document at a time."""
        return (self.add(document, topic=topic) for document in documents)

    def refuse(self, name: str, error: OnrecordError) -> None:
        """Nothing: what could not be read here is no act on the server's ledger."""

    # Finding and showing

    def newest(self) -> int:
        """As `Ledger.newest`."""
        return self._rebuilt(int, self._part(self._connection.get("/ledger"), "newest"))

    def counts(self, today: date | None = None) -> Counts:
        """As `Ledger.counts`."""
        return self._rebuilt(Counts, self._connection.get("/ledger", today=today))

    def articles(self, before: int | None = None, limit: int = 50) -> list[ArticleRow]:
        """As `Ledger.articles`."""
        return self._list(ArticleRow, "/articles", limit, before=before)

    def recent(self, limit: int = 10) -> list[ArticleRow]:
        """As `Ledger.recent`."""
        return self.articles(limit=limit)

    def search(self, query: Query) -> Found:
        """As `Ledger.search`; what does not fit on a page of the server's comes from several."""
        entries: list[Entry] = []
        wanted = asdict(query)
        given = {name: wanted[name] for name in _FIELDS} | {"kind": query.kinds}
        before, more, cut = query.before, True, False
        while more and len(entries) < query.limit:
            limit = min(query.limit - len(entries), 500)
            page = self._connection.get("/statements", limit=limit, before=before, **given)
            found = [self._rebuilt(Entry, item) for item in self._part(page, "items")]
            entries += found
            more, cut = bool(self._part(page, "more")), cut or bool(self._part(page, "cut"))
            if not found:
                break
            before = found[-1].sequence
        return Found(entries, more, cut)

    def due(
        self,
        *,
        within: int | None = None,
        overdue: bool = False,
        today: date | None = None,
        speaker: str | None = None,
        limit: int = 50,
    ) -> list[Due]:
        """As `Ledger.due`."""
        asked = {"within": within, "overdue": overdue, "today": today, "speaker": speaker}
        return self._list(Due, "/due", limit, **asked)

    def entries(self, ids: Sequence[str]) -> list[Entry]:
        """As `Ledger.entries`."""
        found: list[Entry] = []
        for start in range(0, len(ids), _TOGETHER):
            answer = self._connection.post("/lookups", {"ids": list(ids[start : start + _TOGETHER])})
            found += [self._rebuilt(Entry, item) for item in self._part(answer, "items")]
        return found

    def article(self, id: str) -> ArticleShown:  # noqa: A002
        """As `Ledger.article`."""
        return self._rebuilt(ArticleShown, self._connection.get(path("articles", id)))

    def differences(self, id: str) -> Changes:  # noqa: A002
        """As `Ledger.differences`."""
        changed = self._connection.get(path("articles", id, "differences"))
        shown = self.article(id)
        with self._fit():
            return rebuilding.changes(changed, shown.before or "", shown.id)

    # Speakers and scores

    def speakers(self, words: str | None = None, *, limit: int = 50) -> list[SpeakerRow]:
        """As `Ledger.speakers`."""
        return self._list(SpeakerRow, "/speakers", limit, words=words)

    def picture(self, what: Picture, name: str, *, form: Form = "svg", today: date | None = None) -> bytes:
        """Raises OnlyHere: the server draws its pictures for its own pages."""
        raise OnlyHere(command=f"score --{what}")

    def score(
        self,
        *,
        by: By = "speaker",
        name: str | None = None,
        min_n: int = 5,
        since: date | None = None,
        until: date | None = None,
        outlet: str | None = None,
        topic: str | None = None,
        rater: str | None = None,
        early: bool = False,
        today: date | None = None,
        ids: bool = True,
    ) -> Scores:
        """As `Ledger.score`."""
        wanted: dict[str, Any] = {
            "by": by, "min_n": min_n, "since": since, "until": until, "outlet": outlet, "topic": topic,
            "rater": rater, "early": early, "today": today, "ids": ids,
        }  # fmt: skip
        if name is not None:
            return self._rebuilt(Scores, self._connection.get("/score", name=name, **wanted))
        return self._scores(wanted)

    def _scores(self, wanted: dict[str, Any]) -> Scores:
        """All pages of the scores as one answer."""
        rows: list[Scored] = []
        cursor = None
        while True:
            page = self._connection.get("/scores", limit=500, cursor=cursor, **wanted)
            page["rows"] = self._part(page, "items")
            found = self._rebuilt(Scores, page)
            rows += found.rows
            cursor = page.get("next")
            if cursor is None:
                return replace(found, rows=tuple(rows))

    # Feeds

    def feeds(self) -> list[FollowedFeed]:
        """As `Ledger.feeds`."""
        items = self._part(self._connection.get("/feeds"), "items")
        return [self._rebuilt(FollowedFeed, item) for item in items]

    def follow(
        self, url: str, *, outlet: str | None = None, title: str | None = None, topic: str | None = None
    ) -> None:
        """As `Ledger.follow`; the server does not look at the feed."""
        body = {"url": url, "outlet": outlet, "title": title, "topic": topic, "check": False}
        self._connection.post("/feeds", body)

    def unfollow(self, url: str) -> None:
        """As `Ledger.unfollow`."""
        self._connection.delete("/feeds", url=url)

    def polled(self, url: str, validators: Validators | None = None, *, problem: str | None = None) -> None:
        """Raises OnlyHere."""
        self._poll()

    def has_url(self, url: str) -> bool:
        """Raises OnlyHere."""
        self._poll()

    def _poll(self) -> NoReturn:
        raise OnlyHere(command="feeds poll")
