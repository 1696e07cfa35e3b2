"""The server as people run it: where it listens, whom it lets in, how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from serve.served import Served, served

import onrecord
from onrecord.errors import BadOption, CannotListen
from onrecord.serve.listening import Asked, address_of, checked, listening
from onrecord.serve.running import server, unfinished


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for one person, on a ledger that was not there."""
    with served(tmp_path_factory.mktemp("served") / "record.db", "--actor", "somebody") as running:
        yield running


def test_it_prints_a_link_that_opens_once(one: Served) -> None:
    link = one.again()
    with httpx.Client() as first, httpx.Client() as second:
        assert first.get(link).status_code == 303
        assert first.get(one.address + "/api/v1/me").json()["name"] == "somebody"
        second.get(link)
        assert second.get(one.address + "/api/v1/me").status_code == 401


def test_the_first_line_says_which_ledger_is_where(one: Served) -> None:
    assert one.first.split(" is at ")[0].endswith("record.db")
    assert one.link.startswith("http://127.0.0.1:")
    assert "/open?key=" in one.link


def test_nobody_gets_in_without_the_link(one: Served) -> None:
    assert httpx.get(one.address + "/api/v1/statements").status_code == 401
    assert httpx.get(one.address + "/").status_code == 303


def test_it_does_not_say_what_it_is_made_of(one: Served) -> None:
    assert "server" not in httpx.get(one.address + "/healthz").headers


def test_what_it_did_is_logged_without_keys(one: Served) -> None:
    link = one.again()
    httpx.get(link)
    httpx.get(one.address + "/healthz")
    events = [json.loads(line) for line in one.log]
    assert {each["route"] for each in events if each["event"] == "request"} >= {"/open", "/healthz"}
    assert link.partition("key=")[2] not in "".join(one.log)


def test_an_interrupt_is_a_good_end(tmp_path: Path) -> None:
    with served(tmp_path / "record.db") as running:
        assert running.end(signal.SIGINT) == 0
    assert json.loads(running.log[-1])["event"] == "ended"


def test_a_team_signs_in(tmp_path: Path) -> None:
    with served(tmp_path / "record.db", "--team", "--quiet") as running:
        assert "key=" not in running.first
        assert "onrecord users add NAME --role admin" in running.first
        assert httpx.get(running.address + "/").headers["Location"].startswith("/signin")
        assert running.end() == 0
    assert running.log == []


def test_a_ledger_that_cannot_be_written_can_be_looked_at(tmp_path: Path) -> None:
    place = tmp_path / "record.db"
    with onrecord.open(place, create=True):
        pass
    before = {file.name for file in tmp_path.iterdir()}
    if os.geteuid() == 0:
        pytest.skip("the system lets its administrator write anywhere")
    place.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        with served(place) as running:
            assert httpx.get(running.link).status_code == 303
        assert {file.name for file in tmp_path.iterdir()} == before
    finally:
        tmp_path.chmod(0o700)


class TestWhereItCannotBeStarted:
    @staticmethod
    def start(*options: object) -> tuple[int, str]:
        words = [sys.executable, "-m", "onrecord", "serve", *map(str, options)]
        run = subprocess.run(words, capture_output=True, text=True, timeout=60)
        return run.returncode, run.stderr

    def test_a_port_that_is_taken(self, one: Served, tmp_path: Path) -> None:
        port = one.address.rpartition(":")[2]
        code, told = self.start("--db", tmp_path / "record.db", "--port", port)
        assert code == 8
        assert f"[E509] 127.0.0.1:{port}: the server cannot listen here" in told
        assert not (tmp_path / "record.db").exists()

    def test_all_addresses_without_a_team(self, tmp_path: Path) -> None:
        code, told = self.start("--db", tmp_path / "record.db", "--host", "0.0.0.0")
        assert (code, told[:15]) == (2, "onrecord: [E109")
        assert "--host" in told
        assert "--team" in told


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "record.example"])
def test_other_addresses_need_a_team(host: str) -> None:
    with pytest.raises(BadOption):
        checked(Asked(host))
    assert checked(Asked(host, team=True)).host == host


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("", ""),
        ("https://record.example", "https://record.example"),
        ("https://Record.Example/", "https://record.example"),
        ("http://record.example:8080", "http://record.example:8080"),
    ],
)
def test_a_site_is_an_address_without_a_path(site: str, expected: str) -> None:
    assert checked(Asked(site=site)).site == expected


@pytest.mark.parametrize(
    "site",
    [
        "record.example", "ftp://record.example", "https://record.example/ledger", "https://record.example/?a=b",
        "https://ana@record.example", "https://", "https://record.example:port", "https://record.example#a",
        "https://[::1", "//record.example",
    ],
)  # fmt: skip
def test_what_is_no_site_is_refused(site: str) -> None:
    with pytest.raises(BadOption, match="--site"):
        checked(Asked(site=site))


@pytest.mark.parametrize("address", ["*", "proxy.example", "", "10.0.0.0/33"])
def test_a_proxy_is_an_address_or_a_network(address: str) -> None:
    with pytest.raises(BadOption, match="--behind"):
        checked(Asked(behind=(address,)))
    assert checked(Asked(behind=("10.0.0.0/8", "::1"))).behind == ("10.0.0.0/8", "::1")


def test_two_cannot_listen_at_the_same_place() -> None:
    with closing(listening("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        with pytest.raises(CannotListen, match=f"127.0.0.1:{port}"):
            listening("127.0.0.1", port)


@pytest.mark.parametrize("host", ["no-such-name.invalid", "a" * 300])
def test_a_name_that_is_nobody_s_is_refused(host: str) -> None:
    with pytest.raises(CannotListen):
        listening(host, 0)


def test_people_are_told_the_site_or_where_it_listens() -> None:
    with closing(listening("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert address_of(listener, Asked()) == f"http://127.0.0.1:{port}"
        assert address_of(listener, Asked(site="https://record.example")) == "https://record.example"
        assert address_of(listener, Asked("0.0.0.0", team=True)) == f"http://{socket.gethostname()}:{port}"
        assert address_of(listener, Asked("::1")) == f"http://[::1]:{port}"


class TestBehindAProxy:
    """Who asks is what the proxy says, where it is trusted, and nobody else's word counts."""

    @pytest.mark.parametrize(
        ("behind", "expected"),
        [((), "127.0.0.1"), (("10.0.0.0/8",), "127.0.0.1"), (("127.0.0.0/8",), "192.0.2.7")],
    )  # fmt: skip
    def test_whose_word_counts(self, behind: tuple[str, ...], expected: str) -> None:
        async def app(scope: dict, receive: object, send: object) -> None:  # type: ignore[type-arg]
            await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
            await send({"type": "http.response.body", "body": scope["client"][0].encode()})  # type: ignore[operator]

        assert self.asked(app, behind) == expected

    @staticmethod
    def asked(app: object, behind: tuple[str, ...]) -> str:
        with closing(listening("127.0.0.1", 0)) as listener:
            running = server(app, behind=behind)  # type: ignore[arg-type]
            thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
            thread.start()
            try:
                address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
                return httpx.get(address, headers={"X-Forwarded-For": "192.0.2.7"}).text
            finally:
                running.should_exit = True
                thread.join(30)


def test_a_request_under_way_gets_its_answer_before_the_end() -> None:
    began = threading.Event()

    async def app(scope: dict, receive: object, send: object) -> None:  # type: ignore[type-arg]
        import asyncio

        began.set()
        await asyncio.sleep(0.7)
        await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b"done"})  # type: ignore[operator]

    listener = listening("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    running = server(app)  # type: ignore[arg-type]
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    answers: list[str] = []
    asking = threading.Thread(target=lambda: answers.append(httpx.get(address).text))
    asking.start()
    assert began.wait(30)
    start = time.monotonic()
    running.should_exit = True
    thread.join(30)
    asking.join(30)
    assert answers == ["done"]
    assert 0.3 < time.monotonic() - start < 9
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)


def test_work_that_does_not_end_is_noticed() -> None:
    before, go_on = unfinished(0.1), threading.Event()
    thread = threading.Thread(target=go_on.wait)
    thread.start()
    assert unfinished(0.1) == before + 1
    go_on.set()
    thread.join()
    assert unfinished(0.1) == before
