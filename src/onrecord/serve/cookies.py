"""The two cookies of a browser: its session's secret, and a secret for the form with which one signs in.

Browsers send a host's cookies to all of its ports, so the port is in the name: two ledgers may be open
on one machine. Where the site is https, the names bind the cookies to this host and to https.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from onrecord.serve.accounts.sessions import LONGEST

if TYPE_CHECKING:
    from fastapi import Request, Response

_SESSION: Final = "onrecord"
_FORM: Final = "onrecord-form"
_CHARACTERS: Final = 128


def session(request: Request, site: str) -> str | None:
    """The secret of the browser's session, whether it is good or not."""
    return _get(request, site, _SESSION)


def form(request: Request, site: str) -> str | None:
    """The secret that the form for signing in belongs to."""
    return _get(request, site, _FORM)


def set_session(response: Response, request: Request, site: str, secret: str) -> None:
    """Give the browser a session, and take the secret of the form back."""
    _set(response, request, site, _SESSION, secret, round(LONGEST))
    _set(response, request, site, _FORM, "", 0)


def set_form(response: Response, request: Request, site: str, secret: str) -> None:
    """Give the browser a secret for the form, until it is closed."""
    _set(response, request, site, _FORM, secret, None)


def drop_session(response: Response, request: Request, site: str) -> None:
    """Take the session back."""
    _set(response, request, site, _SESSION, "", 0)


def secure(request: Request, site: str) -> bool:
    """Whether browsers reach this server by https: as its site says, or else as the request came."""
    return (site or str(request.url)).startswith("https:")


def _name(request: Request, site: str, name: str) -> str:
    if secure(request, site):
        return "__Host-" + name
    port = urlsplit(site).port if site else request.url.port
    return f"{name}-{port}" if port else name


def _get(request: Request, site: str, name: str) -> str | None:
    found = request.cookies.get(_name(request, site, name))
    return found if found and len(found) <= _CHARACTERS else None


def _set(response: Response, request: Request, site: str, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(
        _name(request, site, name), value, max_age=seconds, path="/", secure=secure(request, site),
        httponly=True, samesite="lax",
    )  # fmt: skip
