"""Makes pages from templates; every word from outside is escaped, and a template's slip is an error."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode, urlsplit

from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from onrecord.entry import short
from onrecord.ledger import figures
from onrecord.serve.corrections import LABELS, OPTIONS
from onrecord.serve.notices import Notice
from onrecord.version import __version__
from onrecord.views import acts, verdicts, words
from onrecord.views.harmless import harmless
from onrecord.views.markup import dated, faithful
from onrecord.views.rows import between, percent, shortened

if TYPE_CHECKING:
    from datetime import date

    from onrecord.entry import Entry
    from onrecord.serve.visit import Visit

# Addresses that are remembered, as most are asked for several times on a page.
ADDRESSES: Final = 4_096
STATIC: Final = files("onrecord.serve").joinpath("static")


def render(visit: Visit, template: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page. A template has `visit`, `today` and `notices` besides the values given."""
    whole = not template.rpartition("/")[2].startswith("_")
    taken = visit.house.notices.take(visit.session) if whole and visit.session else list[Notice]()
    html = environment().get_template(template).render(
        visit=visit, notices=taken, today=visit.house.clock().date(), **values
    )  # fmt: skip
    return HTMLResponse(html, status)


def piece(template: str, /, **values: Any) -> Markup:
    """A piece of a page that is the same for everybody: a template has the values given alone."""
    return Markup(environment().get_template(template).render(**values))  # noqa: S704  the template escapes


def see(path: str) -> RedirectResponse:
    """Sends the browser on to a page of ours after a form did its work (303, so nothing is sent twice)."""
    return RedirectResponse(path if path.startswith("/") and path[1:2] not in ("/", "\\") else "/", 303)


def fragment(visit: Visit) -> bool:
    """Whether htmx asks, for a piece of a page."""
    return visit.request.headers.get("HX-Request") == "true"


def static(name: str) -> str:
    """The address of a style sheet or script, which changes with its content and so may be kept for ever."""
    return f"/static/{_digest(name)}/{name}"


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(STATIC.joinpath(name).read_bytes()).hexdigest()[:12]


def query(path: str, /, _given: Mapping[str, Any] | None = None, **values: Any) -> str:
    """An address with its query; what is None or empty is left out, lists are repeated."""
    given = {**(_given or {}), **values}
    kept = {key: value for key, value in given.items() if value not in (None, "", [], (), frozenset())}
    return path + (f"?{urlencode(kept, doseq=True)}" if kept else "")


@lru_cache(maxsize=ADDRESSES)
def statement_path(id: str) -> str:  # noqa: A002
    """Where a statement is shown."""
    return f"/statements/{quote(short(id), safe='')}"


@lru_cache(maxsize=ADDRESSES)
def article_path(id: str) -> str:  # noqa: A002
    """Where an article is shown."""
    return f"/articles/{quote(short(id), safe='')}"


@lru_cache(maxsize=ADDRESSES)
def speaker_path(name: str) -> str:
    """Where a speaker is shown."""
    return query("/speaker", name=name)


def long_day(day: date | None) -> str:
    """A day for eyes: 6 March 2018; empty for none."""
    return f"{day.day} {day:%B %Y}" if day else ""


def day(day: date | None) -> Markup:
    """A day as an element that programs can read: 2018-03-06; a dash for none."""
    if day is None:
        return Markup('<span class="none">–</span>')
    return Markup(f"<time>{day.isoformat()}</time>")  # noqa: S704  digits and hyphens


def number(value: int) -> str:
    """A whole number with its thousands apart: 12,345."""
    return f"{value:,}"


def speaker_link(entry: Entry) -> Markup:
    """The speaker of a statement, as a link where there is a name to look up."""
    name = escape(words.speaker(entry))
    if not entry.speaker:
        return Markup(f'<span class="who nobody">{name}</span>')  # noqa: S704  escaped above
    path = escape(speaker_path(entry.speaker))
    return Markup(f'<a class="who" dir="auto" href="{path}">{name}</a>')  # noqa: S704  escaped above


def http_only(address: str | None) -> str:
    """The address of another site where it is one of the web; empty for all others, such as javascript:…"""
    given = (address or "").strip()
    if not given.isprintable() or any(each.isspace() for each in given):
        return ""
    try:
        parts = urlsplit(given)
        return given if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:  # for example "http://["
        return ""


@cache
def environment() -> Environment:
    """The templates, with the filters and functions that they may use."""
    made = Environment(
        loader=PackageLoader("onrecord.serve", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # The files of an installed program do not change; to look would cost a system call for each template.
        auto_reload=False,
    )
    made.filters |= {
        "between": between, "dated": dated, "day": day, "faithful": faithful, "harmless": harmless,
        "long_day": long_day, "number": number, "percent": percent, "short": short, "shortened": shortened,
    }  # fmt: skip
    made.globals |= {
        "choices": verdicts.choices, "figures": figures, "http_only": http_only, "labels": LABELS,
        "options": OPTIONS, "told": acts.told,
        "article_path": article_path, "escape": escape, "query": query, "say": words,
        "speaker_link": speaker_link, "speaker_path": speaker_path, "statement_path": statement_path,
        "static": static, "version": __version__,
    }  # fmt: skip
    return made
