"""Finding statements by words and filters, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from onrecord.errors import OnrecordError
from onrecord.errors.inputs import BadOption
from onrecord.record.query import STATUSES
from onrecord.record.query import Query as Wanted
from onrecord.serve.rendering import query, render
from onrecord.serve.visit import Reading, Visit
from onrecord.statement import COMMITMENTS, KINDS

if TYPE_CHECKING:
    from onrecord.record.search import Found

router = APIRouter()

PAGE: Final = 25
# Longer lists of names are no help in a form.
NAMES: Final = 300
Many = Annotated[list[str], Query()]


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was filled in; what is empty does not narrow."""

    words: str = ""
    speaker: str = ""
    kind: tuple[str, ...] = ()
    outlet: str = ""
    topic: str = ""
    since: str = ""
    until: str = ""
    due_before: str = ""
    status: tuple[str, ...] = ()
    rejected: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """As the parameters of an address."""
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def filters(self) -> int:
        """How many fields narrow the search, besides the words."""
        return sum(bool(value) for name, value in self.fields.items() if name != "words")


@router.get("/search")
def search(
    visit: Reading,
    words: str = "",
    speaker: str = "",
    kind: Many = [],  # noqa: B006  FastAPI copies it
    outlet: str = "",
    topic: str = "",
    since: str = "",
    until: str = "",
    due_before: str = "",
    status: Many = [],  # noqa: B006
    rejected: str = "",
    before: str = "",
) -> Response:
    """The statements that fit, newest on record first; what is wrong with the form is said beside it."""
    typed = Typed(
        words, speaker.strip(), _some(kind), outlet, topic, since, until, due_before, _some(status), rejected
    )
    found, trouble = None, None
    try:
        asked = replace(wanted(typed.fields, visit.house.clock().date()), before=_row(before), limit=PAGE)
        found = visit.ledger.search(asked)
    except OnrecordError as error:
        trouble = error.parts
    return render(
        visit, "search.html.jinja", status=200 if trouble is None else 422,
        typed=typed, found=found, trouble=trouble, further=_further(typed, found), later=bool(before),
        choices=choices(visit), all_kinds=KINDS, all_types=COMMITMENTS, all_statuses=STATUSES,
    )  # fmt: skip


def wanted(given: Mapping[str, Any], today: date) -> Wanted:
    """The query that the fields of a form ask for. Raises BadOption for a day that is none."""
    return Wanted(
        words=given["words"],
        speaker=given["speaker"] or None,
        kinds=frozenset(given["kind"]),
        outlet=given["outlet"] or None,
        topic=given["topic"] or None,
        since=_day("published since", given["since"]),
        until=_day("published until", given["until"]),
        due_before=_day("to be settled before", given["due_before"]),
        status=frozenset(given["status"]),
        rejected=bool(given["rejected"]),
        today=today,
    )


def choices(visit: Visit) -> dict[str, list[str]]:
    """The outlets and topics that a form can offer."""
    ledger = visit.ledger
    found = visit.house.cache.get(
        "choices", None, lambda: {"outlet": ledger.outlets(NAMES), "topic": ledger.topics(NAMES)},
        head=ledger.newest(), stale=True,
    )  # fmt: skip
    return found.value


def _some(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


def _day(option: str, value: str) -> date | None:
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise BadOption(
            option=option, value=value, expected="a day, year-month-day", example="2031-06-15"
        ) from None


def _row(value: str) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 12):
        raise BadOption(option="before", value=value, expected="the number of a row of the log", example="1")
    return int(value)


def _further(typed: Typed, found: Found | None) -> str | None:
    """The address of the next page."""
    if not found or not found.more or not found.entries:
        return None
    return query("/search", typed.fields, before=found.entries[-1].sequence)
