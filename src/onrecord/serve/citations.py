"""A statement as it is cited elsewhere: as a line of text, as BibTeX, as HTML, with its permanent link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup, escape

from onrecord.serve.rendering import http_only, long_day
from onrecord.views import words
from onrecord.views.harmless import harmless

if TYPE_CHECKING:
    from onrecord.entry import Entry

_SPECIAL: Final = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{character: "\\" + character for character in "{}$&#%_"},
}  # fmt: skip


class Citations(NamedTuple):
    """A citation in three forms, each a text to be copied; link: the page of the statement."""

    link: str
    plain: str
    bibtex: str
    html: str


def permanent(site: str, id: str) -> str:  # noqa: A002
    """The address of a statement with its whole id, which will never mean another one.

    site: without a slash at its end.
    """
    return f"{site}/statements/{id.removeprefix('sha256:')}"


def citations(entry: Entry, site: str) -> Citations:
    """How a statement of the ledger on this site can be cited."""
    link = permanent(site, entry.id)
    return Citations(link, _plain(entry, link), _bibtex(entry, link), str(_html(entry, link)))


def _where(entry: Entry) -> list[str]:
    """Title, outlet and day of the article, those that are known."""
    title = f"“{harmless(entry.title)}”" if entry.title else ""
    outlet = harmless(entry.outlet or "")
    return [part for part in (title, outlet, long_day(entry.published)) if part]


def _plain(entry: Entry, link: str) -> str:
    reported = ", ".join(_where(entry)) or f"article {words.short(entry.article)}"
    address = f", {http_only(entry.url)}" if http_only(entry.url) else ""
    who = words.through(entry) + words.speaker(entry)
    return f"{who}: “{harmless(entry.text)}”. In: {reported}{address}. On record: {link}"


def _bibtex(entry: Entry, link: str) -> str:
    day = entry.published
    fields = {
        "author": "{" + _tex(words.speaker(entry)) + "}",
        "title": "{" + _tex(harmless(entry.text)) + "}",
        "howpublished": _tex(", ".join(_where(entry)[:-1] if day else _where(entry))),
        "year": f"{day.year}" if day else "",
        "month": f"{day.month}" if day else "",
        "day": f"{day.day}" if day else "",
        "url": _address(link),
        "note": f"Source: \\url{{{_address(web)}}}" if (web := http_only(entry.url)) else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{onrecord-{words.short(entry.id)},", *lines, "}"])


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in text)


def _address(address: str) -> str:
    """An address that cannot end the braces it stands in."""
    return re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02X}", address)


def _html(entry: Entry, link: str) -> Markup:
    web = http_only(entry.url)
    where = ", ".join(_where(entry)) or f"article {words.short(entry.article)}"
    source = Markup('<a href="{}">{}</a>').format(web, where) if web else escape(where)
    cite = Markup(' cite="{}"').format(web) if web else ""
    return Markup(
        '<blockquote{}>\n<p>{}</p>\n</blockquote>\n<p>{}{}, in {} (<a href="{}">on record</a>)</p>'
    ).format(cite, harmless(entry.text), words.through(entry), words.speaker(entry), source, link)
