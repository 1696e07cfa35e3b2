"""Reads what a page states about its article in JSON-LD (schema.org NewsArticle and its kin).

Broken JSON, which is common, is passed over; of several articles the page's own counts, and one with another
address on the same site is another article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from onrecord.collect.dates import parse_date
from onrecord.collect.metadata import Metadata

# Best first; a WebPage node repeats the article's data where a plug-in writes both.
_ARTICLE_TYPES = """
    NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle
    ReviewNewsArticle AskPublicNewsArticle Article BlogPosting LiveBlogPosting Report AdvertiserContentArticle
    SatiricalArticle ScholarlyArticle TechArticle"""
_ARTICLES = frozenset(_ARTICLE_TYPES.split())
_PAGES = frozenset({"WebPage", "ItemPage"})
# Lists of other articles hang on other keys ("itemListElement", "hasPart") and are not followed.
_FOLLOWED = ("@graph", "mainEntity", "mainEntityOfPage")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_MAX_NODES = 10_000

Node = dict[str, Any]


def read_json_ld(scripts: list[str], *, canonical: str | None) -> Metadata:
    """What the scripts of type `application/ld+json` say; `canonical` picks among several articles."""
    nodes = [node for script in scripts for node in _nodes(_parsed(script))]
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    articles = [node for node in nodes if _types(node) & _ARTICLES] or [
        n for n in nodes if _types(n) & _PAGES
    ]
    own = [node for node in articles if canonical and _place(canonical) in _places(node)]
    others = [node for node in articles if not (canonical and _is_elsewhere(node, _place(canonical)))]
    return next((_metadata(node, by_id) for node in own + others), Metadata())


def _parsed(script: str) -> object:
    text = script.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    for candidate in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object) -> Iterator[Node]:
    waiting, seen = [value], 0
    while waiting and seen < _MAX_NODES:
        seen += 1
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item[:_MAX_NODES])
        elif isinstance(item, dict):
            yield item
            waiting.extend(item[key] for key in _FOLLOWED if isinstance(item.get(key), list | dict))


def _types(node: Node) -> set[str]:
    stated = node.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return {name.rpartition("/")[2] for name in names if isinstance(name, str)}


Place = tuple[str, str, str]


def _place(address: str) -> Place:
    """Host, path and query: what tells two addresses apart."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ("", "", address)
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query


def _places(node: Node) -> set[Place]:
    stated = (node.get("url"), node.get("@id"), node.get("mainEntityOfPage"))
    return {
        _place(a)
        for value in stated
        for a in (value, _key(value, "@id"), _key(value, "url"))
        if isinstance(a, str)
    }


def _is_elsewhere(node: Node, own: Place) -> bool:
    """Whether the addresses that a node states are all of other pages of the same site."""
    places = _places(node)
    return bool(places) and all(place[0] == own[0] and place != own for place in places)


def _metadata(node: Node, by_id: dict[str, Node]) -> Metadata:
    address = node.get("url")
    return Metadata(
        url=address if isinstance(address, str) else None,
        outlet=_name(node.get("publisher"), by_id),
        title=_name(node.get("headline"), by_id) or _name(node.get("name"), by_id),
        author=_name(node.get("author"), by_id) or _name(node.get("creator"), by_id),
        language=_name(node.get("inLanguage"), by_id),
        published=parse_date(_name(node.get("datePublished"), by_id)),
    )


def _name(value: object, by_id: dict[str, Node]) -> str | None:
    """The name that a value stands for: a string, a node, a reference to a node, or several of them."""
    if isinstance(value, list):
        names = [
            name
            for item in value[:20]
            if (name := _name(item, by_id) if not isinstance(item, list) else None)
        ]
        return " and ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        stated = value.get("name") or _key(by_id.get(str(value.get("@id"))), "name")
        return _name(stated, by_id) if isinstance(stated, str) else None
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _key(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None
