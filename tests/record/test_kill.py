"""A process that is killed while it writes leaves a whole ledger, and the work can be taken up again.

The short form of `benchmarks/kill.py`, which kills the real command two hundred times.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from record.contents import contents, difference
from record.made import changed, document, documents

import onrecord
from benchmarks.kill import killed, writing

ARTICLES = 120


def test_killed_at_random_moments(new_place: Callable[[], str]) -> None:
    """On a quick machine all kills may come before the work or after it: then it is tried again."""
    work = writing(ARTICLES)
    for seed in range(8):
        outcome = killed(work, new_place, kills=3, chance=random.Random(seed))
        assert outcome.differs is None
        assert outcome.statements == ARTICLES * 6
        assert outcome.progress == sorted(outcome.progress), "what was on record is gone"
        if any(0 < articles < ARTICLES for articles in outcome.progress):
            return
    pytest.fail("no kill fell into the work")


class TestDifference:
    """What the killing rests on: two ledgers are told apart by what they hold, not by when it was written."""

    @pytest.fixture
    def places(self, tmp_path: Path) -> list[str]:
        places = [str(tmp_path / name) for name in ("one.db", "other.db")]
        for place in places:
            with onrecord.open(place) as ledger:
                list(ledger.add_many(documents(2)))
        return places

    def test_none_between_two_runs_of_the_same_work(self, places: list[str]) -> None:
        one, other = map(contents, places)
        assert difference(one, other) is None
        assert one["statements"] and one["log"]

    @pytest.mark.parametrize("more", [document(3), changed(document(1))], ids=["another", "a version"])
    def test_is_seen(self, places: list[str], more: onrecord.Document) -> None:
        with onrecord.open(places[1]) as ledger:
            ledger.add(more)
        assert difference(*map(contents, places)) == "log: 16 rows and 24"
