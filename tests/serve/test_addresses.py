"""What the server fetches for a person: pages of the public web, and nothing of its own network."""

from __future__ import annotations

import gzip
import json
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from collect.conftest import Site
from httpx import Response
from serve.conftest import Browser

from onrecord.serve.house import House
from onrecord.settings import Settings

CASES = json.loads((Path(__file__).parent.parent / "cases" / "forbidden_addresses.json").read_text("utf-8"))
SECRET = b"<html><body><p>The harbour office said that the ferry key is Quistian.</p></body></html>"
HTML = {"Content_Type": "text/html; charset=utf-8"}
WAYS = ("page", "reading", "article")


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on this machine that nobody outside may read."""
    found = Site()
    found.page("/secret", SECRET, **HTML)
    yield found
    found.close()


@pytest.fixture
def house(house: House) -> House:
    """A house that does not wait long."""
    return replace(house, settings=Settings(timeout=5.0, max_bytes=100_000, max_redirects=3))


@pytest.fixture(params=WAYS)
def asked(request: pytest.FixtureRequest, client: Browser) -> Callable[[str], Response]:
    """Has the server fetch an address: by the form, or by either way of the API."""

    def ask(url: str) -> Response:
        if request.param == "page":
            return client.post_form("/read", url=url)
        path = {"reading": "/api/v1/readings", "article": "/api/v1/articles"}[request.param]
        return client.post(path, json={"url": url}, headers={"X-CSRF-Token": client.csrf})

    return ask


def code_of(answer: Response) -> str:
    """The number of the error that an answer tells: of a page, the words that stand for it."""
    if answer.headers["content-type"].startswith("application/problem+json"):
        return str(answer.json()["code"])
    known = {
        "E121": "is not an address that onrecord fetches",
        "E122": "a private, loopback or link-local address",
        "E124": "redirects more than",
    }  # fmt: skip
    words = re.sub(r"\s+", " ", answer.text)
    return next((code for code, said in known.items() if said in words), f"none in {words[-2000:]}")


class TestForbidden:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["url"]))
    def test_addresses_are_refused_and_nothing_is_asked(
        self, case: dict[str, str], client: Browser, site: Site
    ) -> None:
        url = case["url"].replace("{port}", str(site.server.server_port))
        page = client.post_form("/read", url=url)
        assert (page.status_code, code_of(page)) == (422, case["code"])
        token = {"X-CSRF-Token": client.csrf}
        for path in ("/api/v1/readings", "/api/v1/articles"):
            program = client.post(path, json={"url": url}, headers=token)
            assert (program.status_code, code_of(program)) == (422, case["code"]), path
        assert site.requests == []
        assert "Quistian" not in page.text

    def test_what_was_typed_is_still_there(self, client: Browser) -> None:
        page = client.post_form(
            "/read", url="http://10.0.0.1/ferry", title="Ferries", outlet="The Ellery Post"
        )
        assert 'value="http://10.0.0.1/ferry"' in page.text
        assert 'value="The Ellery Post"' in page.text


def names(patch: pytest.MonkeyPatch, table: dict[str, list[list[str]]]) -> list[str]:
    """Resolve the names in `table`, each time to the next list of addresses; gives the questions."""
    questions: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: Any, port: Any, *more: Any, **options: Any) -> Any:
        if host not in table:
            return real(host, port, *more, **options)
        questions.append(host)
        found = table[host].pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    patch.setattr(socket, "getaddrinfo", resolve)
    return questions


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback counts as public, as if the site stood elsewhere; all else stays as it is."""
    from onrecord.collect import addresses

    is_public = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda given: given == "127.0.0.1" or is_public(given))


@pytest.mark.usefixtures("public")
class TestFromOutside:
    def test_a_public_page_is_read(self, asked: Callable[[str], Response], site: Site) -> None:
        assert asked(site.url("/secret")).status_code in (200, 201, 303)

    @pytest.mark.parametrize(
        ("to", "code"),
        [
            ("http://10.0.0.1/secret", "E122"),
            ("http://[::1]/secret", "E122"),
            ("http://169.254.169.254/", "E122"),
            ("file:///etc/passwd", "E121"),
            ("gopher://127.0.0.1/", "E121"),
            ("//user:word@127.0.0.1/", "E121"),
        ],
    )  # fmt: skip
    def test_a_redirect_leads_nowhere_else(
        self, asked: Callable[[str], Response], site: Site, to: str, code: str
    ) -> None:
        assert code_of(asked(site.redirect("/a", to))) == code
        assert [path for path, _ in site.requests] == ["/a"]

    def test_a_name_that_changes_its_mind(
        self, asked: Callable[[str], Response], site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The name is resolved once; what was checked is what is connected to."""
        questions = names(monkeypatch, {"rebind.example": [["127.0.0.1"], ["10.0.0.1"]]})
        assert asked(site.url("/secret", host="rebind.example")).status_code in (200, 201, 303)
        assert questions == ["rebind.example"]

    def test_a_name_with_one_private_address_among_public_ones(
        self, asked: Callable[[str], Response], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        names(monkeypatch, {"two.example": [["127.0.0.1", "10.0.0.1"]]})
        assert code_of(asked("http://two.example/secret")) == "E122"

    def test_a_redirect_to_a_name_of_the_private_network(
        self, asked: Callable[[str], Response], site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        names(monkeypatch, {"inside.example": [["192.168.1.1"]]})
        assert code_of(asked(site.redirect("/a", "http://inside.example/secret"))) == "E122"

    def test_redirects_that_do_not_end(self, asked: Callable[[str], Response], site: Site) -> None:
        assert code_of(asked(site.redirect("/a", "/a"))) == "E124"
        assert len(site.requests) == 4

    def test_a_compression_bomb(self, asked: Callable[[str], Response], site: Site) -> None:
        bomb = gzip.compress(b"<p>" + b"\0" * 50_000_000)
        answer = asked(site.page("/bomb", bomb, Content_Encoding="gzip", **HTML))
        assert answer.status_code in (413, 422)
        assert len(answer.content) < 100_000

    def test_nothing_of_the_person_is_sent_along(
        self, asked: Callable[[str], Response], site: Site, client: Browser
    ) -> None:
        asked(site.url("/secret"))
        ((_, headers),) = site.requests
        assert {name.lower() for name in headers} & {
            "cookie",
            "authorization",
            "referer",
            "x-csrf-token",
        } == set()
        assert client.csrf not in str(headers)
