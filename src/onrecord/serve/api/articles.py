"""Articles: those on record, their versions, and new ones; reading one without keeping it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from onrecord.ledger.results import Added
from onrecord.serve import reading
from onrecord.serve.api import documents, given, shapes
from onrecord.serve.api.answers import Json, known, page
from onrecord.serve.api.routing import router, says
from onrecord.serve.problems import AGAIN, Problem, answer
from onrecord.serve.visit import Editing, Reading, Visit
from onrecord.statement import Article, Document, ReaderInfo
from onrecord.views.plain import plain

routes = router("articles")


@routes.get("/articles", **says(shapes.listed(shapes.ArticleRow)))
def list_articles(visit: Reading, asked: Annotated[given.Backwards, Query()]) -> Response:
    """List articles, those put on record last first."""

    def make() -> dict[str, object]:
        found = visit.ledger.articles(asked.behind("articles"), asked.limit + 1)
        return page("articles", found, asked.limit, lambda row: row.sequence)

    return known(visit, make)


@routes.post("/articles", **says(shapes.Added, 201, s200=shapes.Added))
def add_article(visit: Editing, asked: given.Adding) -> Response:
    """Read an article and put it on record; 200 where it was there already.

    Another text under the same address is a new version. A document that was read elsewhere is put on
    record as it is.
    """
    if asked.document is not None and asked.text is asked.html is asked.url is None:
        document = documents.document(asked.document)
        return _added(visit.ledger.add(document, topic=asked.topic, reread=asked.reread))
    article = documents.article(visit.house, asked)
    if visit.ledger.has(article) and not asked.reread:
        return _added(visit.ledger.add(_unread(article), topic=asked.topic))
    read = reading.read(visit.house, article)
    return (
        _busy(visit)
        if read is None
        else _added(visit.ledger.add(read, topic=asked.topic, reread=asked.reread))
    )


@routes.get("/articles/{id}", **says(shapes.ArticleShown))
def show_article(visit: Reading, id: str) -> Response:  # noqa: A002
    """Show an article with its statements, in the order of the text, and its versions."""
    return known(visit, lambda: visit.ledger.article(id))


@routes.get("/articles/{id}/document", **says(shapes.Contract))
def show_document(visit: Reading, id: str) -> Response:  # noqa: A002
    """An article with what the machine read in it last, as the published contract has it."""
    return known(visit, lambda: visit.ledger.document(id).to_dict())


@routes.get("/articles/{id}/differences", **says(shapes.Changes))
def show_differences(visit: Reading, id: str) -> Response:  # noqa: A002
    """What changed in an article since the version before it; 404 for a first version."""
    return known(visit, lambda: visit.ledger.differences(id))


@routes.post("/readings", **says(shapes.Contract))
def read_article(visit: Editing, asked: given.Reading) -> Response:
    """Read an article without keeping anything of it."""
    read = reading.read(visit.house, documents.article(visit.house, asked))
    return _busy(visit) if read is None else Json(read.to_dict())


def _added(added: Added) -> Response:
    return Json(plain(added), 200 if added.state == "known" else 201)


def _unread(article: Article) -> Document:
    """Of an article that is known, the ledger looks at nothing but the topic."""
    return Document(article, (), ReaderInfo(version="", model=""))


def _busy(visit: Visit) -> Response:
    what, why, remedy = reading.BUSY
    again = {"Retry-After": str(AGAIN)}
    return answer(visit.request, Problem(503, "The server is busy", what, why, remedy, headers=again))
