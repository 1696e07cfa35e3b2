"""A changed article under the same address takes the place of the one before; nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from record.contents import spoilt
from record.made import changed, document, elsewhere

import onrecord
from onrecord.errors import NothingFound
from onrecord.record.query import Query

BEFORE = document(1)
AFTER = changed(BEFORE)
NOTHING = dict.fromkeys(("url", "outlet", "title", "author", "published"))


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
    assert spoilt(ledger.store) is None


def test_both_in_one_batch_are_as_one_after_the_other(place: str) -> None:
    with onrecord.open(place, actor="ana") as ledger:
        states = [added.state for added in ledger.add_many([BEFORE, AFTER])]
        assert states == ["new", "version"]
        assert found(ledger) == {AFTER.article.id}
        assert spoilt(ledger.store) is None


def test_what_a_person_touched_stays_in_sight(ledger: onrecord.Ledger) -> None:
    touched = ledger.search(Query(kinds=frozenset({"commitment", "prediction"}))).entries[0]
    ledger.correct(touched.id, {"condition": "if the weather holds"})
    ledger.add(AFTER)
    assert touched.id in {entry.id for entry in ledger.search(Query(limit=100)).entries}


class TestTheVersionBefore:
    """It need not stand before its successor in the list: one text can stand under two addresses."""

    def test_is_the_one_that_differences_compare_with(self, place: str) -> None:
        first = elsewhere(document(1), title=None)
        other, titled = changed(first), replace(elsewhere(first, url=None, title="News"), statements=())
        with onrecord.open(place, actor="ana") as ledger:
            for each in (first, other, titled):
                ledger.add(each)
            shown = ledger.article(titled.article.id)
            ids = [each.article.id for each in (first, other, titled)]
            assert [version.article for version in shown.versions] == ids
            assert [version.before for version in shown.versions] == [None, ids[0], ids[0]]
            assert shown.before == ids[0]
            went = ledger.differences(titled.article.id).went
            assert [statement.id for statement in went] == [statement.id for statement in first.statements]

    def test_may_be_none_though_others_are_older(self, place: str) -> None:
        text, page = elsewhere(document(1), **NOTHING), changed(document(1))
        same = elsewhere(text, url=page.article.url)
        with onrecord.open(place, actor="ana") as ledger:
            for each in (text, page, same):
                ledger.add(each)
            shown = ledger.article(page.article.id)
            assert [version.article for version in shown.versions][:2] == [text.article.id, page.article.id]
            assert shown.before is None
            with pytest.raises(NothingFound):
                ledger.differences(page.article.id)


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
