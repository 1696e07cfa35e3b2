"""The commands on the ledger as a whole: what they print, what they write, and what they leave alone."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from cli.conftest import Result
from record.made import changed, documents

import onrecord as package
from onrecord.cli import exchange, exits
from onrecord.ledger.exporting import LOG
from onrecord.record.exports import FORMATS

Onrecord = Callable[..., Result]
FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A ledger with three articles; a promise is rated by two people who differ, a speaker is a formula."""
    place = tmp_path / "record.db"
    one, two, three = documents(3)
    with package.open(place, actor="Ada", create=True) as ledger:
        for document in (one, two, three, changed(one)):
            ledger.add(document)
        promise = next(s for s in two.statements if s.kind == "commitment")
        ledger.settle(promise.id, "kept", "https://post.example/ferry")
        ledger.correct(promise.id, {"speaker.name": FORMULA})
    with package.open(place, actor="Ben") as ledger:
        ledger.settle(promise.id, "partly kept", "I took the ferry myself")
    return place


@pytest.fixture
def dump(onrecord: Onrecord, db: Path, tmp_path: Path) -> Path:
    """Its export."""
    path = tmp_path / "record.jsonl"
    assert onrecord("export", "--format", "jsonl", "--output", path, "--db", db).code == exits.DONE
    return path


def statements(db: Path) -> int:
    with sqlite3.connect(db) as connection:
        # Of an article with two versions the newer one counts, and of the older one what people touched.
        shown = "current OR corrected OR verdict IS NOT NULL"
        count: int = connection.execute(f"SELECT count(*) FROM statements WHERE {shown}").fetchone()[0]
    connection.close()
    return count


def test_the_formats_are_those_of_the_ledger() -> None:
    assert set(get_args(exchange.Form)) == {LOG, *FORMATS}


class TestExport:
    def test_goes_to_standard_output(self, onrecord: Onrecord, db: Path) -> None:
        result = onrecord("export", "-f", "csv", "--db", db)
        rows = list(csv.DictReader(io.StringIO(result.out, newline="")))
        assert (result.code, result.err, len(rows)) == (exits.DONE, "", statements(db))
        assert [row["speaker"] for row in rows if row["corrected"] == "true"] == ["'" + FORMULA]

    @pytest.mark.parametrize("form", [LOG, *FORMATS])
    def test_the_file_is_what_standard_output_would_be(
        self, onrecord: Onrecord, db: Path, tmp_path: Path, form: str
    ) -> None:
        path = tmp_path / "out"
        result = onrecord("export", "-f", form, "-o", path, "--db", db, "--json")
        told = json.loads(result.out)
        assert (told["format"], told["file"]) == (form, str(path))
        assert told["written"] == {"jsonl": rows_of(db), "claimreview": 2}.get(form, statements(db))
        if form != "parquet":
            assert onrecord("export", "-f", form, "--db", db).out == path.read_bytes().decode()

    def test_claimreview_has_politifact_s_names_and_an_address(self, onrecord: Onrecord, db: Path) -> None:
        result = onrecord("export", "-f", "claimreview", "--site", "https://check.example/f", "--db", db)
        found = {r["author"]["name"]: r for r in json.loads(result.out)}
        assert found["Ada"]["reviewRating"]["alternateName"] == "Promise Kept"
        assert found["Ben"]["reviewRating"]["alternateName"] == "Compromise"
        assert found["Ben"]["url"].startswith("https://check.example/f#sha256:")

    def test_webannotation_quotes_the_article(self, onrecord: Onrecord, db: Path) -> None:
        items = json.loads(onrecord("export", "-f", "webannotation", "--db", db).out)["first"]["items"]
        for item in items:
            (quote, position) = item["target"]["selector"]
            assert quote["exact"] and position["end"] - position["start"] == len(quote["exact"])
            assert item["body"][0]["value"].endswith(quote["exact"])

    def test_chooses_statements(self, onrecord: Onrecord, db: Path) -> None:
        everything = onrecord("export", "-f", "csv", "--db", db).out
        rows = list(csv.DictReader(io.StringIO(everything, newline="")))
        outlet = rows[0]["outlet"]
        result = onrecord("export", "-f", "csv", "--kind", "commitment", "--outlet", outlet, "--db", db)
        chosen = list(csv.DictReader(io.StringIO(result.out, newline="")))
        wanted = [row for row in rows if row["kind"] == "commitment" and row["outlet"] == outlet]
        assert 0 < len(wanted) < len(rows)
        assert chosen == wanted

    @pytest.mark.parametrize(
        "arguments",
        [
            ("-f", "jsonl", "--kind", "commitment"),
            ("-f", "jsonl", "--rejected"),
            ("-f", "csv", "--site", "https://check.example"),
            ("-f", "csv", "--json"),
            ("-f", "csv", "--since", "June"),
            ("-f", "csv", "--kind", "promises"),
            ("-f", "xml"),
            (),
        ],
        ids=" ".join,
    )
    def test_options_that_make_no_sense(
        self, onrecord: Onrecord, db: Path, arguments: tuple[str, ...]
    ) -> None:
        result = onrecord("export", *arguments, "--db", db)
        assert (result.code, result.out) == (exits.USAGE, "")
        assert result.err.startswith("onrecord: ") and result.err.count("\n") == 1

    def test_a_file_is_replaced_only_by_force(self, onrecord: Onrecord, db: Path, tmp_path: Path) -> None:
        path = tmp_path / "old.csv"
        path.write_text("precious")
        result = onrecord("export", "-f", "csv", "-o", path, "--db", db)
        assert (result.code, path.read_text()) == (exits.USAGE, "precious")
        assert "[E302]" in result.err and "--force" in result.err
        assert onrecord("export", "-f", "csv", "-o", path, "--db", db, "--force").code == exits.DONE
        assert path.read_text("utf-8").startswith("id,")

    def test_nothing_is_left_of_what_failed(
        self, onrecord: Onrecord, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
        before = sorted(path.name for path in tmp_path.iterdir())
        result = onrecord("export", "-f", "parquet", "-o", tmp_path / "a.parquet", "--db", db)
        assert (result.code, "[E303]" in result.err) == (exits.USAGE, True)
        assert sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith("record.db-")) == before

    def test_without_a_ledger(self, onrecord: Onrecord, tmp_path: Path) -> None:
        result = onrecord("export", "-f", "csv", "--db", tmp_path / "none.db")
        assert (result.code, "[E401]" in result.err) == (exits.LEDGER, True)
        assert list(tmp_path.iterdir()) == []


def rows_of(db: Path) -> int:
    with package.open(db, read_only=True) as ledger:
        return ledger.verify().rows


class TestImport:
    def test_gives_the_same_ledger(self, onrecord: Onrecord, db: Path, dump: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy.db"
        result = onrecord("import", dump, "--db", copy, "--json")
        head = onrecord("checkpoint", "--db", db).out.strip()
        assert json.loads(result.out) == {"new": rows_of(db), "checkpoint": head}
        assert onrecord("checkpoint", "--db", copy).out.strip() == head
        assert onrecord("export", "-f", "jsonl", "--db", copy).out == dump.read_text("utf-8")
        assert onrecord("verify", "--against", head, "--db", copy).code == exits.DONE

    def test_says_when_nothing_is_new(self, onrecord: Onrecord, db: Path, dump: Path) -> None:
        result = onrecord("import", dump, "--db", db)
        assert (result.code, "Nothing new" in result.out) == (exits.DONE, True)

    def test_of_a_file_that_was_cut(self, onrecord: Onrecord, db: Path, dump: Path) -> None:
        dump.write_bytes(dump.read_bytes()[:-9])
        before = statements(db)
        result = onrecord("import", dump, "--db", db)
        assert (result.code, result.out) == (exits.LEDGER, "")
        assert "[E417]" in result.err and result.err.count("\n") == 1
        assert statements(db) == before

    def test_of_another_history(self, onrecord: Onrecord, dump: Path, tmp_path: Path) -> None:
        other = tmp_path / "other.db"
        with package.open(other, actor="Ada", create=True) as ledger:
            ledger.add(next(documents(1, first=9)))
        result = onrecord("import", dump, "--db", other)
        assert (result.code, "[E416]" in result.err, "row 1" in result.err) == (exits.LEDGER, True, True)

    def test_of_a_file_that_is_not_there_makes_no_ledger(self, onrecord: Onrecord, tmp_path: Path) -> None:
        result = onrecord("import", tmp_path / "none.jsonl", "--db", tmp_path / "new.db")
        assert "[E101]" in result.err
        assert list(tmp_path.iterdir()) == []


class TestBackup:
    def test_is_a_ledger(self, onrecord: Onrecord, db: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy.db"
        assert onrecord("backup", copy, "--db", db).code == exits.DONE
        assert onrecord("checkpoint", "--db", copy).out == onrecord("checkpoint", "--db", db).out

    def test_is_the_same_file_only_by_force(self, onrecord: Onrecord, db: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy.db"
        copy.write_text("precious")
        result = onrecord("backup", copy, "--db", db)
        assert (result.code, copy.read_text()) == (exits.USAGE, "precious")
        result = onrecord("backup", copy, "--force", "--db", db, "--json")
        assert json.loads(result.out)["file"] == str(copy)
        assert statements(copy) == statements(db)

    @pytest.mark.parametrize("command", [("backup",), ("export", "-f", "jsonl", "-o")], ids=" ".join)
    @pytest.mark.parametrize("name", ["record.db", "record.db-wal", "record.db-shm", "link", "twin"])
    def test_never_over_the_ledger(
        self, onrecord: Onrecord, db: Path, tmp_path: Path, command: tuple[str, ...], name: str
    ) -> None:
        (tmp_path / "link").symlink_to(db)
        os.link(db, tmp_path / "twin")
        before = onrecord("checkpoint", "--db", db).out
        result = onrecord(*command, tmp_path / name, "--force", "--db", db)
        assert (result.code, "[E302]" in result.err) == (exits.USAGE, True)
        assert onrecord("checkpoint", "--db", db).out == before
        assert onrecord("verify", "--db", db).code == exits.DONE


class TestVerify:
    def test_says_what_it_proved(self, onrecord: Onrecord, db: Path) -> None:
        told = json.loads(onrecord("verify", "--db", db, "--json").out)
        assert (told["rows"], told["through"]) == (rows_of(db), None)
        assert f"As it was written: {told['rows']} rows" in onrecord("verify", "--db", db).out

    def test_against_an_older_checkpoint(self, onrecord: Onrecord, db: Path) -> None:
        older = onrecord("checkpoint", "--db", db).out.strip()
        with package.open(db, actor="Ada") as ledger:
            ledger.add(next(documents(1, first=9)))
        told = json.loads(onrecord("verify", "--against", older, "--db", db, "--json").out)
        assert told["through"] == int(older.split(":")[0]) < told["rows"]

    @pytest.mark.parametrize("against", ["3:" + "0" * 64, "f" * 64])
    def test_against_another_history(self, onrecord: Onrecord, db: Path, against: str) -> None:
        result = onrecord("verify", "--against", against, "--db", db)
        assert (result.code, "[E409]" in result.err, result.out) == (exits.CHAIN_BROKEN, True, "")

    def test_names_a_row_that_was_changed(self, onrecord: Onrecord, db: Path) -> None:
        with sqlite3.connect(db) as connection:
            connection.execute("UPDATE log SET actor = 'Eve' WHERE sequence = 4")
        connection.close()
        for command in ("verify", "rebuild"):
            result = onrecord(command, "--db", db)
            assert (result.code, "row 4" in result.err) == (exits.CHAIN_BROKEN, True)

    def test_what_is_no_checkpoint(self, onrecord: Onrecord, db: Path) -> None:
        assert onrecord("verify", "--against", "yesterday", "--db", db).code == exits.USAGE


def test_checkpoint_is_one_line_for_a_file(onrecord: Onrecord, db: Path) -> None:
    told: dict[str, Any] = json.loads(onrecord("checkpoint", "--db", db, "--json").out)
    assert onrecord("checkpoint", "--db", db).out == told["checkpoint"] + "\n"
    assert told["checkpoint"] == f"{told['row']}:{told['hash']}"


def test_rebuild_mends_the_tables(onrecord: Onrecord, db: Path) -> None:
    right = onrecord("export", "-f", "csv", "--db", db).out
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE statements SET verdict = 'broken', text = 'else'")
    connection.close()
    assert onrecord("export", "-f", "csv", "--db", db).out != right
    result = onrecord("rebuild", "--db", db, "--json")
    assert json.loads(result.out) == {"rows": rows_of(db)}
    assert onrecord("export", "-f", "csv", "--db", db).out == right
