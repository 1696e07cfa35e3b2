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
from onrecord.views import words

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


def test_what_has_one_waits_for_another_everywhere(ledger: onrecord.Ledger) -> None:
    entry = promise(ledger)
    ledger.settle(entry.id, "kept", "https://example.org/outcome", on=entry.due_end)
    settled, open_ = ledger.counts(TODAY), _by_status(ledger, "open")
    assert (settled.settled, _by_status(ledger, "settled")) == (1, {entry.id})
    assert entry.id not in open_
    assert ledger.show(entry.id).outcome.schedule == "on time"
    ledger.correct(entry.id, {"kind": "prediction"})
    counts = ledger.counts(TODAY)
    assert (counts.settled, counts.overdue) == (0, settled.overdue + 1)
    assert _by_status(ledger, "settled") == set()
    assert _by_status(ledger, "open") == _by_status(ledger, "overdue", "in-the-works") == open_ | {entry.id}
    assert _by_status(ledger, "kept") == {entry.id}
    shown = ledger.show(entry.id)
    assert (shown.outcome.schedule, shown.outcome.verdict) == ("overdue", "kept")
    assert {due.schedule for due in ledger.due(today=TODAY, limit=500)} == {"overdue"}
    assert "its verdict is of another kind, and settles nothing" in words.standing(shown.entry)
    assert words.settleable(shown.entry)
    ledger.settle(entry.id, "came-true", "https://example.org/outcome", on=entry.due_end)
    assert ledger.counts(TODAY).settled == 1
    assert ledger.show(entry.id).outcome.schedule == "on time"


def _by_status(ledger: onrecord.Ledger, *status: str) -> set[str]:
    """All commitments and predictions here have a last day that has passed."""
    kinds = frozenset({"commitment", "prediction"})
    found = ledger.search(Query(kinds=kinds, status=frozenset(status), today=TODAY, limit=500))
    return {entry.id for entry in found.entries}


def _tallies(ledger: onrecord.Ledger) -> list[outcomes.Tally]:
    with ledger.store.reading() as connection:
        return outcomes.tallies(connection, today=TODAY)


def test_a_name_is_not_joined_to_itself(ledger: onrecord.Ledger) -> None:
    name = promise(ledger).speaker or ""
    with pytest.raises(BadOption, match="another speaker"):
        ledger.merge([name.lower()], name)
