"""Neutral: exchanging one party, country or person for another changes no statement."""

from __future__ import annotations

import re

import pytest

from onrecord import Article, Reader

TEXT = (
    "The Alder Party said on Monday that it would cut the water tax.\n\n"
    "“We keep our word,” said Mara Venn, its leader. Kestria denied that it had paid for the campaign, "
    "and Tom Osk told reporters that the vote had been fair.\n\n"
    "According to the Birch Party, the tax will rise."
)

SWAPS = [
    ("Alder Party", "Birch Party"),
    ("Mara Venn", "Tom Osk"),
    ("Kestria", "Talvia"),
    ("Mara Venn", "Amir Haddad"),
    ("Tom Osk", "Chidi Okafor"),
    ("Kestria", "Russia"),
    ("Kestria", "America"),
    ("Alder Party", "Democratic Party"),
    ("Alder Party", "Republican Party"),
]


def exchanged(text: str, a: str, b: str) -> str:
    return re.sub(f"{a}|{b}", lambda m: b if m[0] == a else a, text)


def told(reader: Reader, text: str) -> list[tuple[str, ...]]:
    return [
        (str(s.speaker.name), " ".join(text[a:b] for a, b in s.cue), s.text, s.speech)
        for s in reader.read(Article(text)).statements
        if s.within is None
    ]


@pytest.mark.parametrize(("a", "b"), SWAPS)
def test_exchanging_names_changes_nothing_else(reader: Reader, a: str, b: str) -> None:
    before = told(reader, TEXT)
    after = told(reader, exchanged(TEXT, a, b))
    assert len(before) >= 4
    assert after == [tuple(exchanged(part, a, b) for part in row) for row in before]
