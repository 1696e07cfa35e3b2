"""What a server's refusals become, and that the token stays a secret."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import httpx
import pytest
from record.made import document

from onrecord.errors import (
    BadOption,
    ChainBroken,
    NothingFound,
    NotSignedIn,
    OnrecordError,
    ServerGone,
    ServerRefused,
)
from onrecord.remote.connection import Connection, address_of
from onrecord.remote.core import RemoteLedger

TOKEN = "onr_thesecretofthetoken"
SERVER = "https://record.example"
PROBLEM = {"Content-Type": "application/problem+json"}


def answering(answer: Callable[[httpx.Request], httpx.Response]) -> Connection:
    return Connection(SERVER, TOKEN, transport=httpx.MockTransport(answer))


def problem(status: int, **told: Any) -> httpx.Response:
    return httpx.Response(status, headers=PROBLEM, content=json.dumps(told))


@pytest.mark.parametrize(
    "error",
    [
        NothingFound(id="3f9c2a", expected="statement"),
        ChainBroken(place="record.db", row=7, reason="its hash is another"),
        NotSignedIn(),
        BadOption(option="--on", value="x", expected="a day", example="2031-06-15"),
    ],
    ids=lambda error: error.code,
)
def test_an_error_of_ours_is_the_same_here(error: OnrecordError) -> None:
    told = {"code": error.code, "values": error.values, "what": error.parts[0]}
    with pytest.raises(type(error)) as met:
        answering(lambda _: problem(422, **told)).get("/statements")
    assert str(met.value) == str(error)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (problem(422, code="E109", values={}, what="limit: is too large."), "limit: is too large."),
        (problem(412, code=None, values={}, what="This was changed."), "This was changed."),
        (problem(500, code="E999", values={}, what="A new error."), "A new error."),
        (problem(422, code="E410", values={"id": "a"}, what="There is none."), "There is none."),
        (problem(500), "it answered 500 Internal Server Error."),
        (httpx.Response(502, text="<h1>Bad gateway</h1>"), "it answered 502 Bad Gateway."),
        (httpx.Response(303, headers={"Location": "/signin"}), "it answered 303 See Other."),
        (httpx.Response(200, text="<h1>Welcome</h1>"), "its answer is none that this version"),
        (httpx.Response(500, headers=PROBLEM, text="["), "it answered 500"),
        (problem(500, what="\x1b[31mred"), "\\x1b[31mred"),
    ],
    ids=range(10),
)  # fmt: skip
def test_another_refusal_says_what_is_known(answer: httpx.Response, expected: str) -> None:
    with pytest.raises(ServerRefused) as met:
        answering(lambda _: answer).get("/statements")
    assert met.value.parts[0].startswith(f"{SERVER}: {expected}")


def test_without_a_word_of_ours_401_is_not_signed_in() -> None:
    with pytest.raises(NotSignedIn):
        answering(lambda _: httpx.Response(401)).get("/statements")


@pytest.mark.parametrize(
    "trouble", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.ReadError("")]
)
def test_a_server_that_is_not_there(trouble: Exception) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise trouble

    with pytest.raises(ServerGone, match=r"record\.example"):
        answering(fail).get("/statements")
    with pytest.raises(ServerGone):
        answering(fail).load("/exports/csv", BytesIO())


@pytest.mark.parametrize("value", [None, [], {}, 7, {"items": [{}], "next": None}, {"items": [3], "next": 1}])
def test_answers_of_other_programs_are_refused(value: Any) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=value))
    with RemoteLedger(SERVER, TOKEN, transport=transport) as ledger:
        for ask in (ledger.speakers, ledger.counts, ledger.checkpoint, lambda: ledger.show("3f9c2a")):
            with pytest.raises(ServerRefused):
                ask()


def test_the_token_is_in_one_header_and_nowhere_else() -> None:
    asked: list[httpx.Request] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(502)

    connection = answering(refuse)
    ledger = RemoteLedger(SERVER, TOKEN, transport=httpx.MockTransport(refuse))
    with pytest.raises(ServerRefused) as met:
        ledger.add(document(1))
    with pytest.raises(ServerRefused):
        connection.get("/log", act="note")
    for request in asked:
        assert request.headers["Authorization"] == f"Bearer {TOKEN}"
        assert TOKEN not in str(request.url)
        assert TOKEN.encode() not in request.read()
    for shown in (str(met.value), repr(met.value.values), repr(connection), repr(ledger), ledger.place):
        assert TOKEN not in shown


@pytest.mark.parametrize("token", ["onr_é", "onr_a\r\nX-Evil: 1", "two words"])
def test_what_can_be_no_token_is_not_sent(token: str) -> None:
    with pytest.raises(NotSignedIn):
        Connection(SERVER, token)


def test_what_is_not_given_is_not_asked() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.query.decode())
        return httpx.Response(200, json={})

    answering(answer).get(
        "/due", within=0, overdue=False, speaker=None, kind=frozenset(), words="", early=True
    )
    assert asked == ["within=0&early=true"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://record.example", "https://record.example"),
        (" http://127.0.0.1:8765/ ", "http://127.0.0.1:8765"),
        ("https://record.example/behind/", "https://record.example/behind"),
    ],
)
def test_addresses_of_servers(given: str, expected: str) -> None:
    assert address_of(given) == expected


@pytest.mark.parametrize(
    "given",
    ["", "record.example", "ftp://record.example", "https://", "https://record.example?a=b", "https://[::1", "http://a:b"],
)  # fmt: skip
def test_what_is_no_address_of_a_server(given: str) -> None:
    with pytest.raises(BadOption, match="--server"):
        address_of(given)


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(BadOption) as met:
        address_of("https://ana:secret@record.example")
    assert "secret" not in str(met.value)
