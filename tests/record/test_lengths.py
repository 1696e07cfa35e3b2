"""Texts of any length are kept, on every database: what articles hold is not ours to shorten."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

import pytest
from record.contents import contents
from record.made import document, elsewhere

import onrecord
from onrecord.errors import BadAddress, Empty
from onrecord.ledger.following import LONGEST_ADDRESS
from onrecord.record.query import Query


def long(seed: int) -> str:
    """A text of 5,000 characters that no index can make short by compressing it."""
    return "".join(random.Random(seed).choices(string.ascii_letters + "äß€", k=5_000))


@pytest.fixture
def ledger(place: str) -> Iterator[onrecord.Ledger]:
    with onrecord.open(place, create=True) as ledger:
        yield ledger


def test_of_an_article_and_of_what_people_say_about_it(ledger: onrecord.Ledger, place: str) -> None:
    made = elsewhere(document(1), url=long(1), outlet=long(2), title=long(3))
    ledger.add(made, topic=long(4))
    ledger.note(made.article.id, long(5))
    again = elsewhere(document(2), url=long(1), outlet=long(2), title=long(3))
    assert ledger.add(again).version_of == made.article.id, "found by its address"
    assert ledger.article(made.article.id).article == made.article
    assert len(ledger.search(Query(outlet=long(2))).entries) == len(again.statements)
    before = contents(place)
    ledger.rebuild()
    assert contents(place) == before


def test_of_a_refused_input(ledger: onrecord.Ledger) -> None:
    for _ in range(2):
        ledger.refuse(long(1), Empty(name=long(1)))
    (row,) = ledger.log(subject=long(1))
    assert row.act == "refusal"


def test_of_a_feed_has_a_bound(ledger: onrecord.Ledger) -> None:
    start = "https://ferries.example/"
    fits = start + long(1)[:LONGEST_ADDRESS]
    while len(fits.encode()) > LONGEST_ADDRESS:
        fits = fits[:-1]
    ledger.follow(fits)
    with pytest.raises(BadAddress, match="longer than 2,000 bytes"):
        ledger.follow(fits + "€")
    assert [feed.url for feed in ledger.feeds()] == [fits]
