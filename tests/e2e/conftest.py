"""A report opened in a browser from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cli.building import Sketch, harbour
from cli.meanings import reservoir
from e2e.pages import NASTY, WIDE, Opened, long, written

from onrecord.statement import Condition, Span


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
