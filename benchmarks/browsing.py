"""What a person at a browser waits for: weight and first paint of a page, and the reading of an article."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator

import httpx
from playwright.sync_api import BrowserContext, sync_playwright

RUNS = 9
ARGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
WEIGHT = """
[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .reduce((sum, each) => sum + each.encodedBodySize, 0)
"""
# Sentences of an invented article, said over and over with other numbers until it has its thousand words.
SAID = (
    "The harbour minister, Tessa Varga, promised on Tuesday that berth {n} would open by the end of June.",
    "Ole Lind, who heads the port union, said that berth {n} will probably not be ready before August.",
    "The council had asked for {n} more lamps along the quay, and the shipyard had sent a list of prices.",
    "“We have counted {n} ships since March,” the harbour master, Signe Holm, told reporters.",
)


def figures(base: str, client: httpx.Client, article: str) -> Iterator[str]:
    """Lines with the figures. client: signed in at `base`; article: the path of one."""
    with sync_playwright() as drive:
        browser = drive.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": n, "value": v, "url": base} for n, v in client.cookies.items()])
        yield _painted(context, base + article)
        browser.close()
    yield _read(client)


def _painted(context: BrowserContext, address: str) -> str:
    times, weights = [], []
    for _ in range(RUNS):
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        times.append(float(page.evaluate(PAINTED)))
        weights.append(int(page.evaluate(WEIGHT)))
        page.close()
    kept = f"{weights[0] / 1024:.0f} KiB with nothing kept (wanted: at most 200)"
    painted = f"first paint {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms (wanted: 500)"
    return f"article page: {kept}, {painted}"


def article_of(words: int) -> str:
    """An invented article of about so many words."""
    lines, number = ["Harbour minister promises berths"], 0
    while sum(len(line.split()) for line in lines) < words:
        lines.append(SAID[number % len(SAID)].format(n=number + 3))
        number += 1
    return "\n\n".join(lines)


def _read(client: httpx.Client) -> str:
    """From sending the form to having the whole page with its marks."""
    times = []
    for run in range(RUNS):
        page = client.get("/read").text
        found = re.search(r'name="csrf" value="([^"]*)"', page)
        fields = {
            "csrf": found[1] if found else "",
            "text": article_of(1_000 + run),
            "published": "2031-03-04",
        }
        start = time.perf_counter()
        answer = client.post("/read", data=fields, follow_redirects=True)
        times.append(1000 * (time.perf_counter() - start))
        if 'class="mark' not in answer.text:
            return f"reading 1,000 words: no marks on the page ({answer.status_code})"
    first, rest = times[0], times[1:]
    usual = f"{statistics.median(rest):.0f} ms until marked (wanted: 700)"
    return f"reading 1,000 words: {usual}; the first {first:.0f} ms"
