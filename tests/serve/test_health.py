"""Whether the server is well: for those who start it, and in figures for those who watch it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from record.made import document
from serve.conftest import Browser

from onrecord import flow
from onrecord.errors import DatabaseGone
from onrecord.ledger.core import Ledger
from onrecord.serve.accounts.roles import Role
from onrecord.serve.health import CountingReader, Metrics
from onrecord.serve.house import House
from onrecord.serve.listening import loopback
from onrecord.settings import Settings
from onrecord.statement import Article


@pytest.fixture
def near(house: House) -> Iterator[Browser]:
    """A program on this machine, which nobody is signed in with."""
    with Browser(house, client=("127.0.0.1", 50_000)) as browser:
        yield browser


def figures(text: str) -> dict[tuple[str, tuple[str, ...]], float]:
    """Each figure by its name and the values of its labels, in the order of these."""
    families = text_string_to_metric_families(text)
    return {
        (sample.name, tuple(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def test_a_server_that_answers_is_alive_and_ready(stranger: Browser) -> None:
    assert [stranger.get(path).text for path in ("/healthz", "/readyz")] == ["ok\n", "ready\n"]


def test_without_its_ledger_it_is_alive_and_not_ready(
    stranger: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: Ledger) -> int:
        raise DatabaseGone(place="postgresql://keeper@host/ledger", reason="it is restarting")

    monkeypatch.setattr(Ledger, "newest", gone)
    answer = stranger.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready: E407\n")
    assert answer.headers["Retry-After"] == "5"
    assert stranger.get("/healthz").status_code == 200


def test_the_figures_tell_how_large_the_ledger_is(near: Browser, ledger: Ledger) -> None:
    for number in range(3):
        ledger.add(document(number))
    told = figures(near.get("/metrics").text)
    counts = ledger.counts()
    assert told["onrecord_log_rows", ()] == ledger.newest() > 3
    assert told["onrecord_articles", ()] == 3
    assert told["onrecord_statements", ()] == counts.statements > 3
    assert told["onrecord_speakers", ()] == counts.speakers > 1


def test_the_figures_are_there_while_the_ledger_is_gone(
    near: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: Ledger) -> int:
        raise DatabaseGone(place="postgresql://keeper@host/ledger", reason="it is restarting")

    monkeypatch.setattr(Ledger, "newest", gone)
    told = figures(near.get("/metrics").text)
    assert ("onrecord_log_rows", ()) not in told
    assert told["process_resident_memory_bytes", ()] > 1_000_000


def test_answers_are_counted_by_route_and_status(house: House) -> None:
    metrics = Metrics(house)
    for status in (200, 200, 404):
        metrics.answered("GET", "/statements/{id}", status, 0.02)
    told = figures(metrics.text().decode())
    assert told["onrecord_requests_total", ("GET", "/statements/{id}", "200")] == 2
    assert told["onrecord_requests_total", ("GET", "/statements/{id}", "404")] == 1
    assert told["onrecord_request_seconds_bucket", ("0.01", "/statements/{id}")] == 0
    assert told["onrecord_request_seconds_bucket", ("0.025", "/statements/{id}")] == 3
    assert told["onrecord_request_seconds_sum", ("/statements/{id}",)] == pytest.approx(0.06)


class TestWhoMaySeeTheFigures:
    def test_a_program_on_this_machine(self, near: Browser) -> None:
        assert near.get("/metrics").status_code == 200

    @pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
    def test_nobody_through_a_proxy_on_this_machine(self, near: Browser, header: str) -> None:
        assert near.get("/metrics", headers={header: "127.0.0.1"}).status_code in (303, 401)

    def test_nobody_under_the_site_s_name(self, house: House) -> None:
        public = replace(house, site="https://record.example")
        with Browser(public, "https://record.example", client=("127.0.0.1", 50_000)) as browser:
            assert browser.get("/metrics").status_code in (303, 401)

    def test_nobody_from_elsewhere(self, stranger: Browser) -> None:
        assert stranger.get("/metrics").status_code in (303, 401)

    @pytest.mark.parametrize(("role", "scope", "status"), [("admin", "admin", 200), ("editor", "write", 403)])
    def test_from_elsewhere_an_administrator_s_token(
        self, team_house: House, role: Role, scope: Any, status: int
    ) -> None:
        token = team_house.accounts.tokens.add(role, "watcher", scope).secret
        with Browser(team_house) as browser:
            answer = browser.get("/metrics", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("[::1]", True), ("localhost", True),
        ("LOCALHOST.", True), ("0.0.0.0", False), ("::", False), ("192.0.2.7", False), ("", False),
        ("localhost.example", False), ("127.0.0.1.example", False),
    ],
)  # fmt: skip
def test_what_is_this_machine_alone(host: str, expected: bool) -> None:
    assert loopback(host) is expected


def test_a_reader_loads_its_model_once_and_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[int] = []
    both = threading.Barrier(2, timeout=10)
    slow = threading.Event()

    def info(reader: flow.Reader) -> str:
        if "model" not in vars(reader):
            slow.wait(0.05)
            vars(reader)["model"] = loaded.append(1)
        return "info"

    monkeypatch.setattr(flow.Reader, "info", property(info))
    monkeypatch.setattr(flow.Reader, "read", lambda self, article: article)
    reader = CountingReader(Settings())

    def read(_: int) -> object:
        both.wait()
        return reader.read(Article("The ferry sails."))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(read, range(2)))
    assert (loaded, reader.reads) == ([1], 2)
    assert reader.seconds >= 0
