"""A ledger for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from record.contents import spoilt

import onrecord


@pytest.fixture
def ledger(place: str) -> Iterator[onrecord.Ledger]:
    """A ledger that must be whole after the test, its tables what its log adds up to."""
    with onrecord.open(place, create=True, actor="Ada") as ledger:
        yield ledger
        ledger.verify()
        assert spoilt(ledger.store) is None
