"""What a person sees of a page that was sent: its words, and where its links lead."""

from __future__ import annotations

from typing import Any

from lxml import html


def main_of(page: str) -> Any:
    """The part of a page between its header and its footer."""
    (found,) = html.fromstring(page).xpath("//main")
    return found


def text_of(page: str) -> str:
    """The words of a page's main part, with one space between them."""
    return " ".join(main_of(page).text_content().split())


def links_of(page: str) -> dict[str, str]:
    """Where the links of a page's main part lead, by their words."""
    return {" ".join(link.text_content().split()): link.get("href") for link in main_of(page).iter("a")}


def values_of(page: str) -> dict[str, list[str]]:
    """What the fields of a page's main part hold, by name; of boxes, those that are ticked."""
    found: dict[str, list[str]] = {}
    for field in main_of(page).xpath(".//input[@name] | .//option[@selected]"):
        if field.get("type") == "checkbox" and field.get("checked") is None:
            continue
        value = field.get("value") or field.text or ""
        name = field.get("name") or field.getparent().get("name")
        if value:
            found.setdefault(name, []).append(value)
    return found
