"""Pictures of every page, light and dark, wide and on a phone, for `make screenshots`: in out/screenshots.

screenshots.py [NAME …]: of these pages alone.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from conftest import BROWSERS, FLAGS  # noqa: E402
from serve.rooms import PAGES, TEXT, Room, fill, marks, room  # noqa: E402

SIZES = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
TALLEST = 3_000  # pixels; what is below looks like what is above


def main(names: list[str]) -> None:
    """Take the pictures."""
    out = ROOT / "out" / "screenshots"
    out.mkdir(parents=True, exist_ok=True)
    path = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        with room(Path(folder) / "record.db") as filled:
            fill(filled.ledger)
            for scheme, size in product(("light", "dark"), SIZES):
                page = _page(browser, filled, scheme, size)
                _take(page, filled, names, lambda name: out / f"{name}-{scheme}-{size}.png")  # noqa: B023
        browser.close()
    print(f"The pictures are in {out}.")


def _page(browser: Any, filled: Room, scheme: str, size: str) -> Any:
    options = {"viewport": SIZES[size], "color_scheme": scheme, "reduced_motion": "reduce"}
    page = browser.new_context(**options).new_page()
    page.goto(filled.url + "/signin")
    page.goto(filled.link())
    return page


def _take(page: Any, filled: Room, names: list[str], at: Any) -> None:
    found = marks(filled.ledger)
    for name, path in PAGES.items():
        if not names or name in names:
            page.goto(filled.url + path.format(**found))
            _save(page, at(name))
    if not names or "draft" in names:
        page.goto(filled.url + "/read")
        page.fill("[name=text]", TEXT)
        page.click("#reading button")
        page.wait_for_selector("#open")
        _save(page, at("draft"))


def _save(page: Any, path: Path) -> None:
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    width = page.viewport_size["width"]
    page.screenshot(path=path, clip={"x": 0, "y": 0, "width": width, "height": height}, full_page=True)


if __name__ == "__main__":
    main(sys.argv[1:])
