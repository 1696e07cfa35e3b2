"""One input to one article: from text, bytes, a file or a URL, checked to be English text."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from onrecord.collect.decoding import check_text, decode
from onrecord.collect.language import is_evident, not_english
from onrecord.collect.metadata import Metadata, compose, primary_language
from onrecord.collect.plain import blocks_of
from onrecord.errors import Empty, NoArticle, NotEnglish, NotFound, NotText, TooLarge, Unreadable
from onrecord.settings import Settings
from onrecord.statement import Article, Block, covered

if TYPE_CHECKING:
    from onrecord.collect.fetch import Fetched

ENDINGS = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown",
    ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html",
}  # fmt: skip
_HTML = ("text/html", "application/xhtml+xml")
_MARKDOWN = ("text/markdown", "text/x-markdown")
_LOOKS_LIKE_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,1000}(?:<\?xml[^>]{0,200}>\s{0,1000}|<!--[^>]{0,1000}-->\s{0,1000}){0,5}"
    rb"<(?:!doctype html|html|head|body|title|meta|article|main|div|p|h1|script)\b",
    re.IGNORECASE,
)
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_NO_METADATA, _DEFAULTS = Metadata(), Settings()


def from_text(
    text: str, *, name: str = "text", given: Metadata = _NO_METADATA, markdown: bool = False
) -> Article:
    """An article of `text`, unchanged. `name` stands in error messages.

    Raises Empty, NotText (NUL, halves of surrogate pairs), NotEnglish, and NoArticle where
    Markdown holds nothing but code, tables and the like.
    """
    return _from_text(text, name=name, given=given, told=_NO_METADATA, markdown=markdown)


def from_bytes(
    data: bytes,
    *,
    name: str,
    media_type: str | None = None,
    given: Metadata = _NO_METADATA,
    settings: Settings = _DEFAULTS,
) -> Article:
    """An article of a file's or an answer's bytes.

    What they are follows from `media_type` (a `Content-Type`, parameters allowed), else from
    the ending of `name`, else from how they begin. Raises the InputErrors.
    """
    return _from_bytes(
        data, name=name, media_type=media_type, given=given, told=_NO_METADATA, settings=settings, url=None
    )


def from_path(path: Path, *, given: Metadata = _NO_METADATA, settings: Settings = _DEFAULTS) -> Article:
    """An article of the file at `path`. Raises NotFound, Unreadable and what `from_bytes` raises."""
    data = read_file(path, settings.max_bytes + 1)
    return from_bytes(data, name=str(path), given=given, settings=settings)


def from_url(
    url: str,
    *,
    given: Metadata = _NO_METADATA,
    settings: Settings = _DEFAULTS,
    allow_private_addresses: bool = False,
) -> Article:
    """The article at an http(s) address; `Article.url` is the page's canonical one, else the last fetched.

    Raises the FetchErrors and what `from_bytes` raises.
    """
    from onrecord.collect.fetch import fetch

    answer = fetch(url, settings=settings, allow_private_addresses=allow_private_addresses)
    return from_answer(answer, name=url, given=given, settings=settings)


def from_answer(
    answer: Fetched,
    *,
    name: str,
    given: Metadata = _NO_METADATA,
    told: Metadata = _NO_METADATA,
    settings: Settings = _DEFAULTS,
) -> Article:
    """The article in what was fetched. `told`: what others, such as a feed, say of it; the page knows better.

    Raises what `from_bytes` raises.
    """
    return _from_bytes(
        answer.data,
        name=name,
        media_type=answer.content_type,
        given=given,
        told=told,
        settings=settings,
        url=answer.url,
    )


def from_stream(stream: BinaryIO, *, name: str, given: Metadata, settings: Settings) -> Article:
    """An article of what `stream` holds, read no further than the size limit."""
    try:
        data = stream.read(settings.max_bytes + 1)
    except OSError as error:
        raise Unreadable(name=name, reason=error.strerror or type(error).__name__) from None
    return from_bytes(data, name=name, given=given, settings=settings)


def read_file(path: Path, limit: int) -> bytes:
    """At most `limit` bytes of the file at `path`. Raises NotFound, Unreadable."""
    try:
        return _regular(path, limit)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise NotFound(name=path) from None
    except OSError as error:
        raise Unreadable(name=path, reason=error.strerror or type(error).__name__) from None


def _regular(path: Path, limit: int) -> bytes:
    """At most `limit` bytes of a regular file; pipes and devices, which may never end, are refused."""
    if path.is_dir():
        raise OSError(0, "it is a directory")
    # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:  # noqa: PTH123
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is not a regular file")
        return file.read(limit)


def _from_bytes(
    data: bytes,
    *,
    name: str,
    media_type: str | None,
    given: Metadata,
    told: Metadata,
    settings: Settings,
    url: str | None,
) -> Article:
    """The article of `data`, which `url` answered with; `told` holds where neither options nor page speak."""
    if len(data) > settings.max_bytes:
        limit = f"{settings.max_bytes:,} bytes"
        raise TooLarge(name=name, size=f"more than {limit}", limit=limit)
    if not data.strip():
        raise Empty(name=name)
    kind = _kind(data, name, media_type)
    charset = _CHARSET.search(media_type or "")
    stated = charset.group(1) if charset else None
    told = told.over(Metadata(url=url))
    if kind not in _HTML:
        text = decode(data, name=name, charset=stated)
        return _from_text(text, name=name, given=given, told=told, markdown=kind in _MARKDOWN)
    return _from_page(data, name=name, charset=stated, given=given, told=told, url=url)


def _from_text(text: str, *, name: str, given: Metadata, told: Metadata, markdown: bool) -> Article:
    check_text(text, name=name)
    if not text.strip():
        raise Empty(name=name)
    blocks, found = _read_blocks(text, markdown=markdown)
    if not blocks:
        raise NoArticle(name=name)
    return _checked(text, blocks, name=name, given=given, found=found.over(told))


def _from_page(
    data: bytes, *, name: str, charset: str | None, given: Metadata, told: Metadata, url: str | None
) -> Article:
    from onrecord.collect.page import read_page

    text, blocks, found = read_page(data, name=name, charset=charset, url=url)
    return _checked(text, blocks, name=name, given=given, found=found.over(told))


def _kind(data: bytes, name: str, media_type: str | None) -> str:
    """The media type that the bytes are read as."""
    stated = (media_type or "").partition(";")[0].strip().lower()
    path = urlsplit(name).path if "://" in name else name
    by_ending = ENDINGS.get(PurePosixPath(path).suffix.lower())
    if stated in _HTML or stated in _MARKDOWN:
        return stated
    if stated == "text/plain":
        return by_ending if by_ending in _MARKDOWN else stated
    if stated and stated != "application/octet-stream":
        raise NotText(name=name, reason=f"it is {stated}")
    if by_ending and "://" not in name:
        return by_ending
    return "text/html" if _LOOKS_LIKE_HTML.match(data[:8192]) else by_ending or "text/plain"


def _read_blocks(text: str, *, markdown: bool) -> tuple[tuple[Block, ...], Metadata]:
    if markdown:
        from onrecord.collect.markdown import is_too_long, read_markdown

        if not is_too_long(text):
            return read_markdown(text)
    return blocks_of(text), Metadata()


def _checked(text: str, blocks: tuple[Block, ...], *, name: str, given: Metadata, found: Metadata) -> Article:
    """The article, if it is English: as stated by the user, else as its words say."""
    stated, declared = primary_language(given.language), primary_language(found.language)
    if stated not in (None, "en"):
        raise NotEnglish(name=name, reason=f"it is stated to be {given.language}")
    prose = covered(text, (block.span for block in blocks))
    evident = is_evident(prose)
    if stated is None and (reason := not_english(prose)):
        raise NotEnglish(name=name, reason=reason)
    if stated is None and not evident and declared not in (None, "en"):
        raise NotEnglish(name=name, reason=f"the page is declared to be {found.language}")
    known = "en" if stated or evident or declared else None
    return compose(text, blocks, given=given, found=found, language=known)
