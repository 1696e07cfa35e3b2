"""The guided start, with the example articles read by the real reader."""

from __future__ import annotations

from serve.conftest import Browser
from serve.seen import links_of, text_of

from onrecord.ledger.core import Ledger


def test_the_examples_are_read_kept_and_lead_on(client: Browser, ledger: Ledger) -> None:
    before = text_of(client.get("/start").text)
    assert "Nothing is on record yet" in before
    unsure = client.post_form("/start/examples")
    assert unsure.status_code == 422
    assert "tick that the examples may stay" in text_of(unsure.text)
    assert ledger.newest() == 0

    answer = client.post_form("/start/examples", sure="1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/start")
    page = client.get("/start").text
    assert "On record: 3 articles with " in text_of(page)
    assert "reached the page at third hand: Ove Lindahl → ministry → Runa Sandvik" in text_of(page)
    assert "“that a night ferry would sail to Orrin by 30 June”" in links_of(page)
    assert links_of(page)["Say how it turned out"].endswith("/settle?back=%2Fstart")
    assert ledger.topics() == ["night ferry"]

    rows = ledger.newest()
    client.post_form("/start/examples", sure="1")
    assert ledger.newest() == rows
    assert "The examples were on record already." in text_of(client.get("/start").text)


def test_the_examples_hold_what_the_walk_speaks_of(client: Browser, ledger: Ledger) -> None:
    client.post_form("/start/examples", sure="1")
    entries = [entry for row in ledger.recent() for entry in ledger.article(row.id).entries]
    assert any(e.kind == "commitment" and e.due_end and len(e.chain) == 1 for e in entries)
    assert any(e.kind == "prediction" and e.certainty_phrase == "very likely" and e.due_end for e in entries)
    assert any(e.kind == "commitment" and len(e.chain) == 3 for e in entries)
    assert any(e.denied for e in entries)
    assert any(e.condition for e in entries)
    assert ledger.counts().overdue >= 5


def test_the_walk_says_how_a_promise_was_settled(client: Browser, ledger: Ledger) -> None:
    client.post_form("/start/examples", sure="1")
    (promise,) = [
        e for e in ledger.article(ledger.recent()[-1].id).entries if e.text.startswith("that a night")
    ]
    ledger.settle(promise.id, "broken", "no ship sailed")
    page = client.get("/start").text
    assert "It is settled: broken" in text_of(page)
    assert "Say how it turned out" not in links_of(page)
