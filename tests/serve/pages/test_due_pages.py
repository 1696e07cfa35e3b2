"""What is to be settled: the board, the lists, the calendar, and the file for programs of calendars."""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar
from record.said import Said, page
from serve.conftest import Browser
from serve.picking import pick, said
from serve.seen import text_of

from onrecord.entry import short
from onrecord.ledger.core import Ledger


def by(month: int, day: int, text: str, *, start: int = 1, **more: object) -> Said:
    first = date(2031, month, start)
    return Said(text, **({"kind": "commitment"} | more), due=(first, date(2031, month, day)))  # type: ignore[arg-type]


MADE = page(
    by(6, 14, "the lamp will burn"),
    by(5, 2, "the bridge will open"),
    by(6, 15, "the tide gate will close", kind="prediction"),
    by(6, 30, "the ferry will run", speaker="Ole Pell"),
    by(7, 20, "the berth will be rebuilt", start=3),
    by(6, 20, "the crane will be sold"),
    Said("the dock will be dry", kind="commitment"),
)
NAMED = {statement.text: statement.id for statement in MADE.statements}


@pytest.fixture
def filled(client: Browser, ledger: Ledger) -> Browser:
    ledger.add(MADE)
    ledger.settle(NAMED["the crane will be sold"], "kept", "https://example.org/sold")
    return client


def columns(text: str) -> dict[str, list[str]]:
    tree = text
    return {
        section.get("class").removeprefix("column "): [said(words) for words in pick(section, ".words")]
        for section in pick(tree, ".column")
    }


def test_the_board_places_each_where_it_stands_today(filled: Browser) -> None:
    assert columns(filled.get("/due").text) == {
        "overdue": ["the bridge will open", "the lamp will burn"],
        "due": ["the tide gate will close", "the ferry will run"],
        "upcoming": ["the berth will be rebuilt"],
    }


def test_columns_say_how_many_there_are_and_how_long_it_is(filled: Browser) -> None:
    seen = text_of(filled.get("/due").text)
    for words in (
        "Overdue 2",
        "Due now 2",
        "Upcoming 1",
        "44 days over",
        "today",
        "15 days left",
        "in 35 days",
    ):
        assert words in seen


def test_of_one_speaker(filled: Browser) -> None:
    found = columns(filled.get("/due", params={"speaker": "Ole Pell"}).text)
    assert found == {"overdue": [], "due": ["the ferry will run"], "upcoming": []}


def test_a_name_that_means_nobody_is_told_beside_the_form(filled: Browser) -> None:
    answer = filled.get("/due", params={"speaker": "Nobody <b>"})
    assert answer.status_code == 404
    assert "no speaker of this name" in text_of(answer.text)
    assert 'value="Nobody &lt;b&gt;"' in answer.text


def test_settling_takes_it_off_the_board(filled: Browser, ledger: Ledger) -> None:
    filled.get("/due")
    ledger.settle(NAMED["the lamp will burn"], "broken", "https://example.org/dark")
    assert columns(filled.get("/due").text)["overdue"] == ["the bridge will open"]


def test_a_reader_sees_no_way_to_settle(signed_in: object, ledger: Ledger) -> None:
    ledger.add(MADE)
    assert "/settle?back=%2Fdue" in signed_in("editor").get("/due").text  # type: ignore[operator]
    assert "/settle" not in signed_in("reader").get("/due").text  # type: ignore[operator]


def test_a_long_column_goes_on_page_by_page_without_losing_any(
    client: Browser, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.serve.pages.due.PAGE", 4)
    names = [f"the berth {number} will open" for number in range(11)]
    ledger.add(page(*(by(5, 1 + number // 3, name) for number, name in enumerate(names))))
    seen: list[str] = []
    path: str | None = "/due?view=list&column=overdue"
    while path:
        tree = client.get(path).text
        seen += [said(words) for words in pick(tree, ".words")]
        path = next((link.get("href") for link in pick(tree, ".more a")), None)
    assert seen == names


class TestCalendar:
    def test_each_stands_on_its_last_day(self, filled: Browser) -> None:
        tree = filled.get("/due", params={"view": "calendar", "month": "2031-06"}).text
        cells = {pick(cell, "time")[0].get("datetime"): cell for cell in pick(tree, ".calendar td")}
        assert len(cells) == 42
        assert "the ferry will run" in cells["2031-06-30"].text_content()
        assert "today" in cells["2031-06-15"].get("class")
        assert "some" not in cells["2031-06-20"].get("class")
        assert [link.get("href") for link in pick(tree, ".month a")][:2] == [
            "/due?view=calendar&month=2031-05",
            "/due?view=calendar&month=2031-07",
        ]

    def test_without_a_month_it_is_this_one(self, filled: Browser) -> None:
        assert "June 2031" in text_of(filled.get("/due?view=calendar").text)

    def test_a_day_lists_all_of_it(self, filled: Browser) -> None:
        seen = text_of(filled.get("/due?view=day&day=2031-06-14").text)
        assert "the lamp will burn" in seen
        assert "the ferry will run" not in seen

    @pytest.mark.parametrize(
        "asked", ["month=2031-13", "month=x", "month=0001-01", "month=9999-12", "month=-1", "month=99999-01"]
    )
    def test_a_month_that_is_none_is_told(self, filled: Browser, asked: str) -> None:
        assert filled.get(f"/due?view=calendar&{asked}").status_code == 422

    @pytest.mark.parametrize("asked", ["view=day&day=x", "view=list&after=2031-06-01", "view=list&after=x.1"])
    def test_so_is_a_day_or_a_place_that_is_none(self, filled: Browser, asked: str) -> None:
        assert filled.get(f"/due?{asked}").status_code == 422


class TestFile:
    def events(self, client: Browser, **asked: str) -> dict[str, object]:
        answer = client.get("/due.ics", params=asked)
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        return {str(event["UID"]): event for event in Calendar.from_ical(answer.content).events}

    def test_an_event_is_the_last_day_and_leads_back(self, filled: Browser) -> None:
        id_ = NAMED["the ferry will run"]
        event = self.events(filled)[id_.removeprefix("sha256:") + "@onrecord"]
        assert event.start == date(2031, 6, 30)  # type: ignore[attr-defined]
        assert event.end == date(2031, 7, 1)  # type: ignore[attr-defined]
        assert event["SUMMARY"] == "Ole Pell, commitment: the ferry will run"  # type: ignore[index]
        assert event["URL"] == f"http://127.0.0.1/statements/{short(id_)}"  # type: ignore[index]

    def test_it_holds_what_is_not_settled(self, filled: Browser) -> None:
        assert len(self.events(filled)) == 5
        assert len(self.events(filled, speaker="Ole Pell")) == 1

    def test_words_cannot_add_lines_or_events(self, client: Browser, ledger: Ledger) -> None:
        bad = "it ends\r\nEND:VEVENT\r\nBEGIN:VALARM; , \\n \u2028 x"
        ledger.add(page(by(6, 30, bad, speaker="A\r\nATTACH:file:///etc/passwd")))
        (event,) = self.events(client).values()
        assert event.subcomponents == []  # type: ignore[attr-defined]
        assert "ATTACH" not in event  # type: ignore[operator]
