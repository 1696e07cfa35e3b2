"""What guards every answer: headers that keep browsers from harm, hosts, sizes.

Pure ASGI, so that answers stream. Nothing here looks at who asks: `visit` does.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from onrecord.errors import TooLarge
from onrecord.serve.problems import answer, plain_problem

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from onrecord.serve.house import House

# No script, style or picture but our own files; nothing inline; nobody may frame a page.
POLICY: Final = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS: Final = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    # Not no-referrer: with it, browsers would send `Origin: null` with our own forms.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cache-Control", "no-store"),
)
HTTPS_ONLY: Final = ("Strict-Transport-Security", "max-age=31536000")
# Bytes of path and query, and of all headers.
LONGEST_ADDRESS: Final = 8_192
LARGEST_HEADERS: Final = 32_768
# Room for the fields of a form beside what may be read, and for an export of a whole ledger.
BESIDE: Final = 65_536
IMPORTS: Final = "/api/v1/imports"
IMPORT_FACTOR: Final = 100
_DIGITS: Final = 18
# Asked by what watches over servers, by any name; they tell nothing.
_WATCHED: Final = frozenset({"/healthz", "/readyz"})
_ALL_ADDRESSES: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - it is compared with


def install(app: FastAPI, house: House) -> None:
    """Put the guards around the application; the last one added is the outermost."""
    app.add_middleware(Sizes, max_bytes=house.settings.max_bytes)
    app.add_middleware(Hosts, site=house.site, hosts=house.hosts)
    app.add_middleware(SafeHeaders, https=house.site.startswith("https:"))


class SafeHeaders:
    """Adds the headers that every answer has, errors as well, unless a route set one itself."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers = (*HEADERS, HTTPS_ONLY) if https else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and put the headers on its answer."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers:
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)


class Hosts:
    """Refuses requests for names that are not this server's.

    A page elsewhere may have its own name point to this machine (DNS rebinding); the browser would then
    take what we answer for that page's. Loopback, the site and what it listens on are this server's;
    where it listens on all addresses, any address is, but no other name.
    """

    def __init__(self, app: ASGIApp, *, site: str, hosts: Iterable[str]) -> None:
        self._app = app
        given = {host.lower().strip("[]") for host in hosts}
        self._names = {"localhost", *given, *filter(None, [urlsplit(site).hostname])}
        self._any_address = bool(given & _ALL_ADDRESSES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 421."""
        if scope["type"] != "http" or scope["path"] in _WATCHED or self._ours(scope):
            await self._app(scope, receive, send)
            return
        refusal = "This server does not answer under this name. It can be given one: onrecord serve --site."
        await PlainTextResponse(refusal, 421)(scope, receive, send)

    def _ours(self, scope: Scope) -> bool:
        given = Headers(scope=scope).getlist("host")
        name = _name(given[0]) if len(given) == 1 else None
        if name is None:
            return False
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return name in self._names
        return address.is_loopback or self._any_address or name in self._names


def _name(host: str) -> str | None:
    """The name or address in a header Host, without its port; None where it is malformed."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    plain = parts.username is None and not (parts.path or parts.query or parts.fragment)
    return parts.hostname if plain and host.isprintable() else None


class Sizes:
    """Refuses addresses, headers and bodies that are too large; a body is counted as it comes in."""

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 414 or 431; a body too large raises TooLarge where it is read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            await answer(Request(scope, receive), plain_problem(414))(scope, receive, send)
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEADERS:
            await answer(Request(scope, receive), plain_problem(431))(scope, receive, send)
        else:
            await self._app(scope, _counted(scope, receive, self._limit(scope["path"])), send)

    def _limit(self, path: str) -> int:
        return self._max_bytes * IMPORT_FACTOR if path == IMPORTS else self._max_bytes + BESIDE


def _counted(scope: Scope, receive: Receive, limit: int) -> Receive:
    """`receive`, which raises TooLarge once there is more than the limit, or is said to come."""
    announced = Headers(scope=scope).get("content-length", "0")
    too_much = announced.isdecimal() and (len(announced) > _DIGITS or int(announced) > limit)
    count = 0

    async def receiving() -> Message:
        nonlocal count
        if too_much:
            raise _too_large(limit)
        message = await receive()
        count += len(message.get("body", b""))
        if count > limit:
            raise _too_large(limit)
        return message

    return receiving


def _too_large(limit: int) -> TooLarge:
    return TooLarge(name="What was sent", size="too many bytes", limit=f"{limit:,} bytes")
