"""Every page, in a browser: readable by everybody, at any width, and nothing on it reaches out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from e2e.pages import CONTRAST
from serve.browser.conftest import WIDE, Visitor
from serve.rooms import PAGES, Room, marks

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
WIDTHS = (360, 390, 768, 1280, 2560)
GRAVE = ("serious", "critical")
RUN = """async (rules) => {
  const options = {resultTypes: ["violations"], ...(rules ? {runOnly: {type: "rule", values: rules}} : {})};
  const found = await axe.run(document, options);
  return found.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.target.join(" ")).slice(0, 5)]);
}"""
# What sticks out of the page to the right, and is not inside a box that scrolls by itself.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter(n => n.getBoundingClientRect().right > width + 1)
    .map(n => `${n.tagName}.${n.className}#${n.id} ${n.getBoundingClientRect().right}`).slice(-5);
}"""


@pytest.fixture(scope="module")
def addresses(filled: Room) -> dict[str, str]:
    """Where each page of the filled room is."""
    found = marks(filled.ledger)
    return {name: path.format(**found) for name, path in PAGES.items()}


@pytest.fixture
def reader(visitor: Callable[..., Visitor], filled: Room) -> Visitor:
    """Somebody with a window of usual width."""
    return visitor(filled)


@pytest.mark.parametrize("name", PAGES)
class TestEachPage:
    def test_axe_has_nothing_grave_to_say(
        self, reader: Visitor, addresses: dict[str, str], name: str
    ) -> None:
        reader.go(addresses[name])
        reader.page.evaluate(AXE)
        found = reader.page.evaluate(RUN, None)
        reader.page.emulate_media(color_scheme="dark")
        found += reader.page.evaluate(RUN, ["color-contrast", "link-in-text-block"])
        assert [each for each in found if each[0] in GRAVE] == []

    def test_contrast_and_widths(self, reader: Visitor, addresses: dict[str, str], name: str) -> None:
        reader.go(addresses[name])
        for scheme in ("light", "dark"):
            reader.page.emulate_media(color_scheme=scheme)
            assert reader.page.evaluate(CONTRAST) == [], scheme
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": 800})
            assert reader.page.evaluate(STICKING_OUT) == [], width

    def test_it_reads_without_scripts(
        self, visitor: Callable[..., Visitor], filled: Room, addresses: dict[str, str], name: str
    ) -> None:
        plain = visitor(filled, java_script_enabled=False)
        plain.go(addresses[name])
        assert plain.page.locator("h1, [role=heading][aria-level='1']").count() == 1
        assert plain.page.locator("main").inner_text().strip()
        assert plain.page.title().endswith("onrecord")


def test_titles_tell_pages_apart(reader: Visitor, addresses: dict[str, str]) -> None:
    titles = {}
    for name in (
        "today",
        "search",
        "read",
        "articles",
        "speakers",
        "speaker",
        "due",
        "scores",
        "log",
        "account",
    ):
        reader.go(addresses[name])
        titles[name] = reader.page.title()
    assert len(set(titles.values())) == len(titles), titles


def test_the_policy_stops_what_slips_in(visitor: Callable[..., Visitor], filled: Room) -> None:
    """Should a page ever hold somebody's script, the browser does not run it."""
    attacked = visitor(filled)
    attacked.go("/keys")
    attacked.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', `<img src=x onerror=\"document.title='run'\">"
        "<p style='color:red'>x</p>`);"
        "const made = document.createElement('script'); made.textContent = `document.title = 'run'`;"
        "document.body.append(made)"
    )
    attacked.page.wait_for_timeout(200)
    assert attacked.page.title() != "run"
    assert any("Content Security Policy" in line for line in attacked.complaints)
    attacked.complaints.clear()


@pytest.mark.parametrize("name", ["article", "statement", "speaker", "scores"])
def test_it_prints(reader: Visitor, addresses: dict[str, str], name: str) -> None:
    reader.go(addresses[name])
    reader.page.emulate_media(media="print")
    assert not reader.page.locator(".top nav").is_visible()
    assert reader.page.pdf()[:5] == b"%PDF-"


@pytest.fixture
def wide(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport=WIDE)
    yield context.new_page()
    context.close()


def test_a_stranger_is_sent_to_the_door(wide: Any, filled: Room, addresses: dict[str, str]) -> None:
    for name in ("today", "article", "log", "account"):
        wide.goto(filled.url + addresses[name])
        assert "/signin" in wide.url
    wide.evaluate(AXE)
    assert [each for each in wide.evaluate(RUN, None) if each[0] in GRAVE] == []
