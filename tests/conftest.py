"""Places for ledgers: a file, and a database on a real PostgreSQL server that the tests start themselves.

And a real browser.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from record.server import NoServerError, Server, running

# Machines are noisy: how long an example takes is measured in benchmarks, not here.
hypothesis.settings.register_profile("onrecord", deadline=None)
hypothesis.settings.load_profile("onrecord")

DATABASES = ("sqlite", "postgresql")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing of the browser's own may reach for the network while its requests are counted.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
)  # fmt: skip


# Where the tests are that take longest for their number; of each, the file is one worker's.
SLOW = (
    "tests/serve/browser/",
    "tests/serve/api/",
    "tests/remote/",
    "tests/serve/test_payloads",
    "tests/serve/pages/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow files first, so that no worker is left alone with one of them in the end."""
    items.sort(key=lambda item: next((n for n, path in enumerate(SLOW) if path in item.nodeid), len(SLOW)))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for each process that runs tests, started when the first test asks for it."""
    try:
        with running() as server:
            yield server
    except NoServerError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing}, and continuous integration must test the ledger on one")
        pytest.skip(str(missing))


@pytest.fixture(params=DATABASES)
def dialect(request: pytest.FixtureRequest) -> str:
    """The kind of database: a test that asks for it runs once on each."""
    name: str = request.param
    return name


@pytest.fixture
def new_place(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Makes places where there is nothing yet, for tests that need several of the same kind."""
    made: list[str] = []

    def make() -> str:
        if dialect == "sqlite":
            made.append(str(tmp_path / f"ledger-{len(made)}.db"))
        else:
            made.append(request.getfixturevalue("server").database())
        return made[-1]

    yield make
    if dialect == "postgresql" and made:
        server: Server = request.getfixturevalue("server")
        for address in made:
            server.drop(address)


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """Where a ledger can be made: a file that is not there yet, or the address of an empty database."""
    return new_place()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no browser was found, and continuous integration must test the pages in one")
        pytest.skip(f"no browser was found (looked for {', '.join(BROWSERS)})")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()
