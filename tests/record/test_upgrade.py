"""A ledger of the first version is brought up to date, with all that it holds, and is then like a new one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from alembic import command
from alembic.config import Config
from record.acting import START, Acting, said
from record.contents import contents, spoilt
from record.made import changed, document, documents, elsewhere
from record.said import Said, page
from sqlalchemy import Connection, insert, inspect, select, text
from typer.testing import CliRunner

import onrecord
from onrecord.cli.app import app
from onrecord.errors import NewerLedger, OlderLedger
from onrecord.record import migrate
from onrecord.record.engine import Store
from onrecord.record.query import Query
from onrecord.record.rebuild import rebuild
from onrecord.record.schema import articles, metadata, statements
from onrecord.record.verify import verify

# Columns that later versions have added.
LATER = {"articles": {"fingerprint"}}
WORDS = "the pier was sold"


def filled(place: str) -> None:
    """Acts as the first version put them on the log: one text with other metadata was another article."""
    acting = Acting(place)
    acting.now = START.replace(year=2020)
    for made in (*documents(8), changed(document(1)), elsewhere(document(2), outlet=None, url=None)):
        acting.add(made)
    quoted = acting.add(said(f"Ida Berg said {WORDS}.", ("Ida Berg", WORDS)))
    told = acting.add(page(*(Said("it opens", kind="commitment", part=p) for p in ("headline", "body"))))
    for statement in told.statements:
        acting.act(
            "rating",
            statement.id,
            verdict="kept",
            on=None,
            evidence={"kind": "reason", "text": "seen"},
            note=None,
        )
    acting.act("topic", document(3).article.id, topic="Piers")
    acting.act("note", quoted.statements[0].id, text="Is it?")
    acting.act("feed", "https://a.example/feed", outlet=None, title=None, topic=None)
    acting.redact(quoted.statements[0].id)
    acting.store.close()


def first(connection: Connection) -> None:
    """As `migrate.upgrade` did in the first version."""
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {migrate.APPLICATION}")


@pytest.fixture
def now(new_place: Callable[[], str]) -> str:
    """A ledger that this version made and filled."""
    place = new_place()
    filled(place)
    return place


@pytest.fixture
def old(now: str, new_place: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> str:
    """A ledger with the tables of the first version and the same rows, but for columns that came later."""
    place = new_place()
    source = Store.open(now, read_only=True)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "KNOWN", ("0001",))
        patch.setattr(migrate, "upgrade", first)
        store = Store.open(place, create=True)
        with store.writing() as connection, source.reading() as full:
            for table in metadata.sorted_tables:
                columns = [column for column in table.c if column.name not in LATER.get(table.name, ())]
                rows = full.execute(select(*columns).order_by(*table.primary_key)).mappings().all()
                if rows:
                    connection.execute(insert(table), [dict(row) for row in rows])
        store.close()
    source.close()
    return place


def columns(store: Store) -> set[str]:
    with store.reading() as connection:
        return {column["name"] for column in inspect(connection).get_columns("articles")}


def test_brought_up_to_date_it_is_like_a_new_one(old: str, now: str) -> None:
    Store.open(old).close()
    found = contents(old)
    assert found == contents(now)
    store = Store.open(old)
    verify(store)
    rebuild(store)
    store.close()
    assert contents(old) == found


def test_every_text_has_its_hash_but_those_of_which_words_were_taken(old: str) -> None:
    store = Store.open(old)
    with store.reading() as connection:
        rows = connection.execute(select(articles.c.text, articles.c.redacted, articles.c.fingerprint)).all()
    store.close()
    assert [row.redacted for row in rows].count(True) == 1
    for words, redacted, fingerprint in rows:
        assert fingerprint == (None if redacted else hashlib.sha256(words.encode()).hexdigest())


def test_what_it_holds_is_known_again(old: str) -> None:
    with onrecord.open(old) as ledger:
        before = ledger.newest()
        bare = elsewhere(document(1), url=None, outlet=None, title=None)
        assert ledger.add(bare).article == document(1).article.id
        assert ledger.newest() == before
        assert ledger.search(Query(topic="Piers")).entries


def test_it_counts_what_a_new_one_counts(old: str, now: str) -> None:
    """By the indexes of the schema, and with views, that know what a headline says."""
    found = []
    for place in (old, now):
        with onrecord.open(place) as ledger:
            figures = (ledger.counts(), ledger.score(min_n=1), ledger.due(limit=100), ledger.speakers())
            with ledger.store.reading() as connection:
                indexes = inspect(connection).get_indexes("statements")
                promises = connection.execute(text("SELECT * FROM promises ORDER BY id")).all()
                parts = connection.execute(text("SELECT part FROM statements_for_people")).scalars().all()
        made = {each["name"]: each["column_names"] for each in indexes}
        for index in statements.indexes:
            assert made[index.name] == [column.name for column in index.columns]
        found.append((figures, promises, sorted(parts)))
    assert found[0] == found[1]
    assert found[0][0][1].left_out["headline, summary or caption"] == 1
    assert found[0][2].count("headline") == 1


def test_search_finds_what_it_found(old: str, now: str) -> None:
    found = []
    for place in (old, now):
        with onrecord.open(place) as ledger:
            asked = (Query(words=word, limit=100) for word in ("ferry", "harbour", "would", "probably"))
            found.append([[entry.id for entry in ledger.search(query).entries] for query in asked])
    assert found[0] == found[1]
    assert any(found[0])


def test_to_be_read_alone_it_must_have_been_brought_up_to_date(old: str) -> None:
    with pytest.raises(OlderLedger, match="schema 0001") as caught:
        Store.open(old, read_only=True)
    assert caught.value.code == "E421"


def test_whoever_asks_it_something_brings_it_up_to_date(old: str) -> None:
    for words in (["search", "ferry"], ["verify"]):
        done = CliRunner().invoke(app, [*words, "--db", old])
        assert done.exit_code == 0, done.output
    with Store.open(old, read_only=True).reading() as connection:
        assert migrate.is_current(connection)


def test_all_of_it_happens_or_nothing(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = migrate.upgrade

    def fails_at_the_end(connection: Connection) -> None:
        upgrade(connection)
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(migrate, "upgrade", fails_at_the_end)
        with pytest.raises(RuntimeError):
            Store.open(old)
        patch.setattr(migrate, "KNOWN", ("0001",))
        store = Store.open(old)
        assert "fingerprint" not in columns(store)
        store.close()
    store = Store.open(old)
    assert "fingerprint" in columns(store)
    store.close()


def test_for_the_version_before_it_is_then_a_newer_one(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(old).close()
    monkeypatch.setattr(migrate, "KNOWN", ("0001",))
    with pytest.raises(NewerLedger, match="0003"):
        Store.open(old)


def test_more_articles_than_are_hashed_at_once(old: str) -> None:
    """Each page goes on where the one before ended."""
    with onrecord.open(old) as ledger:
        list(ledger.add_many(documents(450, first=100, statements=1)))
    store = Store.open(old)
    commands = ["DROP INDEX articles_fingerprint", "ALTER TABLE articles DROP COLUMN fingerprint"]
    with store.writing() as connection:
        for each in (*commands, "UPDATE alembic_version SET version_num = '0001'"):
            connection.exec_driver_sql(each)
    store.close()
    store = Store.open(old)
    assert spoilt(store) is None
    store.close()
