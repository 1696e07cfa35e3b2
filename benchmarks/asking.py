"""What the server's benchmark asks for: every page and every reading route of the API, each in many ways."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

import onrecord
from onrecord.entry import short
from onrecord.record.query import Query
from tests.record.made import FIRST_DAY, OUTLETS, THINGS, word

TODAY = FIRST_DAY + timedelta(days=500)
Ask = Callable[[random.Random], str]


@dataclass(frozen=True)
class Known:
    """What is in the ledger that is asked for. busy: the speakers with most statements, these first; scored:
    those of them that have a score, which descriptions ("a passenger") have not.
    """

    statements: list[str]
    settleable: list[str]
    articles: list[str]
    busy: list[str]
    scored: list[str]
    rows: int


def known(ledger: onrecord.Ledger, chance: random.Random) -> Known:
    """Statements and articles from all over the ledger, speakers from the busiest to those with few."""
    rows = ledger.newest()
    found = [
        entry
        for _ in range(60)
        for entry in ledger.search(Query(limit=20, before=chance.randrange(rows // 10, rows))).entries
    ]
    settleable = [short(e.id) for e in found if e.kind in ("commitment", "prediction")]
    speakers = [row.name for row in ledger.speakers(limit=1_000)]
    statements = [short(entry.id) for entry in found]
    known_by_score = {row.name for row in ledger.score(min_n=1, today=TODAY, ids=False).rows}
    scored = [name for name in speakers if name in known_by_score]
    return Known(statements, settleable, sorted({short(e.article) for e in found}), speakers, scored, rows)


def _query(path: str, **values: object) -> str:
    return path + ("?" + urlencode(values, doseq=True) if values else "")


def _day(chance: random.Random) -> date:
    return FIRST_DAY + timedelta(days=chance.randrange(600))


def _search(chance: random.Random, speakers: list[str]) -> dict[str, object]:
    """One of the ways in which people search: words, with and without filters."""
    thing, rare, since = chance.choice(THINGS), word(chance.randrange(300, 20_000)), _day(chance)
    ways: list[dict[str, object]] = [
        {"words": thing},
        {"words": rare},
        {"words": f'"{thing}"', "kind": "commitment"},
        {"words": thing, "outlet": chance.choice(OUTLETS)},
        {"words": f"{rare} {thing}", "kind": ["claim", "prediction"]},
        {"words": f"{thing[:4]}*", "speaker": chance.choice(speakers)},
        {"words": thing, "since": since, "until": since + timedelta(days=30)},
        {"speaker": chance.choice(speakers), "kind": "commitment"},
        {"words": thing, "due_before": since},
        {"words": f"zeppelin {rare}"},
        {"status": "overdue"},
        {"words": thing, "status": "kept"},
    ]
    return chance.choice(ways)


def _speaker(chance: random.Random, names: list[str]) -> str:
    """A speaker; one in four times one of the five busiest."""
    return chance.choice(names[:5] if chance.random() < 0.25 else names)


def _month(chance: random.Random) -> str:
    return f"2032-{1 + chance.randrange(12):02}"


def pages(given: Known) -> dict[str, Ask]:
    """Every page, by its route."""
    return {
        "/": lambda _: "/",
        "/search": lambda c: _query("/search", **_search(c, given.busy)),
        "/start": lambda _: "/start",
        "/read": lambda _: "/read",
        "/articles": lambda c: _query("/articles", before=c.randrange(30, given.rows)),
        "/articles/{id}": lambda c: f"/articles/{c.choice(given.articles)}",
        "/statements/{id}": lambda c: f"/statements/{c.choice(given.statements)}",
        "/statements/{id}/correct": lambda c: f"/statements/{c.choice(given.settleable)}/correct",
        "/statements/{id}/settle": lambda c: f"/statements/{c.choice(given.settleable)}/settle",
        "/speakers": lambda c: _query("/speakers", words=word(c.randrange(100))[:3]),
        "/speaker": lambda c: _query("/speaker", name=_speaker(c, given.busy)),
        "/due": lambda c: _query("/due", view=c.choice(["board", "calendar"]), month=_month(c)),
        "/scores": lambda c: _query("/scores", by=c.choice(["speaker", "outlet"]), min_n=c.choice([1, 5])),
        "/scores/of": lambda c: _query("/scores/of", by="speaker", name=_speaker(c, given.scored)),
        "/scores/how": lambda _: "/scores/how",
        "/log": lambda c: c.choice(
            [
                "/log",
                _query("/log", before=c.randrange(50, given.rows)),
                _query("/log", act=c.choice(["rating", "article", "correction"])),
                _query("/log", actor=c.choice(["Ada", "nobody"])),
            ]
        ),
        "/exports": lambda _: "/exports",
        "/account": lambda _: "/account",
        "/keys": lambda _: "/keys",
    }  # fmt: skip


def reads(given: Known) -> dict[str, Ask]:
    """Every reading route of the API that answers with one thing or a page of a list."""
    api = "/api/v1"
    return {
        f"{api}/statements": lambda c: _query(f"{api}/statements", **_search(c, given.busy)),
        f"{api}/statements/{{id}}": lambda c: f"{api}/statements/{c.choice(given.statements)}",
        f"{api}/articles": lambda c: _query(f"{api}/articles", limit=c.choice([10, 50])),
        f"{api}/articles/{{id}}": lambda c: f"{api}/articles/{c.choice(given.articles)}",
        f"{api}/articles/{{id}}/document": lambda c: f"{api}/articles/{c.choice(given.articles)}/document",
        f"{api}/speakers": lambda c: _query(f"{api}/speakers", words=word(c.randrange(100))[:3]),
        f"{api}/speaker": lambda c: _query(f"{api}/speaker", name=_speaker(c, given.busy)),
        f"{api}/due": lambda c: _query(f"{api}/due", within=c.choice([7, 30, 90])),
        f"{api}/scores": lambda c: _query(f"{api}/scores", min_n=c.choice([1, 5, 20])),
        f"{api}/score": lambda c: _query(f"{api}/score", by="speaker", name=_speaker(c, given.scored)),
        f"{api}/log": lambda c: _query(f"{api}/log", limit=c.choice([10, 50])),
        f"{api}/checkpoint": lambda _: f"{api}/checkpoint",
        f"{api}/ledger": lambda _: f"{api}/ledger",
        f"{api}/me": lambda _: f"{api}/me",
    }


# How often each page is asked for where many people are at work, of a hundred.
MIX = {
    "/": 10, "/search": 25, "/articles/{id}": 20, "/statements/{id}": 12, "/speaker": 10, "/due": 8,
    "/scores": 4, "/articles": 4, "/log": 3, "/speakers": 2, "/statements/{id}/settle": 2,
}  # fmt: skip
