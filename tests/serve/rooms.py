"""Reading rooms that are open: what `onrecord serve` runs, in a thread, over a real ledger, at a set time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cli.building import harbour
from cli.meanings import reservoir
from record.made import changed, document, documents

import onrecord
from onrecord.entry import COMMITMENT_VERDICTS, PREDICTION_VERDICTS, Entry, short
from onrecord.ledger.core import Ledger
from onrecord.record.query import Query
from onrecord.serve import listening, running
from onrecord.serve.house import House
from onrecord.settings import Settings

NOW = datetime(2032, 12, 10, 9, 30, tzinfo=UTC)
PASSWORD = "seven quiet lamps at noon"
TEXT = """\
Harbour minister promises night ferry by June

The harbour minister, Tessa Varga, promised on Tuesday that the night ferry to Ellery would run again by \
10 June 2031.

“We have the ships,” Varga said. Ines Holm, who heads the port union, said that the berth will probably be \
finished by the end of May 2031.

According to the coast guard, the fishermen's council had promised to keep the bay free of nets until \
1 June 2031.
"""


# Every page of a filled room, by a name of its own.
PAGES = {
    "today": "/",
    "search": "/search?words=ferry",
    "search-nothing": "/search?words=zeppelin",
    "start": "/start",
    "read": "/read",
    "articles": "/articles",
    "article": "/articles/{harbour}",
    "article-version": "/articles/{version}",
    "changes": "/articles/{version}/changes",
    "statement": "/statements/{promise}",
    "statement-corrected": "/statements/{corrected}",
    "statement-settled": "/statements/{settled}",
    "correct": "/statements/{promise}/correct",
    "settle": "/statements/{open}/settle",
    "speakers": "/speakers",
    "speaker": "/speaker?name={speaker}",
    "due": "/due",
    "calendar": "/due?view=calendar&month=2032-12",
    "scores": "/scores?min_n=1",
    "scores-by-outlet": "/scores?by=outlet",
    "how": "/scores/how",
    "scores-of": "/scores/of?by=speaker&name={speaker}",
    "log": "/log",
    "verify": "/log/verify",
    "exports": "/exports",
    "account": "/account",
    "keys": "/keys",
    "api": "/api/v1/docs",
    "missing": "/nowhere",
}
VERSION = changed(document(3, people=6)).article.id


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True)
class Room:
    """A server that answers at `url`."""

    url: str
    house: House
    clock: Clock

    @property
    def ledger(self) -> Ledger:
        return self.house.ledger

    def link(self) -> str:
        """A fresh one-time link."""
        return f"{self.url}/open?key={self.house.accounts.new_key()}"


@contextmanager
def room(place: str | Path, *, team: bool = False, now: datetime = NOW, **settings: Any) -> Iterator[Room]:
    """A room over the ledger at a place, which is made where there is none."""
    clock = Clock(now)
    with (
        onrecord.open(place, actor="demo", create=True, clock=clock) as ledger,
        running.opened(
            ledger, str(place), Settings(**settings), listening.Asked(team=team), clock=clock
        ) as house,
        _answering(house) as url,
    ):
        yield Room(url, house, clock)


@contextmanager
def _answering(house: House) -> Iterator[str]:
    listener = listening.listening("127.0.0.1", 0)
    server = running.server(running.application(house))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()


def fill(ledger: Ledger, articles: int = 40) -> None:
    """Articles of a few speakers, many of their promises and forecasts settled, and some acts of people."""
    made = list(documents(articles, people=6))
    sketches = [harbour().document, reservoir().document]
    list(ledger.add_many([*made, changed(made[3]), *sketches], topic="Harbours"))
    _settle(ledger)
    minister = _first(ledger, "outflow")
    ana = ledger.acting("Ana Quist")
    ana.correct(minister.id, {"speaker.name": "Hanne Brandt", "kind": "commitment"}, why="her full name")
    ana.note(minister.id, "The ministry has confirmed the wording.")
    ana.note(minister.article, "Also in the evening edition.")
    ana.reject(_first(ledger, "best plan").id, "A figure of speech")
    ana.merge(["Varga"], "Tessa Varga")


def _settle(ledger: Ledger) -> None:
    """A verdict on two thirds of what can have one, by Ana Quist; Ben sees some otherwise."""
    ana, ben = ledger.acting("Ana Quist"), ledger.acting("Ben Orlo")
    pages = {"commitment": COMMITMENT_VERDICTS, "prediction": PREDICTION_VERDICTS}
    for kind, verdicts in pages.items():
        for number, entry in enumerate(ledger.search(Query(kinds=frozenset((kind,)), limit=200)).entries):
            if number % 3:
                verdict = sorted(verdicts)[number % len(verdicts)]
                address = f"https://post.example/{number}"
                ana.settle(
                    entry.id, verdict, address, on=date(2031, 6, 1), note="As the harbour office wrote."
                )
            if number % 17 == 1:
                ben.settle(entry.id, sorted(verdicts)[0], "I was there and saw it.")


def _first(ledger: Ledger, words: str = "", *, kind: str = "", status: str = "") -> Entry:
    asked = Query(
        words=words, kinds=frozenset(filter(None, [kind])), status=frozenset(filter(None, [status]))
    )
    return ledger.search(asked).entries[0]


def marks(ledger: Ledger) -> dict[str, str]:
    """What stands in the braces of `PAGES`, in a filled ledger."""
    found = {
        "open": _first(ledger, kind="prediction", status="open").id,
        "promise": _first(ledger, kind="commitment", status="open").id,
        "settled": _first(ledger, kind="commitment", status="kept").id,
        "corrected": _first(ledger, "outflow").id,
        "harbour": _first(ledger, "berth").article,
        "version": VERSION,
    }
    speaker = quote(ledger.speakers(limit=1)[0].name)
    return {name: short(whole) for name, whole in found.items()} | {"speaker": speaker}
