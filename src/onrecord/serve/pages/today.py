"""The front page: what falls due, what waits for a verdict, what came in, and how much there is.

Here too: the page that lists the keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Response

from onrecord.serve.rendering import render, see
from onrecord.serve.visit import Reading

if TYPE_CHECKING:
    from onrecord.record.browsing import Counts
    from onrecord.serve.caching import Kept
    from onrecord.serve.house import House

router = APIRouter()

SHOWN: Final = 6
# Days ahead that the front page looks.
AHEAD: Final = 30


@router.get("/")
def today(visit: Reading) -> Response:
    """What is to be done today; an empty ledger leads to the guided start."""
    ledger, day = visit.ledger, visit.house.clock().date()
    head = ledger.newest()
    recent = visit.house.cache.get("recent", None, lambda: ledger.recent(SHOWN), head=head).value
    if not recent:
        return see("/start")
    due = visit.house.cache.get(
        "upcoming", day, lambda: ledger.upcoming(SHOWN, within=AHEAD, today=day), head=head
    )
    waiting = visit.house.cache.get("waiting", day, lambda: ledger.waiting(SHOWN, day), head=head)
    return render(
        visit, "today.html.jinja",
        due=due.value, waiting=waiting.value, recent=recent, ahead=AHEAD, head=head,
        counts=counted(visit.house), checked=visit.house.verifying.last,
    )  # fmt: skip


@router.get("/keys")
def keys(visit: Reading) -> Response:
    """What the keyboard can do."""
    return render(visit, "keys.html.jinja", rooms=KEYS)


def counted(house: House) -> Kept[Counts]:
    """How much there is in the ledger; of a large one perhaps as of a row before the last."""
    ledger, day = house.ledger, house.clock().date()
    return house.cache.get("counts", day, lambda: ledger.counts(day), head=ledger.newest(), stale=True)


# By place: what is pressed there, and what happens.
KEYS: Final = (
    ("Everywhere", (("/", "go to the search box"), ("Tab", "go to the next link or control"))),
    (
        "In an article",
        (
            ("j", "next statement"), ("k", "statement before"),
            ("Enter", "go to its card; again: all about it"), ("e", "correct it"), ("s", "settle it"),
            ("x", "reject it"), ("?", "these keys"),
        ),
    ),
    ("In a dialogue", (("Esc", "close it; nothing is changed"),)),
)  # fmt: skip
