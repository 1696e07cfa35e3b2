"""Finds elements of a page by simple selectors: names, .classes and descendants, such as ".board td.n a"."""

from __future__ import annotations

from lxml import html
from lxml.html import HtmlElement


def pick(page: str | HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements that fit, in the order of the page."""
    tree = html.fromstring(page) if isinstance(page, str) else page
    found: list[HtmlElement] = tree.xpath("." + "".join(map(_step, selector.split())))
    return found


def _step(part: str) -> str:
    name, *classes = part.split(".")
    fits = "".join(f"[contains(concat(' ', normalize-space(@class), ' '), ' {each} ')]" for each in classes)
    return f"//{name or '*'}{fits}"


def said(element: HtmlElement) -> str:
    """What is read in an element, in one line."""
    return " ".join(element.text_content().split())
