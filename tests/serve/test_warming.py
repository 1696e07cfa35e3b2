"""What takes long to count is counted before anybody asks: at the start, and after changes."""

from __future__ import annotations

import threading

import pytest
from record.said import Said, page

from onrecord.ledger.core import Ledger
from onrecord.serve import pages, warming
from onrecord.serve.house import House
from onrecord.serve.pages import due, scores, today
from onrecord.serve.warming import LATEST, STILL, Rest, warm


def test_at_the_start_at_once_and_then_nothing_until_a_change() -> None:
    rest = Rest()
    assert rest.due(7, 1.0)
    assert not any(rest.due(7, 1.0) for _ in range(100))


def test_after_changes_once_they_have_come_to_rest() -> None:
    rest = Rest()
    rest.due(7, 1.0)
    assert not any(rest.due(head, 1.0) for head in range(8, 20))
    waited = next(seconds for seconds in range(1, 100) if rest.due(19, 1.0))
    assert waited == STILL
    assert not rest.due(19, 1.0)


def test_changes_without_an_end_are_not_waited_for() -> None:
    rest = Rest()
    rest.due(0, 1.0)
    assert next(second for second in range(1, 1_000) if rest.due(second, 1.0)) == LATEST


def test_what_pages_count_is_there_before_they_are_opened(
    house: House, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.add(page(Said("the bridge will open", kind="commitment")))
    for task in pages.counts():
        task(house)
    for name in ("counts", "pending_counts", "score"):
        monkeypatch.setattr(Ledger, name, None)  # whoever counts again fails
    assert today.counted(house).value.commitments == 1
    counts = due.counted(house, house.clock().date())
    assert counts is not None
    assert counts.fresh
    assert scores.counted(house, scores.Typed()) is not None
    assert scores.counted(house, scores.Typed(by="outlet")) is not None


@pytest.mark.parametrize(("least", "expected"), [(1, True), (4, False)])
def test_only_for_large_ledgers(
    house: House, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, least: int, expected: bool
) -> None:
    ledger.add(page(Said("it rained")))
    monkeypatch.setattr(warming, "LARGE", least)
    monkeypatch.setattr(warming, "EVERY", 0.01)
    done = threading.Event()
    with warm(house, (lambda _: done.set(),)):
        assert done.wait(10 if expected else 0.3) == expected


def test_what_fails_does_not_keep_the_rest_from_being_counted(
    house: House, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ledger.add(page(Said("it rained")))
    monkeypatch.setattr(warming, "LARGE", 1)
    done = threading.Event()
    with warm(house, (lambda house: house.ledger.show("000000"), lambda _: done.set())):
        assert done.wait(10)
    assert "could not be counted" in caplog.text
