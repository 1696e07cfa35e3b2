"""HTML to text and blocks: the article's paragraphs, list items and quotations, and nothing around them.

trafilatura finds the article; what a picture's caption, a credit or a link to other
articles says is left out. Scripts are neither run nor kept.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.collect.credits import is_caption
from onrecord.collect.decoding import decode
from onrecord.collect.guard import check_markup
from onrecord.collect.layout import Piece, is_sentence, settle
from onrecord.collect.markup import prepare
from onrecord.collect.metadata import Metadata
from onrecord.collect.pagedata import read_page_data
from onrecord.errors import NoArticle
from onrecord.statement import Block, BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w-]{2,30})", re.IGNORECASE)
_XML_ENCODING = re.compile(
    rb"\s{0,99}<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}[\"']([\w-]{2,30})", re.IGNORECASE
)
# Not seen in a browser: control characters, soft hyphen, zero-width space, word joiner, byte-order mark.
_CONTROLS = "".join(map(chr, {*range(0x20), 0x7F} - set(b"\t\n\x0b\x0c\r")))
_INVISIBLE = dict.fromkeys(map(ord, _CONTROLS + "\u00ad\u200b\u2060\ufeff"))
_NO_CONTROLS = dict.fromkeys(map(ord, _CONTROLS))
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0{0,5}(?:[0-8]|1[124-9]|2\d|3[01]|127)(?!\d)|x0{0,5}(?:[0-8bcef]|1[0-9a-f]|7f)(?![0-9a-f]));?",
    re.I,
)
_CHROME = re.compile(
    r"(?:(?:read (?:more|also|next)|see also|also read|related (?:stories|articles|content)|sign up|follow us"
    r"|subscribe (?:now|today|to (?:our|the|this))|share (?:on|this (?:article|story|page|post))"
    r"|sponsored (?:content|by|post)|click here|all rights reserved|skip to|listen to this article)\b"
    # These begin sentences, too: here they stand alone, before a colon, or in a line that does not end.
    r"|(?:related|advertisement|sponsored|subscribe|share this|most (?:read|popular)|watch(?: now)?)"
    r"\W*(?:$|:)"
    r"|more (?:on|from|stories)\b(?!.*\.\W*$)|copyright\W*(?:$|©|\(c\)|\d{4}))",
    re.IGNORECASE,
)
_MAX_CHROME = 140
_BLANK = re.compile(r"\n\s*\n")


def read_page(
    data: bytes, *, name: str, charset: str | None = None, url: str | None = None
) -> tuple[str, tuple[Block, ...], Metadata]:
    """The article's text (blocks joined by blank lines), its blocks, and what the page states about it.

    Raises NotText, TooDeep, TooLarge (too many elements), and NoArticle where there is no running text.
    """
    tree = _parse(decode_page(data, name=name, charset=charset), name=name)
    found = read_page_data(tree, url=url)
    prepare(tree)
    parts = list(_parts(_extract(tree), title=found.title))
    if not any(kind != "headline" for kind, _, _ in parts):
        raise NoArticle(name=name)
    text, pieces = _joined(parts)
    return text, settle(text, pieces, headline_by_layout=False), found


def decode_page(data: bytes, *, name: str, charset: str | None) -> str:
    """The page's source; what it declares about its encoding counts after what the server says."""
    declared = _CHARSET.search(data[:4096]) or _XML_ENCODING.match(data[:256])
    stated = charset or (declared.group(1).decode("ascii", "replace") if declared else None)
    return decode(data, name=name, charset=stated, lenient=True)


def _parse(source: str, *, name: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    check_markup(source, name=name)
    visible = _CONTROL_REFERENCE.sub("", source.translate(_NO_CONTROLS))
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return document_fromstring(visible.encode("utf-8"), parser=parser)
    except etree.ParserError:
        raise NoArticle(name=name) from None


def _extract(tree: HtmlElement) -> _Element | None:
    import trafilatura

    log = logging.getLogger("trafilatura")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    document = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=False, include_images=False, include_links=False
    )
    return None if document is None or isinstance(document, dict) else document.body


def _parts(body: _Element | None, *, title: str | None) -> Iterator[tuple[BlockKind, bool, str]]:
    """The kind, whether bulleted, and the text of each piece that is of the article."""
    begun = False
    for element in [] if body is None else body:
        for kind, bulleted, text in _element_parts(element):
            if not text or (kind == "paragraph" and _is_chrome(text)):
                continue
            is_title = element.tag == "head" and (text == title or element.get("rend") == "h1")
            begun = begun or (element.tag == "p" and is_sentence(text))
            yield "headline" if is_title and not begun else kind, bulleted, text


def _element_parts(element: _Element) -> Iterator[tuple[BlockKind, bool, str]]:
    if element.tag in ("list", "item"):
        bulleted = not (element.get("rend") or "").startswith("ol")
        for item in element.iter("item"):
            yield "item", bulleted, _flat(_own_text(item))
    elif element.tag in ("p", "quote", "head"):
        kind: BlockKind = "quote" if element.tag == "quote" else "paragraph"
        for text in _BLANK.split(_own_text(element)):
            yield kind, False, _flat(text)
        for inner in element.iter("item"):
            yield "item", True, _flat(_own_text(inner))


def _own_text(element: _Element) -> str:
    """The element's text, lists inside it aside; line breaks as newlines, paragraphs as blank lines."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "list":
            parts.append("\n\n")
        elif child.tag == "lb":
            parts.append("\n")
        elif isinstance(child.tag, str) and child.tag not in ("graphic", "code", "table"):
            parts.append(
                f"\n\n{_own_text(child)}\n\n" if child.tag in ("p", "quote", "head") else _own_text(child)
            )
        parts.append(child.tail or "")
    return "".join(parts)


def _flat(text: str) -> str:
    return " ".join(text.translate(_INVISIBLE).split())


def _is_chrome(text: str) -> bool:
    return is_caption(text) or (len(text) <= _MAX_CHROME and bool(_CHROME.match(text)))


def _joined(parts: list[tuple[BlockKind, bool, str]]) -> tuple[str, list[Piece]]:
    pieces: list[Piece] = []
    at = 0
    for kind, bulleted, text in parts:
        pieces.append(Piece(kind, at, at + len(text), bulleted=bulleted))
        at += len(text) + 2
    return "\n\n".join(text for _, _, text in parts), pieces
