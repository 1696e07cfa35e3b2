"""Decides which internet addresses may be fetched from, and resolves a name to them.

A list of links from elsewhere must not make this machine read pages of its own network.
"""

from __future__ import annotations

import socket
import threading
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue

from onrecord.errors import PrivateAddress, TimedOut, Unreachable

_NAT64 = IPv6Network("64:ff9b::/96")
_IPV4_COMPATIBLE = IPv6Network("::/96")


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet, and so does any IPv4 address inside it."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(
        each.is_global
        and not (each.is_multicast or each.is_reserved or each.is_unspecified)
        and not (isinstance(each, IPv6Address) and each.is_site_local)
        for each in (_embedded(ip) if isinstance(ip, IPv6Address) else None) or [ip]
    )


def _embedded(ip: IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The IPv4 addresses that a mapped, 6to4, Teredo or NAT64 address leads to; empty for others."""
    if ip.ipv4_mapped:
        return [ip.ipv4_mapped]
    if ip.sixtofour:
        return [ip.sixtofour]
    if ip.teredo:
        return [ip, *ip.teredo]
    if ip in _NAT64:
        return [IPv4Address(int(ip) & 0xFFFFFFFF)]
    return [ip, IPv4Address(int(ip) & 0xFFFFFFFF)] if ip in _IPV4_COMPATIBLE else []


def resolve(
    host: str, port: int, *, url: str, timeout: float, limit: float, allow_private: bool
) -> list[str]:
    """All numeric addresses of `host`, in the resolver's order, each one public unless `allow_private`.

    `timeout` is what is left of the `limit` seconds. Raises TimedOut, Unreachable, PrivateAddress.
    """
    answer: SimpleQueue[list[str] | str] = SimpleQueue()
    # The system's resolver knows no time-out, so it is asked in a thread that may be left behind.
    threading.Thread(target=_ask, args=(host, port, answer), daemon=True).start()
    try:
        addresses = answer.get(timeout=max(timeout, 0.001))
    except Empty:
        raise TimedOut(url=url, seconds=f"{limit:g}") from None
    if isinstance(addresses, str):
        raise Unreachable(url=url, reason=addresses)
    for address in addresses:
        if not allow_private and not is_public(address):
            raise PrivateAddress(url=url, address=address)
    return addresses


def _ask(host: str, port: int, answer: SimpleQueue[list[str] | str]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        answer.put(f"the name {host} is not known: {getattr(error, 'strerror', None) or error}")
        return
    answer.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
