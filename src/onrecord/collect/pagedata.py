"""Reads what a page states about its article: JSON-LD, OpenGraph, meta tags, `<time>`, `<link>`.

Nothing is guessed from the running text; a date counts only where the page states it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from onrecord.collect.dates import parse_date
from onrecord.collect.jsonld import read_json_ld
from onrecord.collect.layout import is_sentence
from onrecord.collect.metadata import Metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_OUTLET = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "citation_journal_title")
_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline", "title")
_AUTHOR = ("author", "article:author", "article:author_name", "dc.creator", "dcterms.creator",
           "parsely-author", "sailthru.author", "citation_author", "byl", "byline")  # fmt: skip
_DATE = ("article:published_time", "og:article:published_time", "datepublished", "publishdate",
         "publish-date", "publish_date", "publication_date", "pubdate", "parsely-pub-date", "sailthru.date",
         "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "citation_publication_date",
         "originalpublicationdate", "article.published", "date")  # fmt: skip
_LANGUAGE = ("og:locale", "content-language", "dc.language", "inlanguage")
_BY = re.compile(r"by\s+(?=\S)", re.IGNORECASE)
_UPDATED = re.compile(r"updat|modif|edited|comment", re.IGNORECASE)
# A line that tells who wrote an article or when it appeared, though it may end in a stop ("3 p.m.").
_BYLINE = re.compile(r"(?:by|(?:first )?(?:posted|published))\b|[\w ,.:]{1,40}\b[ap]\.m\.$", re.IGNORECASE)
_MAX_VALUE = 500
# A paragraph this long is the article's own text: its header is over.
_RUNNING = 80


def read_page_data(tree: HtmlElement, *, url: str | None) -> Metadata:
    """What the page states. `url` is where it was fetched from; relative addresses are resolved on it."""
    meta = _meta_values(tree)
    canonical = _canonical(tree, meta, url)
    scripts = [s.text or "" for s in tree.iter("script") if "ld+json" in (s.get("type") or "").lower()]
    stated = read_json_ld(scripts, canonical=canonical)
    outlet = _clean(stated.outlet) or _first(meta, _OUTLET)
    title = _clean(stated.title) or _first(meta, _TITLE) or _heading(tree)
    return Metadata(
        url=canonical or _web(stated.url, url),
        outlet=outlet,
        title=_without_outlet(title, outlet),
        author=_person(stated.author) or _person(_first(meta, _AUTHOR)),
        language=_clean(tree.get("lang")) or stated.language or _first(meta, _LANGUAGE),
        published=stated.published or _meta_date(meta) or _time_in_header(tree),
    )


def _meta_values(tree: HtmlElement) -> dict[str, str]:
    """The first value of each meta tag, by its name in small letters; also of itemprop attributes."""
    values: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("property")
            or element.get("name")
            or element.get("http-equiv")
            or element.get("itemprop")
        )
        content = _clean(element.get("content"))
        if name and content:
            values.setdefault(name.strip().lower(), content)
    return values


def _first(values: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((values[name] for name in names if name in values), None)


def _clean(value: str | None) -> str | None:
    """One line of text without entities and edge white space; None where nothing is left."""
    return " ".join(html.unescape(value[:_MAX_VALUE]).split()) or None if value else None


def _web(address: str | None, base: str | None) -> str | None:
    try:
        whole = urljoin(base or "", (address or "").strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.hostname else None


def _canonical(tree: HtmlElement, meta: dict[str, str], base: str | None) -> str | None:
    links = (e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split())
    return next((found for a in (*links, meta.get("og:url")) if (found := _web(a, base))), None)


def _heading(tree: HtmlElement) -> str | None:
    """The page's only first-level heading, or else its title."""
    headings = [_clean(" ".join(e.itertext())) for e in tree.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    return next((_clean(" ".join(e.itertext())) for e in tree.iter("title")), None)


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """The title without " | Outlet" at its end, which many sites add."""
    for bar in (" | ", " - ", " – ", " — ", " :: ", " » "):
        if title and outlet and title.lower().endswith((bar + outlet).lower()):
            return title[: -len(bar + outlet)].rstrip() or title
    return title


def _person(value: str | None) -> str | None:
    """A by-line without "By"; addresses of profiles are no names."""
    name = _clean(value)
    if not name or "://" in name or "@" in name or name.lower().startswith("www."):
        return None
    return _BY.sub("", name, count=1) if _BY.match(name) else name


def _meta_date(meta: dict[str, str]) -> date | None:
    return next((day for name in _DATE if (day := parse_date(meta.get(name)))), None)


def _time_in_header(tree: HtmlElement) -> date | None:
    """The day in the first `<time>` that is marked as the publication's or stands in the article's header."""
    for element in tree.iter("time"):
        marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if marked and (day := parse_date(element.get("datetime"))):
            return day
    return next((day for e in _header_times(tree) if (day := parse_date(e.get("datetime")))), None)


def _header_times(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The `<time>` elements between the article's heading and its first paragraph of text."""
    headings = list(tree.iter("h1"))
    articles = list(tree.iter("article"))
    if len(articles) != 1 and len(headings) != 1:
        return
    begun = False
    for element in (articles[0] if len(articles) == 1 else tree).iter("h1", "p", "time", "header"):
        begun = begun or element.tag == "h1" or len(articles) == 1
        if element.tag == "p" and begun and len(" ".join(element.itertext())) > _RUNNING:
            return
        if element.tag == "time" and begun and not _UPDATED.search(_hints(element)) and not _aside(element):
            yield element


def _hints(element: HtmlElement) -> str:
    """What the page says of a `<time>`: its classes and property, and the words right before it."""
    parent = element.getparent()
    said = [element.get("class"), element.get("itemprop")]
    if parent is not None:
        before = element.getprevious()
        said += [parent.get("class"), parent.text if before is None else before.tail]
    return " ".join(words for words in said if words)


def _aside(element: HtmlElement) -> bool:
    """Whether it stands beside the article, or in a sentence of it."""
    around = list(element.iterancestors())
    return any(e.tag in ("nav", "aside", "footer") or (e.tag == "p" and _is_running(e)) for e in around)


def _is_running(paragraph: HtmlElement) -> bool:
    text = " ".join("".join(paragraph.itertext()).split())
    return is_sentence(text) and not _BYLINE.match(text)
