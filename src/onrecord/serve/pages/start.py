"""The guided start: three short invented articles, and what can be done with what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Form, Response

from onrecord.serve.rendering import render, see
from onrecord.serve.visit import Editing, Reading, Visit
from onrecord.views.words import counted

if TYPE_CHECKING:
    from onrecord.entry import Entry
    from onrecord.statement import Article

router = APIRouter()

_FOLDER: Final = files("onrecord.serve").joinpath("examples")
TOPIC: Final = "night ferry"
# File, title, outlet, author, day of publication; all of it invented.
_EXAMPLES: Final = (
    ("ferry.txt", "Sandvik promises a night ferry to Orrin", "Orrin Courier", "Ida Marten", date(2025, 3, 5)),
    ("harbour.txt", "Dredging of the harbour drags on", "Tarn Valley News", "Per Halvor", date(2025, 5, 19)),
    ("hearsay.txt", "Orrin in the dark over its ferry", "Orrin Courier", "Mika Torvald", date(2025, 7, 3)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tour:
    """What of the examples is on record. promise: one that fell due; relayed: hearsay at third hand."""

    articles: tuple[Article, ...]
    promise: Entry | None
    relayed: Entry | None


@router.get("/start")
def start(visit: Reading) -> Response:
    """The steps, each with a link once the examples are there."""
    return _page(visit)


@router.post("/start/examples")
def put_examples(visit: Editing, sure: Annotated[str, Form()] = "") -> Response:
    """Read the examples and put them on record; once is enough."""
    if not sure:
        return _page(visit, "Nothing was put on record: tick that the examples may stay on the log.", 422)
    with visit.house.reading:
        documents = [visit.house.reader.read(article) for article in examples()]
    added = list(visit.ledger.add_many(documents, topic=TOPIC))
    new = [each for each in added if each.state != "known"]
    total = sum(each.statements for each in new)
    told = f"On record: {counted(len(new), 'article')} with {counted(total, 'statement')}."
    visit.tell(told if new else "The examples were on record already.")
    return see("/start")


@cache
def examples() -> tuple[Article, ...]:
    """The example articles, in the order of their days."""
    from onrecord import collect

    def article(name: str, title: str, outlet: str, author: str, published: date) -> Article:
        given = collect.Metadata(
            title=title, outlet=outlet, author=author, published=published, language="en"
        )
        return collect.from_text(_FOLDER.joinpath(name).read_text("utf-8"), name=name, given=given)

    return tuple(article(*example) for example in _EXAMPLES)


def _page(visit: Visit, trouble: str = "", status: int = 200) -> Response:
    newest = visit.ledger.newest()
    return render(visit, "start.html.jinja", status=status, trouble=trouble, tour=_tour(visit), newest=newest)


def _tour(visit: Visit) -> Tour:
    ledger = visit.ledger
    there = tuple(article for article in examples() if ledger.has(article))
    entries = (entry for article in there for entry in ledger.article(article.id).entries)
    said = [entry for entry in entries if entry.part == "body" and not entry.rejected]

    def first(*, links: int) -> Entry | None:
        fitting = (e for e in said if e.kind == "commitment" and e.due_end and len(e.chain) >= links)
        return next(fitting, None)

    return Tour(there, first(links=1), first(links=3))
