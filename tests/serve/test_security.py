"""What every answer has around it: headers, hosts; sizes; nothing that a request can inject."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import anyio
import pytest
from fastapi import FastAPI
from serve.conftest import Browser
from starlette.types import Message

from onrecord.serve import security
from onrecord.serve.accounts.roles import Role
from onrecord.serve.house import House
from onrecord.serve.security import HEADERS, IMPORTS, POLICY, Hosts
from onrecord.settings import Settings

HOST = "http://127.0.0.1"


@pytest.fixture
def small(house: House) -> Iterator[Browser]:
    """A browser at a server that takes a thousand bytes."""
    with Browser(replace(house, settings=Settings(max_bytes=1000))) as client:
        yield client.open_link()


class TestHeaders:
    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/account"), ("GET", "/signin"), ("GET", "/nothing/here"), ("GET", "/api/v1/me"),
            ("GET", "/api/v1/nothing"), ("PUT", "/account"), ("POST", "/account/tokens"), ("GET", "/healthz"),
            ("POST", "/api/v1/articles"), ("GET", "/account?" + "x" * 9000), ("GET", "/static/x/site.css"),
            ("OPTIONS", "/account"),
        ],
    )  # fmt: skip
    def test_are_on_every_answer(self, client: Browser, method: str, path: str) -> None:
        answer = client.request(method, path)
        for name, value in HEADERS:
            if name != "Cache-Control":
                assert answer.headers[name] == value, name
        assert "cache-control" in answer.headers
        assert {"server", "x-powered-by", "access-control-allow-origin"} & set(answer.headers) == set()

    def test_are_on_an_error_that_nobody_foresaw(self, client: Browser, monkeypatch) -> None:
        monkeypatch.setattr(type(client.house.accounts.tokens), "of", lambda *_: 1 / 0)
        answer = client.get("/account")
        assert (answer.status_code, "ZeroDivision" in answer.text) == (500, False)
        assert answer.headers["content-security-policy"] == POLICY

    def test_the_policy_allows_nothing_inline_and_nobody_else(self) -> None:
        assert POLICY.startswith("default-src 'none'")
        assert [word for word in ("unsafe", "http", "*", "data:", "blob:") if word in POLICY] == []

    def test_pages_are_kept_by_no_cache_and_files_for_ever(self, client: Browser) -> None:
        page = client.get("/account")
        assert page.headers["cache-control"] == "no-store"
        (path,) = {part for part in page.text.split('"') if part.endswith("/site.css")}
        assert "immutable" in client.get(path).headers["cache-control"]

    @pytest.mark.parametrize(("site", "there"), [("https://record.example", True), ("", False)])
    def test_https_is_asked_for_where_the_site_has_it(self, house: House, site: str, there: bool) -> None:
        with Browser(replace(house, site=site), base_url=site or HOST) as browser:
            assert ("strict-transport-security" in browser.get("/signin").headers) is there

    def test_another_origin_is_told_nothing(self, client: Browser) -> None:
        headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
        answer = client.options("/api/v1/articles", headers=headers)
        assert [name for name in answer.headers if name.startswith("access-control")] == []


class TestHosts:
    @pytest.mark.parametrize(
        "host",
        ["127.0.0.1", "127.0.0.1:8765", "localhost", "LOCALHOST:80", "[::1]", "[::1]:8765", "127.1.2.3"],
    )
    def test_loopback_is_this_server(self, client: Browser, host: str) -> None:
        assert client.get("/healthz", headers={"Host": host}).status_code == 200
        assert client.get("/signin", headers={"Host": host}).status_code in (200, 303)

    @pytest.mark.parametrize(
        "host",
        [
            "", "elsewhere.example", "localhost.elsewhere.example", "127.0.0.1.elsewhere.example",
            "127.0.0.1@elsewhere.example", "elsewhere.example@127.0.0.1", "127.0.0.1/x", "127.0.0.1:x",
            "127.0.0.1, elsewhere.example", "127.0.0.1 ", "0x7f.1", "localhost\x00", "record.example", "::1",
            "[::1", "192.168.1.7",
        ],
    )  # fmt: skip
    def test_another_name_is_not(self, client: Browser, host: str) -> None:
        answer = client.get("/account", headers={"Host": host})
        assert answer.status_code == 421
        assert answer.text.isascii()
        assert host.strip(" \x00") == "" or host not in answer.text
        assert answer.headers["content-security-policy"] == POLICY

    def test_the_site_is(self, house: House) -> None:
        with Browser(replace(house, site="https://record.example:8443")) as browser:
            for host, status in {"record.example": 200, "Record.Example:8443": 200, "example": 421}.items():
                assert browser.get("/signin", headers={"Host": host}).status_code == status

    def test_what_it_listens_on_is(self, house: House) -> None:
        with Browser(replace(house, hosts=("192.0.2.7", "[2001:db8::7]", "record.lan"))) as browser:
            for host in ("192.0.2.7:8765", "[2001:db8::7]:8765", "record.lan"):
                assert browser.get("/signin", headers={"Host": host}).status_code == 200
            assert browser.get("/signin", headers={"Host": "192.0.2.8"}).status_code == 421

    def test_on_all_addresses_any_address_but_no_name(self, house: House) -> None:
        with Browser(replace(house, hosts=("0.0.0.0",))) as browser:
            for host, status in {"192.0.2.8": 200, "[2001:db8::8]:1": 200, "elsewhere.example": 421}.items():
                assert browser.get("/signin", headers={"Host": host}).status_code == status

    @pytest.mark.parametrize(
        "hosts", [[], [b"127.0.0.1", b"127.0.0.1"], [b"127.0.0.1", b"elsewhere.example"]]
    )
    def test_one_name_it_must_be(self, hosts: list[bytes]) -> None:
        guard = Hosts(FastAPI(), site="", hosts=())
        scope = {"type": "http", "headers": [(b"host", host) for host in hosts]}
        assert not guard._ours(scope)


class TestSizes:
    def test_of_a_body(self, small: Browser) -> None:
        limit = 1000 + security.BESIDE
        fields = {"csrf": small.csrf, "name": "newsroom"}
        assert small.post("/account/tokens", data=fields).status_code == 201
        answer = small.post("/account/tokens", data={**fields, "more": "x" * limit})
        assert (answer.status_code, "more than the limit" in answer.text) == (413, True)
        assert len(small.house.accounts.tokens.of(None)) == 1

    def test_of_a_body_that_does_not_say_its_size(self, small: Browser) -> None:
        """It is refused when the limit is passed, not when all of it has come."""
        sent = []

        def pieces() -> Iterator[bytes]:
            yield f"csrf={small.csrf}&more=".encode()
            for _ in range(1000):
                sent.append(1)
                yield b"x" * 10_000

        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert small.post("/account/tokens", content=pieces(), headers=kind).status_code == 413

    @pytest.mark.parametrize("length", ["9" * 30, "99999999", "-1", "x"])
    def test_of_a_body_that_lies(self, small: Browser, length: str) -> None:
        headers = {"Content-Length": length, "Content-Type": "application/x-www-form-urlencoded"}
        answer = small.post("/account/tokens", content=b"name=x", headers=headers)
        assert answer.status_code in (403, 413)

    def test_the_api_says_so_in_its_own_way(self, small: Browser) -> None:
        answer = small.post(
            "/api/v1/articles", json={"text": "x" * 100_000}, headers={"X-CSRF-Token": small.csrf}
        )
        assert (answer.status_code, answer.json()["code"]) == (413, "E103")

    def test_an_export_of_a_whole_ledger_may_be_larger(self) -> None:
        guard = security.Sizes(FastAPI(), max_bytes=1000)
        assert guard._limit(IMPORTS) == 1000 * security.IMPORT_FACTOR
        assert guard._limit(IMPORTS + "x") == guard._limit("/read") < guard._limit(IMPORTS)

    def test_of_an_address_and_of_headers(self, client: Browser) -> None:
        assert client.get("/search?words=" + "x" * security.LONGEST_ADDRESS).status_code == 414
        assert client.get("/" + "x" * security.LONGEST_ADDRESS).status_code == 414
        assert client.get("/signin", headers={"X-More": "x" * security.LARGEST_HEADERS}).status_code == 431

    def test_of_a_form_with_too_many_fields(self, client: Browser) -> None:
        fields = {f"f{n}": "x" for n in range(1500)}
        kind = {"csrf": client.csrf, "name": "newsroom"}
        answer = client.post("/account/tokens", files={"x": b""}, data={**fields, **kind})
        assert answer.status_code in (400, 413, 422)


class TestInjection:
    @pytest.mark.parametrize("text", ["x\r\nSet-Cookie: a=b", "x\nLocation: //elsewhere.example", "x\x00y"])
    def test_no_header_comes_from_a_request(self, client: Browser, text: str) -> None:
        for answer in (
            client.get("/signin", params={"next": "/" + text}),
            client.get("/account", headers={"X-Request-Id": quote(text)}),
            client.get("/due.ics", params={"speaker": text}),
            client.get("/api/v1/exports/csv", params={"words": text}),
            client.get("/nothing/" + quote(text)),
        ):
            for name, value in answer.headers.multi_items():
                assert not set("\r\n\x00") & set(name + value)
            assert "set-cookie" not in answer.headers
            assert not answer.headers.get("location", "/").startswith("//")


class TestStreaming:
    def test_answers_go_out_in_pieces(self, house: House) -> None:
        """The guards pass on what comes, and wait for no end."""
        sent: list[Message] = []

        async def app(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            for piece in (b"a", b"b"):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                assert sent[-1]["body"] == piece
            await send({"type": "http.response.body", "body": b""})

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        guarded = security.SafeHeaders(
            Hosts(security.Sizes(app, max_bytes=9), site="", hosts=()), https=False
        )
        scope = {
            "type": "http", "path": "/", "raw_path": b"/", "query_string": b"",
            "headers": [(b"host", b"localhost")],
        }  # fmt: skip
        anyio.run(guarded, scope, receive, send)
        assert len(sent) == 4


def test_a_page_of_another_role_says_who_may(signed_in: Callable[[Role], Browser]) -> None:
    browser = signed_in("reader")
    answer = browser.post_form("/start/examples")
    assert (answer.status_code, "it needs the role editor" in answer.text) == (403, True)
