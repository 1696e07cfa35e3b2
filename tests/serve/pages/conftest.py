"""A commitment and a prediction on record, for pages about one statement."""

from __future__ import annotations

import pytest
from record.made import document

from onrecord.entry import Entry
from onrecord.ledger.core import Ledger
from onrecord.record.query import Query


@pytest.fixture
def entries(ledger: Ledger) -> list[Entry]:
    """All statements of some made articles, which are on record."""
    for number in range(6):
        ledger.add(document(number, people=3), topic="harbour")
    return ledger.search(Query(limit=100)).entries


@pytest.fixture
def entry(entries: list[Entry]) -> Entry:
    """A commitment of a person that has a last day."""
    chosen = (each for each in entries if each.kind == "commitment" and each.speaker_kind == "person")
    return next(each for each in chosen if each.due_end and not each.anonymous)


@pytest.fixture
def prediction(entries: list[Entry]) -> Entry:
    """A prediction with a probability."""
    return next(each for each in entries if each.kind == "prediction" and each.certainty_mid)
