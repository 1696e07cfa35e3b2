"""What people put right is right everywhere: in chains, in what falls due, in what others compare with."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from record.made import documents

import onrecord
from onrecord.entry import Entry
from onrecord.errors import BadOption
from onrecord.record import outcomes
from onrecord.record.query import Query

TODAY = date(2040, 1, 1)
NOW = datetime(2040, 1, 1, tzinfo=UTC)


@pytest.fixture
def ledger(place: str) -> Iterator[onrecord.Ledger]:
    with onrecord.open(place, actor="ana", clock=lambda: NOW) as opened:
        for document in documents(6, people=2):
            opened.add(document)
        yield opened


def promise(ledger: onrecord.Ledger) -> Entry:
    """A commitment of somebody known, with a last day."""
    found = ledger.search(Query(kinds=frozenset({"commitment"}), limit=500)).entries
    return next(entry for entry in found if entry.due_end and entry.speaker)


def test_the_chain_ends_in_the_speaker_as_put_right(ledger: onrecord.Ledger) -> None:
    entry = promise(ledger)
    ledger.correct(entry.id, {"speaker.name": "Una Holm"})
    assert ledger.show(entry.id).entry.chain == (*entry.chain[:-1], "Una Holm")
    ledger.merge(["Una Holm"], entry.speaker or "")
    assert ledger.show(entry.id).entry.chain == (*entry.chain[:-1], entry.speaker)
    ledger.correct(entry.id, {"speaker.name": "none"})
    assert ledger.show(entry.id).entry.chain == (*entry.chain[:-1], "?")


def test_a_verdict_of_the_kind_before_settles_nothing(ledger: onrecord.Ledger) -> None:
    entry = promise(ledger)
    ledger.settle(entry.id, "kept", "https://example.org/outcome")
    assert entry.id not in [each.entry.id for each in ledger.due(today=TODAY, limit=500)]
    assert sum(tally.kept for tally in _tallies(ledger)) == 1
    ledger.correct(entry.id, {"kind": "prediction"})
    assert entry.id in [each.entry.id for each in ledger.due(today=TODAY, limit=500)]
    assert sum(tally.kept + tally.came_true for tally in _tallies(ledger)) == 0
    out = io.BytesIO()
    assert ledger.export("claimreview", out) == 0
    assert json.loads(out.getvalue()) == []


def _tallies(ledger: onrecord.Ledger) -> list[outcomes.Tally]:
    with ledger.store.reading() as connection:
        return outcomes.tallies(connection, today=TODAY)


def test_a_name_is_not_joined_to_itself(ledger: onrecord.Ledger) -> None:
    name = promise(ledger).speaker or ""
    with pytest.raises(BadOption, match="another speaker"):
        ledger.merge([name.lower()], name)
