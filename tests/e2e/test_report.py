"""The HTML report in a real browser, opened from a file as a fact-checker would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cli.building import harbour
from cli.meanings import reservoir
from e2e.pages import CONTRAST, NARROW, NASTY, WIDE, in_view, long, written

pytestmark = pytest.mark.browser


class TestSafety:
    @pytest.mark.parametrize("scripted", [True, False])
    def test_nothing_is_loaded_refused_or_run(self, opened, report: Path, scripted: bool) -> None:
        found = opened(java_script_enabled=scripted)
        assert found.requests == [report.as_uri()]
        assert found.complaints == []
        assert found.page.title() == "On record: 4 articles"

    def test_what_somebody_slips_in_does_not_run(self, opened) -> None:
        found = opened()
        found.page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', `<img src=x onerror=\"document.title='run'\">`)"
        )
        found.page.wait_for_timeout(200)
        assert found.page.title() == "On record: 4 articles"
        assert any("Content Security Policy" in line for line in found.complaints)

    def test_the_text_is_the_article_s_to_the_letter(self, opened) -> None:
        texts = opened().page.eval_on_selector_all(".text", "nodes => nodes.map(n => n.textContent)")
        assert texts == [harbour().text, long().text, NASTY, reservoir().text]


class TestFindingTheOtherSide:
    def test_a_click_on_words_brings_the_entry(self, opened) -> None:
        page = opened().page
        page.evaluate("document.getElementById('d2t90').scrollIntoView({block: 'center'})")
        before = page.locator("#d2t90").bounding_box()["y"]
        page.locator("a.mark[data-go='91']", has_text="that point 90").click()
        assert in_view(page, "#d2e91")
        assert "on" in page.locator("#d2e91").get_attribute("class").split()
        assert abs(page.locator("#d2t90").bounding_box()["y"] - before) < 2, "the text was moved away"

    def test_a_click_on_an_entry_brings_the_words(self, opened) -> None:
        page = opened().page
        page.locator("#d2").scroll_into_view_if_needed()
        page.locator("#d2e100 .words").click()
        assert in_view(page, "#d2t100")
        lit = page.eval_on_selector_all("#d2 .mark.on", "nodes => nodes.map(n => n.textContent)")
        assert lit == ["Speaker number 99", "told", "that point 99 of the plan was too dear"]

    def test_all_fragments_of_a_statement_light_up(self, opened) -> None:
        page = opened("#d1e5").page
        lit = page.eval_on_selector_all("#d1 .mark.on", "nodes => nodes.map(n => n.textContent)")
        assert lit[0] == "“We have the ships,”"
        assert lit[1:3] == ["Varga", "said"]

    def test_where_statements_meet_the_inner_one_is_meant(self, opened) -> None:
        page = opened().page
        page.get_by_text("to run two ferries a day from June", exact=True).first.click()
        assert page.url.endswith("#d1e4")

    def test_the_browser_goes_back(self, opened) -> None:
        page = opened("#d1e3").page
        page.locator("#d1e6 .words").click()
        page.go_back()
        assert page.locator("li.entry.on").get_attribute("id") == "d1e3"

    def test_words_can_be_selected_without_a_jump(self, opened) -> None:
        page = opened().page
        words = page.get_by_text("The operator pays for the new berth.").first
        box = words.bounding_box()
        page.mouse.move(box["x"] + 5, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + 150, box["y"] + box["height"] / 2, steps=5)
        page.mouse.up()
        assert "operator" in page.evaluate("String(getSelection())")
        assert "#" not in page.url

    def test_the_keyboard_goes_there_and_back(self, opened) -> None:
        page = opened().page
        page.locator("#d2t5").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('li').id") == "d2e5"
        assert in_view(page, "#d2e5")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "d2t5"
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"

    @pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
    def test_works_without_script(self, opened, viewport: dict[str, int]) -> None:
        page = opened(java_script_enabled=False, viewport=viewport).page
        page.locator("#d2 a.mark", has_text="that point 90").click()
        assert page.url.endswith("#d2e91")
        assert in_view(page, "#d2e91")
        page.locator("#d2e91 a.jump").click()
        assert page.url.endswith("#d2t91")
        assert in_view(page, "#d2t91")

    def test_on_a_narrow_screen(self, opened) -> None:
        page = opened(viewport=NARROW).page
        page.locator("#d2 a.mark", has_text="that point 90").click()
        assert in_view(page, "#d2e91")
        page.locator("#d2e91 a.jump").click()
        assert in_view(page, "#d2t91")


def test_five_hundred_statements_stay_quick(opened, tmp_path: Path) -> None:
    """Processor time of the page's thread, so that other work on the machine does not count."""
    path = tmp_path / "long.html"
    written(path, ("long.txt", long(500)))
    page = opened().page
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def taken() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration")

    page.goto(path.as_uri())
    assert taken() < 3
    before = taken()
    page.locator("#d1t400").evaluate("node => node.click()")
    page.evaluate("document.body.offsetHeight")
    assert taken() - before < 1


class TestLooks:
    @pytest.mark.parametrize("width", [320, 390, 768, 960, 961, 1100, 1400, 2200])
    def test_nothing_sticks_out_sideways(self, opened, width: int) -> None:
        page = opened(viewport={"width": width, "height": 800}).page
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    def test_the_list_stands_beside_the_text_or_below_it(self, opened) -> None:
        def boxes(viewport: dict[str, int]) -> tuple[Any, Any]:
            page = opened(viewport=viewport).page
            return page.locator("#d1 .paper").bounding_box(), page.locator("#d1 .list").bounding_box()

        paper, beside = boxes(WIDE)
        assert beside["x"] >= paper["x"] + paper["width"]
        paper, below = boxes(NARROW)
        assert below["y"] >= paper["y"] + paper["height"]

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("fragment", ["", "#d1e4"])
    def test_contrast_is_enough_to_read(self, opened, scheme: str, fragment: str) -> None:
        """WCAG 2.2 AA: 4.5 to 1 for all text, highlighted or not."""
        page = opened(fragment, color_scheme=scheme).page
        page.wait_for_timeout(300)
        assert page.evaluate(CONTRAST) == []

    def test_dark_is_dark(self, opened) -> None:
        def brightness(scheme: str) -> int:
            page = opened(color_scheme=scheme).page
            color = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            return sum(int(part) for part in color.strip("rgb()").split(","))

        assert brightness("dark") < 150 < 600 < brightness("light")

    def test_source_cue_and_content_differ_without_colour(self, opened) -> None:
        style = """selector => { const s = getComputedStyle(document.querySelector(selector));
            return [s.fontWeight > 500, s.fontStyle, s.textDecorationLine, s.textDecorationStyle].join(); }"""
        page = opened().page
        kinds = [page.evaluate(style, f"#d1 .mark.{kind}") for kind in ("source", "cue", "c2")]
        assert len(set(kinds)) == 3

    def test_print_shows_all_of_the_list(self, opened) -> None:
        page = opened().page
        page.emulate_media(media="print")
        sizes = page.eval_on_selector("#d2 .list", "n => [n.scrollHeight, n.clientHeight]")
        assert sizes[0] <= sizes[1] + 1
