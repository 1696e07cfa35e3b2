"""The report's filters in a real browser: by mouse, by keyboard, on a telephone, and without a script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cli.meanings import reservoir
from e2e.pages import CONTRAST, NARROW, WIDE, in_view, long, written

pytestmark = pytest.mark.browser

EVERY = 10 + 120 + 1 + 13  # statements in the four articles
LAKE = "#d4"


def shown(page: Any, article: str = LAKE) -> list[int]:
    """The numbers of an article's entries that can be seen."""
    numbers = page.eval_on_selector_all(
        f"{article} li.entry", "nodes => nodes.filter(n => n.checkVisibility()).map(n => n.dataset.s)"
    )
    return [int(number) for number in numbers]


def marked(page: Any, article: str = LAKE) -> list[str]:
    """The words of an article that are still marked."""
    return page.eval_on_selector_all(
        f"{article} .mark:not(.off)",
        "nodes => nodes.filter(n => n.checkVisibility()).map(n => n.textContent)",
    )


class TestWhatIsShown:
    def test_everything_at_first(self, opened) -> None:
        found = opened()
        assert len(found.page.locator("li.entry:visible").all()) == EVERY
        assert found.page.locator("form.filters").is_visible()
        assert not found.page.get_by_role("button", name="Show all").is_visible()
        assert found.page.locator("form.filters output").inner_text() == ""
        assert found.complaints == []

    @pytest.mark.parametrize(
        ("kind", "numbers"),
        [("commitment", [1, 2, 3, 11]), ("promise", [1, 2]), ("prediction", [9, 13]), ("question", [6])],
    )
    def test_one_kind(self, opened, kind: str, numbers: list[int]) -> None:
        page = opened().page
        page.select_option("[name=kind]", kind)
        assert shown(page) == numbers

    def test_one_speaker(self, opened) -> None:
        page = opened().page
        page.select_option("[name=speaker]", "Hanne Brandt")
        assert shown(page) == [1, 2, 3, 4]

    def test_deadlines(self, opened) -> None:
        page = opened().page
        page.get_by_label("with a deadline (3)").check()
        assert shown(page) == [1, 11, 13]
        assert page.locator("form.filters output").inner_text() == f"3 of {EVERY} shown"

    def test_all_that_is_asked_for_at_once(self, opened) -> None:
        page = opened().page
        page.select_option("[name=speaker]", "Hanne Brandt")
        page.select_option("[name=kind]", "commitment")
        page.check("[name=deadline]")
        assert shown(page) == [1]
        page.get_by_role("button", name="Show all").click()
        assert len(page.locator("li.entry:visible").all()) == EVERY
        assert [page.input_value(f"[name={name}]") for name in ("kind", "speaker")] == ["", ""]
        assert page.evaluate("document.activeElement.name") == "kind"

    def test_only_articles_in_which_something_fits(self, opened) -> None:
        page = opened().page
        page.select_option("[name=kind]", "question")
        assert [page.locator(f"#d{n}").is_visible() for n in (1, 2, 3, 4)] == [False, False, False, True]
        assert page.locator(".contents li:visible").count() == 1

    def test_that_nothing_fits_is_said(self, opened, tmp_path: Path) -> None:
        page = opened().page
        page.goto(written(tmp_path / "one.html", ("lake.txt", reservoir())).as_uri())
        page.select_option("[name=kind]", "question")
        page.check("[name=deadline]")
        assert page.get_by_text("No statement of this article fits.").is_visible()
        assert page.locator("#d1 .text").is_visible()
        assert marked(page, "#d1") == []

    def test_one_statement_needs_no_filter(self, opened, tmp_path: Path) -> None:
        found = opened()
        found.page.goto(written(tmp_path / "one.html", ("one.txt", long(1))).as_uri())
        assert not found.page.locator("form.filters").is_visible()
        assert found.complaints == []


class TestTheText:
    def test_keeps_the_marks_of_what_is_shown(self, opened) -> None:
        page = opened().page
        page.select_option("[name=kind]", "question")
        assert marked(page) == ["“Who pays for the wells?”", "he", "asked"]
        assert page.locator(f"{LAKE} .number:visible").count() == 1

    def test_stays_to_the_letter(self, opened) -> None:
        page = opened().page
        page.select_option("[name=kind]", "question")
        assert page.locator(f"{LAKE} .text").text_content() == reservoir().text

    def test_leads_to_what_is_shown_where_the_inner_statement_is_not(self, opened) -> None:
        page = opened().page
        page.select_option("[name=speaker]", "ministry")
        page.get_by_text("to close one turbine by the end of 2031", exact=True).first.click()
        assert page.url.endswith("#d4e10")

    def test_that_is_not_marked_leads_nowhere(self, opened) -> None:
        page = opened().page
        page.select_option("[name=kind]", "question")
        page.get_by_text("to lower the outflow in April", exact=True).first.click()
        assert "#" not in page.url

    def test_going_back_to_what_is_hidden_shows_it(self, opened) -> None:
        page = opened().page
        page.locator("#d4e9 .words").click()
        page.select_option("[name=kind]", "question")
        page.locator("#d4e6 .words").click()
        page.go_back()
        assert page.locator("li.entry.on").get_attribute("id") == "d4e9"
        assert shown(page) == list(range(1, 14))
        assert in_view(page, "#d4t9")

    def test_an_inner_statement_stands_alone_and_tells_its_chain(self, opened) -> None:
        page = opened().page
        indented = page.locator("#d4e11").bounding_box()["x"]
        page.select_option("[name=kind]", "agreement")
        assert page.locator("#d4e11").bounding_box()["x"] < indented
        assert page.locator("#d4e11 .chain").inner_text() == "ministry → Norrin Power"


class TestByKeyboard:
    def test_a_kind_is_chosen_by_its_first_letters(self, opened) -> None:
        page = opened().page
        page.get_by_label("Kind").focus()
        page.keyboard.type("quest")
        assert shown(page) == [6]
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "speaker"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert len(page.locator("li.entry:visible").all()) == EVERY

    def test_the_tick_is_set_by_the_space_bar(self, opened) -> None:
        page = opened().page
        page.locator("[name=deadline]").focus()
        page.keyboard.press("Space")
        assert shown(page) == [1, 11, 13]

    def test_entry_and_words_are_still_reached(self, opened) -> None:
        page = opened().page
        page.select_option("[name=kind]", "question")
        page.locator("#d4t6").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('li').id") == "d4e6"


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_without_a_script_there_are_none_and_everything_is_shown(opened, viewport: dict[str, int]) -> None:
    page = opened(java_script_enabled=False, viewport=viewport).page
    assert not page.locator("form.filters").is_visible()
    assert page.locator("li.entry:visible").count() == EVERY
    assert not page.get_by_text("No statement of this article fits.").first.is_visible()
    assert page.locator("#d4e1 .known").inner_text().split("\n")[0].startswith("due")


class TestOnATelephone:
    def test_controls_are_large_enough_for_a_finger(self, opened) -> None:
        page = opened(viewport=NARROW, has_touch=True).page
        page.tap("label.tick")
        for box in (n.bounding_box() for n in page.locator(".filters select, .filters button, .tick").all()):
            assert box["height"] >= 40
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= NARROW["width"]

    @pytest.mark.parametrize("width", [320, 390])
    def test_nothing_sticks_out_when_filtered(self, opened, width: int) -> None:
        page = opened(viewport={"width": width, "height": 800}).page
        page.check("[name=deadline]")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_stays_enough_to_read(opened, scheme: str) -> None:
    page = opened(color_scheme=scheme).page
    page.select_option("[name=kind]", "commitment")
    page.wait_for_timeout(300)
    assert page.evaluate(CONTRAST) == []


def test_a_kind_is_told_by_its_word_and_not_by_its_colour_alone(opened) -> None:
    page = opened().page
    words = page.locator(f"{LAKE} .kind").all_inner_texts()
    assert words[:4] == ["promise", "promise not to", "refusal", "claim"]
    inks = page.eval_on_selector_all(f"{LAKE} .kind", "nodes => nodes.map(n => getComputedStyle(n).color)")
    assert len(set(inks)) == 1, "the word itself is in the colour of text"


def test_five_hundred_statements_are_filtered_quickly(opened, tmp_path: Path) -> None:
    page = opened().page
    page.goto(written(tmp_path / "long.html", ("long.txt", long(500))).as_uri())
    taken = page.evaluate(
        """() => { const start = performance.now(), choice = document.querySelector("[name=speaker]");
            choice.value = "Speaker number 7"; choice.dispatchEvent(new Event("change", { bubbles: true }));
            document.body.offsetHeight; return performance.now() - start; }"""
    )
    assert page.locator("li.entry:visible").count() == 1
    assert taken < 2000
