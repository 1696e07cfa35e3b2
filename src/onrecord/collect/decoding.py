"""Bytes to text, without ever altering a character that a statement could point to.

In this order: an encoding signature (which is dropped), UTF-16 or UTF-32 without one,
UTF-8, the encoding that the server or the page declares, Windows-1252. Damaged UTF-8 is
refused in a file, because its offsets would be wrong; in a page, where nothing points
into the bytes, browsers' U+FFFD stands in for what is broken.
"""

from __future__ import annotations

import codecs
import re

from onrecord.errors import NotText

_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "compressed by gzip"),
    (b"BZh", "compressed by bzip2"),
    (b"\xfd7zXZ\x00", "compressed by xz"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\x00", "a database"),
)
# Encoding, bytes per character, and which of these are zero in English text.
_WIDE = (
    ("utf-32-le", 4, (1, 2, 3)),
    ("utf-32-be", 4, (0, 1, 2)),
    ("utf-16-le", 2, (1,)),
    ("utf-16-be", 2, (0,)),
)
_DECLARABLE = re.compile(
    r"utf-?8|us-?ascii|ascii|latin-?1|l1|macintosh|mac-?roman|koi8-[ru]|gbk|gb2312|gb18030|big5"
    r"|shift[-_]jis|euc-(?:jp|kr)|utf-16(?:[bl]e)?|(?:iso-?8859-?|windows-|cp)\d{1,4}"
)
# The HTML standard reads these labels as Windows-1252, as browsers do.
_AS_WINDOWS = re.compile(r"us-?ascii|ascii|latin-?1|l1|iso-?8859-?1")
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\x0b\x0c\r\x1b") | {0x7F})
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Above these shares bytes are not prose: measured on random bytes (.11 and .50) and on news (0 and <.05).
_MAX_CONTROLS, _MAX_HIGH = 0.02, 0.30


def decode(data: bytes, *, name: str, charset: str | None = None, lenient: bool = False) -> str:
    """The text of `data`; newlines stay as they are.

    `charset` is what the server or the page declares; `lenient` puts U+FFFD in place of
    broken UTF-8, and of the five bytes that Windows-1252 has no character for. Raises NotText
    for what is binary, damaged or in an unknown encoding.
    """
    for signature, encoding in _SIGNATURES:
        if data.startswith(signature):
            return _strictly(data[len(signature) :], encoding, name=name)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise NotText(name=name, reason=f"it is {kind}")
    if b"\0" in data:
        return _wide(data, name=name)
    _refuse_controls(data, name=name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, name=name, charset=_known(charset), lenient=lenient, broken_at=error.start)


def check_text(text: str, *, name: str) -> None:
    """Raise NotText for characters that no text file holds: NUL and halves of surrogate pairs."""
    if "\0" in text:
        raise NotText(name=name, reason=f"character {text.index(chr(0))} is NUL")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        reason = f"character {error.start} is half a surrogate pair"
        raise NotText(name=name, reason=reason) from None


def _strictly(data: bytes, encoding: str, *, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"it begins as {encoding.upper()}, but byte {error.start} is broken"
        raise NotText(name=name, reason=reason) from None
    check_text(text, name=name)
    return text


def _wide(data: bytes, *, name: str) -> str:
    """UTF-16 or UTF-32 without a signature: English text has its zero bytes at fixed places."""
    for encoding, width, zeros in _WIDE:
        columns = [data[offset::width] for offset in zeros]
        if len(data) % width == 0 and all(c.count(0) > 0.7 * len(c) for c in columns):
            return _strictly(data, encoding, name=name)
    raise NotText(name=name, reason=f"byte {data.index(0)} is NUL")


def _refuse_controls(data: bytes, *, name: str) -> None:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > 1 + _MAX_CONTROLS * len(data):
        raise NotText(name=name, reason=f"{controls} of its {len(data)} bytes are control characters")


def _known(charset: str | None) -> str | None:
    label = (charset or "").strip().strip("\"'").lower()
    if not _DECLARABLE.fullmatch(label):
        return None
    return "cp1252" if _AS_WINDOWS.fullmatch(label) else label


def _not_utf8(data: bytes, *, name: str, charset: str | None, lenient: bool, broken_at: int) -> str:
    runs = b" ".join(_NOT_ASCII.findall(data))
    whole, broken = len(_MULTIBYTE.findall(runs)), _high(_MULTIBYTE.sub(b"", runs))
    if whole > broken or charset in ("utf-8", "utf8"):
        if lenient:
            return data.decode("utf-8", errors="replace")
        reason = f"it is damaged UTF-8: byte {broken_at} is broken"
        raise NotText(name=name, reason=reason)
    prose = _high(data) <= 1 + _MAX_HIGH * len(data)
    for encoding in (charset, "cp1252"):
        if encoding and (encoding != "cp1252" or prose):
            try:
                return data.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
    if lenient and prose and charset in (None, "cp1252"):
        return data.decode("cp1252", errors="replace")
    raise NotText(name=name, reason=f"its encoding cannot be told; byte {broken_at} is not UTF-8")


def _high(data: bytes) -> int:
    """How many bytes are not ASCII."""
    return len(data) - len(data.translate(None, bytes(range(128, 256))))
