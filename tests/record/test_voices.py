"""The topics of a speaker and of a statement are found, on both databases."""

from __future__ import annotations

import pytest
from record.made import documents

import onrecord
from onrecord.errors import UnknownSpeaker
from onrecord.record.query import Query


def test_topics_agree_with_the_search(place: str) -> None:
    with onrecord.open(place, actor="ada") as ledger:
        for number, made in enumerate(documents(6, people=3)):
            ledger.add(made, topic="Ferries" if number % 2 else None)
        name = ledger.speakers(limit=1)[0].name
        first = ledger.search(Query(speaker=name, limit=1)).entries[0]
        ledger.topic(first.id, "ferries")
        ledger.topic(first.id, "Harbour")
        ledger.topic(first.article, "Harbour")
        named = {
            topic: ledger.search(Query(speaker=name, topic=topic, limit=200)).entries
            for topic in ("Ferries", "ferries", "Harbour")
        }
        assert all(named.values())
        assert sorted(ledger.topics_by(name.upper())) == sorted(named)
        assert {"ferries", "Harbour"} <= set(ledger.topics_of(first.id))
        with pytest.raises(UnknownSpeaker):
            ledger.topics_by("nobody at all")


def test_years_go_from_the_newest_article_to_the_oldest(place: str) -> None:
    with onrecord.open(place, actor="ada") as ledger:
        assert ledger.years() == []
        for made in documents(1), documents(1, first=699):
            ledger.add(next(made))
        assert ledger.years() == [2032, 2031]


def test_names_alike_are_those_under_which_speakers_go(place: str) -> None:
    with onrecord.open(place, actor="ada") as ledger:
        for made in documents(6, people=3):
            ledger.add(made)
        rows = ledger.speakers(limit=100)
        last = rows[0].name.split()[-1]
        alike = [row.name for row in ledger.speakers(last, limit=100)]
        assert ledger.names_alike(last) == sorted(alike)
        assert ledger.names_alike(last, limit=1) == sorted(alike)[:1]
        other = next(row.name for row in rows if row.name not in alike)
        ledger.merge([rows[0].name], other)
        assert other in ledger.names_alike(last)
        assert rows[0].name not in ledger.names_alike(last)
