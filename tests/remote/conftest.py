"""Two ledgers that are alike: one at hand, the other behind a real server on loopback."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cli.conftest import articles as articles
from cli.conftest import onrecord as onrecord
from record.made import changed, document, documents

import onrecord as package
from onrecord.ledger.base import utc_now
from onrecord.remote.core import RemoteLedger
from onrecord.serve import running
from onrecord.serve.listening import Asked, address_of, listening
from onrecord.settings import Settings


@dataclass(frozen=True)
class At:
    """A server, and tokens of its one person."""

    address: str
    admin: str
    reader: str


@contextmanager
def serving(place: Path) -> Iterator[At]:
    """A server of the ledger at a place, for as long as the block lasts."""
    asked, settings = Asked(port=0), Settings()
    with (
        closing(listening(asked.host, asked.port)) as listener,
        package.open(place, actor="ana") as ledger,
        running.opened(ledger, str(place), settings, asked, clock=utc_now) as house,
    ):
        server = running.server(running.application(house))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            tokens = house.accounts.tokens
            admin, reader = (tokens.add(None, scope, scope).secret for scope in ("admin", "read"))
            yield At(address_of(listener, asked), admin, reader)
        finally:
            server.should_exit = True
            thread.join(30)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with articles, of which one has two versions."""
    place = tmp_path_factory.mktemp("filled") / "record.db"
    with package.open(place, actor="ana") as ledger:
        list(ledger.add_many(documents(12), topic="ferries"))
        ledger.add(changed(document(3)))
    return place


@pytest.fixture(scope="module")
def here(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger at hand."""
    return Path(shutil.copy(filled, tmp_path_factory.mktemp("here") / "record.db"))


@pytest.fixture(scope="module")
def at(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[At]:
    """The server of the ledger that is like it."""
    with serving(Path(shutil.copy(filled, tmp_path_factory.mktemp("there") / "record.db"))) as at:
        yield at


@pytest.fixture
def remote(at: At) -> Iterator[RemoteLedger]:
    """The ledger behind the server."""
    with RemoteLedger(at.address, at.admin) as ledger:
        yield ledger
