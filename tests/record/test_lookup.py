"""One statement or article by its id: what is known of it, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record import said
from record.said import Said, page

from onrecord.entry import Evidence
from onrecord.errors.ledger import Ambiguous, NothingFound
from onrecord.record import acts, log, lookup, redact
from onrecord.record.engine import Store
from onrecord.record.schema import statements

MADE = page(
    Said("the ferry would run", kind="commitment", commitment_type="promise", due=(None, date(2031, 6, 30)),
         chain=("Harbour Office",), condition="if it is paid for"),
    Said("the tram is late", speaker="Ole Pell"),
)  # fmt: skip
FERRY, TRAM = said.ids([MADE])


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    store = Store.open(place, create=True)
    said.add(store, MADE)
    yield store
    store.close()


def test_an_id_may_be_shortened_to_six_digits(store: Store) -> None:
    with store.reading() as connection:
        for given_id in (FERRY, FERRY[7:], FERRY[:13], FERRY[7:13].upper(), f" {FERRY} "):
            assert lookup.statement_id(connection, given_id) == FERRY
        assert lookup.article_id(connection, MADE.article.id[7:19]) == MADE.article.id


@pytest.mark.parametrize(
    "given_id", [FERRY[7:12], "sha256:", "", "%", "sha256:______", "x" * 64, FERRY + "0"]
)
def test_what_is_no_id_finds_nothing(store: Store, given_id: str) -> None:
    with store.reading() as connection:
        with pytest.raises(NothingFound, match="no statement"):
            lookup.statement_id(connection, given_id)
        with pytest.raises(NothingFound, match="no article"):
            lookup.article_id(connection, given_id)


def test_several_with_the_same_beginning(store: Store) -> None:
    with store.writing() as connection:
        for number, end in enumerate(("1", "2")):
            name = "sha256:" + "ab" * 31 + "c" + end
            where = statements.c.statement == (FERRY, TRAM)[number]
            connection.execute(statements.update().where(where).values(statement=name))
    with store.reading() as connection:
        with pytest.raises(Ambiguous, match=r"abc1, .*abc2"):
            lookup.statement_id(connection, "ababab")
        assert lookup.statement_id(connection, "ab" * 31 + "c2").endswith("2")


def test_the_entry_has_what_was_read(store: Store) -> None:
    with store.reading() as connection:
        entry = lookup.entry(connection, FERRY)
        assert (entry.id, entry.article, entry.text) == (FERRY, MADE.article.id, "the ferry would run")
        assert (entry.speaker, entry.speaker_read, entry.chain) == (
            "Tessa Varga", "Tessa Varga", ("Harbour Office", "Tessa Varga"),
        )  # fmt: skip
        assert (entry.kind, entry.commitment_type, entry.due_start, entry.due_end) == (
            "commitment", "promise", None, date(2031, 6, 30),
        )  # fmt: skip
        assert (entry.outlet, entry.published) == ("The Ellery Post", date(2031, 3, 4))
        assert (entry.corrected, entry.rejected, entry.current, entry.verdict) == (False, False, True, None)
        assert [each.id for each in lookup.entries_of(connection, MADE.article.id)] == [FERRY, TRAM]
        assert lookup.entries_of(connection, FERRY) == []
        with pytest.raises(NothingFound):
            lookup.entry(connection, MADE.article.id)


def test_what_people_did(store: Store) -> None:
    said.act(store, "correction", FERRY, field="kind", value="prediction", why="it is a forecast")
    said.act(store, "correction", FERRY, field="kind", withdrawn=True, why=None)
    said.rate(store, FERRY, "kept", on=date(2031, 6, 1))
    said.rate(store, FERRY, "broken", actor="Bea")
    said.rate(store, FERRY, "partly-kept", actor="Bea")
    said.act(store, "note", FERRY, text="Seen.")
    with store.reading() as connection:
        first, second = lookup.corrections(connection, FERRY)
        assert (first.field, first.value, first.why, first.current) == (
            "kind", '"prediction"', "it is a forecast", False,
        )  # fmt: skip
        assert (second.value, second.withdrawn) == (None, True)
        ada, bea = lookup.ratings(connection, [FERRY, TRAM])
        assert (ada.actor, ada.verdict, ada.on) == ("Ada", "kept", date(2031, 6, 1))
        assert ada.evidence == Evidence("reason", "It was seen by many.")
        assert (bea.actor, bea.verdict, bea.on, bea.statement) == ("Bea", "partly-kept", None, FERRY)
        assert [(note.actor, note.text) for note in lookup.notes(connection, FERRY)] == [("Ada", "Seen.")]
        assert lookup.corrections(connection, TRAM) == lookup.ratings(connection, []) == []
        acts_ = [row.act for row in lookup.history(connection, FERRY)]
        assert acts_ == ["statement", *["correction"] * 2, *["rating"] * 3, "note"]
        assert [row.act for row in lookup.history(connection, TRAM)] == ["statement"]
        assert [row.act for row in lookup.history(connection, MADE.article.id)] == ["article", "reading"]
        assert lookup.history(connection, "sha256:none") == []


def test_history_has_every_reading(store: Store) -> None:
    for version in ("1", "2", "3"):
        said.add(store, replace(MADE, reader=replace(MADE.reader, version=version)))
    with store.reading() as connection:
        rows = lookup.history(connection, TRAM)
        assert [(row.act, row.subject) for row in rows] == [("statement", TRAM)] * 4
        assert [row.act for row in lookup.history(connection, MADE.article.id)] == ["article"] + [
            "reading"
        ] * 4


def test_the_context_is_cut_from_the_article(store: Store) -> None:
    with store.reading() as connection:
        found = lookup.context(connection, TRAM, around=10)
        assert (found.before, found.content, found.after) == ("said that ", "the tram is late", ".\n")
        assert MADE.article.text[found.offset :].startswith("the tram")
        whole = lookup.context(connection, TRAM, around=10_000)
        assert whole.before + whole.content + whole.after == MADE.article.text
        with pytest.raises(NothingFound):
            lookup.context(connection, "sha256:none")


def test_a_redacted_statement(store: Store) -> None:
    with store.writing() as connection:
        log.append(
            connection, "Ada", [redact.redaction_act(connection, FERRY, "a court order")], now=said.NOON
        )
    with store.reading() as connection:
        assert set(lookup.context(connection, FERRY).content) <= {"█", " "}
        rows = lookup.history(connection, FERRY)
        assert [row.act for row in rows] == ["statement", "redaction"]
        assert rows[0].payload is None
        assert (
            acts.document_of(connection, MADE.article.id).article.text
            == lookup.context(connection, TRAM, 10_000).before + "the tram is late.\n"
        )


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # fmt: skip
@given(st.text(st.one_of(st.characters(), st.sampled_from("%_\\'\"\x00\ud800 abcdef0")), max_size=70))
def test_no_id_is_an_error_of_the_database(store: Store, text: str) -> None:
    with store.reading() as connection:
        for look in (lookup.statement_id, lookup.article_id, lookup.entry, lookup.context):
            with pytest.raises(NothingFound):
                look(connection, text)
        assert lookup.history(connection, text) == lookup.notes(connection, text) == []
