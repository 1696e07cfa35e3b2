"""An article with its statements beside it, its versions and what changed between them; and the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Form, Query, Response

from onrecord.serve.rendering import article_path, piece, render, see
from onrecord.serve.spreads import Choice, Opened, first_words, opened
from onrecord.serve.visit import Editing, Reading, Visit

if TYPE_CHECKING:
    from markupsafe import Markup

    from onrecord.ledger.results import ArticleShown, Spread

router = APIRouter()

PAGE: Final = 50
LONGEST_NOTE: Final = 10_000  # characters
LONGEST_TOPIC: Final = 200
Kinds = Annotated[tuple[str, ...], Query()]
_NOTHING: Final[Mapping[str, str]] = {"note": "", "topic": ""}


@router.get("/articles")
def articles(visit: Reading, before: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None) -> Response:
    """All articles, those put on record last first."""
    found = visit.ledger.articles(before, PAGE + 1)
    older = found[PAGE - 1].sequence if len(found) > PAGE else None
    return render(visit, "articles.html.jinja", articles=found[:PAGE], before=before, older=older)


@router.get("/articles/{id}")
def article(visit: Reading, id: str, kind: Kinds = (), speaker: str = "") -> Response:  # noqa: A002
    """One article; its statements can be narrowed to kinds and to a speaker."""
    return _page(visit, id, Choice(frozenset(filter(None, kind)), speaker))


@dataclass(frozen=True, slots=True)
class Lying:
    """An article as it lies there for everybody: what is known of it, how it is laid out, its text."""

    spread: Spread
    open: Opened
    text: Markup


def _lying(spread: Spread, choice: Choice) -> Lying:
    laid_out = opened(spread, choice)
    text = piece("_article_text.html.jinja", open=laid_out, heading_above=not laid_out.headed)
    return Lying(spread, laid_out, text)


def _page(
    visit: Visit, id: str, choice: Choice, *, typed: Mapping[str, str] | None = None,  # noqa: A002
    wrong: Mapping[str, str] = _NOTHING,
) -> Response:  # fmt: skip
    ledger = visit.ledger
    lying = visit.house.cache.get(
        "article", (id, choice), lambda: _lying(ledger.spread(id), choice), head=ledger.newest()
    ).value
    shown, beside = lying.spread.shown, lying.spread.beside
    values: dict[str, Any] = {
        "id": shown.id,
        "open": lying.open,
        "text": lying.text,
        "versions": shown.versions,
        "place": _place(shown, shown.id),
        "before": shown.before,
        "notes": beside.notes.get(shown.id, ()),
        "topics": beside.topics,
        "kept": True,
        "typed": {**_NOTHING, **(typed or {})},
        "wrong": {**_NOTHING, **wrong},
    }
    return render(visit, "article.html.jinja", status=422 if any(wrong.values()) else 200, **values)


@router.get("/articles/{id}/changes")
def changes(visit: Reading, id: str) -> Response:  # noqa: A002
    """What changed since the version before."""
    shown, found = visit.ledger.article(id), visit.ledger.differences(id)
    heading = shown.article.title or first_words(shown.article)
    places = _place(shown, shown.before or shown.id), _place(shown, shown.id)
    return render(
        visit, "article_changes.html.jinja",
        id=shown.id, heading=heading, changes=found, versions=shown.versions, places=places,
    )  # fmt: skip


def _place(shown: ArticleShown, version: str) -> int:
    """Which of the versions it is, counted from 1."""
    return 1 + [each.article for each in shown.versions].index(version)


@router.post("/articles/{id}/note")
def note(visit: Editing, id: str, text: Annotated[str, Form()] = "") -> Response:  # noqa: A002
    """Write a note beside an article."""
    said = text.replace("\r\n", "\n").strip()
    if wrong := _fault(said, LONGEST_NOTE):
        return _again(visit, id, "note", text, wrong)
    visit.ledger.note(id, said)
    visit.tell("The note is on record.")
    return see(article_path(id))


@router.post("/articles/{id}/topic")
def topic(visit: Editing, id: str, topic: Annotated[str, Form()] = "") -> Response:  # noqa: A002
    """Put an article, with all its statements, under a topic."""
    name = " ".join(topic.split())
    if wrong := _fault(name, LONGEST_TOPIC):
        return _again(visit, id, "topic", topic, wrong)
    visit.ledger.topic(id, name)
    visit.tell(f"The article is under the topic {name}.")
    return see(article_path(id))


def _fault(words: str, longest: int) -> str:
    """Why words cannot be taken; empty where they can."""
    if not words:
        return "There is nothing written here."
    return f"It may have {longest:,} characters, and has {len(words):,}." if len(words) > longest else ""


def _again(visit: Visit, id: str, field: str, typed: str, wrong: str) -> Response:  # noqa: A002
    return _page(visit, id, Choice(), typed={field: typed}, wrong={field: wrong})
