"""A server's application over a real ledger, and browsers that are signed in to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

import onrecord
from onrecord.flow import Reader
from onrecord.ledger.core import Ledger
from onrecord.serve.accounts import Accounts
from onrecord.serve.accounts.roles import Role
from onrecord.serve.accounts.secrets import csrf_of
from onrecord.serve.app import create_app
from onrecord.serve.caching import Cache
from onrecord.serve.drafts import Drafts
from onrecord.serve.house import House
from onrecord.serve.notices import Notices
from onrecord.serve.verifying import Verifying
from onrecord.settings import Settings

NOW = datetime(2031, 6, 15, 9, 30, tzinfo=UTC)
PASSWORD = "four words of the harbour"
# Hashing as it is done in earnest would take most of the tests' time; one test does.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Browser(TestClient):
    """A browser at one server: keeps cookies, follows no redirects, can send forms as a page would."""

    def __init__(self, house: House, base_url: str = "http://127.0.0.1", **more: Any) -> None:
        super().__init__(create_app(house), base_url=base_url, follow_redirects=False, **more)
        self.house = house

    @property
    def csrf(self) -> str:
        """What the forms of this browser's session carry; empty where it is not signed in."""
        found = [
            cookie.value for cookie in self.cookies.jar if cookie.name.removeprefix("__Host-") == "onrecord"
        ]
        return csrf_of(found[0] or "") if found else ""

    def post_form(self, path: str, **fields: Any) -> Any:
        """Send a form of one of our pages: with its secret."""
        return self.post(path, data={"csrf": self.csrf, **fields})

    def open_link(self) -> Browser:
        """Come in as the one person, through the one-time link."""
        assert self.get("/open", params={"key": self.house.accounts.new_key()}).status_code == 303
        return self

    def sign_in(self, name: str, password: str = PASSWORD) -> Any:
        """Sign in as the page does."""
        self.get("/signin")
        (secret,) = [c.value for c in self.cookies.jar if c.name.removeprefix("__Host-") == "onrecord-form"]
        return self.post("/signin", data={"csrf": csrf_of(secret or ""), "name": name, "password": password})


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger in an SQLite file, at a fixed time."""
    with onrecord.open(tmp_path / "ledger.db", actor="somebody", clock=lambda: NOW) as ledger:
        yield ledger


@pytest.fixture
def accounts(ledger: Ledger) -> Iterator[Accounts]:
    """Accounts without users, beside the ledger."""
    accounts = Accounts.open(ledger.place, clock=lambda: NOW, hasher=QUICK)
    yield accounts
    accounts.close()


@pytest.fixture(scope="session")
def model() -> Reader:
    """One reader for all tests: its model takes a second to load."""
    return Reader(Settings())


@pytest.fixture
def house(ledger: Ledger, accounts: Accounts, model: Reader) -> House:
    """A house for one person."""
    return House(
        ledger=ledger, reader=model, settings=model.settings, clock=lambda: NOW, accounts=accounts,
        notices=Notices(), drafts=Drafts(), cache=Cache(first=60), verifying=Verifying(accounts),
    )  # fmt: skip


@pytest.fixture
def client(house: House) -> Iterator[Browser]:
    """A browser that is signed in as the one person, an admin, and follows no redirects.

    `client.post_form(path, **fields)` sends a form with its secret, which is also `client.csrf`.
    """
    with Browser(house) as client:
        yield client.open_link()


@pytest.fixture
def csrf(client: Browser) -> str:
    """What the forms of `client` carry; programs of a page send it as the header X-CSRF-Token."""
    return client.csrf


@pytest.fixture
def stranger(house: House) -> Iterator[Browser]:
    """A browser that nobody is signed in with."""
    with Browser(house) as client:
        yield client


@pytest.fixture
def team_house(house: House) -> House:
    """The same house for a team, with a user of each role, named as the role is."""
    for role in ("reader", "editor", "admin"):
        house.accounts.users.add(role, PASSWORD, role)
    return replace(house, team=True)


@pytest.fixture
def signed_in(team_house: House) -> Iterator[Callable[[Role], Browser]]:
    """Makes browsers that are signed in as the team's reader, editor or admin."""
    with ExitStack() as stack:

        def sign_in(role: Role) -> Browser:
            browser = stack.enter_context(Browser(team_house))
            assert browser.sign_in(role).status_code == 303
            return browser

        yield sign_in
