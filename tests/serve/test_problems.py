"""Whatever goes wrong is told in one shape: to programs as problem+json, to people as a page."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Form, Query
from fastapi.testclient import TestClient

from onrecord import errors
from onrecord.errors import OnrecordError, catalogue
from onrecord.serve.app import create_app
from onrecord.serve.house import House
from onrecord.serve.problems import MEDIA_TYPE, status_of, title_of

PROBLEM = {
    "type",
    "title",
    "status",
    "detail",
    "code",
    "what",
    "why",
    "remedy",
    "instance",
    "values",
    "fields",
}
# The statuses that programs may rely on.
EXPECTED = {
    404: {"NotFound", "NothingFound", "UnknownSpeaker", "UnknownUser"},
    409: {"Ambiguous", "HistoriesDiffer", "NameTaken"},
    401: {"NotSignedIn"},
    403: {"NotAllowed", "ForgedForm", "LedgerReadOnly", "WrongPassword"},
    429: {"TooManyAttempts"},
    413: {"TooLarge"},
    503: {"LedgerLocked", "DatabaseGone", "ModelMissing", "ModelBroken"},
    507: {"DiskFull"},
    501: {"MissingExtra"},
    500: {
        "BadSetting", "CannotWrite", "NoLedger", "NotALedger", "NewerLedger", "BadDatabaseAddress",
        "OlderLedger", "ChainBroken", "CannotListen", "ServerGone", "ServerRefused", "OnlyHere",
    },
}  # fmt: skip
SAMPLES: dict[str, OnrecordError] = {
    "found": errors.NothingFound(id="3f9c2a41d07b", expected="statement"),
    "evil": errors.UnknownSpeaker(name="<script>alert(1)</script>"),
    "busy": errors.LedgerLocked(place="ledger.db", seconds=10),
    "often": errors.TooManyAttempts(seconds=17),
    "stranger": errors.NotSignedIn(),
}


@pytest.fixture
def failing(house: House) -> Iterator[TestClient]:
    """An application with routes that fail: as pages under /fail, as answers under /api/fail."""
    app: FastAPI = create_app(house)

    def ours(name: str) -> None:
        raise SAMPLES[name]

    def unexpected() -> None:
        raise RuntimeError("the minister’s private words")

    def checked(limit: int = Query(ge=1)) -> None:
        raise AssertionError(limit)

    def form(secret: int = Form()) -> None:
        raise AssertionError(secret)

    for start in ("", "/api"):
        app.add_api_route(f"{start}/fail/ours/{{name}}", ours, methods=["GET", "POST"])
        app.add_api_route(f"{start}/fail/unexpected", unexpected)
        app.add_api_route(f"{start}/fail/checked", checked)
        app.add_api_route(f"{start}/fail/form", form, methods=["POST"])
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("kind", list(catalogue()), ids=lambda kind: kind.__name__)
def test_every_error_has_the_status_that_is_documented(kind: type[OnrecordError]) -> None:
    expected = next((status for status, names in EXPECTED.items() if kind.__name__ in names), 422)
    error = kind.__new__(kind)
    assert status_of(error) == expected


@pytest.mark.parametrize("kind", list(catalogue()), ids=lambda kind: kind.__name__)
def test_every_error_has_a_title_in_words(kind: type[OnrecordError]) -> None:
    title = title_of(kind)
    assert title[0].isupper()
    assert kind.code not in title
    assert " " in title


def test_a_program_gets_the_parts_of_the_error(failing: TestClient) -> None:
    answer = failing.get("/api/fail/ours/found")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == MEDIA_TYPE
    told = answer.json()
    assert set(told) == PROBLEM
    error = SAMPLES["found"]
    assert (told["what"], told["why"], told["remedy"]) == error.parts
    assert told["detail"] == " ".join(error.parts)
    assert (told["code"], told["status"], told["instance"]) == ("E410", 404, "/api/fail/ours/found")
    assert told["title"] == "No statement or article has this id"
    assert told["values"] == {"id": "3f9c2a41d07b", "expected": "statement"}


def test_a_person_gets_a_page_with_the_same_words(failing: TestClient) -> None:
    page = failing.get("/fail/ours/found")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    what, why, command = SAMPLES["found"].parts
    assert what in page.text
    assert why in page.text
    assert command not in page.text
    assert "Look for it with the search above." in page.text
    assert "<main" in page.text


def test_who_is_lost_keeps_the_way_to_all_rooms(client: TestClient, stranger: TestClient) -> None:
    assert 'href="/speakers"' in client.get("/nowhere").text
    lost = stranger.get("/nowhere")
    assert lost.status_code == 404
    assert 'href="/speakers"' not in lost.text


def test_words_from_outside_do_nothing_in_a_page(failing: TestClient) -> None:
    page = failing.get("/fail/ours/evil")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


def test_a_piece_of_a_page_fails_as_a_piece(failing: TestClient) -> None:
    piece = failing.get("/fail/ours/found", headers={"HX-Request": "true"})
    assert piece.status_code == 404
    assert "<html" not in piece.text
    assert SAMPLES["found"].parts[0] in piece.text


@pytest.mark.parametrize(("name", "seconds"), [("busy", "5"), ("often", "17")])
def test_who_may_ask_again_is_told_when(failing: TestClient, name: str, seconds: str) -> None:
    for path in ("/api/fail/ours/", "/fail/ours/"):
        assert failing.get(path + name).headers["retry-after"] == seconds


def test_a_stranger_is_sent_to_sign_in_and_back(failing: TestClient) -> None:
    page = failing.get("/fail/ours/stranger?words=a&b=%2F%2Fevil.example")
    assert page.status_code == 303
    wanted = "%2Ffail%2Fours%2Fstranger%3Fwords%3Da%26b%3D%252F%252Fevil.example"
    assert page.headers["location"] == f"/signin?next={wanted}"
    assert failing.post("/fail/ours/stranger").headers["location"] == "/signin"
    piece = failing.get("/fail/ours/stranger", headers={"HX-Request": "true"})
    assert (piece.status_code, piece.headers["hx-redirect"][:8]) == (200, "/signin?")


def test_a_program_without_a_token_is_told_how_to_show_one(failing: TestClient) -> None:
    answer = failing.get("/api/fail/ours/stranger")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="onrecord"'


def test_what_does_not_fit_is_named_and_not_repeated(failing: TestClient) -> None:
    told = failing.get("/api/fail/checked", params={"limit": "0"}).json()
    assert set(told) == PROBLEM
    assert (told["status"], told["code"]) == (422, "E109")
    assert told["what"] == "limit: input should be greater than or equal to 1."
    assert told["fields"] == [{"field": "limit", "message": "Input should be greater than or equal to 1"}]
    for path in ("/fail/form", "/api/fail/form"):
        answer = failing.post(path, data={"secret": "correct horse"})
        assert answer.status_code == 422
        assert "horse" not in answer.text


def test_what_nobody_foresaw_is_numbered_and_keeps_its_words(
    failing: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "onrecord.serve"):
        page, answer = failing.get("/fail/unexpected"), failing.get("/api/fail/unexpected")
    assert page.status_code == answer.status_code == 500
    assert set(answer.json()) == PROBLEM
    assert len(caplog.messages) == 2
    number = answer.json()["what"].split()[-1].rstrip(".")
    assert number in caplog.messages[1]
    assert "RuntimeError" in caplog.messages[1]
    assert "test_problems.py" in caplog.messages[1]
    for text in (page.text, answer.text, *caplog.messages):
        assert "private words" not in text
    for text in (page.text, answer.text):
        assert "Traceback" not in text
        assert "RuntimeError" not in text


def test_unknown_addresses_and_methods_have_the_same_shape(failing: TestClient) -> None:
    lost = failing.get("/api/v1/nowhere")
    assert (lost.status_code, set(lost.json()), lost.json()["code"]) == (404, PROBLEM, None)
    assert "There is nothing at this address." in failing.get("/nowhere").text
    wrong = failing.delete("/api/fail/ours/found")
    assert (wrong.status_code, set(wrong.json())) == (405, PROBLEM)
    assert set(wrong.headers["allow"].split(", ")) == {"GET", "POST"}
    assert "DELETE" in wrong.json()["what"]
