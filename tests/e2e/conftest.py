"""A real browser, and a report opened in it from a file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cli.building import Sketch, harbour
from cli.meanings import reservoir
from e2e.pages import NASTY, WIDE, Opened, long, written

from onrecord.statement import Condition, Span

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing of the browser's own may reach for the network while its requests are counted.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no browser was found, and continuous integration must test the report in one")
        pytest.skip(f"no browser was found (looked for {', '.join(BROWSERS)})")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four articles: two with everything in them, a long one, and one that attacks the page."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    nasty = Sketch(NASTY, title=NASTY, author=NASTY, outlet=NASTY, url="javascript:document.title='run'")
    nasty.add("done", "", NASTY[:39], kind="claim", condition=Condition(NASTY, Span(0, 1)))
    articles = (("ferry.txt", harbour()), ("long.txt", long()), (NASTY, nasty), ("lake.txt", reservoir()))
    return written(path, *articles)


@pytest.fixture
def opened(browser: Any, report: Path) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def call(fragment: str = "", **options: Any) -> Opened:
        options = {"viewport": WIDE, "reduced_motion": "reduce", **options}
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(120_000)  # a busy machine is slow, not wrong
        result = Opened(contexts[-1].new_page())
        result.page.on("console", lambda message: result.complaints.append(message.text))
        result.page.on("pageerror", lambda error: result.complaints.append(str(error)))
        result.page.on("request", lambda request: result.requests.append(request.url))
        result.page.goto(report.as_uri() + fragment)
        return result

    yield call
    for context in contexts:
        context.close()
