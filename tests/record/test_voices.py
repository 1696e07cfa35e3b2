"""What a speaker said is counted by kind, year and topic, on both databases."""

from __future__ import annotations

from collections import Counter

import pytest
from record.made import documents

import onrecord
from onrecord.errors import UnknownSpeaker
from onrecord.record.query import Query


def test_counts_agree_with_the_search(place: str) -> None:
    with onrecord.open(place, actor="ada") as ledger:
        for number, made in enumerate(documents(6, people=3)):
            ledger.add(made, topic="Ferries" if number % 2 else None)
        name = ledger.speakers(limit=1)[0].name
        first = ledger.search(Query(speaker=name, limit=1)).entries[0]
        ledger.topic(first.id, "ferries")
        ledger.topic(first.id, "Harbour")
        ledger.topic(first.article, "Harbour")
        ledger.reject(ledger.search(Query(speaker=name, limit=2)).entries[1].id, "a caption")
        all_ = ledger.search(Query(speaker=name, limit=200)).entries
        said = ledger.said(name.upper())
        assert said.statements == len(all_)
        assert said.kinds == Counter(each.kind for each in all_ if each.kind)
        assert said.years == Counter(each.published.year for each in all_ if each.published)
        counted = {
            topic: len(ledger.search(Query(speaker=name, topic=topic, limit=200)).entries)
            for topic in said.topics
        }
        assert set(said.topics) == {"Ferries", "ferries", "Harbour"}
        assert said.topics["Harbour"] == counted["Harbour"]
        assert {"ferries", "Harbour"} <= set(ledger.topics_of(first.id))
        with pytest.raises(UnknownSpeaker):
            ledger.said("nobody at all")
