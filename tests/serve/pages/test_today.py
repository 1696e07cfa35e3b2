"""The front page: what is to be done, what came in, how much there is."""

from __future__ import annotations

from datetime import date

from record.said import Said, page
from serve.conftest import Browser
from serve.seen import text_of

from onrecord.ledger.core import Ledger


def due(*, month: int, day: int) -> tuple[date, date]:
    return date(2031, month, 1), date(2031, month, day)


MADE = page(
    Said("the bridge will open", kind="commitment", due=due(month=6, day=1)),
    Said("the tide gate will close", kind="prediction", due=due(month=6, day=20)),
    Said("the lamp will burn", kind="commitment", due=due(month=12, day=20)),
    Said("it rained", speaker="<b>Ole</b> & “Pell”"),
)
NAMED = {statement.text: statement.id for statement in MADE.statements}


def test_an_empty_ledger_leads_to_the_guided_start(client: Browser) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/start")


def test_what_is_due_soon_and_what_is_overdue_stand_apart(client: Browser, ledger: Ledger) -> None:
    ledger.add(MADE)
    seen = text_of(client.get("/").text)
    soon, _, rest = seen.partition("Past its day, without a verdict 1")
    waiting, _, came = rest.partition("Put on record last")
    assert "the tide gate will close" in soon
    assert "5 days left" in soon
    assert "the bridge will open" not in soon
    assert "the bridge will open" in waiting
    assert "14 days over" in waiting
    assert "the lamp will burn" not in seen
    assert (
        "4 statements in 1 article by 2 speakers; 2 commitments and 1 prediction, 0 of them settled" in came
    )


def test_a_verdict_takes_a_statement_off_the_page_at_once(client: Browser, ledger: Ledger) -> None:
    ledger.add(MADE)
    client.get("/")
    ledger.settle(NAMED["the bridge will open"], "kept", "it is open")
    seen = text_of(client.get("/").text)
    assert "the bridge will open" not in seen
    assert "1 of them settled" in seen
    assert "Nothing waits for a verdict." in seen


def test_a_page_says_whether_the_log_was_verified(client: Browser, ledger: Ledger) -> None:
    ledger.add(MADE)
    assert "Not verified yet." in text_of(client.get("/").text)
    verifying = client.house.verifying
    verifying.start(ledger, by="Ada", clock=client.house.clock)
    verifying.wait(20)
    assert f"{ledger.newest()} rows whole." in text_of(client.get("/").text)


def test_the_keys_are_listed(client: Browser) -> None:
    assert "next statement" in text_of(client.get("/keys").text)
