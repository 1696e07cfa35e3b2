"""What goes wrong around a ledger: locked, read-only, full, gone and back, a clock that goes back.

Each time the trouble has its name, nothing is half written, and the work can be taken up again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from record.contents import contents
from record.made import document, documents
from record.server import USER, Server
from sqlalchemy import event
from sqlalchemy.pool import Pool

import onrecord
from onrecord.errors import DatabaseGone, DiskFull, LedgerLocked, LedgerReadOnly, NoLedger
from onrecord.record.engine import Store
from onrecord.record.log import ClockBehind
from onrecord.record.query import Query

# Takes the writer's lock in a process of its own, says so, and keeps it until its input ends.
HOLD = {
    "sqlite": "import sqlite3; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN IMMEDIATE')",
    "postgresql": "import psycopg; c = psycopg.connect(sys.argv[1]); "
    "from onrecord.record.postgresql import WRITER; c.execute(f'SELECT pg_advisory_xact_lock({WRITER})')",
}


@pytest.fixture
def filled(place: str) -> str:
    """A ledger with three articles."""
    with onrecord.open(place, create=True) as ledger:
        assert [added.state for added in ledger.add_many(documents(3))] == ["new"] * 3
    return place


@contextmanager
def held(place: str, dialect: str) -> Iterator[subprocess.Popen[bytes]]:
    program = f"import sys\n{HOLD[dialect]}\nprint('held', flush=True)\nsys.stdin.read()"
    command = [sys.executable, "-c", program, place]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.stdin.close()


def impatient(ledger: onrecord.Ledger, place: str) -> onrecord.Ledger:
    """The ledger with a store that waits for locks half a second only."""
    ledger.store.close()
    ledger.store = Store.open(place, timeout=0.5)
    return ledger


class TestLocked:
    def test_is_told_and_leaves_nothing(self, filled: str, dialect: str) -> None:
        before = contents(filled)
        with onrecord.open(filled) as ledger, held(filled, dialect):
            with pytest.raises(LedgerLocked):
                impatient(ledger, filled).add(document(9))
            assert contents(filled) == before, "reading waits for nobody"
            assert ledger.search(Query(limit=1)).entries
        with onrecord.open(filled) as ledger:
            assert ledger.add(document(9)).state == "new"
            ledger.verify()

    def test_waits_for_a_lock_that_is_given_back(self, filled: str, dialect: str) -> None:
        with onrecord.open(filled) as ledger, held(filled, dialect) as holder:
            assert holder.stdin is not None
            timer = threading.Timer(0.5, holder.stdin.close)
            timer.start()
            assert ledger.add(document(9)).state == "new"
            timer.join()

    def test_one_that_is_being_made_is_waited_for_longer(self, place: str, dialect: str) -> None:
        with held(place, dialect) as holder:
            assert holder.stdin is not None
            timer = threading.Timer(1.0, holder.stdin.close)
            timer.start()
            Store.open(place, create=True, timeout=0.2).close()
            timer.join()

    def test_goes_free_when_its_holder_is_killed(self, filled: str, dialect: str) -> None:
        with onrecord.open(filled) as ledger, held(filled, dialect) as holder:
            holder.kill()
            assert ledger.add(document(9)).state == "new"
            ledger.verify()


@contextmanager
def powerless() -> Iterator[None]:
    """Without root's right to write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that everybody can look into, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="onrecord-shelf-"))
    path.chmod(0o755)
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


def writes(ledger: onrecord.Ledger) -> dict[str, Callable[[], object]]:
    """One act of each kind of writer."""
    (entry,) = ledger.search(Query(limit=1)).entries
    return {
        "add": lambda: ledger.add(document(9)),
        "note": lambda: ledger.note(entry.id, "seen"),
        "correct": lambda: ledger.correct(entry.id, {"kind": "claim"}),
        "reject": lambda: ledger.reject(entry.id, "not said"),
        "rebuild": ledger.rebuild,
    }


def refused(place: str) -> None:
    """Everything that reads works, everything that writes is refused by name."""
    with onrecord.open(place) as ledger:
        assert ledger.search(Query(limit=5)).entries
        assert ledger.verify().rows > 0
        for name, act in writes(ledger).items():
            with pytest.raises(LedgerReadOnly):
                pytest.fail(f"{name} gave {act()}")


class TestReadOnly:
    @pytest.mark.parametrize("folder", [0o555, 0o755], ids=["folder read-only", "folder writable"])
    def test_a_file_is_read_and_not_written(self, shelf: Path, folder: int) -> None:
        path = shelf / "ledger.db"
        with onrecord.open(str(path), create=True) as ledger:
            list(ledger.add_many(documents(3)))
        before = path.read_bytes()
        path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        shelf.chmod(folder)
        with powerless():
            refused(str(path))
        assert path.read_bytes() == before

    def test_a_folder_without_a_ledger(self, shelf: Path) -> None:
        shelf.chmod(0o555)
        with powerless(), pytest.raises(LedgerReadOnly):
            onrecord.open(str(shelf / "ledger.db"), create=True)
        with powerless(), pytest.raises(NoLedger):
            onrecord.open(str(shelf / "ledger.db"), create=False)

    @pytest.mark.parametrize("dialect", ["postgresql"])
    def test_a_database_that_is_set_read_only(self, filled: str, server: Server) -> None:
        name = filled.rsplit("/", 1)[1]
        server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        refused(filled)

    @pytest.mark.parametrize("dialect", ["postgresql"])
    def test_an_account_that_may_only_read(self, filled: str, server: Server) -> None:
        server.execute(
            "DROP ROLE IF EXISTS visitor",
            "CREATE ROLE visitor LOGIN PASSWORD 'visitor' IN ROLE pg_read_all_data",
        )
        visitor = filled.replace(f"{USER}:{server.password}@", "visitor:visitor@")
        refused(visitor)

    def test_a_ledger_opened_for_reading(self, filled: str) -> None:
        with onrecord.open(filled, read_only=True) as ledger:
            for act in writes(ledger).values():
                with pytest.raises(LedgerReadOnly):
                    act()


class TestDiskFull:
    @pytest.fixture
    def small(self) -> Iterator[Callable[[int], None]]:
        """Lets the files of SQLite grow by so many pages and no further: SQLite itself says it is full."""
        limit: list[int] = []

        def set_limit(raw: Any, _: object) -> None:
            if isinstance(raw, sqlite3.Connection) and limit:
                (now,) = raw.execute("PRAGMA page_count").fetchone()
                raw.execute(f"PRAGMA max_page_count = {now + limit[0]}")

        event.listen(Pool, "connect", set_limit)
        yield limit.append
        event.remove(Pool, "connect", set_limit)

    @pytest.mark.parametrize("dialect", ["sqlite"])
    def test_is_told_and_what_was_written_is_whole(self, filled: str, small: Callable[[int], None]) -> None:
        small(60)
        added, before = 0, contents(filled)
        with onrecord.open(filled) as ledger:
            with suppress(DiskFull):
                for made in documents(500, first=10):
                    before = contents(filled)
                    ledger.add(made)
                    added += 1
            assert 1 < added < 500, "the disk was never full"
        assert contents(filled) == before, "what did not fit has left something"
        with onrecord.open(filled) as ledger:
            ledger.verify()

    @pytest.mark.parametrize("dialect", ["sqlite"])
    def test_a_note_that_does_not_fit(self, filled: str, small: Callable[[int], None]) -> None:
        small(2)
        with onrecord.open(filled) as ledger:
            (entry,) = ledger.search(Query(limit=1)).entries
            before = contents(filled)
            with pytest.raises(DiskFull):
                ledger.note(entry.id, "x" * 100_000)
            assert contents(filled) == before
            ledger.note(entry.id, "x")

    @pytest.mark.parametrize("dialect", ["postgresql"])
    def test_a_server_that_says_so(self, filled: str) -> None:
        """The server's own error for it, raised by a trigger: its disk is not the tests' to fill."""
        before = contents(filled)
        with psycopg.connect(filled) as connection:
            connection.execute(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                " RAISE EXCEPTION 'could not extend file: No space left' USING ERRCODE = 'disk_full'; END $$"
            )
            connection.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON statements EXECUTE FUNCTION full_disk()"
            )
        with onrecord.open(filled) as ledger:
            with pytest.raises(DiskFull):
                ledger.add(document(9))
            assert contents(filled) == before


@pytest.mark.parametrize("dialect", ["postgresql"])
class TestServerGone:
    @pytest.mark.parametrize("mode", ["immediate", "fast"])
    def test_comes_back_in_the_middle(self, place: str, server: Server, mode: str) -> None:
        stopped, over = threading.Event(), threading.Event()

        def restart() -> None:
            for _ in range(2):
                stopped.wait(30)
                stopped.clear()
                server.stop(mode)
                server.start()
            over.set()

        turning = threading.Thread(target=restart)
        with onrecord.open(place, create=True) as ledger:
            turning.start()
            for turn, made in enumerate(documents(30)):
                if turn in (8, 20):
                    stopped.set()
                assert ledger.add(made).state == "new", "done twice"
            turning.join()
            assert ledger.verify().rows == len(contents(place)["log"]) == 30 * 8
        assert over.is_set()

    def test_stays_away(self, place: str, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("onrecord.record.engine.PAUSES", (0.01, 0.01))
        with onrecord.open(place, create=True) as ledger:
            ledger.add(document(1))
            server.stop()
            try:
                with pytest.raises(DatabaseGone) as gone:
                    ledger.add(document(2))
                assert server.password not in str(gone.value)
                with pytest.raises(DatabaseGone):
                    onrecord.open(place)
            finally:
                server.start()
            assert ledger.add(document(2)).state == "new"
            assert ledger.verify().rows == 16


class TestClock:
    @staticmethod
    def open(place: str, times: Iterator[datetime]) -> onrecord.Ledger:
        return onrecord.open(place, create=True, clock=lambda: next(times))

    def test_set_back_the_log_goes_on_at_the_time_it_had(self, place: str) -> None:
        noon = datetime(2031, 5, 4, 12, tzinfo=UTC)
        times = iter([noon] * 5 + [noon - timedelta(days=400)] * 50)
        with self.open(place, times) as ledger:
            ledger.add(document(1))
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                for number in range(2, 8):
                    ledger.add(document(number))
            assert any(issubclass(warning.category, ClockBehind) for warning in told)
            ledger.verify()
            kept = [row.time for row in ledger.log(last=1000)]
        assert set(kept) == {"2031-05-04T12:00:00.000000Z"}

    def test_a_little_behind_is_no_news(self, place: str) -> None:
        noon = datetime(2031, 5, 4, 12, tzinfo=UTC)
        times = iter([noon] * 5 + [noon - timedelta(seconds=20)] * 50)
        with self.open(place, times) as ledger, warnings.catch_warnings():
            warnings.simplefilter("error")
            list(ledger.add_many(documents(8)))
            ledger.verify()
