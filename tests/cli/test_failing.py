"""Where onrecord itself fails at one input: it is named, by a numbered error, and the others are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cli.building import READER, FakeReader
from cli.conftest import Result
from collect.conftest import Site

import onrecord as package
from onrecord import extract, flow
from onrecord.cli import exits, run
from onrecord.collect import sources
from onrecord.statement import Article, Document

TEXT = "The mayor of the town said gate {} of the old bridge will open to everybody in May.\n"
WORKERS = pytest.mark.parametrize("workers", [1, 3])


class Model:
    """Stands for the model, which is not asked."""

    hash = READER.model


@pytest.fixture
def failing(onrecord: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """The real `Reader`, whose model fails at gate 3 and gives what `FakeReader` reads of the others."""

    def read_article(article: Article, *_: object) -> tuple[Any, Any]:
        if "gate 3" in article.text:
            raise ZeroDivisionError("a\nb\x1b[0m")
        return tuple(FakeReader()._statements(article)), ()

    monkeypatch.setattr(extract, "load", lambda settings: Model())
    monkeypatch.setattr(extract, "read_article", read_article)
    monkeypatch.setattr(run, "open_reader", flow.Reader)


@pytest.fixture
def gates(tmp_path: Path) -> Path:
    folder = tmp_path / "gates"
    folder.mkdir()
    for n in range(7):
        (folder / f"{n}.txt").write_text(TEXT.format(n))
    return folder


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


def told(result: Result, name: object) -> bool:
    start = f"onrecord: [E111] {name}: could not be read, because onrecord failed at it (ZeroDivisionError: a"
    return result.err.startswith(start) and result.err.count("\n") == 1 and "\x1b" not in result.err


@WORKERS
@pytest.mark.usefixtures("failing")
class TestTheReader:
    def test_read(self, onrecord, gates: Path, workers: int) -> None:
        result = onrecord("read", gates, "-f", "jsonl", "--workers", workers)
        assert (result.code, told(result, gates / "3.txt")) == (exits.SOME_UNREAD, True)
        found = [json.loads(line)["article"]["text"] for line in result.out.splitlines()]
        assert found == [TEXT.format(n) for n in (0, 1, 2, 4, 5, 6)]

    def test_read_of_that_article_alone(self, onrecord, gates: Path, workers: int) -> None:
        result = onrecord("read", gates / "3.txt", "--workers", workers)
        assert (result.code, result.out, told(result, gates / "3.txt")) == (exits.NOTHING_READ, "", True)

    def test_add(self, onrecord, gates: Path, tmp_path: Path, workers: int) -> None:
        """Also where what cannot be read stands before, and the same article once more behind it."""
        (gates / "2.txt").write_bytes(b"\x00\x01\x02\xff" * 200)
        (gates / "4.txt").write_text(TEXT.format(3))
        place = tmp_path / "ledger.db"
        result = onrecord("add", gates, "--db", place, "--json", "--workers", workers)
        assert result.code == exits.SOME_UNREAD
        fates = [
            (item["state"], item["error"] and item["error"]["code"])
            for item in json.loads(result.out)["articles"]
        ]
        new = ("new", None)
        assert fates == [new, new, ("unread", "E104"), ("unread", "E111"), ("unread", "E111"), new, new]
        with package.open(place, read_only=True) as ledger:
            assert len(ledger.log(act="article")) == 4
            subjects = [row.subject for row in ledger.log(act="refusal")][::-1]
        assert [Path(subject).name for subject in subjects] == ["2.txt", "3.txt", "4.txt"]

    def test_add_of_a_list_of_addresses(self, onrecord, site: Site, tmp_path: Path, workers: int) -> None:
        links = [site.page(f"/{n}", TEXT.format(n).encode()) for n in range(5)]
        (tmp_path / "list").write_text("\n".join(links))
        words = ("--urls", tmp_path / "list", "--allow-private-addresses", "--workers", workers)
        result = onrecord("add", *words, "--db", tmp_path / "ledger.db")
        assert (result.code, told(result, links[3])) == (exits.SOME_UNREAD, True)
        assert result.out.startswith("4 new, 0 known, 1 could not be read: 4 statements")

    def test_feeds_poll(self, onrecord, site: Site, tmp_path: Path, workers: int) -> None:
        """The article is tried again the next time; both feeds come to their end."""
        place, there = ("--db", tmp_path / "ledger.db"), "--allow-private-addresses"
        for name, numbers in (("one", (2, 3, 4)), ("two", (5, 6))):
            links = [site.page(f"/{n}", TEXT.format(n).encode()) for n in numbers]
            items = "".join(f"<item><link>{link}</link></item>" for link in links)
            text = f'<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'
            feed = site.page(f"/{name}", text.encode(), Content_Type="application/rss+xml", ETag='"1"')
            assert onrecord("feeds", "add", feed, there, *place).code == exits.DONE
        for new in (4, 0):
            result = onrecord("feeds", "poll", there, "--workers", workers, "--json", *place)
            assert (result.code, told(result, site.url("/3"))) == (exits.SOME_UNREAD, True)
            one, two = json.loads(result.out)["feeds"]
            assert (one["unread"], one["new"] + two["new"]) == (1, new)


class TestCollecting:
    @pytest.fixture(autouse=True)
    def collecting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = sources._checked

        def checked(text: str, *rest: Any, **more: Any) -> Article:
            if "gate 3" in text:
                raise ZeroDivisionError("a")
            return real(text, *rest, **more)

        monkeypatch.setattr(sources, "_checked", checked)

    @pytest.mark.parametrize("command", ["read", "add"])
    def test_files(self, onrecord, gates: Path, tmp_path: Path, monkeypatch, command: str) -> None:
        monkeypatch.setenv("ONRECORD_DB", str(tmp_path / "ledger.db"))
        files = [gates / f"{n}.txt" for n in range(5)]
        result = onrecord(command, *files)
        assert (result.code, told(result, gates / "3.txt")) == (exits.SOME_UNREAD, True)

    @pytest.mark.parametrize("command", ["read", "add"])
    def test_addresses(self, onrecord, site: Site, tmp_path: Path, monkeypatch, command: str) -> None:
        monkeypatch.setenv("ONRECORD_DB", str(tmp_path / "ledger.db"))
        links = [site.page(f"/{n}", TEXT.format(n).encode()) for n in range(5)]
        result = onrecord(command, *links, "--allow-private-addresses")
        assert (result.code, told(result, links[3])) == (exits.SOME_UNREAD, True)

    def test_a_feed(self, onrecord, site: Site, tmp_path: Path, monkeypatch) -> None:
        place, there = ("--db", tmp_path / "ledger.db"), "--allow-private-addresses"
        text = '<rss version="2.0"><channel><title>x</title></channel></rss>'
        feeds = [
            site.page(f"/{name}", text.encode(), Content_Type="application/rss+xml") for name in ("a", "b")
        ]
        for feed in feeds:
            assert onrecord("feeds", "add", feed, there, *place).code == exits.DONE

        def fetch_feed(url: str, **_: object) -> None:
            if url == feeds[0]:
                raise ZeroDivisionError("a")

        monkeypatch.setattr("onrecord.cli.polling.fetch_feed", fetch_feed)
        result = onrecord("feeds", "poll", there, "--json", *place)
        assert (result.code, told(result, feeds[0])) == (exits.SOME_UNREAD, True)
        assert [feed["state"] for feed in json.loads(result.out)["feeds"]] == ["failed", "unchanged"]


def test_an_interruption_of_the_reader_is_one(onrecord, gates: Path, monkeypatch) -> None:
    def read_article(*_: object) -> Document:
        raise KeyboardInterrupt

    monkeypatch.setattr(extract, "load", lambda settings: Model())
    monkeypatch.setattr(extract, "read_article", read_article)
    monkeypatch.setattr(run, "open_reader", flow.Reader)
    assert onrecord("read", gates).code == exits.INTERRUPTED
