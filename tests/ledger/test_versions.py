"""A changed article under the same address takes the place of the one before; nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from record.made import changed, document

import onrecord
from onrecord.record.query import Query
from onrecord.record.rebuild import differences

BEFORE = document(1)
AFTER = changed(BEFORE)


@pytest.fixture
def ledger(place: str) -> Iterator[onrecord.Ledger]:
    with onrecord.open(place, actor="ana") as opened:
        opened.add(BEFORE)
        yield opened


def found(ledger: onrecord.Ledger) -> set[str]:
    return {entry.article for entry in ledger.search(Query(limit=100)).entries}


def test_the_newest_version_alone_is_found(ledger: onrecord.Ledger) -> None:
    assert found(ledger) == {BEFORE.article.id}
    added = ledger.add(AFTER)
    assert (added.state, added.version_of) == ("version", BEFORE.article.id)
    assert found(ledger) == {AFTER.article.id}
    assert len(ledger.article(BEFORE.article.id).entries) == len(BEFORE.statements)
    assert [version.article for version in ledger.article(AFTER.article.id).versions] == [
        BEFORE.article.id,
        AFTER.article.id,
    ]
    assert differences(ledger.store) == []


def test_both_in_one_batch_are_as_one_after_the_other(place: str) -> None:
    with onrecord.open(place, actor="ana") as ledger:
        states = [added.state for added in ledger.add_many([BEFORE, AFTER])]
        assert states == ["new", "version"]
        assert found(ledger) == {AFTER.article.id}
        assert differences(ledger.store) == []


def test_what_a_person_touched_stays_in_sight(ledger: onrecord.Ledger) -> None:
    touched = ledger.search(Query(kinds=frozenset({"commitment", "prediction"}))).entries[0]
    ledger.correct(touched.id, {"condition": "if the weather holds"})
    ledger.add(AFTER)
    assert touched.id in {entry.id for entry in ledger.search(Query(limit=100)).entries}


class TestAfterARedaction:
    """The words may come back with a new version: that is told, and nothing is refused."""

    def test_a_version_under_the_same_address_is_told(self, ledger: onrecord.Ledger) -> None:
        ledger.redact(BEFORE.statements[0].id, "order 12/31")
        added = ledger.add(AFTER)
        assert (added.state, added.redacted) == ("version", True)
        assert not ledger.add(AFTER).redacted, "nothing was put on record"
        ledger.redact(AFTER.article.id, "order 13/31")

    def test_so_is_one_that_is_not_the_next(self, ledger: onrecord.Ledger) -> None:
        ledger.redact(BEFORE.article.id, "order 12/31")
        later = changed(AFTER)
        assert [each.redacted for each in ledger.add_many([AFTER, later])] == [True, True]

    def test_all_others_are_not(self, ledger: onrecord.Ledger) -> None:
        assert not ledger.add(AFTER).redacted
        ledger.redact(AFTER.article.id, "order 12/31")
        assert not ledger.add(document(2)).redacted
        assert not ledger.add(BEFORE).redacted
