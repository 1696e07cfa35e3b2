"""`onrecord read` from the outside: what goes in, what comes out, and with which code it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from cli.building import FakeReader

from onrecord.cli import exits, run
from onrecord.errors import ModelMissing
from onrecord.statement import Article, Document

Run = Callable[..., "object"]
TEXT = b"The mayor of the town said the old bridge will open to everybody in May.\n"


class TestInputs:
    def test_a_file_gives_one_json_object(self, onrecord, articles: Path) -> None:
        result = onrecord("read", articles / "a.txt", "--format", "json")
        document = json.loads(result.out)
        assert (result.code, result.err) == (exits.DONE, "")
        assert document["schema"] == "onrecord.document/1"
        assert document["input"] == str(articles / "a.txt")
        assert document["article"]["text"] == (articles / "a.txt").read_text()
        assert [s["speaker"]["name"] for s in document["statements"]] == [
            "The mayor of the town",
            "The builders",
        ]

    def test_several_files_give_an_array(self, onrecord, articles: Path) -> None:
        result = onrecord("read", articles / "a.txt", articles / "b.txt", "--format", "json")
        assert [Path(d["input"]).name for d in json.loads(result.out)] == ["a.txt", "b.txt"]

    def test_a_directory_gives_an_array_even_with_one_article(self, onrecord, articles: Path) -> None:
        for name in ("b.txt", "c.txt"):
            (articles / name).unlink()
        assert len(json.loads(onrecord("read", articles, "--format", "json").out)) == 1

    def test_jsonl_is_one_document_a_line(self, onrecord, articles: Path) -> None:
        lines = onrecord("read", articles, "--format", "jsonl").out.splitlines()
        assert [Path(json.loads(line)["input"]).name for line in lines] == ["a.txt", "b.txt"]

    def test_a_dash_is_standard_input(self, onrecord) -> None:
        document = json.loads(onrecord("read", "-", "--format", "json", stdin=TEXT).out)
        assert document["article"]["text"] == TEXT.decode()

    def test_options_describe_the_article(self, onrecord, articles: Path) -> None:
        given = [
            "--published",
            "2018-03-06",
            "--outlet",
            "The Post",
            "--title",
            "A title",
            "--author",
            "A. B.",
        ]
        result = onrecord("read", articles / "a.txt", "-f", "json", *given, "--url", "https://example.org/a")
        article = json.loads(result.out)["article"]
        assert (article["published"], article["published_from"]) == ("2018-03-06", "option")
        assert (article["outlet"], article["title"], article["author"], article["url"]) == (
            "The Post",
            "A title",
            "A. B.",
            "https://example.org/a",
        )

    def test_less_sure_statements_can_be_left_out(self, onrecord, articles: Path) -> None:
        result = onrecord("read", articles / "a.txt", "-f", "json", "--min-confidence", "0.6")
        assert len(json.loads(result.out)["statements"]) == 1

    def test_an_article_without_statements_says_so(self, onrecord) -> None:
        text = b"It rained on the hills for the whole of the day, and the river rose in the night.\n"
        result = onrecord("read", "-", stdin=text)
        assert result.code == exits.DONE
        assert "No statements were found" in result.out
        assert result.out.endswith("0 statements.\n")


class TestListsOfAddresses:
    def test_comments_and_blank_lines_are_passed_over(self, onrecord, tmp_path: Path) -> None:
        addresses = tmp_path / "list.txt"
        addresses.write_text("# one\n\nhttp://127.0.0.1:9/a  # the first\n  http://127.0.0.1:9/b#part\n")
        result = onrecord("read", "--urls", addresses)
        assert [line.split()[2].rstrip(":") for line in result.err.splitlines()] == [
            "http://127.0.0.1:9/a",
            "http://127.0.0.1:9/b#part",
        ]
        assert result.code == exits.NOTHING_READ

    def test_a_line_is_never_taken_for_a_path(self, onrecord, articles: Path, tmp_path: Path) -> None:
        addresses = tmp_path / "list.txt"
        addresses.write_text(f"{articles / 'a.txt'}\nftp://example.org/x\nfile:///etc/hostname\n-\n")
        result = onrecord("read", "--urls", addresses)
        assert (result.code, result.out) == (exits.NOTHING_READ, "")
        assert result.err.count("[E121]") == 4

    def test_come_from_standard_input_too(self, onrecord) -> None:
        assert "[E121]" in onrecord("read", "--urls", "-", stdin=b"gopher://example.org\n").err

    @pytest.mark.parametrize(
        ("content", "number"),
        [(b"", "E109"), (b"# nothing\n", "E109"), (b"\xff\xfe", "E104"), (None, "E101")],
    )
    def test_a_bad_list_is_an_error(
        self, onrecord, tmp_path: Path, content: bytes | None, number: str
    ) -> None:
        addresses = tmp_path / "list.txt"
        if content is not None:
            addresses.write_bytes(content)
        result = onrecord("read", "--urls", addresses)
        assert f"[{number}]" in result.err
        assert result.code in (exits.USAGE, exits.NOTHING_READ)


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "hint"),
        [
            (["read"], "nothing to read"),
            (["read", "--nope"], "--nope"),
            (["read", "-", "-"], "only once"),
            (["read", "-", "--urls", "-"], "only once"),
            (["read", "a", "--format", "xml"], "xml"),
            (["read", "a", "--workers", "0"], "--workers"),
            (["read", "a", "b", "--title", "T"], "one article"),
            (["read", "a", "--urls", "b", "--url", "http://example.org"], "one article"),
            (["read", "a", "--published", "6 March 2018"], "[E109]"),
            (["read", "a", "--published", "20180306"], "[E109]"),
            (["read", "a", "--published", "2018-02-30"], "[E109]"),
            (["read", "a", "--published", "2018-W10-2"], "[E109]"),
            (["read", "a", "--min-confidence", "1.5"], "[E109]"),
            (["read", "a", "--min-confidence", "nan"], "[E109]"),
        ],
    )
    def test_is_told_in_one_line(self, onrecord, arguments: list[str], hint: str) -> None:
        result = onrecord(*arguments)
        assert result.code == exits.USAGE
        assert result.out == ""
        assert result.err.startswith("onrecord: ")
        assert result.err.count("\n") == 1
        assert hint in result.err

    def test_a_bad_setting_is_told(self, onrecord, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ONRECORD_TIMEOUT", "soon")
        result = onrecord("read", articles / "a.txt")
        assert (result.code, "[E301]" in result.err) == (exits.USAGE, True)

    def test_the_version(self, onrecord) -> None:
        result = onrecord("--version")
        assert result.code == exits.DONE
        assert result.out.startswith("onrecord ")


class TestTroubleWithInputs:
    def test_the_rest_is_read(self, onrecord, articles: Path) -> None:
        result = onrecord("read", articles, "--format", "jsonl")
        assert result.code == exits.SOME_UNREAD
        assert len(result.out.splitlines()) == 2
        assert result.err.count("\n") == 1
        assert "c.txt" in result.err
        assert "[E104]" in result.err

    def test_nothing_read(self, onrecord, articles: Path) -> None:
        for form in ("table", "json", "jsonl", "csv", "html"):
            result = onrecord("read", articles / "c.txt", "--format", form)
            assert (result.code, result.out) == (exits.NOTHING_READ, "")

    def test_a_name_cannot_write_on_the_terminal(self, onrecord, tmp_path: Path) -> None:
        result = onrecord("read", tmp_path / "\x1b[31mred\n")
        assert "\x1b" not in result.err
        assert result.err.count("\n") == 1

    def test_a_missing_model(self, onrecord, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def none(settings: object) -> None:
            raise ModelMissing(path="/models/none")

        monkeypatch.setattr(run, "open_reader", none)
        result = onrecord("read", articles / "a.txt")
        assert (result.code, result.out) == (exits.MODEL, "")
        assert result.err.startswith("onrecord: [E201]")

    def test_no_model_is_loaded_for_nothing(self, onrecord, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(run, "open_reader", lambda settings: pytest.fail("loaded"))
        assert onrecord("read", "/no/such/file").code == exits.NOTHING_READ

    def test_an_error_of_the_program_is_one_line(
        self, onrecord, articles: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Broken(FakeReader):
            def read_many(
                self, articles: Iterable[Article], *, workers: int = 1, **_: object
            ) -> Iterator[Document]:
                raise ZeroDivisionError("a\nb\x1b[0m")

        monkeypatch.setattr(run, "open_reader", lambda settings: Broken())
        result = onrecord("read", articles / "a.txt")
        assert result.code == exits.PROGRAM_ERROR
        assert result.err.count("\n") == 1
        assert "ZeroDivisionError" in result.err
        assert "report" in result.err
        assert "\x1b" not in result.err


class TestOutputFiles:
    def test_hold_what_would_be_printed(self, onrecord, articles: Path, tmp_path: Path) -> None:
        for form in ("table", "json", "jsonl", "csv", "html"):
            target = tmp_path / f"out.{form}"
            printed = onrecord("read", articles / "a.txt", "--format", form)
            result = onrecord("read", articles / "a.txt", "--format", form, "--output", target)
            assert (result.code, result.out, result.err) == (exits.DONE, "", "")
            assert target.read_bytes().decode() == printed.out
        assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []

    def test_replace_an_older_one_and_keep_its_permissions(self, onrecord, articles, tmp_path: Path) -> None:
        target = tmp_path / "out.json"
        target.write_text("old")
        target.chmod(0o640)
        link = tmp_path / "link.json"
        link.symlink_to(target)
        assert onrecord("read", articles / "a.txt", "-f", "json", "-o", link).code == exits.DONE
        assert link.is_symlink()
        assert json.loads(target.read_text())
        assert stat.S_IMODE(target.stat().st_mode) == 0o640

    def test_are_left_alone_when_nothing_is_read(self, onrecord, articles: Path, tmp_path: Path) -> None:
        target = tmp_path / "out.json"
        target.write_text("old")
        assert onrecord("read", articles / "c.txt", "-o", target).code == exits.NOTHING_READ
        assert target.read_text() == "old"
        assert {p.name for p in tmp_path.iterdir()} == {"articles", "out.json"}

    def test_are_left_alone_when_reading_breaks_off(
        self, onrecord, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Interrupted(FakeReader):
            def read_many(
                self, articles: Iterable[Article], *, workers: int = 1, **_: object
            ) -> Iterator[Document]:
                yield from super().read_many([next(iter(articles))])
                raise KeyboardInterrupt

        monkeypatch.setattr(run, "open_reader", lambda settings: Interrupted())
        target = tmp_path / "out.json"
        target.write_text("old")
        assert onrecord("read", articles, "-f", "json", "-o", target).code == exits.INTERRUPTED
        assert target.read_text() == "old"
        assert {p.name for p in tmp_path.iterdir()} == {"articles", "out.json"}

    def test_never_replace_an_input(self, onrecord, articles: Path) -> None:
        before = (articles / "a.txt").read_text()
        result = onrecord("read", articles / "a.txt", "-o", articles / "." / "a.txt")
        assert (result.code, "[E302]" in result.err) == (exits.USAGE, True)
        assert (articles / "a.txt").read_text() == before

    def test_never_replace_a_list_of_addresses(self, onrecord, articles: Path, tmp_path: Path) -> None:
        addresses = tmp_path / "list.txt"
        addresses.write_text("http://127.0.0.1:9/a\n")
        result = onrecord("read", articles / "a.txt", "--urls", addresses, "-o", addresses)
        assert (result.code, "[E302]" in result.err) == (exits.USAGE, True)
        assert addresses.read_text() == "http://127.0.0.1:9/a\n"

    def test_in_a_directory_that_is_read_are_not_read(self, onrecord, articles: Path) -> None:
        target = articles / "report.html"
        for _ in range(2):
            onrecord("read", articles, "--format", "html", "-o", target)
        assert "2 articles" in target.read_text()
        (articles / "a.txt").unlink()
        (articles / "b.txt").unlink()
        (articles / "c.txt").unlink()
        result = onrecord("read", articles, "-o", target)
        assert (result.code, "[E110]" in result.err) == (exits.NOTHING_READ, True)

    @pytest.mark.parametrize("place", ["missing/out.json", "", "a" * 300])
    def test_that_cannot_be_written_are_told(self, onrecord, articles, tmp_path: Path, place: str) -> None:
        result = onrecord("read", articles / "a.txt", "-o", tmp_path / place)
        assert (result.code, result.out) == (exits.USAGE, "")
        assert "[E302]" in result.err

    def test_may_be_a_device(self, onrecord, articles: Path) -> None:
        assert onrecord("read", articles / "a.txt", "-o", os.devnull).code == exits.DONE

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
    def test_on_a_full_disk_are_told(self, onrecord, articles: Path) -> None:
        result = onrecord("read", articles / "a.txt", "-o", "/dev/full")
        assert (result.code, "[E302]" in result.err) == (exits.USAGE, True)


def test_csv_is_read_back_by_other_programs(onrecord, articles: Path) -> None:
    result = onrecord("read", articles, "--format", "csv")
    table = list(csv.DictReader(io.StringIO(result.out, newline="")))
    assert [row["speaker_name"] for row in table] == [
        "The mayor of the town",
        "The builders",
        "A spokesman for the ministry",
    ]
    assert table[0]["source"] == "0-21"
    assert "\r\n" in result.out
