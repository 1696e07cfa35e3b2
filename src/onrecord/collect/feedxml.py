"""Makes the XML of a feed small and harmless, so that no feed can keep the parser of feeds busy.

What leads to articles is kept: titles, addresses and dates. Texts inside the feed are not read: they
are excerpts more often than not, and what was said stands in the article.
"""

from __future__ import annotations

import html.entities
import re
from typing import TYPE_CHECKING

from onrecord.collect.decoding import decode
from onrecord.errors import BadFeed, NotText, TooLarge

if TYPE_CHECKING:
    from lxml.etree import _Element

# No feed of news has more, and this many take the parser about three seconds.
MAX_ENTRIES = 10_000
_MAX_TEXT = 2_000
_HEAD = 8_192
_ROOTS = frozenset(("rss", "feed", "rdf"))
_ENTRIES = frozenset(("item", "entry"))
_KEPT_ABOVE_NAMES = "channel item entry title link"
_KEPT_ABOVE = frozenset(_KEPT_ABOVE_NAMES.split())
_KEPT_NAMES = "title link guid id origLink pubDate published issued created date updated modified"
_KEPT = frozenset(_KEPT_NAMES.split())
# An RSS item's day of change is not its day of publication, for which a parser may take it.
_CHANGED = frozenset(("updated", "modified"))
# What says where a link leads and what a text is. Where there are very many others, parsers get slow.
_ATTRIBUTES = ("href", "rel", "type", "isPermaLink", "version", "{http://www.w3.org/XML/1998/namespace}base")
_MAX_ATTRIBUTES = 20
# An entry has a title, an address or six, and a few dates.
_MAX_FACTS = 20

_TAG = re.compile(r"<(?:(!--)|(?:[\w.-]{1,100}:)?([a-zA-Z][\w.-]{0,100}))")
_DECLARED = re.compile(rb"<\?xml[^>]{1,200}?encoding\s{0,10}=\s{0,10}[\"']([\w.-]{1,40})[\"']")
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)(?:(\w{1,32};))?")


def is_feed(data: bytes) -> bool:
    """Whether bytes begin as a feed does: their first element is `rss`, `feed` or `rdf:RDF`."""
    # Without its zero bytes, the beginning of UTF-16 looks like ASCII.
    head = data[:_HEAD].replace(b"\0", b"").decode("latin-1").lstrip("\ufeffïÿþ»¿ \t\r\n")
    return head.startswith("<") and _root(head) is not None


def tidied(data: bytes, *, url: str, charset: str | None = None) -> bytes:
    """The feed as well-formed UTF-8 XML of at most 10,000 entries, without entities and without contents.

    Raises BadFeed for what is no feed, TooLarge for more entries.
    """
    declared = _DECLARED.search(data[:_HEAD])
    stated = charset or (declared.group(1).decode("ascii") if declared else None)
    try:
        text = decode(data, name=url, charset=stated, lenient=True)
    except NotText as error:
        raise BadFeed(url=url, reason=f"it is not text: {error.values['reason']}") from None
    start = _root(text[:_HEAD])
    if start is None:
        raise BadFeed(url=url, reason="it is neither RSS nor Atom")
    return _small(_well_formed(text[start:]), url)


def _root(head: str) -> int | None:
    """Where the feed's first element begins; None where the first element is another's.

    All before it goes, and with it the declarations of entities that could grow without end.
    """
    at = 0
    while tag := _TAG.search(head, at):
        if tag.group(1):
            at = head.find("-->", tag.end())
            if at < 0:
                return None
        else:
            return tag.start() if tag.group(2).lower() in _ROOTS else None
    return None


def _well_formed(text: str) -> str:
    """The text with the references of HTML in numbers, bare ampersands escaped, and no control characters."""
    parts, at = [], 0
    text = _NOT_XML.sub("", text)
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        parts += [_REFERENCE.sub(_numbered, text[at:start]), text[start : end if end >= 0 else None]]
        at = end if end >= 0 else len(text)
    return "".join((*parts, _REFERENCE.sub(_numbered, text[at:])))


def _numbered(found: re.Match[str]) -> str:
    meant = html.entities.html5.get(found.group(1) or "")
    return "".join(f"&#{ord(c)};" for c in meant) if meant else "&amp;" + (found.group(1) or "")


def _small(text: str, url: str) -> bytes:
    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    root = etree.fromstring(text.encode("utf-8"), parser)
    if root is None:
        raise BadFeed(url=url, reason="it is not XML")
    if any("depth" in problem.message for problem in parser.error_log):
        raise BadFeed(url=url, reason="it is nested deeper than any feed")
    entries = 0
    _bare(root)
    for above in [root, *(child for child in root if _name(child) == "channel")]:
        _keep(above, _KEPT_ABOVE)
        for child in above:
            if _name(child) in _ENTRIES:
                entries += 1
                _keep(child, _KEPT if _name(child) == "entry" else _KEPT - _CHANGED)
    if entries > MAX_ENTRIES:
        raise TooLarge(name=url, size=f"{entries:,} entries", limit=f"{MAX_ENTRIES:,}")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8")


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _bare(element: _Element) -> None:
    """Take all attributes away but those that are needed, where there are many."""
    if len(element.attrib) > _MAX_ATTRIBUTES:
        # One by one, since it takes the square of their number to list them.
        kept = {name: value for name in _ATTRIBUTES if (value := element.get(name)) is not None}
        element.attrib.clear()
        for name, value in kept.items():
            element.set(name, value)


def _keep(element: _Element, names: frozenset[str]) -> None:
    """Leave the children of these names alone, the first few; texts are cut, and their mark-up goes."""
    facts = 0
    for child in list(element):
        name = _name(child)
        facts += name in names and name not in _ENTRIES
        if name not in names or (facts > _MAX_FACTS and name not in _ENTRIES):
            element.remove(child)
            continue
        _bare(child)
        if name not in _ENTRIES and name != "channel":
            _flatten(child)


def _flatten(element: _Element) -> None:
    if len(element):
        text = "".join(str(part) for part in element.itertext())
        del element[:]
        element.text = text
        element.set("type", "text")
    element.text = (element.text or "")[:_MAX_TEXT]
    element.tail = None
