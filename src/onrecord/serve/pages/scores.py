"""Scores of all in a table, the statements behind one of them, and how they are computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, get_args

from fastapi import APIRouter, Response

from onrecord.errors import NothingFound, OnrecordError
from onrecord.errors.inputs import BadOption
from onrecord.record.counting import Behind, Period
from onrecord.score import By
from onrecord.serve.pages.search import choices
from onrecord.serve.problems import status_of
from onrecord.serve.rendering import render
from onrecord.serve.scored import FIRST, Count, Full, full
from onrecord.serve.standings import SORTS, Standings, lines, standings
from onrecord.serve.visit import Reading, Visit

if TYPE_CHECKING:
    from onrecord.entry import Entry
    from onrecord.serve.caching import Kept
    from onrecord.serve.house import House

router = APIRouter()

PAGE: Final = 50
STATEMENTS: Final = 20
MIN_N: Final = 5
BY: Final[tuple[By, ...]] = get_args(By)


@dataclass(frozen=True, slots=True)
class Typed:
    """What is scored, as it was asked for."""

    by: str = "speaker"
    since: str = ""
    until: str = ""
    topic: str = ""
    outlet: str = ""
    early: str = ""
    min_n: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """As the parameters of an address; what goes without saying is left out."""
        given = asdict(self)
        return given | {"by": "" if self.by == "speaker" else self.by}

    @property
    def wanted(self) -> dict[str, Any]:
        """As `Ledger.score` takes it. Raises BadOption."""
        by = next((name for name in BY if name == self.by), None)
        if by is None:
            raise BadOption(option="by", value=self.by, expected="one of " + ", ".join(BY), example="speaker")
        return {
            "by": by, "since": _day("since", self.since), "until": _day("until", self.until),
            "topic": self.topic or None, "outlet": self.outlet or None, "early": bool(self.early),
        }  # fmt: skip

    @property
    def period(self) -> Period:
        """What narrows the statements. Raises BadOption."""
        wanted = self.wanted
        return Period(wanted["outlet"], wanted["topic"], wanted["since"], wanted["until"])

    @property
    def least(self) -> int:
        """On how many cases somebody is ranked. Raises BadOption."""
        return _number("min_n", self.min_n, MIN_N)


@router.get("/scores")
def scores(
    visit: Reading, by: str = "speaker", min_n: str = "", since: str = "", until: str = "", topic: str = "",
    outlet: str = "", sort: str = "kept", early: str = "", page: str = "",
) -> Response:  # fmt: skip
    """The table, sorted."""
    typed = Typed(by, since, until, topic, outlet, early, min_n)
    sort = sort if sort in SORTS else "kept"
    values: dict[str, Any] = {"counting": False, "kept": None, "shown": (), "number": 1, "pages": 1}
    trouble, status, least = None, 200, MIN_N
    try:
        least, number = typed.least, _number("page", page, 1)
        values |= _table(visit, typed, least, sort, number)
    except OnrecordError as error:
        status, trouble = status_of(error), error.parts
    return render(
        visit, "scores.html.jinja", status=status, trouble=trouble, typed=typed, sort=sort, min_n=least,
        all_by=BY, choices=choices(visit), head=visit.ledger.newest(), **values,
    )  # fmt: skip


def _table(visit: Visit, typed: Typed, least: int, sort: str, number: int) -> dict[str, Any]:
    kept = counted(visit.house, typed)
    if kept is None:
        return {"counting": True}
    made = lines(kept.value.rows, min_n=least, sort=sort)
    pages = max(1, -(-len(made) // PAGE))
    number = min(number, pages)
    return {
        "kept": kept, "shown": made[(number - 1) * PAGE : number * PAGE], "number": number, "pages": pages
    }  # fmt: skip


def counted(house: House, typed: Typed) -> Kept[Standings] | None:
    """The standings; of a large ledger perhaps as of a row before the last, or not yet (None)."""
    ledger, today, wanted = house.ledger, house.clock().date(), typed.wanted
    return house.cache.soon(
        "scores", (today, *wanted.values()),
        lambda: standings(ledger.score(min_n=1, today=today, ids=False, **wanted)), head=ledger.newest(),
    )  # fmt: skip


@router.get("/scores/of")
def of(
    visit: Reading, name: str, by: str = "speaker", since: str = "", until: str = "", topic: str = "",
    outlet: str = "", early: str = "", count: str = "", page: str = "",
) -> Response:  # fmt: skip
    """All figures of one, and the statements behind each."""
    typed = Typed(by, since, until, topic, outlet, early)
    kept = _behind(visit, typed, name)
    if kept is None:
        return render(visit, "scores_counting.html.jinja", name=name)
    if kept.value is None:
        raise NothingFound(id=name, expected=f"{by} with anything that can be settled")
    number = _number("page", page, 1)
    asked = [each for each in kept.value.counts if f"{each.kind}.{each.key}" == count]
    shown = asked or kept.value.counts
    first, of = (number - 1) * STATEMENTS, kept.value
    listed = _under(visit, typed, asked[0], of.name, first) if asked else None
    groups = _groups(visit, shown, listed)
    return render(
        visit, "scores_of.html.jinja", typed=typed, kept=kept, of=of, one=asked[0] if asked else None,
        groups=groups,
        page=number, further=bool(asked) and first + STATEMENTS < asked[0].number,
        head=visit.ledger.newest(),
    )  # fmt: skip


def _behind(visit: Visit, typed: Typed, name: str) -> Kept[Full | None] | None:
    ledger, today, wanted = visit.ledger, visit.house.clock().date(), typed.wanted
    by, early, period = wanted["by"], wanted["early"], typed.period

    def count() -> Full | None:
        found = ledger.score(name=name, min_n=1, today=today, ids=False, **wanted)
        name_ = found.rows[0].name if found.rows else name
        return full(
            found, lambda n: ledger.first_behind(by, name_, n, period, early=early, today=today, each=FIRST)
        )

    return visit.house.cache.soon("score of", (today, name, *wanted.values()), count, head=ledger.newest())


def _groups(
    visit: Visit, shown: Sequence[Count], entries: list[Entry] | None
) -> list[tuple[Count, list[Entry]]]:
    """The counts with their statements: the first few of each, or those that were asked for of one."""
    if entries is not None:
        return [(shown[0], entries)]
    known = {entry.id: entry for entry in visit.ledger.entries([id_ for each in shown for id_ in each.first])}
    return [(each, [known[id_] for id_ in each.first if id_ in known]) for each in shown]


def _under(visit: Visit, typed: Typed, count: Count, name: str, past: int) -> list[Entry]:
    wanted = Behind(typed.wanted["by"], name, count.kind, count.key, bool(typed.early))
    today = visit.house.clock().date()
    return visit.ledger.behind(wanted, typed.period, today=today, past=past, limit=STATEMENTS)


@router.get("/scores/how")
def how(visit: Reading) -> Response:
    """How scores are computed."""
    return render(visit, "scores_how.html.jinja", min_n=MIN_N)


def _day(option: str, given: str) -> date | None:
    if not given.strip():
        return None
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        expected = "a day, year-month-day"
        raise BadOption(option=option, value=given, expected=expected, example="2031-06-15") from None


def _number(option: str, given: str, default: int) -> int:
    if not given:
        return default
    if not (given.isascii() and given.isdecimal() and len(given) < 8 and int(given)):
        raise BadOption(option=option, value=given, expected="a number from 1 on", example=default)
    return int(given)
