"""Tells forms of our own pages from those that another site makes a person's browser send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from onrecord.errors import ForgedForm
from onrecord.serve.accounts.secrets import same

if TYPE_CHECKING:
    from fastapi import Request

FIELD: Final = "csrf"
HEADER: Final = "X-CSRF-Token"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_PORTS: Final = {"http": 80, "https": 443}


async def check(request: Request, csrf: str, *, form: bool = True) -> None:
    """Let a request that changes something pass only where it shows a page's secret and comes from here.

    csrf: the secret. form: it may stand in the field of a form, and not in the header alone.
    Raises ForgedForm.
    """
    if request.method in SAFE:
        return
    shown = request.headers.get(HEADER)
    if shown is None and form and _has_form(request):
        field = (await request.form()).get(FIELD)
        shown = field if isinstance(field, str) else None
    if not csrf or shown is None or not same(shown, csrf) or not from_here(request):
        raise ForgedForm


def _has_form(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() in _FORMS


def from_here(request: Request) -> bool:
    """Whether the browser says that a page of this server sent it; true where it says nothing.

    Fetch Metadata (W3C): `none` is what a person did by hand. The header Origin, where it is sent, must
    name the host that was asked, whatever the scheme: a proxy in front may speak another one.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    scheme, _, _ = origin.partition("://")
    theirs = _host(origin)
    return theirs is not None and theirs == _host(f"{scheme}://{request.headers.get('host', '')}")


def _host(origin: str) -> tuple[str | None, int | None] | None:
    """Host and port, the usual port where none is named; None where there is no host (as in `null`)."""
    try:
        parts = urlsplit(origin)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname else None
