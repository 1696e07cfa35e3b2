"""The page of one statement shows its words, both readings, the verdicts, and how to cite it."""

from __future__ import annotations

from collections.abc import Callable

from lxml import html
from serve.conftest import Browser

from onrecord.entry import Entry, short
from onrecord.ledger.core import Ledger
from onrecord.serve.visit import Role


def path(entry: Entry) -> str:
    return f"/statements/{short(entry.id)}"


def text(client: Browser, entry: Entry) -> str:
    return " ".join(html.fromstring(client.get(path(entry)).text).find(".//main").text_content().split())


def test_it_is_found_by_any_beginning_of_its_id_and_links_to_its_place(client: Browser, entry: Entry) -> None:
    page = client.get(f"/statements/{short(entry.id)[:8]}").text
    assert f'href="/articles/{short(entry.article)}#s{short(entry.id)}"' in page
    assert entry.text in page
    assert client.get("/statements/ffffffffffff").status_code == 404


def test_the_machines_reading_stands_beside_a_persons(client: Browser, entry: Entry, ledger: Ledger) -> None:
    ledger.acting("bo").correct(entry.id, {"speaker.name": "Ada Holm"}, why="see the tape")
    page = html.fromstring(client.get(path(entry)).text)
    (read,) = page.xpath("//table[contains(@class, 'readings')]//s")
    assert entry.speaker_read in read.text_content()
    assert "see the tape" in text(client, entry)


def test_who_it_came_through_is_drawn_and_listed(client: Browser, entries: list[Entry]) -> None:
    relayed = next(each for each in entries if len(each.chain) > 1)
    page = html.fromstring(client.get(path(relayed)).text)
    (drawing,) = page.xpath("//*[local-name()='svg'][contains(@class, 'chain')]")
    drawn = [each.text for each in drawing.xpath(".//*[contains(@class, 'name')]")]
    listed = [each.text_content() for each in page.find_class("voices")[0].iter("li")]
    assert listed == list(relayed.chain)
    assert [shown.rstrip("…") for shown in drawn] == [
        name[: len(shown.rstrip("…"))] for shown, name in zip(drawn, listed, strict=True)
    ]
    direct = next(each for each in entries if len(each.chain) == 1)
    assert "<svg" not in client.get(path(direct)).text


def test_verdicts_stand_with_their_evidence(client: Browser, entry: Entry, ledger: Ledger) -> None:
    ledger.acting("bo").settle(entry.id, "kept", "https://ellery.example/x?a=1&b=2")
    ledger.acting("cy").settle(entry.id, "broken", "javascript:alert(1) is what it said")
    ledger.acting("di").settle(entry.id, "broken", entry.article)
    page = html.fromstring(client.get(path(entry)).text)
    links = {
        each.get("href"): each.get("rel")
        for each in page.find_class("evidence")[0].getparent().getparent().iter("a")
    }
    assert links == {
        "https://ellery.example/x?a=1&b=2": "noopener noreferrer nofollow",
        f"/articles/{short(entry.article)}": None,
    }
    assert "disputed" in text(client, entry)


def test_notes_and_topics_are_put_beside_it(client: Browser, entry: Entry, ledger: Ledger) -> None:
    assert "harbour" in text(client, entry)  # the article's
    client.post_form(f"{path(entry)}/note", text="First line.\r\nSecond <b>line</b>.")
    assert ledger.show(entry.id).notes[0].text == "First line.\nSecond <b>line</b>."
    client.post_form(f"{path(entry)}/topic", topic=" Tide   gates ")
    assert ledger.topics_of(entry.id) == ["harbour", "Tide gates"]
    before = ledger.newest()
    client.post_form(f"{path(entry)}/topic", topic="Tide gates")
    assert client.post_form(f"{path(entry)}/note", text="  ").status_code == 303
    assert ledger.newest() == before
    assert "under the topic Tide gates" in client.get("/keys").text


def test_history_is_told_in_words(client: Browser, entry: Entry, ledger: Ledger) -> None:
    ledger.acting("bo").reject(entry.id, "a caption")
    page = text(client, entry)
    assert "bo: rejection · why: a caption" in page
    assert "kept, and counted nowhere" in page


def test_a_reader_sees_no_forms(signed_in: Callable[[Role], Browser], entry: Entry) -> None:
    page = signed_in("reader").get(path(entry))
    assert page.status_code == 200
    assert not [
        form
        for form in html.fromstring(page.text).iter("form")
        if form.get("method") == "post" and "statements" in form.get("action", "")
    ]
