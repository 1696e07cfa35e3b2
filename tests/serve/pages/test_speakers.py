"""A speaker's page says what was said and how it turned out, and every figure leads to statements."""

from __future__ import annotations

import pytest
from lxml import html
from serve.conftest import Browser
from serve.filling import fields_of, notice, undo

from onrecord.entry import Entry
from onrecord.ledger.core import Ledger
from onrecord.record.query import Query
from onrecord.serve.rendering import query, speaker_path


@pytest.fixture
def names(ledger: Ledger, entries: list[Entry]) -> tuple[str, str]:
    """Two persons, the one who says most first."""
    first, second, *_ = [row.name for row in ledger.speakers() if row.kind == "person"]
    return first, second


def main(client: Browser, path: str) -> html.HtmlElement:
    page = client.get(path)
    assert page.status_code == 200, page.text
    return html.fromstring(page.text).find(".//main")


def said(page: html.HtmlElement) -> list[str]:
    return [each.find_class("words")[0].text_content() for each in page.find_class("statement")]


def test_speakers_are_listed_in_pages_and_found(
    client: Browser, ledger: Ledger, names: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.serve.pages.speakers.LISTED", 2)
    rows, path = [], "/speakers"
    while path:
        page = main(client, path)
        rows += [each.text_content() for each in page.find_class("who")]
        more = page.find_class("more")
        path = next(more[0].iter("a")).get("href") if more else ""
    assert rows == [row.name for row in ledger.speakers()]
    found = main(client, query("/speakers", words=names[1])).find_class("who")
    assert [each.text_content() for each in found] == [names[1]]
    assert "No name begins" in main(client, "/speakers?words=qqq").text_content()


def test_what_was_said_is_listed_by_kind_year_and_topic(
    client: Browser, ledger: Ledger, names: tuple[str, str]
) -> None:
    name = names[0]
    all_ = ledger.search(Query(speaker=name, limit=100)).entries
    ledger.topic(all_[3].id, "Tide gates")
    assert said(main(client, query("/speaker", name=name, topic="Tide gates"))) == [all_[3].text]
    promises = [each.text for each in all_ if each.kind == "commitment"]
    assert said(main(client, query("/speaker", name=name, kind="commitment"))) == promises[:20]
    assert said(main(client, query("/speaker", name=name, year="2031"))) == [each.text for each in all_[:20]]
    assert said(main(client, query("/speaker", name=name, year="1999"))) == []
    older = query("/speaker", name=name, before=all_[1].sequence)
    assert said(main(client, older)) == [each.text for each in all_[2:22]]


def test_figures_have_their_n_and_lead_to_statements(
    client: Browser, ledger: Ledger, names: tuple[str, str]
) -> None:
    name = names[0]
    promises = ledger.search(Query(speaker=name, kinds=frozenset({"commitment"}), limit=3)).entries
    for each, verdict in zip(promises, ("kept", "kept", "broken"), strict=True):
        ledger.settle(each.id, verdict, "it was seen by us")
    page = main(client, speaker_path(name))
    told = " ".join(page.find_class("figures")[0].text_content().split())
    assert told.startswith("67 % kept")
    assert "2 of 3" in told
    links = {each.text_content(): each.get("href") for each in page.iter("a")}
    assert links["2 kept"] == query("/scores/of", name=name, count="commitments.kept")
    drawn = page.xpath(".//*[local-name()='svg'][contains(@class, 'timeline')]/a/@href")
    tabled = page.xpath(".//section[@aria-labelledby='timeline']//td/a/@href")
    assert drawn == tabled != []


def test_each_point_of_the_calibration_leads_to_its_forecasts(
    client: Browser, ledger: Ledger, names: tuple[str, str], entries: list[Entry]
) -> None:
    name = names[0]
    forecasts = [
        each for each in entries if each.kind == "prediction" and each.certainty_mid and not each.denied
    ]
    for number, each in enumerate(forecasts):
        ledger.correct(
            each.id,
            {"speaker.name": name, "speaker.anonymous": "no", "due": "2031-05-01", "speaker.kind": "person"},
        )
        ledger.settle(each.id, "came-true" if number % 2 else "did-not", "it was seen by us")
    page = main(client, speaker_path(name))
    points = page.xpath(".//*[local-name()='svg'][contains(@class, 'calibration')]/a/@href")
    found = [text for path in points for text in said(main(client, path))]
    assert sorted(found) == sorted(each.text for each in forecasts)
    assert client.get(query("/speaker", name=name, bin="77")).status_code == 404


def test_a_description_has_no_record(client: Browser, ledger: Ledger, entry: Entry) -> None:
    ledger.correct(entry.id, {"speaker.name": "a senior pilot", "speaker.anonymous": "yes"})
    assert "nobody’s record" in main(client, "/speaker?name=a+senior+pilot").text_content()
    ledger.correct(
        entry.id, {"speaker.name": "some pilots", "speaker.anonymous": "no", "speaker.kind": "group"}
    )
    assert "no word of its own" in main(client, "/speaker?name=some+pilots").text_content()
    assert client.get("/speaker?name=qqq").status_code == 404


@pytest.mark.parametrize("into", ["this", "other"])
def test_names_are_merged_either_way_and_parted_again(
    client: Browser, ledger: Ledger, names: tuple[str, str], into: str
) -> None:
    mine, other = names
    page = client.get(speaker_path(mine))
    sent = fields_of(page.text, "/speakers/merge") | {"other": other, "into": into, "why": "one person"}
    kept, joined = (mine, other) if into == "this" else (other, mine)
    answer = client.post("/speakers/merge", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, speaker_path(kept))
    assert ledger.speaker(joined).name == kept
    assert ledger.speaker(kept).merged == [joined]
    undo(client)
    assert ledger.speaker(joined).name == joined
    undo(client)  # the undoing, too
    assert ledger.speaker(joined).name == kept


@pytest.mark.parametrize(("other", "status"), [("", 422), ("qqq", 404)])
def test_a_name_that_means_nobody_is_said_beside_the_form(
    client: Browser, names: tuple[str, str], other: str, status: int
) -> None:
    answer = client.post_form("/speakers/merge", name=names[0], other=other)
    assert answer.status_code == status
    assert fields_of(answer.text, "/speakers/merge")["other"] == other
    assert html.fromstring(answer.text).get_element_by_id("merge-wrong").text_content()


def test_what_was_never_merged_cannot_be_parted(client: Browser, names: tuple[str, str]) -> None:
    assert client.post_form("/speakers/split", name=names[0]).headers["location"] == speaker_path(names[0])
    assert "not merged" in notice(client).text_content()


def test_a_page_does_not_wait_for_figures_that_take_long(
    client: Browser, names: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.serve.pages.speakers.PATIENCE", 0)
    page = main(client, speaker_path(names[0]))
    assert "being counted" in page.text_content()
    (waiting,) = page.xpath(".//*[@hx-get]")
    assert "Promises and plans" in client.get(waiting.get("hx-get"), headers={"HX-Request": "true"}).text


def test_the_figures_alone_say_where_nothing_was_foretold(
    client: Browser, ledger: Ledger, entries: list[Entry]
) -> None:
    """As a piece of the page it is rendered without the page around it."""
    entry = next(each for each in entries if each.kind == "commitment")
    only = {"speaker.name": "Mara Holt", "speaker.kind": "person", "speaker.anonymous": "no"}
    ledger.correct(entry.id, only)
    part = client.get(query("/speaker", name="Mara Holt", part="figures"), headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "No predictions that could be scored." in part.text
