"""Every act, newest first; whether the log is as it was written; checkpoints that prove it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Form, Response

from onrecord.entry import ACTS, LogRow
from onrecord.errors import NothingFound, OnrecordError
from onrecord.errors.inputs import BadOption
from onrecord.serve.problems import on_page, status_of
from onrecord.serve.rendering import article_path, fragment, query, render, see, speaker_path, statement_path
from onrecord.serve.visit import Reading, Visit
from onrecord.views.acts import pretty
from onrecord.views.acts import subject as named

if TYPE_CHECKING:
    from onrecord.entry import Entry

router = APIRouter()

PAGE: Final = 50
# Characters of what a row says that its line holds; an article's whole text is fetched when it is wanted.
INSIDE: Final = 1_500
# Rows that are looked through for one page where only an actor is asked for: no index leads to these.
WITHIN: Final = 100_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the log with what it is about: a statement, or only a name for it, and where that is shown.

    payload: what it says, None where that was removed, empty where it is `length` characters long and was
    not asked for.
    """

    row: LogRow
    entry: Entry | None
    name: str
    path: str | None
    payload: str | None
    length: int


@dataclass(frozen=True, slots=True)
class Typed:
    """The filters as they were typed."""

    act: str = ""
    actor: str = ""
    subject: str = ""


@router.get("/log")
def log(
    visit: Reading, act: str = "", actor: str = "", subject: str = "", before: str = "", row: str = ""
) -> Response:  # fmt: skip
    """Acts, with filters. row: this one alone, with all that it says."""
    if row:
        return _one(visit, row)
    typed = Typed(act, actor.strip(), subject.strip())
    rows, trouble, status = list[LogRow](), None, 200
    newest = visit.ledger.newest()
    start = newest + 1
    try:
        start = min(_number(before), start) if before else start
        rows = visit.ledger.log(
            act=_act(typed.act), actor=typed.actor or None, subject=typed.subject or None,
            last=PAGE, before=start, within=_within(typed),
        )  # fmt: skip
    except OnrecordError as error:
        trouble, status = on_page(error), status_of(error)
    return render(
        visit, "log.html.jinja", status=status, rows=shown(visit, rows), typed=typed, trouble=trouble,
        acts=ACTS, newest=newest, later=start <= newest, check=visit.house.verifying.last,
        **_further(typed, rows, start),
    )  # fmt: skip


def _one(visit: Visit, number: str) -> Response:
    wanted = _number(number, "row")
    rows = [each for each in visit.ledger.log(last=1, before=wanted + 1) if each.sequence == wanted]
    if not rows:
        raise NothingFound(id=number, expected="row of the log")
    template = "_log_payload.html.jinja" if fragment(visit) else "log_row.html.jinja"
    return render(visit, template, each=shown(visit, rows, whole=True)[0])


@router.post("/log/verify")
def verify(visit: Reading, against: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Begin to check the log; the state is seen at the same address."""
    visit.house.verifying.start(visit.ledger, by=visit.name, clock=visit.house.clock, against=against)
    return see("/log/verify")


@router.get("/log/verify")
def verified(visit: Reading) -> Response:
    """How far the check is, or what it found."""
    template = "_log_check.html.jinja" if fragment(visit) else "log_verify.html.jinja"
    return render(visit, template, check=visit.house.verifying.last)


@router.post("/log/checkpoint")
def take_checkpoint(visit: Reading) -> Response:
    """Sends on to the checkpoint: nothing is changed by taking one."""
    return see("/log/checkpoint")


@router.get("/log/checkpoint")
def checkpoint(visit: Reading) -> Response:
    """The log's last row and its hash, and what to do with them."""
    taken = visit.ledger.checkpoint()
    now = visit.house.clock()
    return render(
        visit, "log_checkpoint.html.jinja", checkpoint=taken, row=int(taken.partition(":")[0]), now=now
    )


def shown(visit: Visit, rows: list[LogRow], *, whole: bool = False) -> list[Shown]:
    """The rows with the statements that they are about. whole: with all that they say, however long."""
    ids = list(dict.fromkeys(row.subject for row in rows if row.subject and _is_id(row.subject)))
    entries = {entry.id: entry for entry in visit.ledger.entries(ids)}
    return [_shown(row, entries.get(row.subject or ""), whole=whole) for row in rows]


def _shown(row: LogRow, entry: Entry | None, *, whole: bool) -> Shown:
    length = len(row.payload or "")
    payload = pretty(row) if whole or length <= INSIDE else ""
    return Shown(row, entry, named(row), _path(row, entry), payload, length)


def _path(row: LogRow, entry: Entry | None) -> str | None:
    """Where the subject is shown; None where it has no page."""
    if entry is not None:
        return statement_path(entry.id)
    if not row.subject:
        return None
    if _is_id(row.subject):
        return article_path(row.subject)
    return speaker_path(row.subject) if row.act in ("merge", "split") else None


def _is_id(subject: str) -> bool:
    return subject.startswith("sha256:")


def _act(given: str) -> str | None:
    if given and given not in ACTS:
        raise BadOption(option="act", value=given, expected="one of " + ", ".join(ACTS), example="rating")
    return given or None


def _number(given: str, option: str = "before") -> int:
    if not (given.isascii() and given.isdecimal() and len(given) < 12):
        raise BadOption(option=option, value=given, expected="the number of a row of the log", example="1")
    return int(given)


def _within(typed: Typed) -> int | None:
    """Rows to look through. An act or a subject leads straight to its rows, an actor does not."""
    return WITHIN if typed.actor and not typed.subject else None


def _further(typed: Typed, rows: list[LogRow], start: int) -> dict[str, Any]:
    """Where older rows are; and down to which row was looked, where that was not to the beginning."""
    within = _within(typed)
    fields = {name: getattr(typed, name) for name in Typed.__slots__}
    if len(rows) == PAGE and rows[-1].sequence > 1:
        return {"further": query("/log", fields, before=rows[-1].sequence), "down_to": None}
    if within is not None and start - within > 1:
        return {"further": query("/log", fields, before=start - within), "down_to": start - within}
    return {"further": None, "down_to": None}
