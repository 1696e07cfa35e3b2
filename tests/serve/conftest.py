"""A server's application over a real ledger, and clients that are signed in to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import onrecord
from onrecord.flow import Reader
from onrecord.ledger.core import Ledger
from onrecord.serve.accounts import Accounts
from onrecord.serve.app import create_app
from onrecord.serve.caching import Cache
from onrecord.serve.drafts import Drafts
from onrecord.serve.house import House
from onrecord.serve.notices import Notices
from onrecord.serve.verifying import Verifying
from onrecord.settings import Settings

NOW = datetime(2031, 6, 15, 9, 30, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger in an SQLite file, at a fixed time."""
    with onrecord.open(tmp_path / "ledger.db", actor="somebody", clock=lambda: NOW) as ledger:
        yield ledger


@pytest.fixture
def house(ledger: Ledger) -> House:
    """A house for one person."""
    settings = Settings()
    return House(
        ledger=ledger, reader=Reader(settings), settings=settings, clock=lambda: NOW, accounts=Accounts(),
        notices=Notices(), drafts=Drafts(), cache=Cache(), verifying=Verifying(),
    )  # fmt: skip


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    """A client that is signed in as the one person, and follows no redirects."""
    with TestClient(create_app(house), base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client
