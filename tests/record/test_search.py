"""What is found, by words and by filters: the same on both databases, and no text is an error in either."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record import said
from record.said import Said, page
from sqlalchemy import text

from onrecord.errors import OnrecordError
from onrecord.errors.inputs import BadOption
from onrecord.errors.ledger import Ambiguous, NothingFound, UnknownSpeaker
from onrecord.record import matching
from onrecord.record.engine import Store
from onrecord.record.query import MOST_TERMS, STATUSES, Query, words_of
from onrecord.record.search import Found, search
from onrecord.statement import Document

TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "cases" / "search.json").read_text(encoding="utf-8")
)
DATES = ("since", "until", "due_before", "today")
SETS = ("kinds", "status")


def query_of(values: dict[str, Any]) -> Query:
    days = {name: date.fromisoformat(values[name]) for name in DATES if name in values}
    sets = {name: frozenset(values[name]) for name in SETS if name in values}
    return Query(**(values | days | sets))


def said_of(values: dict[str, Any]) -> Said:
    due = tuple(date.fromisoformat(day) if day else None for day in values.get("due", ())) or None
    return Said(**(values | {"due": due, "chain": tuple(values.get("chain", ()))}))


def documents() -> list[Document]:
    made = []
    for article in TABLE["articles"]:
        published = date.fromisoformat(article["published"]) if article["published"] else None
        statements = [said_of(values) for values in article["said"]]
        made.append(page(*statements, outlet=article["outlet"], published=published))
    return made


def found(store: Store, query: Query) -> Found:
    with store.reading() as connection:
        return search(connection, query)


class TestCases:
    """The table of tests/cases/search.json: statements are named by article and place in it."""

    @pytest.fixture
    def store(self, place: str) -> Iterator[Store]:
        store = Store.open(place, create=True)
        made = documents()
        for document, article in zip(made, TABLE["articles"], strict=True):
            said.add(store, document, topic=article.get("topic"))
        for name, verdicts in TABLE["ratings"].items():
            article, statement = map(int, name.split("."))
            for number, verdict in enumerate(verdicts):
                said.rate(store, made[article].statements[statement].id, verdict, actor=f"rater {number}")
        yield store
        store.close()

    def test_all(self, store: Store) -> None:
        names = {
            statement.id: f"{i}.{j}"
            for i, document in enumerate(documents())
            for j, statement in enumerate(document.statements)
        }
        wrong = {}
        for case in TABLE["cases"]:
            answer = found(store, query_of(case["query"]))
            got = [names[entry.id] for entry in answer.entries]
            if (got, answer.more, answer.cut) != (case["found"], case.get("more", False), False):
                wrong[case["why"]] = got, answer.more, answer.cut
        assert wrong == {}

    def test_each_case_says_why_in_words_of_its_own(self) -> None:
        reasons = [case["why"] for case in TABLE["cases"]]
        assert len(set(reasons)) == len(reasons)

    def test_pages_follow_one_another_without_gap_or_repetition(self, store: Store) -> None:
        whole = [entry.id for entry in found(store, Query()).entries]
        for words in ("", "the", "ferr* OR the"):
            wanted = [i for i in whole if i in {e.id for e in found(store, Query(words=words)).entries}]
            got, before, more = [], None, True
            while more:
                answer = found(store, Query(words=words, limit=2, before=before))
                got += [entry.id for entry in answer.entries]
                more, before = answer.more, answer.entries[-1].sequence if answer.entries else None
            assert got == wanted

    def test_an_article_s_statements(self, store: Store) -> None:
        article = documents()[1].article.id
        assert len(found(store, Query(article=article[:20])).entries) == 3
        (entry,) = found(store, Query(article=article, words="-bridge -dock")).entries
        assert entry.speaker == "Ole Pell"
        assert found(store, Query(article=article, words="lighthouse")).entries == []
        assert found(store, Query(article=article, before=1)).entries == []

    def test_names_that_mean_nobody_or_several(self, store: Store) -> None:
        with pytest.raises(UnknownSpeaker):
            found(store, Query(speaker="Nobody"))
        with pytest.raises(NothingFound):
            found(store, Query(article="sha256:000000"))
        said.add(store, page(Said("x", speaker="Tom Varga")))
        with pytest.raises(Ambiguous, match="Tessa Varga, Tom Varga"):
            found(store, Query(speaker="varga"))

    def test_bad_values(self, store: Store) -> None:
        with pytest.raises(BadOption, match="status"):
            found(store, Query(status=frozenset({"keep"})))
        with pytest.raises(BadOption, match="today"):
            found(store, Query(status=frozenset({"overdue"})))
        with pytest.raises(BadOption, match="words"):
            found(store, Query(words="word " * (MOST_TERMS + 1)))
        assert found(store, Query(words="the " * MOST_TERMS)).entries

    def test_where_the_index_knows_no_order_old_ones_are_found_too(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """PostgreSQL looks among the newest first: here, the newest are two."""
        monkeypatch.setattr(matching, "NEWEST", 2)
        wrong = {}
        for case in TABLE["cases"]:
            answer = found(store, query_of(case["query"]))
            if (len(answer.entries), answer.more) != (len(case["found"]), case.get("more", False)):
                wrong[case["why"]] = len(answer.entries), answer.more
        assert wrong == {}

    def test_a_search_that_gives_up_says_so(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(matching, "MOST", 2)
        monkeypatch.setattr(matching, "NEWEST", 2)
        month = Query(words="-zebra", since=date(2030, 11, 1), until=date(2030, 11, 19))
        assert found(store, month).cut
        assert not found(store, replace(month, until=date(2030, 11, 20), limit=1)).cut


class TestFollows:
    """The index follows every change of what it is made of."""

    @pytest.fixture
    def store(self, place: str) -> Iterator[Store]:
        store = Store.open(place, create=True)
        yield store
        sound(store)
        store.close()

    def test_corrections(self, store: Store) -> None:
        made = page(Said("the ferry is late"))
        said.add(store, made)
        (subject,) = said.ids([made])
        said.act(store, "correction", subject, field="kind", value="prediction", why=None)
        said.act(store, "correction", subject, field="speaker.name", value="Ole Pell", why=None)
        assert count(store, Query(kinds=frozenset({"claim"}))) == 0
        assert count(store, Query(words="ferry pell", kinds=frozenset({"prediction"}))) == 1
        assert count(store, Query(speaker="Ole Pell", status=frozenset({"open"}))) == 1
        said.act(store, "correction", subject, field="kind", withdrawn=True, why=None)
        assert count(store, Query(kinds=frozenset({"claim"}), words="ferry")) == 1

    def test_rejection_and_restoration(self, store: Store) -> None:
        made = page(Said("the ferry is late"))
        said.add(store, made)
        (subject,) = said.ids([made])
        said.act(store, "rejection", subject, why="misread")
        assert count(store, Query(words="ferry")) == 0
        assert count(store, Query(words="ferry", rejected=True)) == 1
        said.act(store, "restoration", subject, why=None)
        assert count(store, Query(words="ferry")) == 1

    def test_verdicts(self, store: Store) -> None:
        made = page(Said("the ferry will run", kind="prediction"))
        said.add(store, made)
        (subject,) = said.ids([made])
        said.rate(store, subject, "came-true")
        assert count(store, Query(status=frozenset({"came-true"}))) == 1
        assert count(store, Query(status=frozenset({"open"}))) == 0
        said.act(store, "withdrawal", subject, why=None)
        assert count(store, Query(status=frozenset({"came-true"}))) == 0
        assert count(store, Query(status=frozenset({"open"}))) == 1

    def test_topics_that_come_later(self, store: Store) -> None:
        made = page(Said("the ferry is late"), Said("the tram is late"))
        said.add(store, made)
        said.act(store, "topic", made.article.id, topic="Ports & piers")
        said.act(store, "topic", made.statements[0].id, topic="ferries")
        assert count(store, Query(topic="ports & piers")) == 2
        assert count(store, Query(topic="ferries", words="late")) == 1

    def test_merged_speakers(self, store: Store) -> None:
        said.add(store, page(Said("a", speaker="T. Varga"), Said("b", speaker="Tessa Varga")))
        said.act(store, "merge", "Tessa Varga", speakers=["T. Varga"], why=None)
        entries = found(store, Query(speaker="t. varga")).entries
        assert [(entry.speaker, entry.speaker_read) for entry in entries] == [
            ("Tessa Varga", "Tessa Varga"),
            ("Tessa Varga", "T. Varga"),
        ]

    def test_another_reading(self, store: Store) -> None:
        """What it no longer finds is found only where a person worked on it."""
        made = page(Said("the ferry is late"), Said("the tram is late"), Said("the bus is late"))
        said.add(
            store,
            made,
            replace(made, statements=made.statements[:1], reader=replace(made.reader, version="1")),
        )
        assert count(store, Query(words="late")) == 1
        said.act(store, "note", made.statements[1].id, text="It was read before.")
        assert count(store, Query(words="late")) == 2

    def test_redaction_of_words(self, store: Store) -> None:
        """As the redaction of a statement changes the tables."""
        said.add(store, page(Said("the ferry is late"), outlet="Secret Gazette"))
        with store.writing() as connection:
            connection.execute(
                text("UPDATE statements SET text = '███ █████ is late', speaker_name = '█████'")
            )
            connection.execute(text("UPDATE articles SET outlet = NULL"))
        assert count(store, Query(words="ferry")) == 0
        assert count(store, Query(words="late")) == 1
        assert count(store, Query(outlet="Secret Gazette")) == 0

    def test_everything_removed(self, store: Store) -> None:
        said.add(store, page(Said("the ferry is late")), topic="ports")
        with store.writing() as connection:
            for table in ("topics", "statements"):
                connection.execute(text(f"DELETE FROM {table}"))
        with store.reading() as connection:
            assert list(connection.execute(text("SELECT * FROM search_terms"))) == []


def count(store: Store, query: Query) -> int:
    return len(found(store, query).entries)


def sound(store: Store) -> None:
    """The index has what the tables have: FTS5 compares by itself; PostgreSQL's vectors are made anew."""
    with store.writing() as connection:
        if store.dialect == "sqlite":
            connection.execute(text("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)"))
            return
        anew = "SELECT id, search_vector(words, names, condition, facets)::text FROM search_terms ORDER BY id"
        have = "SELECT id, terms::text FROM search ORDER BY id"
        assert connection.execute(text(anew)).all() == connection.execute(text(have)).all()


# Texts in which there is much that means something to a database.
HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\"'*-+^:(){}[]|&!<>\\%_;,.\x00\t\n█ǁ=~@#$/?"),
        st.characters(),
        st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF, categories=["Cs"]),
        st.sampled_from("abORNTDEé日ß"),
    ),
    max_size=60,
)
WORDY = st.lists(
    st.sampled_from(
        [
            "OR",
            "AND",
            "NOT",
            "NEAR(",
            ")",
            '"',
            "'",
            "--",
            "/*",
            "*/",
            ";",
            "DROP TABLE log",
            "words:",
            "{words} :",
            "ferry",
            "-",
            "*",
            "fer*",
            '"ferry',
            'late"*',
            "'; SELECT 1 --",
            "\\",
            "%s",
            ":wanted",
            "$1",
            "'=kclaim'",
            "<->",
            "!",
            "|",
            "&",
            "facets:kclaim",
            "rowid",
            "\x00",
            "\ud800",
            "x" * 300,
            "1e5x",
            "０",
            "ﬁ",
            "²",
            "ᦰ",
        ]
    ),
    max_size=12,
).map(" ".join)
ANY = st.one_of(HOSTILE, WORDY)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> dict[str, Store]:
    """A small ledger on each database, for tests with many examples."""
    opened = {"sqlite": Store.open(str(tmp_path_factory.mktemp("any") / "any.db"), create=True)}
    opened["postgresql"] = Store.open(request.getfixturevalue("server").database(), create=True)
    for store in opened.values():
        said.add(store, page(Said("the ferry is late"), Said("no ferry", speaker="Ole Pell")), topic="ports")
    return opened


class TestAnyText:
    @pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(words=ANY, name=ANY, field=st.sampled_from(["words", "speaker", "outlet", "topic", "article"]))
    def test_no_text_is_an_error_of_the_database(
        self, stores: dict[str, Store], dialect: str, words: str, name: str, field: str
    ) -> None:
        query = replace(Query(words=words, limit=3), **{field: name})
        try:
            answer = found(stores[dialect], query)
        except OnrecordError as error:
            assert error.code in ("E109", "E410", "E411", "E418")  # noqa: PT017
        else:
            assert len(answer.entries) <= 2

    @settings(max_examples=200, deadline=None)
    @given(ANY)
    def test_words_can_always_be_read(self, words: str) -> None:
        try:
            read = words_of(words)
        except BadOption:
            return
        terms = [*(term for group in read.groups for term in group), *read.without]
        assert all(any(c.isalnum() for c in term.text) and '"' not in term.text for term in terms)

    @pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(words=ANY)
    def test_any_text_can_be_put_on_record(self, stores: dict[str, Store], dialect: str, words: str) -> None:
        store = stores[dialect]
        with store.reading() as connection:
            before = connection.execute(text("SELECT count(*) FROM log")).scalar()
        with store.writing() as connection, connection.begin_nested() as inner:
            clean = "".join(c for c in words if c != "\x00" and not "\ud800" <= c <= "\udfff")
            connection.execute(
                text(
                    "UPDATE statements SET text = :words, chain = :words, condition = :words,"
                    " speaker_name = :words"
                ),
                {"words": clean},
            )
            connection.execute(text("UPDATE articles SET outlet = :words"), {"words": clean})
            inner.rollback()
        with store.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM log")).scalar() == before

    def test_the_words_of_a_text_find_it(self, stores: dict[str, Store]) -> None:
        for store in stores.values():
            assert count(store, Query(words='LATE ferry -tram "the fer"*')) == 1


class TestQuery:
    def test_every_status_is_known(self, place: str) -> None:
        store = Store.open(place, create=True)
        for status in STATUSES:
            assert found(store, Query(status=frozenset({status}), today=date(2031, 1, 1))).entries == []
        store.close()

    def test_an_empty_ledger_has_nothing(self, place: str) -> None:
        store = Store.open(place, create=True)
        day = date(2031, 1, 1)
        for query in (Query(), Query(words="x"), Query(since=day), Query(due_before=day), Query(topic="x")):
            assert found(store, query) == Found([], more=False, cut=False)
        store.close()
