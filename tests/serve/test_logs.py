"""Every request is a line of JSON: what was done, by whom, how long; nothing of what was said there."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient
from serve.conftest import Browser

from onrecord.serve.health import Metrics
from onrecord.serve.house import House
from onrecord.serve.logs import Watched, line, written_to


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged while a test runs."""
    stream = io.StringIO()
    with written_to(stream):
        yield stream


def read(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(each) for each in lines.getvalue().splitlines()]


def watched(app: FastAPI, house: House) -> TestClient:
    ticks = count()
    app = Watched(app, Metrics(house), clock=lambda: next(ticks) * 0.25)
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)


@pytest.fixture
def small(house: House) -> TestClient:
    """An application of two routes."""
    app = FastAPI()

    @app.get("/ferries/{name}")
    def ferry(name: str) -> str:
        if name == "sunk":
            raise HTTPException(404)
        if name == "adrift":
            raise ValueError("the words of an article")
        return name

    return watched(app, house)


def test_a_request_is_one_line_with_the_route_s_template(small: TestClient, lines: io.StringIO) -> None:
    answer = small.get("/ferries/esme?words=secret", headers={"Authorization": "Bearer secret"})
    (told,) = read(lines)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told.pop("time"))
    assert told.pop("id") == answer.headers["X-Request-Id"]
    assert told == {
        "level": "info", "event": "request", "method": "GET", "route": "/ferries/{name}", "status": 200,
        "ms": 250.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/ferries/sunk", ("GET", "/ferries/{name}", 404)),
        ("GET", "/nowhere/secret", ("GET", "(none)", 404)),
        ("POST", "/ferries/esme", ("POST", "/ferries/{name}", 405)),
        ("BREW", "/ferries/esme", ("OTHER", "/ferries/{name}", 405)),
        ("GET", "/ferries/adrift", ("GET", "/ferries/{name}", 500)),
    ],
)
def test_what_fails_is_told_with_its_status(
    small: TestClient, lines: io.StringIO, method: str, path: str, expected: tuple[str, str, int]
) -> None:
    small.request(method, path)
    told = next(each for each in read(lines) if each["event"] == "request")
    assert (told["method"], told["route"], told["status"]) == expected


def test_two_requests_have_two_ids(small: TestClient) -> None:
    ids = {small.get("/ferries/esme").headers["X-Request-Id"] for _ in range(2)}
    assert len(ids) == 2


def test_an_error_is_told_by_kind_and_place_without_its_message() -> None:
    try:
        raise ValueError("the words of an article")
    except ValueError as error:
        info = (ValueError, error, error.__traceback__)
        record = logging.LogRecord("onrecord", logging.ERROR, __file__, 1, "failed\n", None, info)
    told = json.loads(line(record))
    assert (told["event"], told["error"]) == ("failed", "ValueError")
    assert "test_logs.py" in told["at"][-1]
    assert "article" not in line(record)


def test_who_asks_is_named_and_no_secret_is_written(house: House, lines: io.StringIO) -> None:
    key = house.accounts.new_key()
    token = house.accounts.tokens.add(None, "ferries", "read").secret
    with Browser(house) as browser:
        browser._transport.app = Watched(browser.app, Metrics(house))  # type: ignore[attr-defined]
        browser.get("/open", params={"key": key})
        browser.get("/search", params={"words": "Varga"})
        browser.post_form("/log/verify", words="promised")
        browser.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    told = read(lines)
    assert [each.get("user") for each in told if each["route"] == "/search"] == ["somebody"]
    cookies = [cookie.value or "-" for cookie in browser.cookies.jar]
    assert cookies
    for secret in (key, token, "Varga", "promised", browser.csrf, *cookies):
        assert secret not in lines.getvalue()


def test_quietly_only_trouble_is_written() -> None:
    stream = io.StringIO()
    with written_to(stream, quiet=True):
        logging.getLogger("onrecord.serve.requests").info("request")
        logging.getLogger("onrecord.serve").error("broken")
        logging.getLogger("uvicorn.error").warning("invalid request")
    assert [each["event"] for each in read(stream)] == ["broken", "invalid request"]


def test_a_log_that_nobody_takes_stops_nothing() -> None:
    closed = io.StringIO()
    closed.close()
    with written_to(closed):
        logging.getLogger("onrecord.serve").error("broken")


def test_afterwards_logging_is_as_it_was() -> None:
    before = [
        (logger.level, logger.propagate, list(logger.handlers))
        for logger in map(logging.getLogger, ("onrecord", "uvicorn"))
    ]
    with written_to(io.StringIO()):
        pass
    after = [
        (logger.level, logger.propagate, list(logger.handlers))
        for logger in map(logging.getLogger, ("onrecord", "uvicorn"))
    ]
    assert after == before
