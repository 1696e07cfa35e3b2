"""Tables are made by migrations and are those of the schema; what is none of ours stays as it is."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from record.rows import filled
from sqlalchemy import inspect, text

from onrecord.errors import NewerLedger, NoLedger, NotALedger
from onrecord.record import migrate
from onrecord.record.engine import Store
from onrecord.record.schema import metadata
from onrecord.record.verify import verify

# Columns of text under a btree of PostgreSQL, which takes no value above 2,700 bytes: all are words of ours,
# hashes, or held to a length before they are written.
BOUNDED = {
    *("alembic_version.version_num", "log.act", "articles.article", "articles.fingerprint"),
    "statements.statement",
    *("statements.verdict", "statements.kind", "statements.speaker_kind", "statements.part"),
    *("speakers.key", "feeds.url"),
}
VIEWS = {"statements_for_people", "promises", "predictions", "log_for_people"}


def execute(store: Store, *commands: str) -> None:
    with store.writing() as connection:
        for command in commands:
            connection.exec_driver_sql(command)


class TestMaking:
    def test_gives_the_tables_of_the_schema(self, place: str) -> None:
        store = Store.open(place, create=True)
        with store.reading() as connection:
            context = MigrationContext.configure(connection, opts={"compare_server_default": False})
            differences = [
                found
                for found in compare_metadata(context, metadata)
                if not (found[0] in ("remove_table", "remove_index") and _of_search(found[1]))
            ]
            assert differences == []
            assert set(metadata.tables) <= set(inspect(connection).get_table_names())
        store.close()

    @pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
    def test_gives_no_index_that_is_too_narrow_for_free_text(self, place: str) -> None:
        store = filled(place, 1)
        with store.reading() as connection:
            found = connection.execute(
                text(
                    "SELECT am.amname, a.attrelid::regclass || '.' || a.attname"
                    " FROM pg_index AS x JOIN pg_class AS c ON c.oid = x.indexrelid"
                    " JOIN pg_am AS am ON am.oid = c.relam JOIN pg_attribute AS a"
                    " ON a.attrelid = x.indrelid AND a.attnum = ANY (x.indkey)"
                    " WHERE c.relnamespace = 'public'::regnamespace"
                    " AND a.atttypid IN ('text'::regtype, 'varchar'::regtype)"
                    # An index of the short ones alone takes no long one.
                    " AND coalesce(pg_get_expr(x.indpred, x.indrelid), '') NOT LIKE '%octet_length%'"
                )
            ).all()
        store.close()
        free = {"log.subject", "articles.url", "notes.subject", "refusals.name"}
        assert {name for kind, name in found if kind == "hash"} == free | {"topics.topic"}
        assert {name for kind, name in found if kind == "btree"} <= BOUNDED

    def test_gives_views_for_people(self, place: str) -> None:
        store = filled(place, 2)
        with store.reading() as connection:
            assert set(inspect(connection).get_view_names()) >= VIEWS
            for view in VIEWS:
                connection.execute(text(f"SELECT * FROM {view}")).all()
            assert len(connection.execute(text("SELECT * FROM log_for_people")).all()) == 2
        store.close()

    def test_happens_once(self, place: str) -> None:
        filled(place, 2).close()
        store = Store.open(place, create=True)
        assert verify(store).rows == 2
        store.close()

    def test_all_of_it_happens_or_nothing(self, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails_at_the_end(connection: object, revision: str) -> None:
            execute_scripts(connection, revision)  # type: ignore[arg-type]
            raise RuntimeError

        execute_scripts = migrate.execute_scripts
        monkeypatch.setattr(migrate, "execute_scripts", fails_at_the_end)
        with pytest.raises(RuntimeError):
            Store.open(place, create=True)
        monkeypatch.undo()
        with pytest.raises(NoLedger):
            Store.open(place)
        filled(place, 1).close()

    def test_the_known_revisions_are_alembic_s(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(migrate.MIGRATIONS))
        script = ScriptDirectory.from_config(config)
        assert tuple(r.revision for r in reversed(list(script.walk_revisions()))) == migrate.KNOWN
        assert script.get_heads() == [migrate.KNOWN[-1]]

    def test_the_file_says_what_it_is(self, tmp_path: Path) -> None:
        filled(str(tmp_path / "a.db"), 1).close()
        assert (tmp_path / "a.db").read_bytes()[68:72] == b"onrc"

    def test_opening_what_is_up_to_date_needs_no_alembic(self, tmp_path: Path) -> None:
        filled(str(tmp_path / "a.db"), 1).close()
        program = (
            "import sys; from onrecord.record.engine import Store; Store.open(sys.argv[1]).close(); "
            "sys.exit('alembic' in sys.modules)"
        )
        assert (
            subprocess.run([sys.executable, "-c", program, str(tmp_path / "a.db")], check=False).returncode
            == 0
        )


class TestWhatIsNoLedger:
    def test_a_newer_one(self, place: str) -> None:
        store = filled(place, 1)
        execute(store, "UPDATE alembic_version SET version_num = '0999'")
        with pytest.raises(NewerLedger, match=r"0999.*pip install --upgrade"):
            Store.open(place, create=True)
        store.close()

    def test_nothing_there(self, place: str) -> None:
        with pytest.raises(NoLedger):
            Store.open(place)
        with pytest.raises(NoLedger):
            Store.open(place, read_only=True)

    def test_nothing_is_made_by_asking(self, tmp_path: Path) -> None:
        with pytest.raises(NoLedger):
            Store.open(str(tmp_path / "none.db"))
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "content", [b"Dear diary,\n" * 100, b"SQLite format 3\0" + bytes(5000), b"\x1f\x8b\x08garbage" * 99]
    )
    def test_a_file_of_something_else(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "other").write_bytes(content)
        with pytest.raises(NotALedger):
            Store.open(str(tmp_path / "other"), create=True)
        assert (tmp_path / "other").read_bytes() == content
        assert [path.name for path in tmp_path.iterdir()] == ["other"]

    @pytest.mark.parametrize(
        "made",
        ["CREATE TABLE bills (id INTEGER)", "CREATE TABLE log (id INTEGER)",
         "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('0001')"],
    )  # fmt: skip
    def test_another_program_s_file(self, tmp_path: Path, made: str) -> None:
        path = tmp_path / "other.db"
        other = sqlite3.connect(path)
        other.executescript(made)
        other.close()
        was = path.read_bytes()
        with pytest.raises(NotALedger, match="another program"):
            Store.open(str(path), create=True)
        assert path.read_bytes() == was

    def test_an_empty_file_can_become_one(self, tmp_path: Path) -> None:
        """So it is left where making a ledger was killed at its very beginning."""
        (tmp_path / "a.db").touch()
        with pytest.raises(NoLedger):
            Store.open(str(tmp_path / "a.db"))
        filled(str(tmp_path / "a.db"), 1).close()

    @pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
    def test_a_database_may_have_other_programs_tables_of_other_names(self, place: str) -> None:
        import psycopg

        with psycopg.connect(place) as other:
            other.execute("CREATE TABLE bills (id INTEGER)")
        with pytest.raises(NoLedger):
            Store.open(place)
        filled(place, 1).close()

    @pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
    def test_but_none_of_ours(self, place: str) -> None:
        import psycopg

        with psycopg.connect(place) as other:
            other.execute("CREATE TABLE articles (id INTEGER)")
        with pytest.raises(NotALedger, match="articles"):
            Store.open(place, create=True)


def _of_search(thing: object) -> bool:
    """The index of words is no part of the schema: its migration has it, and search alone uses it."""
    table = getattr(thing, "table", thing)
    return str(getattr(table, "name", "")).startswith("search")
