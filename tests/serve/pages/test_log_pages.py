"""Every act, and whether all of them are as they were written."""

from __future__ import annotations

import sqlite3

import pytest
from record.said import Said, page
from serve.conftest import Browser
from serve.picking import pick
from serve.seen import text_of

from onrecord.ledger.core import Ledger
from onrecord.serve.house import House

MADE = page(Said("the bridge will open", kind="commitment"), Said("<script>alert(1)</script> it rained"))
FIRST = MADE.statements[0].id


@pytest.fixture
def filled(client: Browser, ledger: Ledger) -> Browser:
    ledger.add(MADE)
    ledger.acting("bo").note(FIRST, "as the minutes say")
    ledger.settle(FIRST, "kept", "https://example.org/open")
    return client


def acts(text: str) -> list[str]:
    return [cell.text_content().strip() for cell in pick(text, "td.act")]


def test_all_acts_newest_first_with_the_statement_they_are_about(filled: Browser) -> None:
    answer = filled.get("/log")
    assert acts(answer.text) == ["rating", "note", "statement", "statement", "reading", "article"]
    seen = text_of(answer.text)
    assert "kept · evidence: https://example.org/open" in seen
    assert "“as the minutes say”" in seen
    assert "the bridge will open" in seen
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"act": "note"}, ["note"]),
        ({"actor": "bo"}, ["note"]),
        ({"subject": FIRST}, ["rating", "note", "statement"]),
        ({"subject": FIRST.removeprefix("sha256:")[:12], "actor": "somebody"}, ["rating"]),
        ({"before": "3"}, ["reading", "article"]),
        ({"act": "merge"}, []),
        ({"subject": "' OR 1=1 --"}, []),
    ],
)
def test_filters(filled: Browser, asked: dict[str, str], expected: list[str]) -> None:
    answer = filled.get("/log", params=asked)
    assert answer.status_code == 200
    assert acts(answer.text) == expected


@pytest.mark.parametrize("asked", [{"act": "burnt"}, {"before": "x"}, {"before": "-1"}])
def test_what_cannot_be_asked_is_told_beside_the_form(filled: Browser, asked: dict[str, str]) -> None:
    answer = filled.get("/log", params=asked)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_what_is_long_is_fetched_when_it_is_wanted(client: Browser, ledger: Ledger) -> None:
    words = " ".join(f"it rained on pier {number}." for number in range(200))
    ledger.add(page(Said(words)))
    listed = client.get("/log", params={"act": "article"}).text
    assert "pier 150" not in listed
    (link,) = pick(listed, "td.said a")
    assert link.get("href") == link.get("hx-get") == "/log?row=1"
    whole = client.get("/log?row=1")
    assert whole.status_code == 200
    assert "pier 150" in text_of(whole.text)
    assert "Row 1" in text_of(whole.text)
    piece = client.get("/log?row=1", headers={"HX-Request": "true"}).text
    assert "pier 150" in piece
    assert "<main" not in piece


@pytest.mark.parametrize(("row", "status"), [("99", 404), ("0", 404), ("x", 422), ("-1", 422)])
def test_no_such_row(filled: Browser, row: str, status: int) -> None:
    assert filled.get("/log", params={"row": row}).status_code == status


def test_pages_follow_one_another_without_a_gap(filled: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.serve.pages.log.PAGE", 4)
    seen, path = list[str](), "/log"
    while path:
        text = filled.get(path).text
        seen += acts(text)
        path = next((link.get("href") for link in pick(text, ".more a")), "")
    assert seen == ["rating", "note", "statement", "statement", "reading", "article"]


def test_of_an_actor_alone_it_looks_at_so_many_rows_and_says_so(
    filled: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.serve.pages.log.WITHIN", 2)
    first = filled.get("/log", params={"actor": "onrecord/0.0.0"})
    assert acts(first.text) == []
    assert "Looked through down to row 5" in text_of(first.text)
    (link,) = [link.get("href") for link in pick(first.text, ".more a")]
    assert acts(filled.get(link).text) == ["statement", "statement"]


def test_what_was_redacted_says_so(filled: Browser, ledger: Ledger) -> None:
    ledger.redact(FIRST, "a court order")
    seen = text_of(filled.get("/log").text)
    assert "Its words were removed" in seen
    assert "the bridge will open" not in seen


class TestVerifying:
    def test_a_whole_log(self, filled: Browser, house: House) -> None:
        assert "Not verified here yet" in text_of(filled.get("/log").text)
        assert filled.post_form("/log/verify").headers["location"] == "/log/verify"
        house.verifying.wait(30)
        for path in ("/log", "/log/verify"):
            assert "Whole: 6 rows are as they were written, verified 2031-06-15 09:30 UTC" in text_of(
                filled.get(path).text
            )

    def test_a_changed_row_is_named(self, filled: Browser, house: House, ledger: Ledger) -> None:
        with sqlite3.connect(ledger.place) as connection:
            connection.execute("UPDATE log SET actor = 'eve' WHERE sequence = 5")
        filled.post_form("/log/verify")
        house.verifying.wait(30)
        seen = text_of(filled.get("/log/verify").text)
        assert "Broken:" in seen
        assert "row 5" in seen

    def test_against_a_checkpoint(self, filled: Browser, house: House, ledger: Ledger) -> None:
        taken = ledger.checkpoint()
        ledger.note(FIRST, "more")
        filled.post_form("/log/verify", against=f" {taken} ")
        house.verifying.wait(30)
        assert "Up to row 6 it is the history of the checkpoint" in text_of(filled.get("/log/verify").text)

    def test_what_is_no_checkpoint_is_told_and_kept(self, filled: Browser, house: House) -> None:
        filled.post_form("/log/verify", against="<b>")
        house.verifying.wait(30)
        answer = filled.get("/log/verify")
        assert "Not verified:" in text_of(answer.text)
        assert 'value="&lt;b&gt;"' in answer.text

    def test_a_piece_asks_again_while_it_runs_and_no_longer(
        self, filled: Browser, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import threading

        hold = threading.Event()
        original = Ledger.verify
        monkeypatch.setattr(Ledger, "verify", lambda self, **more: hold.wait(30) and original(self, **more))
        filled.post_form("/log/verify")
        running = filled.get("/log/verify", headers={"HX-Request": "true"}).text
        assert 'hx-get="/log/verify"' in running
        assert "<html" not in running
        assert house.verifying.start(house.ledger, by="bo", clock=house.clock).by != "bo"
        hold.set()
        house.verifying.wait(30)
        assert "hx-get" not in filled.get("/log/verify", headers={"HX-Request": "true"}).text


def test_a_checkpoint_is_shown_with_its_use(filled: Browser, ledger: Ledger) -> None:
    assert filled.post_form("/log/checkpoint").headers["location"] == "/log/checkpoint"
    answer = filled.get("/log/checkpoint")
    assert ledger.checkpoint() in answer.text
    assert "proves all 6 rows" in text_of(answer.text)
