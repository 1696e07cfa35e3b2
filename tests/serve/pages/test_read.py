"""Reading what a person pastes, names or drops: shown first, stored when it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from serve.conftest import NOW, Browser
from serve.filling import fields_of, undo
from serve.seen import links_of, text_of

from onrecord import collect
from onrecord.ledger.core import Ledger
from onrecord.serve.drafts import LIFE
from onrecord.serve.house import House

FERRY = (
    "The ferry minister Ilse Maren said on Tuesday that the night ferry would sail by the end of May.\n\n"
    "The harbour master Olm Brandt said that the berth could be too short for it.\n"
)
TIDE = "The mayor of Sarn, Ada Quay, promised on Monday to open the tide gate in June.\n"


def test_nothing_is_stored_before_it_is_kept(client: Browser, ledger: Ledger) -> None:
    draft = _read(client, text=FERRY)
    page = client.get(draft).text
    assert html.fromstring(page).find_class("text")[0].text_content() == FERRY
    assert "Ilse Maren" in text_of(page)
    assert ledger.newest() == 0
    kept = client.post(f"{draft}/keep", data=fields_of(page, "/keep"))
    assert kept.status_code == 303
    article = client.get(kept.headers["location"]).text
    assert "On record now, with 2 statements." in text_of(article)
    assert client.get(draft).status_code == 404


def test_a_new_version_of_what_was_redacted_is_told(client: Browser, ledger: Ledger) -> None:
    def kept(text: str) -> str:
        draft = _read(client, text=text)
        fields = fields_of(client.get(draft).text, "/keep") | {"url_of": "https://news.example/ferry"}
        return text_of(client.get(client.post(f"{draft}/keep", data=fields).headers["location"]).text)

    assert "redacted" not in kept(FERRY)
    ledger.redact(ledger.articles()[0].id, "order 12/31")
    assert "Words were redacted from an earlier version" in kept(FERRY + "It was corrected later.\n")


def test_line_ends_of_browsers_do_not_make_it_another_article(client: Browser, ledger: Ledger) -> None:
    draft = _read(client, text=FERRY.replace("\n", "\r\n"))
    client.post_form(f"{draft}/keep")
    assert ledger.has(collect.from_text(FERRY))


def test_without_a_date_the_page_asks_for_one_and_counts_from_it(client: Browser) -> None:
    draft = _read(client, text=FERRY)
    before = client.get(draft).text
    assert "No date of publication was found." in text_of(before)
    assert "2031-05-31" not in text_of(before)
    fields = fields_of(before, "/keep") | {"published": "2031-05-06"}
    assert client.post(draft, data=fields).headers["location"] == draft
    after = client.get(draft).text
    assert "No date of publication" not in text_of(after)
    assert "2031-05-31" in text_of(after)


def test_what_is_stated_is_kept_with_it(client: Browser, ledger: Ledger) -> None:
    draft = _read(client, text=FERRY)
    facts = {
        "title": "Night  ferry",
        "outlet": "The Ellery Post",
        "published": "2031-05-06",
        "topic": "ferries",
    }
    fields = fields_of(client.get(draft).text, "/keep") | facts
    kept = client.post(f"{draft}/keep", data=fields).headers["location"]
    spread = ledger.spread(kept.rpartition("/")[2])
    article = spread.shown.article
    assert (article.title, article.outlet, str(article.published)) == (
        "Night ferry",
        "The Ellery Post",
        "2031-05-06",
    )
    assert article.published_from == "option"
    assert spread.beside.topics == ("ferries",)


def test_a_day_that_is_none_is_said_at_its_field(client: Browser, ledger: Ledger) -> None:
    wrong = client.post_form("/read", text=FERRY, published="6 May")
    assert wrong.status_code == 422
    (told,) = html.fromstring(wrong.text).find_class("wrong")
    assert "6 May" in told.text
    assert fields_of(wrong.text, "/read")["text"] == FERRY
    draft = _read(client, text=FERRY)
    again = client.post_form(f"{draft}/keep", published="6 May")
    assert again.status_code == 422
    assert ledger.newest() == 0


def test_the_same_again_is_known(client: Browser) -> None:
    client.post_form(f"{_read(client, text=FERRY)}/keep")
    draft = _read(client, text=FERRY)
    assert "This very article is on record already." in text_of(client.get(draft).text)
    kept = client.post_form(f"{draft}/keep").headers["location"]
    assert "nothing was added" in text_of(client.get(kept).text)


def test_another_text_under_an_address_is_its_next_version(client: Browser) -> None:
    for text in (FERRY, FERRY + TIDE):
        kept = client.post_form(f"{_read(client, text=text, url_of='https://ellery.example/ferry')}/keep")
    page = client.get(kept.headers["location"]).text
    assert "On record as a new version" in text_of(page)
    assert "What changed" in links_of(page)


def test_several_files_are_listed_and_kept_together(client: Browser, ledger: Ledger) -> None:
    files = [
        ("files", ("ferry.txt", FERRY)),
        ("files", ("C:\\news\\tide.md", TIDE)),
        ("files", ("x.txt", b"\x89PNG\r\n\x1a\n\0\0")),
    ]
    answer = client.post("/read", data={"csrf": client.csrf}, files=files)
    assert answer.status_code == 200
    assert "x.txt: is not text" in text_of(answer.text)
    listed = client.get("/read").text
    assert "ferry.txt" in text_of(listed) and "tide.md" in text_of(listed)
    assert "news" not in text_of(listed)
    assert (
        client.post("/read/all/keep", data=fields_of(listed, "/all/keep")).headers["location"] == "/articles"
    )
    assert [len(ledger.articles()), client.get("/read").text.count("/keep")] == [2, 0]


def test_a_page_of_html_brings_its_own_facts(client: Browser) -> None:
    page = Path(__file__).parents[3] / "examples" / "articles" / "slow-train.html"
    files = [("files", (page.name, page.read_bytes()))]
    answer = client.post("/read", data={"csrf": client.csrf, "outlet": "The Ellery Post"}, files=files)
    fields = fields_of(client.get(answer.headers["location"]).text, "/keep")
    assert (fields["title"], fields["outlet"]) == ("In praise of the slow train", "The Ellery Post")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "There is nothing to read."),
        ({"text": "  \n "}, "There is nothing to read."),
        ({"text": "Der Minister sagte am Dienstag, dass die neue Fähre im Mai fahren werde."}, "English"),
        ({"url": "http://127.0.0.1:1/page"}, "127.0.0.1"),
        ({"url": "file:///etc/hostname"}, "scheme"),
        ({"url": "http://[::ffff:10.0.0.1]/"}, "private"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_beside_the_form(
    client: Browser, ledger: Ledger, given: dict[str, str], told: str
) -> None:
    answer = client.post_form("/read", **given)
    assert answer.status_code == 422
    assert told in text_of(answer.text)
    sent = fields_of(answer.text, "/read")
    assert {name: sent[name] for name in given} == given
    assert ledger.newest() == 0


def test_more_files_than_the_page_takes(client: Browser) -> None:
    files = [("files", (f"{n}.txt", TIDE)) for n in range(21)]
    answer = client.post("/read", data={"csrf": client.csrf}, files=files)
    assert answer.status_code == 422
    assert "more than 20 files" in text_of(answer.text)


def test_a_discarded_draft_can_be_taken_back(client: Browser) -> None:
    draft = _read(client, text=TIDE)
    assert client.post_form(f"{draft}/discard").headers["location"] == "/read"
    undo(client)
    assert client.get(draft).status_code == 200
    assert draft in links_of(client.get("/read").text).values()


def test_a_draft_is_nobody_else_s_and_forgotten_after_an_hour(client: Browser, house: House) -> None:
    draft = _read(client, text=TIDE)
    with Browser(house) as other:
        other.open_link()
        assert other.get(draft).status_code == 404
        assert other.post_form(f"{draft}/keep").status_code == 404
        assert other.post_form(f"{draft}/discard").status_code == 303
    assert client.get(draft).status_code == 200
    found = house.drafts.get(client_session(house, draft), draft.rpartition("/")[2], NOW)
    assert found is not None
    assert house.drafts.get(found.owner, found.id, NOW + LIFE) is None


def test_one_waits_no_longer_than_that_where_others_are_read(
    client: Browser, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.serve.reading.PATIENCE", 0.01)
    assert house.reading.acquire(timeout=30)
    assert house.reading.acquire(timeout=30)
    answer = client.post_form("/read", text=FERRY)
    house.reading.release(2)
    assert answer.status_code == 422
    assert "Other articles are being read just now." in text_of(answer.text)
    assert fields_of(answer.text, "/read")["text"] == FERRY


def test_readers_are_told_why_they_cannot(signed_in) -> None:  # type: ignore[no-untyped-def]
    reader = signed_in("reader")
    assert "the role of an editor" in text_of(reader.get("/read").text)
    assert reader.post_form("/read", text=FERRY).status_code == 403


def client_session(house: House, draft: str) -> str:
    """The owner of a draft."""
    return next(each.owner for each in house.drafts._drafts.values() if draft.endswith(each.id))


def _read(client: Browser, **fields: str) -> str:
    """Read a text; the address of what was read."""
    answer = client.post_form("/read", **fields)
    assert answer.status_code == 303, text_of(answer.text)
    return str(answer.headers["location"])
