"""Hostile and merely large inputs are answered quickly: no step takes more than linear time."""

import contextlib
import random
import time

import pytest

from onrecord.collect import from_bytes
from onrecord.errors import OnrecordError

SENTENCE = "The mayor of Exampletown said on Tuesday that the harbour would close by June. " * 4
INPUTS = {
    "100,000 nested tags": ("a.html", "<div>" * 100_000 + "x"),
    "a megabyte of open tags": ("a.html", "<" * 1_000_000),
    "comments without end": ("a.html", "<!--" * 500_000),
    "empty elements": ("a.html", "<b></b>" * 500_000),
    "attributes": ("a.html", "<p " + "a=b " * 300_000 + ">The man said no.</p>"),
    "a megabyte of paragraphs": ("a.html", "<article>" + f"<p>{SENTENCE}</p>" * 3_000),
    "deep JSON": (
        "a.html",
        "<script type='application/ld+json'>" + "[" * 1_000_000 + "</script><p>The man said no.</p>",
    ),
    "10 MB of text": ("a.txt", f"{SENTENCE}\n\n" * 30_000),
    "10 MB of short lines": ("a.txt", "the man\n" * 1_200_000),
    "1 MB without a space": ("a.txt", "x" * 1_000_000),
    "1 MB of slashes": ("a.txt", "a/" * 500_000),
    "a list of 49,000 items": ("a.txt", "".join(f"{n % 90}. the man said no\n" for n in range(49_000))),
    "10 MB of Markdown": ("a.md", f"{SENTENCE}\n\n" * 30_000),
    "nested quotations": ("a.md", "> " * 120_000 + "a"),
    "nested lists": ("a.md", "- " * 120_000 + "a"),
    "open brackets": ("a.md", "[a\n" * 80_000),
    "tables": ("a.md", "|a|b|\n|-|-|\n" * 20_000),
    "random bytes": ("a.txt", random.Random(3).randbytes(5_000_000)),
    "Latin-1": ("a.txt", (SENTENCE + "caf\xe9\n\n").encode("latin-1") * 20_000),
}


@pytest.mark.parametrize("what", INPUTS)
def test_quickly(what):
    name, content = INPUTS[what]
    data = content if isinstance(content, bytes) else content.encode()
    from_bytes(b"<p>The libraries are loaded before the clock starts.</p>", name="a.html")
    # The processor's time, so that a busy machine does not fail the test.
    started = time.process_time()
    with contextlib.suppress(OnrecordError):
        from_bytes(data[:9_999_999], name=name)
    assert time.process_time() - started < 5
