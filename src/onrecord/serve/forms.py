"""Forms: what was filled in, where to go afterwards, and what does not fit in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response

from onrecord.serve.rendering import fragment, see

if TYPE_CHECKING:
    from onrecord.entry import Entry, LogRow
    from onrecord.ledger.results import Shown
    from onrecord.serve.corrections import Clash
    from onrecord.serve.visit import Visit

# A path of ours in printable ASCII: "//" and "/\" begin other sites' addresses, and browsers drop tabs.
_OURS: Final = re.compile(r"/(?![/\\])[!-\[\]-~]*")


async def _filled(request: Request) -> dict[str, str]:
    form = await request.form()
    return {
        name: value.replace("\r\n", "\n").strip() for name, value in form.items() if isinstance(value, str)
    }


# The fields of the form that was sent, by name; files are left out, and the white space around texts.
Filled = Annotated[dict[str, str], Depends(_filled)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form about a statement as a template shows it. back: where to go afterwards.

    values: what stands in its fields; was: what stood there when it was made. wrong: by field, what does not
    fit, or under "" what is wrong with the whole. since: what was done to the statement after the form was
    made; clashes: where that and the form differ.
    """

    shown: Shown
    back: str
    values: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    since: tuple[LogRow, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def entry(self) -> Entry:
        """The statement as it now stands."""
        return self.shown.entry

    @property
    def head(self) -> int:
        """The last row of the log about the statement: as of it, the form is made."""
        return head(self.shown)


def head(shown: Shown) -> int:
    """The last row of the log about a statement."""
    return max((row.sequence for row in shown.history), default=0)


def since(shown: Shown, fields: Mapping[str, str]) -> tuple[LogRow, ...]:
    """What was done to a statement after the form was made that has these fields."""
    seen = _row(fields.get("head", ""))
    return () if seen is None else tuple(row for row in shown.history if row.sequence > seen)


def _row(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else None


def ours(path: str | None, otherwise: str) -> str:
    """The path, if it is one of this site's; else the other one."""
    return path if path and _OURS.fullmatch(path) else otherwise


def done(visit: Visit, path: str) -> Response:
    """Send a person on after a form did its work; for htmx, which would put the page into the form's place,
    load the page anew, at the place where one was reading.
    """
    if not fragment(visit):
        return see(path)
    stays = _page(visit.request.headers.get("HX-Current-URL", "")) == _page(path)
    return Response(headers={"HX-Refresh": "true"} if stays else {"HX-Redirect": path})


def _page(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.path, parts.query
