"""A person's reading is put beside the machine's in a form, and overwrites nobody else's."""

from __future__ import annotations

import pytest
from serve.conftest import Browser
from serve.filling import Fields, fields_of, notice, undo

from onrecord.entry import Entry, short
from onrecord.ledger.core import Ledger


def path(entry: Entry) -> str:
    return f"/statements/{short(entry.id)}"


def opened(client: Browser, entry: Entry, act: str = "correct") -> Fields:
    page = client.get(f"{path(entry)}/{act}", params={"back": "/articles/abc#s1"})
    assert page.status_code == 200
    return fields_of(page.text, f"/{act}")


def test_an_untouched_form_changes_nothing(client: Browser, entry: Entry, ledger: Ledger) -> None:
    before = ledger.newest()
    answer = client.post(f"{path(entry)}/correct", data=opened(client, entry))
    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text
    assert ledger.newest() == before


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"speaker.name": "Ada Holm"}, {"speaker_read": "Ada Holm"}),
        ({"kind": "prediction", "certainty.mid": "30"}, {"kind": "prediction", "certainty_mid": 0.3}),
        ({"due.end": "2040-02-29"}, {"due_end": "2040-02-29"}),
        ({"due.start": "", "due.end": ""}, {"due_end": None}),
        (
            {"negative": "yes", "condition": "if it “rains” & <b>"},
            {"negative": True, "condition": "if it “rains” & <b>"},
        ),
    ],
)
def test_what_was_changed_and_nothing_else_is_put_on_record(
    client: Browser, entry: Entry, ledger: Ledger, given: Fields, fields: dict[str, object]
) -> None:
    sent = opened(client, entry) | given | {"why": "line 4"}
    answer = client.post(f"{path(entry)}/correct", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, "/articles/abc#s1")
    shown = ledger.show(entry.id)
    for name, value in fields.items():
        held = getattr(shown.entry, name)
        assert (held.isoformat() if hasattr(held, "isoformat") else held) == value
    asked = {name.replace("due.start", "due").replace("due.end", "due") for name in given}
    assert {each.field for each in shown.corrections} == asked
    assert {each.why for each in shown.corrections} == {"line 4"}


def test_a_value_that_cannot_be_is_said_at_its_field_and_what_was_typed_stays(
    client: Browser, entry: Entry, ledger: Ledger
) -> None:
    sent = opened(client, entry) | {"certainty.low": "90", "certainty.mid": "20", "speaker.name": "Ada"}
    answer = client.post(f"{path(entry)}/correct", data=sent)
    assert answer.status_code == 422
    assert "The median lies between the quartiles" in answer.text
    assert 'value="Ada"' in answer.text
    assert not ledger.show(entry.id).corrections


def test_two_editors_at_once_lose_nothing(client: Browser, entry: Entry, ledger: Ledger) -> None:
    sent = opened(client, entry) | {"speaker.name": "Ada Holm"}
    ledger.acting("bo").correct(
        entry.id, {"speaker.name": "Ada Holmes", "condition": "if it rains"}, why="tape"
    )
    answer = client.post(f"{path(entry)}/correct", data=sent)
    assert answer.status_code == 409
    assert "<bdi>bo</bdi>" in answer.text
    assert "Ada Holmes" in answer.text
    assert ledger.show(entry.id).entry.speaker_read == "Ada Holmes"
    again = fields_of(answer.text, "/correct")
    assert again["speaker.name"] == "Ada Holm"
    assert again["condition"] == "if it rains"
    assert client.post(f"{path(entry)}/correct", data=again).status_code == 303
    now = ledger.show(entry.id).entry
    assert (now.speaker_read, now.condition) == ("Ada Holm", "if it rains")


def test_a_correction_is_undone_and_the_undoing_too(client: Browser, entry: Entry, ledger: Ledger) -> None:
    client.post(
        f"{path(entry)}/correct", data=opened(client, entry) | {"speaker.name": "Ada", "kind": "claim"}
    )
    assert ledger.show(entry.id).entry.speaker_read == "Ada"
    undo(client)
    now = ledger.show(entry.id).entry
    assert (now.speaker_read, now.kind, now.corrected) == (entry.speaker_read, entry.kind, False)
    undo(client)
    assert ledger.show(entry.id).entry.speaker_read == "Ada"


def test_undoing_a_second_correction_leaves_the_first(client: Browser, entry: Entry, ledger: Ledger) -> None:
    ledger.acting("bo").correct(entry.id, {"speaker.name": "Bo"})
    client.post(f"{path(entry)}/correct", data=opened(client, entry) | {"speaker.name": "Ada"})
    undo(client)
    assert ledger.show(entry.id).entry.speaker_read == "Bo"


def test_what_was_taken_back_before_is_said_and_no_error(client: Browser, entry: Entry) -> None:
    answer = client.post(f"{path(entry)}/take-back", data={"csrf": client.csrf, "field": "kind"})
    assert answer.headers["location"] == path(entry)
    assert "nothing to take back" in notice(client).text_content()
    assert (
        client.post(f"{path(entry)}/take-back", data={"csrf": client.csrf, "field": "colour"}).status_code
        == 303
    )
    assert "trouble" in notice(client).classes


def test_rejecting_needs_a_reason_and_can_be_undone(client: Browser, entry: Entry, ledger: Ledger) -> None:
    sent = opened(client, entry, "reject")
    assert client.post(f"{path(entry)}/reject", data=sent).status_code == 422
    assert client.post(f"{path(entry)}/reject", data=sent | {"why": "a caption"}).status_code == 303
    assert ledger.show(entry.id).entry.rejected
    undo(client)
    assert not ledger.show(entry.id).entry.rejected


def test_htmx_gets_a_piece_of_a_page_and_then_loads_the_page_anew(client: Browser, entry: Entry) -> None:
    asks = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1/articles/abc#s2"}
    piece = client.get(f"{path(entry)}/correct", params={"back": "/articles/abc#s1"}, headers=asks)
    assert piece.text.lstrip().startswith("<form")
    sent = fields_of(piece.text, "/correct") | {"speaker.name": "Ada"}
    answer = client.post(f"{path(entry)}/correct", data=sent, headers=asks)
    assert (answer.status_code, answer.headers.get("HX-Refresh")) == (200, "true")
    elsewhere = asks | {"HX-Current-URL": "http://127.0.0.1/due"}
    answer = client.post(
        f"{path(entry)}/take-back",
        data={"csrf": client.csrf, "field": "speaker.name", "back": "/due?view=board"},
        headers=elsewhere,
    )
    assert answer.headers.get("HX-Redirect") == "/due?view=board"


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "https://evil.example",
        "/a\r\nX: y",
        "javascript:x",
    ],
)
def test_nobody_is_sent_to_another_site(client: Browser, entry: Entry, back: str) -> None:
    page = client.get(f"{path(entry)}/correct", params={"back": back})
    assert f'href="{path(entry)}" data-close' in page.text
    answer = client.post(f"{path(entry)}/restore", data={"csrf": client.csrf, "back": back})
    assert answer.headers["location"] == path(entry)
