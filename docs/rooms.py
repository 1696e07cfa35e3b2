"""Takes the README's pictures of the reading room: the demo's ledger, served and looked at in chromium.

make demo && python docs/rooms.py
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

import onrecord
from onrecord.entry import short
from onrecord.record.query import Query

ROOT = Path(__file__).resolve().parent.parent
LEDGER = ROOT / "out" / "record.db"
WIDE = {"width": 1280, "height": 860}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@contextmanager
def served() -> Iterator[str]:
    """The one-time link to a server of the demo's ledger."""
    command = [sys.executable, "-m", "onrecord", "serve", "--db", str(LEDGER), "--port", "0", "--quiet"]
    server = subprocess.Popen([*command, "--actor", "Ana Quist"], stdout=subprocess.PIPE, text=True)
    try:
        yield re.search(r"http://\S+", server.stdout.readline())[0]  # type: ignore[union-attr, index]
    finally:
        server.terminate()
        server.wait(20)


def pages() -> dict[str, tuple[str, str]]:
    """The pictures: the address of each and its colours."""
    with onrecord.open(LEDGER, read_only=True) as ledger:
        (entry,) = ledger.search(Query(words="border posts", speaker="Kestria", limit=1)).entries
    return {
        "article": (f"/articles/{short(entry.article)}#s{short(entry.id)}", "light"),
        "speaker": ("/speaker?name=Kestria", "light"),
        "due": ("/due", "dark"),
    }


def main() -> None:
    """Write docs/img/room-*.png."""
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    with served() as link, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=QUIET)
        context = chromium.new_context(viewport=WIDE)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(link)
        for name, (path, colours) in pages().items():
            page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
            page.goto(link.partition("/open")[0] + path)
            page.wait_for_timeout(1500)
            page.screenshot(path=ROOT / "docs" / "img" / f"room-{name}.png")


if __name__ == "__main__":
    main()
