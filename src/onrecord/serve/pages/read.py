"""Reads what a person pastes, names or drops, and shows it; nothing is stored until the person keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from fastapi import APIRouter, File, Form, Query, Response, UploadFile

from onrecord.errors import BadOption
from onrecord.serve import reading
from onrecord.serve.notices import Undo
from onrecord.serve.reading import Facts, Stated, Trouble
from onrecord.serve.rendering import article_path, render, see
from onrecord.serve.spreads import Choice, first_words, preview
from onrecord.serve.visit import Editing, Visit
from onrecord.serve.visit import Reading as Looking
from onrecord.statement import Document
from onrecord.views.words import REDACTED_BEFORE, counted

if TYPE_CHECKING:
    from onrecord.ledger.results import Added
    from onrecord.serve.drafts import Draft

router = APIRouter()

MOST: Final = 20  # files at once
_ALL: Final = "all"
_GONE: Final = Trouble(
    "This reading is not kept any more.", "What is not stored is forgotten after an hour.", "Read it again."
)
_NOTHING: Final = Trouble("There is nothing to read.", "", "Paste a text, give an address, or choose files.")
_MANY: Final = Trouble(f"These are more than {MOST} files.", "", "Give fewer at once, or use onrecord add.")
_SAID: Final = {
    "new": "On record now, with {}.",
    "version": "On record as a new version of the article under the same address, with {}.",
    "known": "This very article was on record already; nothing was added.",
    "reread": "On record again, as another reader reads it; new: {}.",
}


class Waiting(NamedTuple):
    """A draft in the list of those that wait for their person."""

    id: str
    heading: str
    name: str
    statements: int


@router.get("/read")
def start(visit: Looking) -> Response:
    """The form; what was read before and waits is listed above it."""
    reading.warm(visit.house)
    return _form(visit)


@router.post("/read")
def read(
    visit: Editing,
    facts: Stated,
    text: Annotated[str, Form()] = "",
    url: Annotated[str, Form()] = "",
    files: Annotated[Sequence[UploadFile], File()] = (),
) -> Response:
    """Read what is given. One article is shown at once; several are listed, with those that failed."""
    given = [(reading.called(file.filename), file.file) for file in files if file.filename]
    typed = asdict(facts) | {"text": text, "url": url}
    if len(given) > MOST:
        return _form(visit, [_MANY], typed, status=422)
    try:
        sources = list(reading.sources(visit.house, text, url, given, facts.metadata()))
    except BadOption as error:
        return _form(visit, [], typed, status=422, wrong_day=error.parts[0])
    if not sources:
        return _form(visit, [_NOTHING], typed, status=422)
    troubles, made = [], []
    for source in sources:
        found = reading.attempt(visit.house, source)
        if isinstance(found, Document):
            made.append(visit.house.drafts.add(_owner(visit), source.name, found, visit.house.clock()))
        else:
            troubles.append(found)
    if troubles:
        return _form(visit, troubles, typed, status=422 if not made else 200)
    return see(f"/read/{made[0].id}" if len(made) == 1 else "/read")


@router.get("/read/{draft}")
def show(
    visit: Looking, draft: str, kind: Annotated[tuple[str, ...], Query()] = (), speaker: str = ""
) -> Response:
    """What was read, before it is stored."""
    found = _draft(visit, draft)
    if found is None:
        return _form(visit, [_GONE], status=404)
    return _shown(visit, found, Choice(frozenset(filter(None, kind)), speaker))


@router.post("/read/{draft}")
def again(visit: Editing, draft: str, facts: Stated) -> Response:
    """Read a draft again with what a person states of it."""
    found = _draft(visit, draft)
    if found is None:
        return _form(visit, [_GONE], status=404)
    try:
        _restate(visit, found, facts)
    except BadOption as error:
        return _shown(visit, found, Choice(), facts, status=422, wrong_day=error.parts[0])
    return see(f"/read/{found.id}")


@router.post("/read/{draft}/keep")
def keep(visit: Editing, draft: str, facts: Stated) -> Response:
    """Put a draft on record, or all of them."""
    if draft == _ALL:
        for each in reversed(visit.house.drafts.of(_owner(visit), visit.house.clock())):
            _keep(visit, each, "")
        return see("/articles")
    found = _draft(visit, draft)
    if found is None:
        return _form(visit, [_GONE], status=404)
    try:
        # The list of drafts sends no facts, which does not mean that there are none.
        ready = _restate(visit, found, facts) if facts != Facts() else found
    except BadOption as error:
        return _shown(visit, found, Choice(), facts, status=422, wrong_day=error.parts[0])
    if ready is None:
        return see(f"/read/{found.id}")
    return see(article_path(_keep(visit, ready, facts.topic).article))


@router.post("/read/{draft}/discard")
def discard(visit: Editing, draft: str) -> Response:
    """Leave a draft; it can be taken back for as long as it lives."""
    if found := _draft(visit, draft):
        visit.house.drafts.change(found, discarded=True)
        visit.tell("Discarded; nothing was stored.", undo=Undo(f"/read/{found.id}/restore"))
    return see("/read")


@router.post("/read/{draft}/restore")
def restore(visit: Editing, draft: str) -> Response:
    """Take a discarded draft back."""
    found = _draft(visit, draft)
    if found is None:
        return _form(visit, [_GONE], status=404)
    visit.house.drafts.change(found)
    return see(f"/read/{found.id}")


def _owner(visit: Visit) -> str:
    return visit.session or visit.name


def _draft(visit: Visit, id: str) -> Draft | None:  # noqa: A002
    return visit.house.drafts.get(_owner(visit), id, visit.house.clock())


def _restate(visit: Visit, draft: Draft, facts: Facts) -> Draft | None:
    """The draft, read again where what is stated of its article is new; None where that must wait."""
    article = reading.restated(draft.document.article, facts)
    if article is draft.document.article:
        return draft
    document = reading.read(visit.house, article)
    if document is None:
        visit.warn(f"{reading.BUSY.what} {reading.BUSY.remedy}")
        return None
    return visit.house.drafts.change(draft, document=document)


def _keep(visit: Visit, draft: Draft, topic: str) -> Added:
    added = visit.ledger.add(draft.document, topic=" ".join(topic.split()) or None)
    visit.house.drafts.remove(draft)
    visit.tell(_SAID[added.state].format(counted(added.statements, "statement")))
    if added.redacted:
        visit.warn(REDACTED_BEFORE)
    return added


def _form(
    visit: Visit, troubles: Sequence[Trouble] = (), typed: dict[str, str] | None = None, *, status: int = 200,
    wrong_day: str = "",
) -> Response:  # fmt: skip
    drafts = [
        Waiting(each.id, article.title or first_words(article), each.name, len(each.document.statements))
        for each in visit.house.drafts.of(_owner(visit), visit.house.clock())
        for article in [each.document.article]
    ]
    blank = asdict(Facts()) | {"text": "", "url": ""}
    return render(
        visit, "read.html.jinja", status=status, troubles=troubles, typed=blank | (typed or {}),
        drafts=drafts, wrong_day=wrong_day, limit=f"{visit.house.settings.max_bytes / 1e6:g} MB",
    )  # fmt: skip


def _shown(
    visit: Visit, draft: Draft, choice: Choice, typed: Facts | None = None, *, status: int = 200,
    wrong_day: str = "",
) -> Response:  # fmt: skip
    article = draft.document.article
    return render(
        visit, "read_draft.html.jinja", status=status, draft=draft, open=preview(draft.document, choice),
        kept=False, known=visit.ledger.has(article), typed=asdict(typed or Facts.of(article)),
        wrong_day=wrong_day,
    )  # fmt: skip
