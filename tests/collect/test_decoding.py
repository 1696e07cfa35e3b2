"""Encodings: what is text comes out unchanged, what is not is refused with the reason."""

import random

import pytest

from onrecord.collect import from_bytes, from_text
from onrecord.errors import Empty, NotText, TooLarge
from onrecord.settings import Settings

TEXT = "The mayor’s café will close, “in June”, she said.\r\n\r\nNobody laughed – at first.\n"


@pytest.mark.parametrize("signature", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_unicode_with_and_without_signature(encoding, signature):
    data = (("\ufeff" if signature else "") + TEXT).encode(encoding)
    assert from_bytes(data, name="a.txt").text == TEXT


def test_windows_and_latin():
    assert from_bytes(TEXT.encode("cp1252"), name="a.txt").text == TEXT
    assert (
        from_bytes("The café will close, she said.".encode("latin-1"), name="a").text
        == "The café will close, she said."
    )


def test_the_declared_encoding_counts_where_utf8_fails():
    data = "The café will close, she said.".encode("mac_roman")
    article = from_bytes(data, name="a", media_type="text/plain; charset=macintosh")
    assert article.text == "The café will close, she said."


def test_a_wrong_declaration_does_not_spoil_utf8():
    assert from_bytes(TEXT.encode(), name="a", media_type="text/plain; charset=iso-8859-1").text == TEXT


@pytest.mark.parametrize(
    "charset", ["rot13", "zip", "idna", "punycode", "unicode_escape", "nonsense", "undefined"]
)
def test_only_real_character_sets_may_be_declared(charset):
    data = "The café will close, she said.".encode("cp1252")
    article = from_bytes(data, name="a", media_type=f"text/plain; charset={charset}")
    assert article.text == "The café will close, she said."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 the man said", "a PDF file"),
        (b"PK\x03\x04" + b"x" * 50, "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"The man said\x00 no.", "byte 12 is NUL"),
        (TEXT.encode() + b"\xff" + TEXT.encode(), "damaged UTF-8: byte "),
        (TEXT.encode()[:-1] + "–".encode()[:2], "damaged UTF-8: byte "),
        (b"\xef\xbb\xbfThe man \xff said", "begins as UTF-8"),
        (b"\xff\xfeT\x00h", "begins as UTF-16-LE"),
        (b"\xff\xfe\x00\xd8T\x00", "begins as UTF-16-LE"),
        (bytes(range(1, 32)) * 9, "control characters"),
        (bytes(range(128, 256)) * 9, "its encoding cannot be told"),
        (b"\x1b[31mThe man\x07\x07\x07\x07\x07 said", "control characters"),
    ],
)
def test_what_is_not_text_is_refused_with_the_reason(data, reason):
    with pytest.raises(NotText, match=reason):
        from_bytes(data, name="a.txt")


def test_broken_utf8_in_a_page_shows_as_in_a_browser():
    page = '<html><meta charset="utf-8"><p>The mayor’s caf\xe9 will close, she said.</p></html>'
    data = page.replace("\xe9", "\udce9").encode("utf-8", "surrogateescape")
    assert "caf\ufffd will close" in from_bytes(data, name="a.html").text


def test_the_charset_of_a_page():
    data = '<html><meta charset="windows-1252"><p>The café will close, “she” said.</p></html>'.encode(
        "cp1252"
    )
    assert from_bytes(data, name="a.html").text == "The café will close, “she” said."


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", " \u3000".encode()]
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "-"])
def test_empty(data, name):
    with pytest.raises(Empty, match="holds no text"):
        from_bytes(data, name=name)


@pytest.mark.parametrize("text", ["The man\0said", "The man said \ud800 no"])
def test_characters_that_no_file_holds(text):
    with pytest.raises(NotText, match="character "):
        from_text(text)


def test_too_large():
    with pytest.raises(TooLarge, match="more than 10 bytes"):
        from_bytes(b"The man said.", name="a", settings=Settings(max_bytes=10))


def test_random_bytes_are_not_text():
    source = random.Random(7)
    for size in (10, 100, 1000, 100_000):
        with pytest.raises((NotText, Empty)):
            from_bytes(source.randbytes(size), name="a")
