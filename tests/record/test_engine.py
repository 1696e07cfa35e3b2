"""The store in good and bad times: locked, read-only, full, gone and back. Real files, a real server."""

from __future__ import annotations

import ctypes
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from record.rows import NOON, filled, put, refusals
from record.server import Server, running
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from onrecord.errors import (
    BadDatabaseAddress,
    CannotWrite,
    DatabaseGone,
    DiskFull,
    LedgerLocked,
    LedgerReadOnly,
    MissingExtra,
    NoLedger,
    NotALedger,
)
from onrecord.record import log, sqlite
from onrecord.record.engine import Store, retrying
from onrecord.record.places import place_of
from onrecord.record.verify import verify

# Opens a ledger, counts its rows, tries to write, and says what came of it.
TRY = """
import sys
from datetime import UTC, datetime
from onrecord.entry import Act
from onrecord.errors import OnrecordError
from onrecord.record import log, sqlite
from onrecord.record.engine import Store
from onrecord.record.verify import verify
try:
    store = Store.open(sys.argv[1], create="create" in sys.argv, read_only="read" in sys.argv)
    print("rows", verify(store).rows)
    with store.writing() as connection:
        act = Act("refusal", "x", {"code": "E1", "message": "x"})
        log.append(connection, "Ada", [act], now=datetime.now(UTC))
    print("written")
except OnrecordError as error:
    print(error)
"""


def _obey_permissions() -> None:
    """Takes from root the right to pass over permissions (CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH)."""
    prctl = ctypes.CDLL(None).prctl
    for capability in (1, 2):
        prctl(24, capability)  # PR_CAPBSET_DROP


def attempt(place: Path | str, *options: str) -> list[str]:
    """What an ordinary user's process achieves with the ledger."""
    command = [sys.executable, "-c", TRY, str(place), *options]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False,
        preexec_fn=_obey_permissions if os.geteuid() == 0 else None,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def count(store: Store) -> int:
    with store.reading() as connection:
        last = log.head(connection)
    return last.sequence if last else 0


class TestPlaces:
    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            ("record.db", "record.db"),
            ("sqlite:///record.db", "record.db"),
            ("sqlite:////var/record.db", "/var/record.db"),
            ("odd?name#1 %41.db", "odd?name#1 %41.db"),
            ("postgresql://ada@db.example/record", "postgresql://ada@db.example/record"),
            ("postgres://ada:s3cret@db.example:5433/record", "postgresql://ada@db.example:5433/record"),
            ("postgresql+psycopg:///record?host=/run&password=s3cret", "postgresql:///record?host=%2Frun"),
        ],
    )
    def test_are_shown_without_a_password(self, given: str, shown: str) -> None:
        assert place_of(given).shown == shown

    @pytest.mark.parametrize(
        ("given", "reason"),
        [
            ("mysql://ada:s3cret@db.example/record", "no database of the kind mysql"),
            ("https://news.example/record.db", "no database of the kind https"),
            ("postgresql://ada:s3cret@db.example", "it names no database"),
            ("postgresql://ada:s3cret@db.example:port/record", "it is not of the form"),
            ("sqlite://", "it names no file"),
            ("", "it names no file"),
            (":memory:", "it names no file"),
            ("/", "it is a directory"),
            ("a\0b", "NUL"),
        ],
    )
    def test_that_are_none(self, given: str, reason: str) -> None:
        with pytest.raises(BadDatabaseAddress, match=reason) as caught:
            Store.open(given, create=True)
        assert "s3cret" not in str(caught.value)

    @pytest.mark.parametrize("name", ["odd?name#1 %41.db", "fähre №.db", "a;b'c\"d.db", "-x.db"])
    def test_a_file_may_have_any_name(self, tmp_path: Path, name: str) -> None:
        filled(str(tmp_path / name), 2).close()
        store = Store.open(str(tmp_path / name), read_only=True)
        assert verify(store, processes=2).rows == 2
        store.close()
        assert (tmp_path / name).is_file()

    def test_directories_are_made_on_the_way(self, tmp_path: Path) -> None:
        filled(str(tmp_path / "new" / "deep" / "record.db"), 1).close()

    def test_psycopg_that_is_not_there_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "psycopg", None)
        with pytest.raises(MissingExtra, match=r"onrecord\[postgresql\]"):
            Store.open("postgresql://ada@localhost/record")


class TestTransactions:
    def test_reading_cannot_write(self, place: str) -> None:
        store = filled(place, 1)
        with pytest.raises(LedgerReadOnly), store.reading() as connection:
            connection.execute(text("DELETE FROM refusals"))
        put(store, refusals(1, first=2))
        assert count(store) == 2
        store.close()

    def test_a_reader_sees_one_state_while_another_writes(self, place: str) -> None:
        store = filled(place, 1)
        with store.reading() as connection:
            assert len(list(log.rows(connection))) == 1
            put(store, refusals(2, first=2))
            assert len(list(log.rows(connection))) == 1
        assert count(store) == 3
        store.close()

    def test_foreign_keys_hold(self, place: str) -> None:
        store = filled(place, 1)
        with pytest.raises(DBAPIError), store.writing() as connection:
            connection.execute(text("INSERT INTO notes VALUES (99, 'x', 'Ada', 't', 'x')"))
        store.close()

    def test_what_is_a_fault_of_ours_is_not_dressed_up(self, place: str) -> None:
        store = filled(place, 1)
        with pytest.raises(DBAPIError), store.reading() as connection:
            connection.execute(text("SELECT nothing FROM nowhere"))
        assert count(store) == 1
        store.close()

    def test_threads_share_a_store(self, place: str) -> None:
        store = filled(place, 0)
        threads = [threading.Thread(target=put, args=(store, refusals(3, first=n))) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert verify(store).rows == 24
        store.close()


class TestChanges:
    def test_every_commit_is_seen_whoever_made_it(self, tmp_path: Path) -> None:
        place = str(tmp_path / "record.db")
        store, other = filled(place, 0), Store.open(place)
        first = store.changed()
        assert first is not None
        assert count(store) == 0
        assert store.changed() == first
        put(store, refusals(1, first=0))
        second = store.changed()
        put(other, refusals(1, first=1))
        third = store.changed()
        attempt(place)
        assert len({first, second, third, store.changed()}) == 4
        store.close()
        other.close()

    def test_what_was_not_committed_is_no_change(self, tmp_path: Path) -> None:
        store = filled(str(tmp_path / "record.db"), 0)
        before = store.changed()
        with store.writing() as connection:
            connection.execute(text("UPDATE log SET actor = 'Bo'"))
            connection.rollback()
        assert store.changed() == before
        store.close()

    def test_a_server_must_be_asked(self, server: Server) -> None:
        store = filled(server.database(), 0)
        assert store.changed() is None
        store.close()

    def test_a_file_that_cannot_be_opened_tells_nothing(self, tmp_path: Path) -> None:
        changes = sqlite.Changes(f"file:{tmp_path / 'nowhere' / 'record.db'}?mode=ro")
        assert changes.number() is None
        changes.close()


class TestLocks:
    def test_another_writer_is_waited_for(self, place: str) -> None:
        one, other = filled(place, 1), Store.open(place)
        with one.writing() as connection:
            waiting = threading.Thread(target=put, args=(other, refusals(1, first=3)))
            waiting.start()
            time.sleep(0.2)
            assert waiting.is_alive()
            log.append(connection, "Ada", refusals(1, first=2), now=NOON)
        waiting.join()
        assert verify(one).rows == 3
        one.close()
        other.close()

    def test_a_lock_that_is_not_given_up_is_told(self, place: str) -> None:
        holder = filled(place, 1)
        other = Store.open(place, timeout=0.3)
        with holder.writing():
            with pytest.raises(LedgerLocked, match=r"0\.3 seconds"):
                put(other, refusals(1, first=2))
            assert count(other) == 1  # reading goes on
        put(other, refusals(1, first=2))
        other.close()
        holder.close()

    def test_another_program_that_holds_the_file(self, tmp_path: Path) -> None:
        path = str(tmp_path / "a.db")
        store = filled(path, 1)
        store.close()
        program = (
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
            "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
        )
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", program, path]
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
            assert other.stdout is not None and other.stdout.readline() == "held\n"
            store = Store.open(path, timeout=0.2)
            with pytest.raises(LedgerLocked):
                put(store, refusals(1, first=2))
            assert count(store) == 1
            other.communicate()
        put(store, refusals(1, first=2))
        store.close()


class TestReadOnly:
    def test_as_asked(self, place: str) -> None:
        filled(place, 2).close()
        store = Store.open(place, read_only=True)
        assert verify(store).rows == 2
        with pytest.raises(LedgerReadOnly, match="opened for reading"):
            put(store, refusals(1, first=3))
        store.close()

    @pytest.mark.parametrize(("files", "folder"), [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)])
    def test_what_cannot_be_written_is_read(self, tmp_path: Path, files: int, folder: int) -> None:
        filled(str(tmp_path / "a.db"), 2).close()
        was = (tmp_path / "a.db").read_bytes()
        (tmp_path / "a.db").chmod(files)
        tmp_path.chmod(folder)
        for options in ((), ("create",), ("read",)):
            rows, refused = attempt(tmp_path / "a.db", *options)
            assert rows == "rows 2"
            assert refused.startswith("[E405]")
            assert "read" in refused
        tmp_path.chmod(0o755)
        assert (tmp_path / "a.db").read_bytes() == was

    def test_what_another_process_has_just_written_is_read_too(self, tmp_path: Path) -> None:
        """Its words may still be in the write-ahead log alone."""
        store = filled(str(tmp_path / "a.db"), 2)
        assert (tmp_path / "a.db-wal").stat().st_size
        for path in tmp_path.iterdir():
            path.chmod(0o444)
        tmp_path.chmod(0o555)
        assert attempt(tmp_path / "a.db", "read")[0] == "rows 2"
        tmp_path.chmod(0o755)
        store.close()

    def test_a_directory_that_takes_no_new_file(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o555)
        (refused,) = attempt(tmp_path / "a.db", "create")
        assert refused.startswith("[E405]")
        (refused,) = attempt(tmp_path / "new" / "a.db", "create")
        assert refused.startswith("[E405]")
        tmp_path.chmod(0o755)

    @pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
    def test_an_account_that_may_only_read(self, place: str, server: Server) -> None:
        filled(place, 2).close()
        database = place.rsplit("/", 1)[1]
        server.execute(
            "CREATE ROLE reader LOGIN PASSWORD 'reads'",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader",
            database=database,
        )
        store = Store.open(f"postgresql://reader:reads@{place.split('@')[1]}")
        try:
            assert verify(store).rows == 2
            with pytest.raises(LedgerReadOnly, match="permission denied"):
                put(store, refusals(1, first=3))
        finally:
            store.close()
            server.execute("DROP OWNED BY reader", "DROP ROLE reader", database=database)


class TestFull:
    def test_no_page_is_left(self, tmp_path: Path) -> None:
        store = filled(str(tmp_path / "a.db"), 2)
        with store.reading() as pages:  # the pool gives the same connection again
            used = pages.exec_driver_sql("PRAGMA page_count").scalar_one()
            pages.exec_driver_sql(f"PRAGMA max_page_count = {used + 3}")
        with pytest.raises(DiskFull, match="full"):
            put(store, refusals(2_000, first=3))
        assert verify(store).rows == 2
        put(store, refusals(1, first=3))
        assert verify(store).rows == 3
        store.close()

    @pytest.mark.parametrize("left", [0, 40_000, 300_000])
    def test_a_full_disk(self, tmp_path: Path, left: int) -> None:
        with tmpfs(tmp_path / "small", 3_000_000) as folder:
            store = filled(str(folder / "a.db"), 2)
            free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
            (folder / "ballast").write_bytes(bytes(free - left))
            with pytest.raises(DiskFull):
                put(store, refusals(3_000, first=3))
            assert count(store) == 2
            (folder / "ballast").unlink()
            put(store, refusals(1, first=3))
            assert verify(store).rows == 3
            store.close()

    def test_a_disk_too_full_to_begin(self, tmp_path: Path) -> None:
        with tmpfs(tmp_path / "tiny", 64_000) as folder:
            with pytest.raises(DiskFull):
                Store.open(str(folder / "a.db"), create=True)
            with pytest.raises(NoLedger):
                Store.open(str(folder / "a.db"))


@contextmanager
def tmpfs(folder: Path, size: int) -> Iterator[Path]:
    """A small disk of one's own; skips where this user may not mount one."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


class TestDamage:
    def test_a_file_cut_in_half(self, tmp_path: Path) -> None:
        path = tmp_path / "a.db"
        filled(str(path), 500).close()
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(NotALedger):  # noqa: PT012
            store = Store.open(str(path))
            verify(store)

    def test_text_that_is_none(self, tmp_path: Path) -> None:
        store = filled(str(tmp_path / "a.db"), 1)
        raw = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        raw.execute("UPDATE log SET actor = CAST(x'ff41' AS TEXT)")
        raw.close()
        with pytest.raises(NotALedger, match="decode"), store.reading() as connection:
            log.head(connection)
        store.close()


class TestBackup:
    def test_is_a_ledger_while_another_writes(self, tmp_path: Path) -> None:
        store = filled(str(tmp_path / "a.db"), 300)
        with store.writing() as connection:
            log.append(connection, "Ada", refusals(10, first=301), now=NOON)
            store.backup(tmp_path / "copy.db")
        copy = Store.open(str(tmp_path / "copy.db"))
        assert verify(copy).rows == 300
        copy.close()
        store.close()

    def test_overwrites_nothing(self, tmp_path: Path) -> None:
        store = filled(str(tmp_path / "a.db"), 1)
        (tmp_path / "copy.db").write_text("mine")
        with pytest.raises(CannotWrite):
            store.backup(tmp_path / "copy.db")
        with pytest.raises(CannotWrite):
            store.backup(tmp_path / "none" / "copy.db")
        assert (tmp_path / "copy.db").read_text() == "mine"
        store.close()


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """A server that these tests may stop; the other tests' goes on."""
    with running(durable=True) as server:
        yield server


def gone_during(own: Server, store: Store, when: str) -> Callable[[Connection], int]:
    """Work that the server leaves, the first time it is done, `before` its rows are written or `after`."""
    times: list[int] = []

    def work(connection: Connection) -> int:
        times.append(1)
        if len(times) == 1 and when == "before":
            own.stop()
        log.append(connection, "Ada", refusals(2, first=3), now=NOON)
        if len(times) == 1 and when == "after":
            own.stop()
        return len(times)

    return work


class TestServerGoneAndBack:
    @pytest.mark.parametrize("when", ["before", "after"])
    def test_the_work_is_done_again_from_the_start(self, own: Server, when: str) -> None:
        store = filled(own.database(), 2)
        pauses: list[float] = []

        def sleep(pause: float) -> None:
            pauses.append(pause)
            if len(pauses) == 3:
                own.start()

        assert retrying(store, gone_during(own, store, when), sleep=sleep) == 2
        assert len(pauses) == 3
        assert verify(store).rows == 4
        store.close()

    def test_a_server_that_does_not_come_back(self, own: Server) -> None:
        store = filled(own.database(), 2)
        pauses: list[float] = []
        with pytest.raises(DatabaseGone, match="cannot be reached"):
            retrying(store, gone_during(own, store, "before"), sleep=pauses.append)
        assert 25 < sum(pauses) < 35
        with pytest.raises(DatabaseGone):
            count(store)
        with pytest.raises(DatabaseGone):
            Store.open(f"{own.address('record')}")
        own.start()
        assert count(store) == 2  # the same store, without being opened anew
        store.close()

    @pytest.mark.parametrize("done", [True, False])
    def test_a_break_in_the_commit_itself(
        self, own: Server, done: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The connection breaks after the server has committed, or just before: the work is there once."""
        store = filled(own.database(), 2)
        with store.reading() as connection:
            dialect = connection.engine.dialect
        commit, broken = dialect.do_commit, [True]

        def breaks(connection: object) -> None:
            if broken.pop() if broken else False:
                if done:
                    commit(connection)  # type: ignore[arg-type]
                own.stop()
                own.start()
            commit(connection)  # type: ignore[arg-type]
            if done and connection:
                connection.execute("SELECT 1")  # type: ignore[attr-defined]

        monkeypatch.setattr(dialect, "do_commit", breaks)
        retrying(store, lambda c: log.append(c, "Ada", refusals(2, first=3), now=NOON), sleep=lambda _: None)
        monkeypatch.undo()
        assert verify(store).rows == 4
        store.close()

    @pytest.mark.parametrize("wrong", ["keeper:wrong@", "nobody:x@"])
    def test_a_wrong_password_is_not_tried_again(self, own: Server, wrong: str) -> None:
        address = own.database()
        bad = f"postgresql://{wrong}{address.split('@')[1]}"
        begun = time.monotonic()
        with pytest.raises(DatabaseGone, match="password"):
            Store.open(bad, create=True)
        assert time.monotonic() - begun < 5

    def test_a_database_that_is_not_there(self, own: Server) -> None:
        with pytest.raises(DatabaseGone, match="does not exist"):
            Store.open(own.address("nowhere"), create=True)

    def test_nobody_listens(self) -> None:
        with pytest.raises(DatabaseGone, match="refused"):
            Store.open("postgresql://ada@127.0.0.1:9/record")


def test_a_database_of_another_encoding_is_refused(server: Server) -> None:
    server.execute("CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    with pytest.raises(BadDatabaseAddress, match="LATIN1"):
        Store.open(server.address("latin"), create=True)
    server.drop(server.address("latin"))
