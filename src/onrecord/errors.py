"""Every error that onrecord raises, as one tree with numbered messages.

    OnrecordError
    ├── InputError            what was given cannot be read
    │   ├── NotFound          E101      ├── TooDeep           E108
    │   ├── Unreadable        E102      ├── BadOption         E109
    │   ├── TooLarge          E103      └── EmptyDirectory    E110
    │   ├── NotText           E104
    │   ├── Empty             E105
    │   ├── NotEnglish        E106
    │   └── NoArticle         E107
    ├── FetchError            a URL could not be fetched
    │   ├── BadAddress        E121      ├── HttpStatus        E125
    │   ├── PrivateAddress    E122      ├── BadMediaType      E126
    │   ├── TimedOut          E123      └── Unreachable       E127
    │   └── TooManyRedirects  E124
    ├── ModelError            the reader's model cannot be used
    │   ├── ModelMissing      E201
    │   └── ModelBroken       E202
    └── UsageError            a setting, an option or an output is wrong
        ├── BadSetting        E301
        ├── CannotWrite       E302
        └── MissingExtra      E303

A message says what is wrong (with the value), the likely cause, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar


class OnrecordError(Exception):
    """Base of all errors. `code` numbers the message; `what`, `why` and `remedy` are its parts.

    The three class attributes are `str.format` templates, filled from the keyword arguments.
    """

    code: ClassVar[str] = ""
    what: ClassVar[str] = ""
    why: ClassVar[str] = ""
    remedy: ClassVar[str] = ""

    def __init__(self, **values: Any) -> None:
        self.values = {key: shown(value) for key, value in values.items()}
        parts = (self.what, self.why, self.remedy)
        self.parts = tuple(part.format_map(self.values) for part in parts)
        super().__init__(f"[{self.code}] " + " ".join(part for part in self.parts if part))

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors cross process borders (worker pools) whole."""
        return _rebuild, (type(self), self.values)


def _rebuild(kind: type[OnrecordError], values: dict[str, str]) -> OnrecordError:
    return kind(**values)


def shown(value: object, limit: int = 200) -> str:
    """A value fit for a message: control characters escaped, at most `limit` characters."""
    text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(value)[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def catalogue() -> Iterator[type[OnrecordError]]:
    """All numbered error classes, in the order of their numbers."""
    found: list[type[OnrecordError]] = []
    waiting: list[type[OnrecordError]] = [OnrecordError]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if "code" in vars(kind) and kind.code:
            found.append(kind)
    yield from sorted(found, key=lambda kind: kind.code)


class InputError(OnrecordError):
    """What was given cannot be read as an article."""


class NotFound(InputError):
    """E101: no such file or directory."""

    code = "E101"
    what = "{name}: there is no such file or directory."
    remedy = "Check the path; give - to read from standard input."


class Unreadable(InputError):
    """E102: the file exists but the system refuses to read it."""

    code = "E102"
    what = "{name}: cannot be read ({reason})."
    remedy = "Check the file's permissions."


class TooLarge(InputError):
    """E103: larger than the limit."""

    code = "E103"
    what = "{name}: {size}, more than the limit of {limit}."
    why = "A news article is far smaller; this is probably an archive, a book or a dump."
    remedy = "Split it into articles, or raise ONRECORD_MAX_BYTES."


class NotText(InputError):
    """E104: binary data."""

    code = "E104"
    what = "{name}: is not text ({reason})."
    why = "onrecord reads plain text, Markdown and HTML."
    remedy = "Convert it to text first, for example with pdftotext for a PDF."


class Empty(InputError):
    """E105: nothing, or only white space."""

    code = "E105"
    what = "{name}: holds no text."
    why = "The input is empty or only white space."
    remedy = "Check that the file was saved, or that the command before the pipe printed something."


class NotEnglish(InputError):
    """E106: the text is not English."""

    code = "E106"
    what = "{name}: is not English ({reason})."
    why = "The reader was trained on English news alone and would invent attributions elsewhere."
    remedy = "Give an English text, or state --language en if this is a mistake."


class NoArticle(InputError):
    """E107: an HTML page without an article in it."""

    code = "E107"
    what = "{name}: no article was found in the page."
    why = "The page has no running text: perhaps a home page, a login page or one filled in by script."
    remedy = "Save the article's own page, or its text, and give that."


class TooDeep(InputError):
    """E108: HTML nested beyond any real page."""

    code = "E108"
    what = "{name}: the HTML is nested {depth} levels deep, more than {limit}."
    why = "No real page is; this may be an attack on the parser."
    remedy = "Give the article's text instead."


class BadOption(InputError):
    """E109: an option's value makes no sense."""

    code = "E109"
    what = "{option}: {value} is not {expected}."
    remedy = "For example: {option} {example}."


class EmptyDirectory(InputError):
    """E110: a directory in which nothing can be read."""

    code = "E110"
    what = "{name}: no file in it can be read as an article."
    why = "Files ending in .txt, .text, .md, .markdown, .html, .htm or .xhtml are read."
    remedy = "Check the path, or give the files by name."


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


class ModelError(OnrecordError):
    """The reader's model cannot be used."""


class ModelMissing(ModelError):
    """E201: no model file."""

    code = "E201"
    what = "{path}: there is no model there."
    why = "The installation is incomplete, or ONRECORD_MODEL points elsewhere."
    remedy = "Install onrecord again, or correct ONRECORD_MODEL."


class ModelBroken(ModelError):
    """E202: the model file cannot be loaded."""

    code = "E202"
    what = "{path}: the model cannot be loaded ({reason})."
    why = "The file is damaged or made for another version of onrecord."
    remedy = "Install onrecord again, or correct ONRECORD_MODEL."


class UsageError(OnrecordError):
    """A setting, an option or an output is wrong."""


class BadSetting(UsageError):
    """E301: an environment variable's value makes no sense."""

    code = "E301"
    what = "{name}={value}: is not {expected}."
    remedy = "Correct or unset the environment variable {name}."


class CannotWrite(UsageError):
    """E302: the output cannot be written."""

    code = "E302"
    what = "{name}: cannot be written ({reason})."
    remedy = "Choose another place with --output."


class MissingExtra(UsageError):
    """E303: an optional library is not installed."""

    code = "E303"
    what = "{feature} needs the library {library}, which is not installed."
    remedy = "Install it with: pip install 'onrecord[{extra}]'."
