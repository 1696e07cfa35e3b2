"""A program that asks the server, over a ledger with articles in it, made without the model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from record.made import documents
from serve.api.program import ARTICLES, Program

from onrecord.ledger.core import Ledger
from onrecord.serve.house import House


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """The ledger with articles in it."""
    list(ledger.add_many(documents(ARTICLES), topic="ferries"))
    return ledger


@pytest.fixture
def api(full: Ledger, house: House) -> Iterator[Program]:
    """A program of the one person, with all scopes."""
    assert full is house.ledger
    with Program(house, "admin") as program:
        yield program
