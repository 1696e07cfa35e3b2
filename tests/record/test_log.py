"""The log: rows follow each other without a gap, in number and time, and hold what was said to the letter."""

from __future__ import annotations

import json
import re
import warnings
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record.rows import NOON, filled, put, refusals
from sqlalchemy import text

from onrecord.entry import Act
from onrecord.record import log
from onrecord.record.chain import GENESIS, digest_of, hash_of
from onrecord.record.engine import Store
from onrecord.record.log import ClockBehind

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


class TestAppending:
    def test_rows_are_numbered_from_one_and_chained(self, place: str) -> None:
        store = Store.open(place, create=True)
        first = put(store, refusals(2))
        second = put(store, refusals(1, first=3), actor="Ben")
        assert [row.sequence for row in first + second] == [1, 2, 3]
        assert [row.previous for row in first + second] == [GENESIS, first[0].hash, first[1].hash]
        store.close()

    def test_what_is_returned_is_what_is_there(self, place: str) -> None:
        store = Store.open(place, create=True)
        written = put(store, refusals(3))
        with store.reading() as connection:
            assert list(log.rows(connection)) == written
            assert log.head(connection) == written[-1]
        store.close()

    def test_a_row_holds_its_hashes(self, place: str) -> None:
        store = filled(place, 1)
        with store.reading() as connection:
            row = log.head(connection)
        assert row is not None and row.salt is not None and row.payload is not None
        assert row.digest == digest_of(row.salt, row.payload)
        facts = (row.sequence, row.time, row.actor, row.act, row.subject)
        assert row.hash == hash_of(*facts, row.digest, row.previous)
        assert re.fullmatch("[0-9a-f]{32}", row.salt)
        store.close()

    def test_every_row_has_a_salt_of_its_own(self, place: str) -> None:
        store = Store.open(place, create=True)
        assert len({row.salt for row in put(store, refusals(20))}) == 20
        store.close()

    def test_nothing_to_put_there_puts_nothing_there(self, place: str) -> None:
        store = Store.open(place, create=True)
        assert put(store, []) == []
        with store.reading() as connection:
            assert log.head(connection) is None
            assert list(log.rows(connection)) == []
        store.close()

    def test_what_fails_leaves_nothing_behind(self, place: str) -> None:
        store = filled(place, 1)

        def fail() -> None:
            with store.writing() as connection:
                log.append(connection, "Ada", refusals(3, first=2), now=NOON)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        with store.reading() as connection:
            assert len(list(log.rows(connection))) == 1
        store.close()

    def test_the_tables_are_brought_up_to_date(self, place: str) -> None:
        store = filled(place, 2)
        with store.reading() as connection:
            names = connection.execute(text("SELECT name FROM refusals ORDER BY id")).scalars().all()
        assert names == ["ferry-1.txt", "ferry-2.txt"]
        store.close()


class TestPayloads:
    def test_are_compact_and_to_the_letter(self) -> None:
        assert (
            log.payload_of(Act("note", None, {"text": "Fähre", "n": [1, 2]})) == '{"text":"Fähre","n":[1,2]}'
        )

    @given(st.dictionaries(st.text(st.characters(codec=None)), JSON, max_size=4))
    def test_come_back_as_they_were_and_can_be_stored(self, payload: dict[str, object]) -> None:
        stored = log.payload_of(Act("note", None, payload))
        stored.encode()
        assert "\0" not in stored
        assert json.loads(stored) == payload

    @pytest.mark.parametrize("strange", ["\0", "\ud800", "a\udfffb\0", "\N{FERRY}", "'; DROP TABLE log; --"])
    def test_strange_texts_go_through_every_field(self, place: str, strange: str) -> None:
        store = Store.open(place, create=True)
        act = Act("refusal", strange, {"code": "E101", "message": strange})
        (row,) = put(store, [act], actor=strange)
        with store.reading() as connection:
            assert list(log.rows(connection)) == [row]
        assert json.loads(row.payload or "")["message"] == strange
        assert row.subject == row.actor == re.sub("[\0\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", strange)
        store.close()

    def test_numbers_that_json_lacks_are_refused(self) -> None:
        with pytest.raises(ValueError, match="JSON"):
            log.payload_of(Act("note", None, {"text": float("nan")}))


class TestTime:
    @given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)), st.integers(-720, 720))
    @settings(max_examples=50)
    def test_is_utc_and_sorts_as_text(self, when: datetime, minutes: int) -> None:
        aware = when.replace(tzinfo=timezone(timedelta(minutes=minutes)))
        stamp = log.stamp(aware)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", stamp)
        assert datetime.fromisoformat(stamp) == aware
        assert (log.stamp(aware + timedelta(microseconds=1)) > stamp) is True

    def test_without_a_zone_is_none(self) -> None:
        with pytest.raises(ValueError, match="zone"):
            log.stamp(datetime(2031, 5, 4))

    def test_a_clock_set_back_does_not_turn_the_log_s_time_back(self, place: str) -> None:
        store = filled(place, 1)
        with pytest.warns(ClockBehind, match="2031-05-04T12:00:00"):
            (row,) = put(store, refusals(1, first=2), now=NOON - timedelta(days=400))
        assert row.time == log.stamp(NOON)
        store.close()

    def test_a_moment_of_waiting_for_one_s_turn_is_no_news(self, place: str) -> None:
        store = filled(place, 1)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            (row,) = put(store, refusals(1, first=2), now=NOON - timedelta(seconds=59))
        assert row.time == log.stamp(NOON)
        store.close()


class TestReading:
    def test_a_stretch_has_both_its_ends(self, place: str) -> None:
        store = filled(place, 6)
        with store.reading() as connection:
            assert [row.sequence for row in log.rows(connection, since=2, until=4)] == [2, 3, 4]
            assert [row.sequence for row in log.rows(connection, since=5)] == [5, 6]
        store.close()

    def test_newest_first_by_act_actor_and_subject(self, place: str) -> None:
        store = filled(place, 3)
        put(
            store,
            [Act("feed", "https://news.example/feed", {"outlet": None, "title": None, "topic": None})],
            actor="Ben",
        )

        def found(**wanted: str) -> list[int]:
            with store.reading() as connection:
                return [row.sequence for row in log.newest(connection, **wanted)]

        assert found() == [4, 3, 2, 1]
        assert found(act="refusal") == [3, 2, 1]
        assert found(actor="Ben") == [4]
        assert found(subject="ferry-2.txt", actor="Ada") == [2]
        assert found(subject="' OR 1=1 --") == []
        with store.reading() as connection:
            assert [row.sequence for row in log.newest(connection, last=2)] == [4, 3]
            assert [row.sequence for row in log.newest(connection, before=3)] == [2, 1]
            assert [row.sequence for row in log.newest(connection, before=4, within=2)] == [3, 2]
            assert log.newest(connection, actor="Ada", within=1) == []
        store.close()

    def test_more_rows_than_are_fetched_at_a_time(self, tmp_path: Path) -> None:
        store = filled(str(tmp_path / "many.db"), 4_100)
        with store.reading() as connection:
            assert [row.sequence for row in log.rows(connection)] == list(range(1, 4_101))
        store.close()


def test_the_present_time_is_taken_as_it_is(place: str) -> None:
    store = Store.open(place, create=True)
    now = datetime.now(UTC)
    assert put(store, refusals(1), now=now)[0].time == log.stamp(now)
    store.close()


@pytest.mark.parametrize("huge", [2**31, 10**20])
def test_no_number_is_too_large_to_be_asked_for(place: str, huge: int) -> None:
    store = Store.open(place, create=True)
    written = put(store, refusals(3))
    with store.reading() as connection:
        assert log.newest(connection, last=huge, before=huge, within=huge) == written[::-1]
        assert log.newest(connection, last=huge, before=huge) == written[::-1]
        assert log.newest(connection, within=huge) == written[::-1]
    store.close()
