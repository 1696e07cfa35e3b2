"""Says where a server is to listen, and for whom, and whether that makes sense, before anything is loaded."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from onrecord.errors import BadOption, CannotListen


@dataclass(frozen=True, slots=True)
class Asked:
    """How the server is to be run. site: the address under which others see it, without a slash at its end.

    behind: addresses or networks of reverse proxies, whose word on who asks is taken. private_addresses:
    articles may be fetched from private networks.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    team: bool = False
    site: str = ""
    behind: tuple[str, ...] = ()
    private_addresses: bool = False


def checked(asked: Asked) -> Asked:
    """What was asked for, its site in its usual form. Raises BadOption where it makes no sense."""
    if not asked.team and not loopback(asked.host):
        expected = "of this machine alone; without --team whoever opens the link first is let in"
        raise BadOption(option="--host", value=asked.host, expected=expected, example="127.0.0.1")
    for address in asked.behind:
        _check_network(address)
    return replace(asked, site=_site(asked.site))


def _site(given: str) -> str:
    if not given:
        return ""
    try:
        parts = urlsplit(given.strip())
        named = bool(parts.hostname) and (parts.port or True)
    except ValueError:
        named = False
    whole = named and parts.scheme in ("http", "https") and parts.path in ("", "/")
    if not whole or parts.query or parts.fragment or "@" in parts.netloc:
        expected = "the address of a site, without a path"
        raise BadOption(option="--site", value=given, expected=expected, example="https://record.example")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _check_network(address: str) -> None:
    try:
        ipaddress.ip_network(address, strict=False)
    except ValueError:
        expected = "the address or network of a reverse proxy"
        raise BadOption(option="--behind", value=address, expected=expected, example="127.0.0.1") from None


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections. port: 0 for any that is free. Raises CannotListen."""
    name = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, OverflowError, UnicodeError) as error:
        raise CannotListen(address=name, reason=_reason(error)) from None
    try:
        # Taking the place of a server that has just ended; two at the same time are still refused.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except (OSError, OverflowError) as error:
        listener.close()
        raise CannotListen(address=name, reason=_reason(error)) from None
    return listener


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def address_of(listener: socket.socket, asked: Asked) -> str:
    """The address at which people find the server: its site, or where it listens."""
    if asked.site:
        return asked.site
    port = listener.getsockname()[1]
    host = own_name(asked.host) or asked.host
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def own_name(host: str) -> str:
    """The machine's own name where the server listens on all of its addresses, else nothing."""
    return socket.gethostname() if host in ("0.0.0.0", "::") else ""  # noqa: S104 - it is compared with


def loopback(host: str) -> bool:
    """Whether a name or address means this machine alone."""
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
