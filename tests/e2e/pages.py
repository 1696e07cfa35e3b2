"""What the tests in a browser share: articles to report on, an opened page, and measures of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cli.building import Sketch

from onrecord.cli.formats import Page, writer
from onrecord.cli.formats.base import Reading

WIDE, NARROW = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
NASTY = (
    "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
    "\r\n\u202e\x07 & done"
)


def long(count: int = 120) -> Sketch:
    lines = [
        f"Speaker number {n} told the council that point {n} of the plan was too dear. Then it rained, and"
        " for a while nobody said anything that anybody wrote down."
        for n in range(count)
    ]
    sketch = Sketch("\n\n".join(lines), title="A long evening")
    for n in range(count):
        sketch.add(f"Speaker number {n}", "told", f"that point {n} of the plan was too dear", after=lines[n])
    return sketch


def written(path: Path, *read: tuple[str, Sketch]) -> Path:
    """A report on these articles, in the file `path`."""
    with path.open("w", encoding="utf-8", newline="") as out:
        form = writer("html", out, page=Page(), one=len(read) == 1)
        for name, sketch in read:
            form.write(Reading(name, sketch.document))
        form.finish()
    return path


@dataclass
class Opened:
    """A page with everything that went wrong on it and everything that it asked for."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def in_view(page: Any, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    size = page.viewport_size
    return bool(box and box["y"] >= 0 and box["y"] < size["height"] and 0 <= box["x"] < size["width"])


# The lowest contrast of every text with what lies behind it; marks in the text stand on one another.
CONTRAST = """() => {
  // A mixed colour is given as color(srgb …), with parts from 0 to 1.
  const parse = (c) => c.match(/[\\d.]+(e-\\d+)?/g).map(Number)
    .map((v, i) => c.startsWith("color(") && i < 3 ? v * 255 : v);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let n = node; n; n = n.parentElement) {
      const c = parse(getComputedStyle(n).backgroundColor);
      if (c.length < 4 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  const check = (node, pseudo) => {
    const style = getComputedStyle(node, pseudo);
    const own = pseudo ? parse(style.backgroundColor) : [0, 0, 0, 0];
    const back = own.length < 4 || own[3] === 1 ? own : behind(node);
    const [a, b] = [light(parse(style.color)), light(back)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) poor.add(`${node.className}${pseudo ?? ""} ${(a + .05) / (b + .05)}`);
  };
  for (const node of document.body.querySelectorAll("*")) {
    if (["SCRIPT", "STYLE"].includes(node.tagName) || node.matches(".skip")) continue;
    if ([...node.childNodes].some(n => n.nodeType === 3 && n.data.trim())) check(node);
    for (const pseudo of ["::before", "::after"]) {
      const content = getComputedStyle(node, pseudo).content;
      if (content !== "none" && content !== '""' && content !== "normal") check(node, pseudo);
    }
  }
  return [...poor];
}"""
