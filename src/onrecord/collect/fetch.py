"""Fetches one page over http(s): bounded in time, size and redirects, and never from a private network.

Every hop's name is resolved once, all its addresses are checked, and the connection goes
to those addresses. No cookies, no credentials, no proxies, nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from onrecord.collect.addresses import resolve
from onrecord.errors import (
    BadAddress,
    BadMediaType,
    HttpStatus,
    TimedOut,
    TooLarge,
    TooManyRedirects,
    Unreachable,
)
from onrecord.settings import Settings

if TYPE_CHECKING:
    import ssl

    import httpcore

    from onrecord.collect.connection import Deadline

PAGES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown")
# Feeds come under all of these names, and as text/html or text/plain from servers that know no better.
FEEDS = (
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml",
    "application/x-rss+xml", "application/rss", "application/atom", "text/rss+xml", "text/rss",
)  # fmt: skip
_REDIRECTS = (301, 302, 303, 307, 308)
_SAFE = "/?:@!$&'()*+,;=-._~%[]"
_ACCEPT_PAGES = "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.9"
_ACCEPT_FEEDS = "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9"
_MAX_VALIDATOR = 1_000


class Validators(NamedTuple):
    """What a server gave with an answer, to ask later whether it has changed (RFC 9110, section 8.8)."""

    etag: str | None = None
    modified: str | None = None


_NONE = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: where it came from in the end, its bytes, and its `Content-Type`, parameters included.

    unchanged: the server says that it is as it was when it gave the validators; there are no bytes then.
    """

    url: str
    data: bytes
    content_type: str | None
    validators: Validators = _NONE
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for: the media types that are taken, and only if it is not as it was then."""

    media_types: tuple[str, ...] = PAGES
    accept: str = _ACCEPT_PAGES
    unless: Validators = _NONE


_A_PAGE = Asking()


def for_page_or_feed() -> Asking:
    """Asks for a page; a feed is taken where the address is one's."""
    return Asking((*PAGES, *FEEDS), f"{_ACCEPT_PAGES}, application/rss+xml;q=0.8, application/xml;q=0.7")


def for_feed(unless: Validators = _NONE) -> Asking:
    """Asks for a feed; a page is taken, too, since many servers call their feeds one."""
    return Asking((*FEEDS, *PAGES), f"{_ACCEPT_FEEDS}, {_ACCEPT_PAGES}", unless)


class Target(NamedTuple):
    """An address in its parts; `path` holds the query, `host` is in ASCII."""

    url: str
    scheme: str
    host: str
    port: int
    path: str


def fetch(
    url: str, *, settings: Settings, allow_private_addresses: bool = False, asking: Asking = _A_PAGE
) -> Fetched:
    """The answer to GET `url`, redirects followed.

    Raises the FetchErrors (E121 to E127), and TooLarge beyond `settings.max_bytes`.
    """
    import httpcore

    from onrecord.collect.connection import Deadline

    deadline = Deadline(settings.timeout)
    address = url
    try:
        for _ in range(settings.max_redirects + 1):
            outcome = _hop(address, deadline, settings, asking, allow_private_addresses)
            if isinstance(outcome, Fetched):
                return outcome
            address = outcome
    except (httpcore.TimeoutException, TimeoutError):
        raise TimedOut(url=url, seconds=f"{settings.timeout:g}") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise Unreachable(url=url, reason=str(error) or type(error).__name__) from None
    raise TooManyRedirects(url=url, limit=settings.max_redirects)


def parse_target(url: str) -> Target:
    """The parts of an http(s) address. Raises BadAddress for every other address."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host.encode("idna").decode("ascii") if ":" not in host else host
    except ValueError as error:
        raise BadAddress(url=url, reason=str(error)) from None
    if parts.scheme not in ("http", "https"):
        raise BadAddress(url=url, reason=f"its scheme is {parts.scheme or 'missing'}")
    if parts.username is not None or parts.password is not None:
        raise BadAddress(url=url, reason="it holds a user name or a password")
    if not host or port == 0 or any(c.isspace() or not c.isprintable() for c in host):
        raise BadAddress(url=url, reason="it names no host")
    path = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    )
    return Target(url.strip(), parts.scheme, host, port or {"http": 80, "https": 443}[parts.scheme], path)


def _tls() -> ssl.SSLContext:
    """The system's certificates and certifi's, for systems that come without any."""
    import ssl

    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _hop(
    address: str, deadline: Deadline, settings: Settings, asking: Asking, allow_private: bool
) -> Fetched | str:
    """The answer from one server: what was fetched, or the address that it redirects to."""
    import httpcore

    from onrecord.collect.connection import CheckedBackend

    target = parse_target(address)
    addresses = resolve(
        target.host, target.port, url=address, timeout=deadline.left(), limit=deadline.seconds,
        allow_private=allow_private,
    )  # fmt: skip
    backend = CheckedBackend(addresses, deadline)
    context = _tls() if target.scheme == "https" else None
    with (
        httpcore.ConnectionPool(ssl_context=context, network_backend=backend, retries=0) as pool,
        pool.stream("GET", _httpcore_url(target), headers=_headers(target, asking)) as response,
    ):
        headers = _answered(response)
        if response.status in _REDIRECTS and "location" in headers:
            return _redirected(target.url, headers["location"])
        if response.status == HTTPStatus.NOT_MODIFIED and any(asking.unless):
            return Fetched(target.url, b"", None, asking.unless, unchanged=True)
        _check(target.url, response.status, headers, settings, asking)
        body = _limited(response.iter_stream(), target.url, settings)
        data = b"".join(_decompressed(body, headers.get("content-encoding"), target.url, settings))
        return Fetched(target.url, data, headers.get("content-type"), _validators(headers))


def _redirected(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise BadAddress(url=location, reason=str(error)) from None


def _httpcore_url(target: Target) -> httpcore.URL:
    import httpcore

    return httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)


def _headers(target: Target, asking: Asking) -> dict[bytes | str, bytes | str]:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = target.port == {"http": 80, "https": 443}[target.scheme]
    conditions = (("If-None-Match", asking.unless.etag), ("If-Modified-Since", asking.unless.modified))
    return {
        "Host": host if usual else f"{host}:{target.port}",
        "User-Agent": "onrecord",
        "Accept": asking.accept,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **{name: value for name, value in conditions if value is not None},
    }


def _validators(headers: dict[str, str]) -> Validators:
    """The answer's validators, without those that are too long or odd to be sent back."""
    given = (headers.get("etag"), headers.get("last-modified"))
    return Validators(
        *(v if v and len(v) <= _MAX_VALIDATOR and v.isascii() and v.isprintable() else None for v in given)
    )


def _answered(response: httpcore.Response) -> dict[str, str]:
    pairs = ((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers)
    return {name: value.strip() for name, value in pairs}


def _check(url: str, status: int, headers: dict[str, str], settings: Settings, asking: Asking) -> None:
    """Raise for an answer that is not what was asked for, before its body is read."""
    if status not in (200, 203):
        known = {s.value: s.phrase for s in HTTPStatus}
        raise HttpStatus(url=url, status=f"{status} {known.get(status, '')}".strip())
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type and media_type not in asking.media_types:
        raise BadMediaType(url=url, media_type=media_type)
    length = headers.get("content-length", "")
    if length.isdigit() and int(length[:18]) > settings.max_bytes:
        raise TooLarge(name=url, size=f"{int(length[:18]):,} bytes", limit=f"{settings.max_bytes:,} bytes")


def _limited(chunks: Iterable[bytes], url: str, settings: Settings) -> Iterator[bytes]:
    """The chunks as they come; raises TooLarge as soon as they are more than the limit."""
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > settings.max_bytes:
            limit = f"{settings.max_bytes:,} bytes"
            raise TooLarge(name=url, size=f"more than {limit}", limit=limit)
        yield chunk


def _decompressed(
    chunks: Iterable[bytes], encoding: str | None, url: str, settings: Settings
) -> Iterator[bytes]:
    from onrecord.collect.inflate import UNCOMPRESSED, inflated

    name = (encoding or "").strip().lower()
    if name in UNCOMPRESSED:
        return iter(chunks)
    return _limited(inflated(chunks, name, url=url), url, settings)
