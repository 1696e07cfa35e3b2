"""Puts a page's tree in order before the article is looked for in it.

What no reader sees goes, and what is struck out; quotations get their marks; the words in
`<time>`, paragraphs made of line breaks and text that stands bare in the body, which the
extraction would lose, are kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NOTE = re.compile(r"\[\w{1,5}\]|[*†‡]{1,3}")
_UNSEEN_NAMES = """
    script style template noscript iframe object embed applet svg math figcaption button select textarea
    input del s strike"""
_UNSEEN = tuple(_UNSEEN_NAMES.split())


def prepare(tree: HtmlElement) -> None:
    """Change `tree` in place, in time linear in its size."""
    from lxml.etree import strip_elements, strip_tags

    for element in tree.xpath("//body//*[@hidden]"):
        element.tag = "noscript"
    strip_elements(tree, *_UNSEEN, with_tail=False)
    for quotation in tree.iter("q"):
        _surround(quotation, "“", "”")
    for raised in list(tree.iter("sup")):
        _raise(raised)
    strip_tags(tree, "time", "q", "sup")
    _wrap_bare_body(tree)
    for paragraph in list(tree.iter("p")):
        _split(paragraph)


def _surround(element: HtmlElement, before: str, after: str) -> None:
    element.text = before + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + after
    else:
        element.text += after


def _raise(element: HtmlElement) -> None:
    """A mark of a note goes; a number above the line must not become a part of the number before it."""
    words = "".join(element.itertext()).strip()
    if _NOTE.fullmatch(words) or element.find(".//a") is not None:
        element.clear(keep_tail=True)
    elif words.isdecimal():
        element.text = "^" + (element.text or "")


def _wrap_bare_body(tree: HtmlElement) -> None:
    """Text directly in the body gets a paragraph around it, if there is no other."""
    body = tree.find("body")
    if body is None or not _has_own_text(body) or next(tree.iter("p", "article", "div"), None) is not None:
        return
    # The element is renamed, not its text moved: lxml refuses to set text with control characters in it.
    around = body.makeelement("body")
    body.addprevious(around)
    body.tag = "p"
    around.append(body)


def _has_own_text(element: HtmlElement) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _split(paragraph: HtmlElement) -> None:
    """Two line breaks, one right after the other, end a paragraph in all but name."""
    children = list(paragraph)
    current = paragraph
    for place, child in enumerate(children):
        after = children[place + 1] if place + 1 < len(children) else None
        if _is_break(child) and not (child.tail or "").strip() and _is_break(after):
            following = paragraph.makeelement("p")
            following.tail, current.tail = current.tail, None
            current.addnext(following)
            paragraph.remove(child)
            current = following
        elif current is not paragraph:
            current.append(child)


def _is_break(element: HtmlElement | None) -> bool:
    return element is not None and element.tag == "br"
