"""Asks a server, and gives its answers or, where it refuses, the very error that it met.

The token goes into one header and nowhere else: no error, no representation and no address has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, Final
from urllib.parse import quote, urlsplit

import httpx

from onrecord.errors import (
    BadOption,
    NotSignedIn,
    OnrecordError,
    ServerGone,
    ServerRefused,
    catalogue,
    shown,
)

API: Final = "/api/v1"
# Seconds to reach the server; and for it to begin its answer: it may be busy with a ledger of millions.
REACH: Final = 10.0
ANSWER: Final = 300.0
PROBLEM: Final = "application/problem+json"
_BLOCK: Final = 1 << 16


def address_of(given: str) -> str:
    """The address of a server in its usual form, without a slash at its end. Raises BadOption."""
    try:
        parts = urlsplit(given.strip())
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        named = False
    if not named or parts.query or parts.fragment or "@" in parts.netloc:
        # An address with a password in it is not repeated.
        value = "…" if "@" in given else given or '""'
        expected = "the http(s) address of a server"
        raise BadOption(option="--server", value=value, expected=expected, example="https://record.example")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def path(*parts: str) -> str:
    """An address below /api/v1, whatever characters its parts have."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


class Connection:
    """A server that is asked for one person or program. Safe to use from several threads."""

    def __init__(self, server: str, token: str, *, transport: httpx.BaseTransport | None = None) -> None:
        """transport: over which it is asked, in the place of the network. Raises BadOption, NotSignedIn."""
        self.server = address_of(server)
        self._client = httpx.Client(
            base_url=self.server + API,
            headers={"Authorization": _bearer(token)} if token else {},
            timeout=httpx.Timeout(ANSWER, connect=REACH),
            transport=transport,
            # Certificates are loaded for https alone: that takes longer than most answers.
            verify=self.server.startswith("https:"),
        )

    def close(self) -> None:
        """Give the connection up."""
        self._client.close()

    def get(self, where: str, **query: Any) -> Any:
        """The JSON value at an address. What is None, empty or False in the query is left out."""
        return self._asked("GET", where, query)

    def post(self, where: str, body: Mapping[str, Any]) -> Any:
        """What the server answers to a JSON value."""
        return self._asked("POST", where, {}, json=body)

    def delete(self, where: str, **query: Any) -> Any:
        """What the server answers where something is taken back."""
        return self._asked("DELETE", where, query)

    def send(self, where: str, file: BinaryIO, media_type: str) -> Any:
        """What the server answers to a file."""
        blocks = iter(lambda: file.read(_BLOCK), b"")
        return self._asked("POST", where, {}, content=blocks, headers={"Content-Type": media_type})

    def items(self, where: str, count: int, most: int = 500, **query: Any) -> Iterator[Any]:
        """The first `count` items of a list, a page at a time. most: items of a page."""
        cursor = None
        while count > 0:
            page = self.get(where, limit=min(count, most), cursor=cursor, **query)
            found, cursor = self.part(page, "items"), self.part(page, "next")
            yield from found
            count -= len(found)
            if cursor is None or not found:
                return

    def load(self, where: str, out: BinaryIO, **query: Any) -> None:
        """Write what is at an address to a file, as it comes."""
        with (
            self._reaching(),
            self._client.stream("GET", where.lstrip("/"), params=_query(query)) as answer,
        ):
            if not answer.is_success:
                answer.read()
                raise self._refusal(answer)
            for block in answer.iter_bytes(_BLOCK):
                out.write(block)

    def part(self, value: Any, name: str) -> Any:
        """A field of an answer. Raises ServerRefused where there is none: another program answered."""
        try:
            return value[name]
        except (KeyError, TypeError, IndexError):
            raise self.strange() from None

    def strange(self) -> ServerRefused:
        """The error of an answer that no server of ours gives."""
        return self._refused("its answer is none that this version of onrecord knows")

    def _asked(self, method: str, where: str, query: Mapping[str, Any], **more: Any) -> Any:
        with self._reaching():
            answer = self._client.request(method, where.lstrip("/"), params=_query(query), **more)
        if not answer.is_success:
            raise self._refusal(answer)
        try:
            return answer.json()
        except ValueError:
            raise self.strange() from None

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except httpx.TimeoutException:
            raise ServerGone(server=self.server, reason="it did not answer in time") from None
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise ServerGone(server=self.server, reason=str(error) or type(error).__name__) from None

    def _refusal(self, answer: httpx.Response) -> OnrecordError:
        """The error that the server met, of its own class where it is one of ours."""
        told = _problem(answer)
        kind = next((kind for kind in catalogue() if kind.code == told.get("code")), None)
        values = told.get("values")
        if kind is not None and isinstance(values, dict):
            try:
                return kind(**values)
            except (KeyError, IndexError, TypeError):
                pass  # it has other values in the server's version: its words will do
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            return NotSignedIn()
        what = told.get("what")
        status = f"{answer.status_code} {answer.reason_phrase}".strip()
        return self._refused(str(what).rstrip(".") if what else f"it answered {status}")

    def _refused(self, message: str) -> ServerRefused:
        return ServerRefused(server=self.server, message=shown(message))


def _bearer(token: str) -> str:
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise NotSignedIn  # no header can have it, and no server gave it
    return f"Bearer {token}"


def _problem(answer: httpx.Response) -> dict[str, Any]:
    """What an answer says of its error, nothing where it is none of ours."""
    if answer.headers.get("Content-Type", "").partition(";")[0].strip() != PROBLEM:
        return {}
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _query(given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a query as text: days as 2031-06-15, True as true."""
    return {name: _text(value) for name, value in given.items() if value or type(value) is int}


def _text(value: Any) -> Any:
    if isinstance(value, frozenset | set | list | tuple):
        return sorted(str(part) for part in value)
    return "true" if value is True else str(value)
