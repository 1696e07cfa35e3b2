"""Rooms on both databases, and visitors: people with a browser, whose every trouble is a failure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from serve.rooms import PASSWORD, Room, fill, room

DATABASES = ("sqlite", "postgresql")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# A form that is answered with an error is loaded, although the browser complains of its status.
_ANSWERED = re.compile(
    r"Failed to load resource: the server responded with a status of (403|404|409|412|422)"
)


@dataclass
class Visitor:
    """A person with a browser. complaints: what its console said; elsewhere: requests to other places."""

    page: Any
    url: str
    scripts: bool = True
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the room, and wait until its links and forms are listened to.

        htmx begins in a timer of its own, on a busy machine after the page's `load`: a key pressed before
        follows the plain link. Timers of the same delay run in the order in which they were set.
        """
        self.page.goto(self.url + path)
        if self.scripts:
            self.page.evaluate("new Promise((go) => setTimeout(go))")

    def heard(self, message: Any) -> None:
        if message.type in ("error", "warning") and not _ANSWERED.match(message.text):
            self.complaints.append(message.text)

    def asked(self, request: Any) -> None:
        if not request.url.startswith((self.url + "/", "data:")):
            self.elsewhere.append(request.url)

    def asked_about(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.accept()

    @property
    def text(self) -> str:
        """What stands on the page."""
        words: str = self.page.inner_text("body")
        return words

    def path(self) -> str:
        """Where the visitor is."""
        address: str = self.page.url
        return address.removeprefix(self.url)


def place_of(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """Where a ledger can be made on a database of a kind."""
    if kind == "sqlite":
        return str(folder / "record.db")
    address: str = request.getfixturevalue("server").database()
    return address


@pytest.fixture(scope="module")
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A room over a filled ledger, for tests that change nothing (or nothing that others look at)."""
    with room(tmp_path_factory.mktemp("room") / "record.db") as opened:
        fill(opened.ledger)
        yield opened


@pytest.fixture(params=DATABASES)
def new_room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Room]:
    """A room over an empty ledger, for one person."""
    with room(place_of(request.param, request, tmp_path)) as opened:
        yield opened


@pytest.fixture(params=DATABASES)
def team_room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Room]:
    """A room of a team: Ana and Ben edit, Cleo reads, Dora administers."""
    with room(place_of(request.param, request, tmp_path), team=True) as opened:
        for name, role in (("Ana", "editor"), ("Ben", "editor"), ("Cleo", "reader"), ("Dora", "admin")):
            opened.house.accounts.users.add(name, PASSWORD, role)
        yield opened


@pytest.fixture
def visitor(browser: Any) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors of a room who are signed in; `name`: in a team, as whom. Options are the browser's."""
    made: list[tuple[Any, Visitor]] = []

    def enter(room: Room, name: str = "", **options: Any) -> Visitor:
        options = {"viewport": WIDE, "reduced_motion": "reduce", **options}
        context = browser.new_context(**options)
        context.set_default_timeout(30_000)  # a busy machine is slow, not wrong
        found = Visitor(context.new_page(), room.url, scripts=options.get("java_script_enabled", True))
        made.append((context, found))
        for event, heard in (
            ("console", found.heard), ("pageerror", lambda error: found.complaints.append(str(error))),
            ("request", found.asked), ("dialog", found.asked_about),
        ):  # fmt: skip
            found.page.on(event, heard)
        _sign_in(found, room, name)
        return found

    yield enter
    for context, _ in made:
        context.close()
    troubles = [trouble for _, found in made for trouble in (*found.complaints, *found.elsewhere)]
    assert troubles == []


def _sign_in(found: Visitor, room: Room, name: str) -> None:
    if not room.house.team:
        found.page.goto(room.link())
        return
    found.go("/signin")
    found.page.fill("[name=name]", name)
    found.page.fill("[name=password]", PASSWORD)
    found.page.click("main form button")
