"""E121 to E127: a URL could not be fetched."""

from __future__ import annotations

from onrecord.errors.base import OnrecordError


class FetchError(OnrecordError):
    """A URL could not be fetched."""


class BadAddress(FetchError):
    """E121: not an http(s) address."""

    code = "E121"
    what = "{url}: is not an address that onrecord fetches ({reason})."
    why = "Only http and https addresses of web servers are fetched."
    remedy = "Give an address such as https://example.org/article."


class PrivateAddress(FetchError):
    """E122: the address leads into a private network."""

    code = "E122"
    what = "{url}: leads to {address}, a private, loopback or link-local address."
    why = "A link in a list could otherwise make this machine read internal pages."
    remedy = "If that is intended, give --allow-private-addresses."


class TimedOut(FetchError):
    """E123: the server did not answer in time."""

    code = "E123"
    what = "{url}: no complete answer within {seconds} seconds."
    why = "The server is slow, or does not answer this machine."
    remedy = "Try again later, or raise ONRECORD_TIMEOUT."


class TooManyRedirects(FetchError):
    """E124: the redirects do not end."""

    code = "E124"
    what = "{url}: redirects more than {limit} times."
    why = "The site may want a cookie or a login."
    remedy = "Open the page in a browser, save it, and give the file."


class HttpStatus(FetchError):
    """E125: the server answered with an error."""

    code = "E125"
    what = "{url}: the server answered {status}."
    why = "The page may have moved, or the server refuses programs."
    remedy = "Open the page in a browser, save it, and give the file."


class BadMediaType(FetchError):
    """E126: the answer is neither text nor HTML."""

    code = "E126"
    what = "{url}: is {media_type}, not a page or a text."
    why = "onrecord reads HTML and plain text."
    remedy = "Give the address of the article's page, or convert the file to text."


class Unreachable(FetchError):
    """E127: no connection."""

    code = "E127"
    what = "{url}: cannot be reached ({reason})."
    why = "The name may be wrong, or this machine is offline."
    remedy = "Check the address and the connection."
