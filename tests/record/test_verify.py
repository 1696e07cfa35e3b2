"""Whatever is changed in the log from outside is found, and the first bad row named."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from record.rows import NOON, filled, put, refusals

from onrecord.entry import Act
from onrecord.errors import BadOption, ChainBroken
from onrecord.record import log
from onrecord.record.chain import GENESIS
from onrecord.record.checking import Task, check
from onrecord.record.engine import Store
from onrecord.record.log import chained
from onrecord.record.verify import checkpoint, verify

# The tables that the tests of this file change.
CHANGED = ("log", "refusals")
TEXTS = ("time", "actor", "act", "subject", "payload", "salt", "digest", "previous", "hash")


class Outsider:
    """Somebody with a database tool of their own, for whom our rules do not hold."""

    def __init__(self, store: Store) -> None:
        self.sqlite = store.dialect == "sqlite"
        if self.sqlite:
            self.raw: Any = sqlite3.connect(store.place, isolation_level=None)
            return
        self.raw = psycopg.connect(**store.access["postgresql"], autocommit=True)
        self.raw.execute("SET session_replication_role = replica")  # no foreign keys

    def do(self, command: str, *values: object) -> list[Any]:
        done = self.raw.execute(command if self.sqlite else command.replace("?", "%s"), values)
        return list(done) if done.description else []

    def set(self, row: int, field: str, value: bytes | int | None) -> None:
        if isinstance(value, bytes) and self.sqlite:
            self.do(f"UPDATE log SET {field} = CAST(? AS TEXT) WHERE sequence = ?", value, row)
        else:
            text = value.decode() if isinstance(value, bytes) else value
            self.do(f"UPDATE log SET {field} = ? WHERE sequence = ?", text, row)

    def get(self, row: int, field: str) -> Any:
        ((value,),) = self.do(f"SELECT {field} FROM log WHERE sequence = ?", row)
        return value

    def insert(self, row: tuple[Any, ...]) -> None:
        self.do(f"INSERT INTO log VALUES ({', '.join('?' * len(row))})", *row)


def seven_rows(place: str) -> None:
    """A ledger of six rows and, as the seventh, a redaction of the second."""
    store = filled(place, 5)
    put(store, [Act("merge", "Ada of Ellery", {"speakers": ["Ada"], "why": None})])
    replaced = {"2": {"code": "E105", "message": "█" * 20}}
    put(store, [Act("redaction", "row:2", {"why": "an order", "rows": [2], "replacements": replaced})])
    store.close()


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> dict[str, str]:
    """A ledger of each kind of database, made once; each test has it, or a copy, as it was made."""
    path = str(tmp_path_factory.mktemp("seven") / "ledger.db")
    seven_rows(path)
    made = {"sqlite": path}
    with suppress(pytest.skip.Exception):
        made["postgresql"] = request.getfixturevalue("server").database()
        seven_rows(made["postgresql"])
        with psycopg.connect(made["postgresql"]) as connection:
            for table in CHANGED:
                connection.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")
    return made


@pytest.fixture
def store(
    dialect: str, seven: dict[str, str], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Store]:
    """Seven rows, whole."""
    if dialect == "sqlite":
        store = Store.open(str(shutil.copy(seven["sqlite"], tmp_path)))
    else:
        request.getfixturevalue("server")  # skips where there is none
        store = Store.open(seven["postgresql"])
    yield store
    store.close()
    if dialect == "postgresql":
        outsider = Outsider(store)
        for table in CHANGED:
            outsider.do(f"DELETE FROM {table}")
            outsider.do(f"INSERT INTO {table} SELECT * FROM kept_{table}")
        outsider.raw.close()


@pytest.fixture
def outsider(store: Store) -> Iterator[Outsider]:
    outsider = Outsider(store)
    yield outsider
    outsider.raw.close()


def first_bad_of_stretches(store: Store, rows: int) -> int:
    """The first bad row, however the log is cut into two stretches that are checked by themselves."""
    named = set()
    for cut in range(1, rows):
        stretches = (Task(store.access, 1, cut), Task(store.access, cut + 1, rows))
        named.add(next(found.bad[0] for found in map(check, stretches) if found.bad))
    (row,) = named
    return row


def broken(store: Store, **options: Any) -> tuple[str, str]:
    """The row that is named, and the reason."""
    with pytest.raises(ChainBroken) as caught:
        verify(store, **options)
    values = caught.value.values
    return values["row"], values["reason"]


class TestWhatIsWhole:
    def test_is_counted(self, store: Store) -> None:
        verified = verify(store)
        with store.reading() as connection:
            last = log.head(connection)
        assert last is not None
        assert (verified.rows, verified.head, verified.through) == (7, last.hash, None)

    def test_an_empty_log_is_whole(self, place: str) -> None:
        store = Store.open(place, create=True)
        assert (verify(store).rows, verify(store).head) == (0, GENESIS)
        assert verify(store, against=checkpoint(store)).through == 0
        store.close()

    def test_several_processes_find_the_same(self, store: Store) -> None:
        assert verify(store, processes=3) == verify(store, processes=1)

    def test_a_redacted_row_has_no_words_and_the_chain_is_whole(
        self, store: Store, outsider: Outsider
    ) -> None:
        assert outsider.get(2, "payload") is outsider.get(2, "salt") is None
        assert verify(store).rows == 7


class TestChanges:
    @given(data=st.data())
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_changed_byte_is_found_and_its_row_named(
        self, store: Store, outsider: Outsider, data: st.DataObject
    ) -> None:
        row = data.draw(st.integers(1, 7), label="row")
        field = data.draw(st.sampled_from(TEXTS), label="field")
        value = outsider.get(row, field)
        assume(value)
        was = value.encode()
        at = data.draw(st.integers(0, len(was) - 1), label="byte")
        now = bytearray(was)
        now[at] ^= data.draw(st.integers(1, 255), label="changed by")
        assume(outsider.sqlite or (b"\0" not in now and _is_text(bytes(now))))  # PostgreSQL takes no other
        outsider.set(row, field, bytes(now))
        try:
            assert broken(store, processes=1)[0] == str(row)
        finally:
            outsider.set(row, field, was)
        assert verify(store, processes=1).rows == 7

    @given(row=st.integers(1, 7), bit=st.integers(0, 30))
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_a_changed_number_is_found(self, store: Store, outsider: Outsider, row: int, bit: int) -> None:
        number = row ^ (1 << bit)
        assume(not 1 <= number <= 7)  # two rows cannot have one number
        outsider.set(row, "sequence", number)
        try:
            assert broken(store, processes=1)[0] == str(min(row, number))
        finally:
            outsider.set(number, "sequence", row)

    @pytest.mark.parametrize(
        ("row", "field", "value", "reason"),
        [
            (4, "payload", None, "a part of it is missing"),
            (4, "salt", None, "a part of it is missing"),
            (4, "subject", None, "is not what was written"),
            (4, "subject", b"", "is not what was written"),
            (4, "payload", b"", "its payload is not what was written"),
            (2, "payload", b"{}", "a part of it is missing"),
            (2, "salt", b"00", "a part of it is missing"),
            (4, "previous", b"0" * 64, "it does not follow from row 3"),
            (4, "hash", b"0" * 64, "is not what was written"),
            (4, "hash", b"", "is not what was written"),
            (4, "digest", b"", "its payload is not what was written"),
            (7, "payload", b"{}", "its payload is not what was written; and row 2 before it has no payload"),
        ],
    )
    def test_the_reason_is_told(
        self, store: Store, outsider: Outsider, row: int, field: str, value: Any, reason: str
    ) -> None:
        outsider.set(row, field, value)
        named, told = broken(store)
        assert named == str(row)
        assert told.endswith(reason)

    def test_the_first_of_several_is_named(self, store: Store, outsider: Outsider) -> None:
        for row in (6, 3, 5):
            outsider.set(row, "actor", b"Eve")
        assert {broken(store, processes=n)[0] for n in (1, 3)} == {"3"}
        assert first_bad_of_stretches(store, 7) == 3

    def test_a_payload_that_was_emptied_without_a_redaction(self, store: Store, outsider: Outsider) -> None:
        outsider.do("UPDATE log SET payload = NULL, salt = NULL WHERE sequence = 4")
        assert broken(store) == ("4", "its payload is gone, and no redaction names it")

    def test_a_redaction_does_not_excuse_what_comes_after_it(self, store: Store, outsider: Outsider) -> None:
        put(store, [Act("redaction", "row:9", {"why": "x", "rows": [9], "replacements": {}})])
        put(store, refusals(1, first=9))
        outsider.do("UPDATE log SET payload = NULL, salt = NULL WHERE sequence = 9")
        assert broken(store)[0] == "9"


class TestRows:
    @pytest.mark.parametrize("row", [1, 3, 6])
    def test_a_missing_row(self, store: Store, outsider: Outsider, row: int) -> None:
        outsider.do("DELETE FROM log WHERE sequence = ?", row)
        assert broken(store) == (str(row), "it is missing")
        assert first_bad_of_stretches(store, 7) == row

    def test_the_last_row_missing(self, store: Store, outsider: Outsider) -> None:
        """A redaction adds to no table, but the words that it took away are seen to be gone."""
        outsider.do("DELETE FROM log WHERE sequence = 7")
        assert broken(store) == ("2", "its payload is gone, and no redaction names it")

    def test_rows_cut_off_at_the_end(self, store: Store, outsider: Outsider) -> None:
        outsider.do("DELETE FROM log WHERE sequence > 3")
        row, reason = broken(store)
        assert row == "4"
        assert reason.startswith("it is missing, but the table refusals has what came after")

    @pytest.mark.parametrize("number", [0, -5, 8])
    def test_an_inserted_row(self, store: Store, outsider: Outsider, number: int) -> None:
        (row,) = outsider.do("SELECT * FROM log WHERE sequence = 4")
        outsider.insert((number, *row[1:]))
        assert broken(store)[0] == str(number)

    def test_a_row_put_in_between(self, store: Store, outsider: Outsider) -> None:
        for row in (7, 6, 5, 4):
            outsider.set(row, "sequence", row + 1)
        (row,) = outsider.do("SELECT * FROM log WHERE sequence = 3")
        outsider.insert((4, *row[1:]))
        assert broken(store)[0] == "4"

    @pytest.mark.parametrize(("one", "other"), [(3, 4), (1, 6), (5, 6)])
    def test_rows_in_another_order(self, store: Store, outsider: Outsider, one: int, other: int) -> None:
        for was, becomes in ((one, 99), (other, one), (99, other)):
            outsider.set(was, "sequence", becomes)
        assert broken(store)[0] == str(one)
        assert first_bad_of_stretches(store, 7) == one

    def test_time_that_goes_back(self, place: str) -> None:
        store = Store.open(place, create=True)
        put(store, refusals(2))
        with store.writing() as connection:
            last = log.head(connection)
            assert last is not None
            clock = count()  # an honest chain, of a writer whose time is not
            (row,) = chained(
                None,
                [("Ada", act) for act in refusals(1)],
                time=NOON - timedelta(days=1),
                salts=lambda n: f"{next(clock):032}",
            )
            log.write(connection, [_following(last, row)])
        assert broken(store) == ("3", "it is earlier than row 2")
        store.close()


class TestCheckpoints:
    def test_proves_the_history_up_to_it(self, store: Store) -> None:
        early = checkpoint(store)
        put(store, refusals(3, first=8))
        verified = verify(store, against=early)
        assert (verified.rows, verified.through) == (10, 7)
        assert verify(store, against=early.partition(":")[2]).through == 7
        assert verify(store, against=f" {early.upper()}\n").through == 7
        assert verify(store, against=f"0:{GENESIS}").through == 0

    def test_a_history_that_was_written_anew_is_found_by_it_alone(self, new_place: Any) -> None:
        one, other = filled(new_place(), 5), filled(new_place(), 5)
        early = checkpoint(one)
        assert verify(other).rows == 5
        assert broken(other, against=early)[0] == "5"
        assert broken(other, against=early.partition(":")[2])[0] == "1 to 5"
        one.close()
        other.close()

    def test_a_log_that_was_cut_off_without_a_trace(self, place: str) -> None:
        store = filled(place, 3)
        early = checkpoint(store)
        outsider = Outsider(store)
        for table in ("log WHERE sequence", "refusals WHERE id"):
            outsider.do(f"DELETE FROM {table} > 1")
        outsider.raw.close()
        assert verify(store).rows == 1
        assert broken(store, against=early) == ("3", "it is missing, and a checkpoint names it")
        store.close()

    @pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
    @pytest.mark.parametrize(
        "wrong", ["", "7", "7:", ":", "abc", "7:" + "g" * 64, "-1:" + "0" * 64, "0" * 65]
    )
    def test_what_is_none(self, store: Store, wrong: str) -> None:
        with pytest.raises(BadOption, match="checkpoint"):
            verify(store, against=wrong)


def _is_text(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _following(last: log.LogRow, row: log.LogRow) -> log.LogRow:
    """The row as one that follows `last`, whatever their times."""
    from dataclasses import replace

    from onrecord.record.chain import hash_of

    moved = replace(row, sequence=last.sequence + 1, previous=last.hash)
    facts = (moved.sequence, moved.time, moved.actor, moved.act, moved.subject)
    return replace(moved, hash=hash_of(*facts, moved.digest, moved.previous))
