"""Who is on record, and who is meant by a name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record import said
from record.said import Said, page

from onrecord.errors.ledger import Ambiguous, UnknownSpeaker
from onrecord.record.engine import Store
from onrecord.record.people import SpeakerRow, is_merged, named, speaker_ids, speakers


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    store = Store.open(place, create=True)
    names = ("Tessa Varga", "T. Varga", "Tessa Varga", "Ole Pell", "100 % Ferries", "Tessa Lund", None)
    said.add(store, page(*(Said(f"x {i}", speaker=name) for i, name in enumerate(names))))
    yield store
    store.close()


def listed(store: Store, words: str | None = None, limit: int = 50) -> list[tuple[str, int, list[str]]]:
    with store.reading() as connection:
        return [(row.name, row.statements, row.merged) for row in speakers(connection, words, limit)]


def test_the_list_has_those_with_most_statements_first(store: Store) -> None:
    assert listed(store) == [
        ("Tessa Varga", 2, []), ("T. Varga", 1, []), ("Ole Pell", 1, []), ("100 % Ferries", 1, []),
        ("Tessa Lund", 1, []),
    ]  # fmt: skip
    assert listed(store, limit=1) == [("Tessa Varga", 2, [])]
    with store.reading() as connection:
        assert speakers(connection, "pell") == [SpeakerRow("Ole Pell", "person", 1, [])]


def test_words_begin_words_of_the_name(store: Store) -> None:
    assert [name for name, _, _ in listed(store, "VAR tess")] == ["Tessa Varga"]
    assert listed(store, "arga") == []
    assert [name for name, _, _ in listed(store, "% fer")] == ["100 % Ferries"]
    assert listed(store, "_essa") == []


def test_merged_names_count_together(store: Store) -> None:
    said.act(store, "merge", "Tessa Varga", speakers=["T. Varga"], why=None)
    assert listed(store, "varga") == [("Tessa Varga", 3, ["T. Varga"])]
    assert listed(store, "t.") == [("Tessa Varga", 3, ["T. Varga"])]
    with store.reading() as connection:
        assert len(speaker_ids(connection, "t. varga")) == 2
        assert speaker_ids(connection, "t. varga") == speaker_ids(connection, "Tessa  VARGA")
        assert speaker_ids(connection, "varga") == speaker_ids(connection, "Tessa Varga")
        assert (is_merged(connection, "T. Varga"), is_merged(connection, "Tessa Varga")) == (True, False)
        assert (named(connection, "t. varga"), named(connection, "TESSA VARGA")) == (
            "T. Varga",
            "Tessa Varga",
        )
    said.act(store, "split", "T. Varga", why=None)
    assert listed(store, "t.") == [("T. Varga", 1, [])]


def test_names_that_mean_nobody_or_several(store: Store) -> None:
    with store.reading() as connection:
        assert named(connection, "lund") == "Tessa Lund"
        with pytest.raises(Ambiguous, match="Tessa Varga, Tessa Lund"):
            named(connection, "tessa")
        for name in ("Nobody", "", "%%", "_"):
            with pytest.raises(UnknownSpeaker):
                speaker_ids(connection, name)
        assert not is_merged(connection, "Nobody")


@settings(
    max_examples=50, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.text(st.one_of(st.characters(), st.sampled_from("%_\\'\"\x00\ud800 ")), max_size=20))
def test_no_name_is_an_error_of_the_database(store: Store, name: str) -> None:
    with store.reading() as connection:
        speakers(connection, name)
        is_merged(connection, name)
        try:
            speaker_ids(connection, name)
        except (UnknownSpeaker, Ambiguous):
            return
