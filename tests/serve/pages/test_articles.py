"""Articles: the list, one with its statements beside it, what changed between versions, notes and topics."""

from __future__ import annotations

import pytest
from lxml import html
from record.made import changed, document, elsewhere
from serve.conftest import Browser
from serve.filling import fields_of
from serve.seen import links_of, text_of

from onrecord.entry import short
from onrecord.ledger.core import Ledger
from onrecord.serve.rendering import article_path, statement_path

MADE = document(4, statements=12)
ID = MADE.article.id


@pytest.fixture
def path(ledger: Ledger) -> str:
    """The address of an article that is on record."""
    ledger.add(MADE)
    return article_path(ID)


def test_the_list_has_the_newest_first_and_leads_on(client: Browser, ledger: Ledger) -> None:
    for number in range(53):
        ledger.add(document(number, statements=1))
    first = client.get("/articles").text
    titles = [link.text for link in html.fromstring(first).find_class("title")]
    assert titles[:2] == [document(52).article.title, document(51).article.title]
    older = client.get(links_of(first)["Older"]).text
    assert len(titles) == 50
    assert [link.text for link in html.fromstring(older).find_class("title")] == [
        document(n).article.title for n in (2, 1, 0)
    ]
    assert "Older" not in links_of(older)


def test_an_article_without_a_title_is_called_by_its_first_line(client: Browser, ledger: Ledger) -> None:
    ledger.add(elsewhere(MADE, title=None))
    assert MADE.article.title in links_of(client.get("/articles").text)


def test_an_empty_ledger_leads_to_reading(client: Browser) -> None:
    assert "/read" in links_of(client.get("/articles").text).values()


def test_the_words_and_their_cards_lead_to_each_other(client: Browser, path: str) -> None:
    page = html.fromstring(client.get(path).text)
    assert page.find_class("text")[0].text_content() == MADE.article.text
    for statement in MADE.statements:
        key = short(statement.id)
        assert page.get_element_by_id(f"t{key}").get("href") == f"#s{key}"
        card = page.get_element_by_id(f"s{key}")
        assert f"#t{key}" in card.xpath(".//a/@href")
        assert statement.text in card.text_content()


def test_a_choice_hides_cards_without_scripts(client: Browser, path: str) -> None:
    answer = client.get(path, params={"kind": ["prediction", "question"]}).text
    page = html.fromstring(answer)
    cards = page.find_class("entry")
    shown = [card for card in cards if card.get("hidden") is None]
    assert 0 < len(shown) < len(cards) == len(MADE.statements)
    assert {card.get("data-kind").split()[0] for card in shown} <= {"prediction", "question"}
    assert f"{len(shown)} of {len(cards)} shown" in answer
    ticked = page.xpath("//input[@name='kind'][@checked]/@value")
    assert set(ticked) <= {"prediction", "question"} and ticked


def test_the_reading_of_a_person_stands_beside_the_machine_s(
    client: Browser, ledger: Ledger, path: str
) -> None:
    ledger.correct(MADE.statements[0].id, {"speaker.name": "Ilse Maren"}, why="named above")
    (changes,) = html.fromstring(client.get(path).text).find_class("changes")
    told = " ".join(changes.text_content().split())
    assert told.startswith("speakerIlse Maren")
    assert f"the machine read: {MADE.statements[0].speaker.name}" in told
    assert "somebody, 2031-06-15 09:30: named above" in told


def test_a_statement_is_rejected_and_taken_in_again_from_its_card(
    client: Browser, ledger: Ledger, path: str
) -> None:
    one = statement_path(MADE.statements[0].id)
    ledger.reject(MADE.statements[0].id, "nobody says this")
    fields = fields_of(client.get(path).text, f"{one}/restore")
    answer = client.post(f"{one}/restore", data=fields)
    assert answer.headers["location"] == f"{path}#s{short(MADE.statements[0].id)}"
    assert not ledger.show(MADE.statements[0].id).entry.rejected


def test_forms_come_back_to_the_statement(client: Browser, path: str) -> None:
    key = short(MADE.statements[0].id)
    card = html.fromstring(client.get(path).text).get_element_by_id(f"s{key}")
    (address,) = card.xpath(".//a[@data-key='e']/@href")
    assert fields_of(client.get(address).text, "/correct")["back"] == f"{path}#s{key}"


def test_what_changed_from_one_version_to_the_next(client: Browser, ledger: Ledger, path: str) -> None:
    second = changed(MADE)
    ledger.add(second)
    old, new = client.get(path).text, client.get(article_path(second.article.id)).text
    assert "This is not the newest version." in text_of(old)
    assert f"{article_path(second.article.id)}/changes" == links_of(new)["What changed"]
    page = client.get(f"{article_path(second.article.id)}/changes").text
    assert "This article was corrected later." in [ins.text for ins in html.fromstring(page).iter("ins")]
    assert "0 statements came, 0 went, 12 stayed." in text_of(page)
    assert client.get(f"{path}/changes").status_code == 404


def test_the_version_before_need_not_be_the_one_before_in_the_list(client: Browser, ledger: Ledger) -> None:
    """One text under an address, another one there, and the first again with a title, under none."""
    first = elsewhere(MADE, title=None)
    other, titled = changed(first), elsewhere(first, url=None, title="News of the berth")
    for each in (first, other, titled):
        ledger.add(each)
    page = client.get(f"{article_path(titled.article.id)}/changes").text
    assert "What changed from version 1 (on record since" in text_of(page)
    assert ") to version 3 of 3 (" in text_of(page)
    assert article_path(first.article.id) in page
    assert article_path(other.article.id) not in page
    assert "What changed before that" not in links_of(page)


def test_a_first_version_has_no_changes_though_others_are_older(client: Browser, ledger: Ledger) -> None:
    facts = dict.fromkeys(("url", "outlet", "title", "author", "published"))
    text, page = elsewhere(MADE, **facts), changed(MADE)
    for each in (text, page, elsewhere(text, url=page.article.url)):
        ledger.add(each)
    shown = client.get(article_path(page.article.id)).text
    assert "Versions:" in text_of(shown)
    assert "What changed" not in links_of(shown)


def test_a_note_is_written_and_an_empty_one_is_not(client: Browser, ledger: Ledger, path: str) -> None:
    assert client.post_form(f"{path}/note", text="Compare <b>minutes</b>.\r\nTwice.").status_code == 303
    page = client.get(path).text
    assert html.fromstring(page).find_class("note")[0].find("p").text == "Compare <b>minutes</b>.\nTwice."
    again = client.post_form(f"{path}/note", text="  ")
    assert again.status_code == 422
    assert "There is nothing written here." in text_of(again.text)


def test_what_is_too_long_is_kept_in_the_form(client: Browser, ledger: Ledger, path: str) -> None:
    answer = client.post_form(f"{path}/topic", topic="tide " * 50)
    assert answer.status_code == 422
    assert "It may have 200 characters, and has 249." in text_of(answer.text)
    assert fields_of(answer.text, "/topic")["topic"] == "tide " * 50
    assert ledger.spread(ID).beside.topics == ()


def test_a_topic_leads_to_what_stands_under_it(client: Browser, ledger: Ledger, path: str) -> None:
    assert client.post_form(f"{path}/topic", topic=" Ferries  &  tides ").status_code == 303
    assert links_of(client.get(path).text)["Ferries & tides"] == "/search?topic=Ferries+%26+tides"


def test_unknown_articles_are_not_found(client: Browser) -> None:
    assert client.get("/articles/abcdef123456").status_code == 404
    assert client.get("/articles/abcdef123456/changes").status_code == 404
    assert client.post_form("/articles/abcdef123456/note", text="?").status_code == 404


def test_readers_see_no_forms(signed_in, ledger: Ledger) -> None:  # type: ignore[no-untyped-def]
    ledger.add(MADE)
    page = html.fromstring(signed_in("reader").get(article_path(ID)).text)
    assert not page.xpath("//main//form[@method='post']")
    assert not page.xpath("//a[@data-key]")
