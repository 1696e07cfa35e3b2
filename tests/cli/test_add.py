"""`onrecord add` on a real ledger: what is new, known, a new version or cannot be read, and what stays."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cli.building import FakeReader
from cli.conftest import Result
from collect.conftest import Site

import onrecord as package
from onrecord.cli import exits, run
from onrecord.cli.progress import Progress
from onrecord.ledger.core import Ledger
from onrecord.statement import Article, Document

TEXT = "The mayor of the town said the old bridge will open to everybody in May.\n"
PAGE = "<html><head><title>{title}</title></head><body><article><p>{text}</p></article></body></html>"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Ferry news</title>{items}</channel></rss>"""


@pytest.fixture
def add(onrecord: Callable[..., Result], tmp_path: Path) -> Callable[..., Result]:
    """Calls `onrecord add` on one ledger, with a reader that needs no model."""
    return lambda *words, **more: onrecord("add", *words, "--db", tmp_path / "ledger.db", **more)


@pytest.fixture
def added(add: Callable[..., Result]) -> Callable[..., Any]:
    """Calls `onrecord add --json`: what it printed."""
    return lambda *words, **more: json.loads(add(*words, "--json", **more).out)


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[[], Ledger]:
    return lambda: package.open(tmp_path / "ledger.db", create=True, actor="test")


def counts(answer: dict[str, Any]) -> dict[str, int]:
    return {
        state: answer[state]
        for state in ("new", "known", "version", "reread", "unread")
        if answer[state]
    }  # fmt: skip


def acts(ledger: Callable[[], Ledger], act: str | None = None) -> list[Any]:
    with ledger() as opened:
        return opened.log(act=act, last=1_000)[::-1]


class TestOneAfterAnother:
    def test_new_then_known(self, add, articles: Path, ledger) -> None:
        (articles / "c.txt").unlink()
        first = add(articles)
        assert (first.code, first.err) == (exits.DONE, "")
        assert first.out.startswith("2 new, 0 known: 3 statements put on record.\n")
        rows = acts(ledger)
        assert [row.act for row in rows] == [
            "article", "reading", "statement", "statement", "article", "reading", "statement",
        ]  # fmt: skip
        again = add(articles)
        assert again.out.startswith("0 new, 2 known: 0 statements put on record.\n")
        assert acts(ledger) == rows

    def test_the_model_is_not_loaded_where_all_is_known(self, add, articles, monkeypatch) -> None:
        add(articles)

        def none(_: object) -> None:
            raise AssertionError("there is nothing to read")

        monkeypatch.setattr(run, "open_reader", none)
        assert "0 new, 2 known" in add(articles).out

    def test_what_is_known_is_not_read(self, add, articles: Path, monkeypatch) -> None:
        add(articles / "a.txt")
        read: list[str] = []

        class Telling(FakeReader):
            def read_many(
                self, articles: Iterable[Article], *, workers: int = 1, **_: object
            ) -> Iterator[Document]:
                for document in super().read_many(articles):
                    read.append(document.article.text)
                    yield document

        monkeypatch.setattr(run, "open_reader", lambda settings: Telling())
        add(articles)
        assert read == [(articles / "b.txt").read_text()]

    def test_the_order_is_that_of_the_inputs(self, add, added, articles: Path) -> None:
        (articles / "b2.txt").write_text(TEXT)
        add(articles / "b.txt")
        answer = added(articles, articles / "a.txt")
        told = [(Path(item["input"]).name, item["state"]) for item in answer["articles"]]
        assert told == [
            ("a.txt", "new"), ("b.txt", "known"), ("b2.txt", "new"), ("c.txt", "unread"), ("a.txt", "known"),
        ]  # fmt: skip

    def test_the_same_twice_in_one_call_is_read_once(self, added, articles: Path) -> None:
        twice = added(articles / "a.txt", articles / "a.txt")
        assert (counts(twice), twice["statements"]) == ({"new": 1, "known": 1}, 2)

    def test_another_text_under_the_same_address_is_a_new_version(self, add, added, tmp_path, ledger) -> None:
        url = ["--url", "https://news.example/bridge"]
        one = added("-", *url, stdin=TEXT.encode())["articles"][0]
        changed = TEXT.replace("in May", "in June")
        result = add("-", *url, stdin=changed.encode())
        assert result.out.startswith("0 new, 0 known, 1 new version: 1 statement put on record.\n")
        assert f"- is a new version of {one['article'][7:19]}: 1 paragraph changed;" in result.out
        with ledger() as opened:
            rows = [row.subject for row in opened.log(act="article")]
            (rewritten,) = opened.differences(rows[0]).changed
        assert ("removed", " May") in rewritten.pieces
        assert "1 known" in add("-", *url, stdin=TEXT.encode()).out, "the version before is known still"

    def test_metadata_belong_to_the_article(self, added, articles: Path) -> None:
        without = added(articles / "a.txt")
        dated = added(articles / "a.txt", "--published", "2031-03-04", "--outlet", "The Ellery Post")
        assert counts(dated) == {"version": 1}
        assert dated["articles"][0]["version_of"] == without["articles"][0]["article"]
        other = added(articles / "a.txt", "--outlet", "The Harbour Times")
        assert (counts(other), other["articles"][0]["version_of"]) == (
            {"version": 1},
            without["articles"][0]["article"],
        )
        assert counts(added(articles / "a.txt", "--published", "2031-03-05")) == {"version": 1}

    def test_a_folder_after_one_of_its_files_with_metadata(
        self, add, added, articles: Path, monkeypatch
    ) -> None:
        """The file is known, and not read: it says nothing that is not on record."""
        (one,) = added(articles / "a.txt", "--published", "2031-03-04", "--outlet", "The Ellery Post")[
            "articles"
        ]
        found = added(articles, "--topic", "bridges")
        assert counts(found) == {"new": 1, "known": 1, "unread": 1}
        assert found["articles"][0]["article"] == one["article"]
        monkeypatch.setattr(run, "open_reader", lambda _: pytest.fail("there is nothing to read"))
        assert counts(added(articles)) == {"known": 2, "unread": 1}

    def test_a_new_version_of_what_was_redacted_is_told(self, add, articles: Path, ledger) -> None:
        """Its words may be there again: on standard error, and in the answer to programs."""
        named = (articles / "a.txt", "--url", "https://post.example/bridge")
        add(*named)
        with ledger() as opened:
            opened.redact(opened.articles()[0].id, "order 12/31")
        assert add(*named).err == "", "it is left alone"
        (articles / "a.txt").write_text(TEXT)
        told = add(*named)
        assert told.code == exits.DONE
        assert re.fullmatch(
            r"onrecord: notice: \S+a\.txt: Words were redacted from an earlier version.*\n", told.err
        )
        (articles / "a.txt").write_text(TEXT + "It was corrected.")
        again = add(*named, "--json")
        assert [item["redacted"] for item in json.loads(again.out)["articles"]] == [True]

    def test_a_new_version_says_what_is_known_now(self, add, articles: Path) -> None:
        add(articles / "a.txt")
        told = " ".join(add(articles / "a.txt", "--outlet", "The Ellery Post").out.split())
        assert re.search(r"a\.txt is a new version of [0-9a-f]{12}: now with outlet\. ", told)

    def test_reread_reads_with_what_is_on_record(self, added, articles: Path, monkeypatch, ledger) -> None:
        (one,) = added(articles / "a.txt", "--published", "2031-03-04")["articles"]

        class Later(FakeReader):
            def read_many(
                self, articles: Iterable[Article], *, workers: int = 1, **_: object
            ) -> Iterator[Document]:
                for document in super().read_many(articles):
                    assert document.article.published == date(2031, 3, 4)
                    yield replace(document, reader=package.ReaderInfo("9.0", "sha256:later"))

        monkeypatch.setattr(run, "open_reader", lambda settings: Later())
        again = added(articles / "a.txt", "--reread")
        assert (counts(again), again["articles"][0]["article"]) == ({"reread": 1}, one["article"])
        assert len(acts(ledger, "article")) == 1

    def test_a_topic_is_put_on_new_and_known_articles_once(self, add, articles: Path, ledger) -> None:
        add(articles / "a.txt")
        for _ in range(2):
            add(articles / "a.txt", articles / "b.txt", "--topic", "bridges")
        assert [row.payload for row in acts(ledger, "topic")] == ['{"topic":"bridges"}'] * 2

    def test_reread_puts_another_readers_reading_beside(self, added, articles, monkeypatch, ledger) -> None:
        added(articles / "a.txt")
        assert counts(added(articles / "a.txt", "--reread")) == {"known": 1}, "the same reader"

        class Later(FakeReader):
            def read_many(
                self, articles: Iterable[Article], *, workers: int = 1, **_: object
            ) -> Iterator[Document]:
                reader = package.ReaderInfo("9.0", "sha256:later")
                for document in super().read_many(articles):
                    yield Document(document.article, document.statements[:1], reader)

        monkeypatch.setattr(run, "open_reader", lambda settings: Later())
        assert counts(added(articles / "a.txt")) == {"known": 1}
        assert counts(added(articles / "a.txt", "--reread")) == {"reread": 1}
        assert [row.actor for row in acts(ledger, "reading")] == ["onrecord/0.0.0", "onrecord/9.0"]

    def test_the_actor_stands_on_the_log(self, add, articles: Path, ledger) -> None:
        add(articles / "a.txt", "--actor", "ines")
        assert [row.actor for row in acts(ledger, "article")] == ["ines"]

    @pytest.mark.parametrize("workers", [1, 3])
    def test_workers_are_passed_on(self, add, articles: Path, monkeypatch, workers: int) -> None:
        given: list[int] = []

        class Telling(FakeReader):
            def read_many(
                self, articles: Iterable[Article], *, workers: int = 1, **_: object
            ) -> Iterator[Document]:
                given.append(workers)
                return super().read_many(articles)

        monkeypatch.setattr(run, "open_reader", lambda settings: Telling())
        add(articles, "--workers", workers)
        (articles / "d.txt").write_text(TEXT)
        add(articles, "--workers", workers)
        assert given == [workers, 1], "a single article is read on all cores"


@pytest.mark.parametrize("words", [["--workers", 1], []])
def test_on_either_database(onrecord, articles: Path, place: str, words: list[object]) -> None:
    answers = [json.loads(onrecord("add", articles, "--db", place, "--json", *words).out) for _ in range(2)]
    assert [counts(answer) for answer in answers] == [{"new": 2, "unread": 1}, {"known": 2, "unread": 1}]
    with package.open(place) as ledger:
        ledger.verify()
        assert len(ledger.log(act="statement")) == 3


class TestWhatCannotBeRead:
    def test_is_named_and_logged_once_and_the_rest_is_added(self, add, articles: Path, ledger) -> None:
        for _ in range(2):
            result = add(articles)
            assert result.code == exits.SOME_UNREAD
            assert result.err.count("\n") == 1
            assert "c.txt" in result.err
            assert "1 could not be read" in result.out
        (row,) = acts(ledger, "refusal")
        assert row.subject == str(articles / "c.txt")
        assert json.loads(row.payload)["code"] == "E104"

    def test_nothing_at_all(self, add, added, ledger) -> None:
        assert add("missing.txt").code == exits.NOTHING_READ
        item = added("missing.txt")["articles"][0]
        assert (item["state"], item["article"], item["error"]["code"]) == ("unread", None, "E101")

    def test_no_input_is_a_mistake_and_makes_no_ledger(self, add, tmp_path: Path) -> None:
        assert add().code == exits.USAGE
        assert not (tmp_path / "ledger.db").exists()

    @pytest.mark.parametrize("option", ["--title", "--url"])
    def test_what_belongs_to_one_article_is_refused_for_several(self, add, articles: Path, option) -> None:
        assert add(articles, option, "x").code == exits.USAGE


class TestFeeds:
    @pytest.fixture
    def site(self) -> Iterator[Site]:
        server = Site()
        yield server
        server.close()

    @pytest.fixture
    def feed(self, site: Site) -> str:
        """A feed of two articles; one has neither title nor date of its own, and a third is gone."""
        site.page("/1", PAGE.format(title="One", text=TEXT * 3).encode(), Content_Type="text/html")
        site.page("/2", ("The union said the quay is closed for the winter.\n" * 3).encode())
        items = "".join(
            f"<item><title>Feed’s {n}</title><link>/{n}</link>"
            "<pubDate>Tue, 04 Mar 2031 09:00:00 GMT</pubDate></item>"
            for n in (1, 2, 3)
        )
        kind = "application/rss+xml"
        return site.page("/feed", FEED.format(items=items).encode(), Content_Type=kind)

    def test_an_address_stands_for_its_articles(self, add, added, feed: str, site: Site, ledger) -> None:
        answer = added(feed, "--allow-private-addresses")
        assert [item["input"] for item in answer["articles"]] == [site.url(f"/{n}") for n in (1, 2, 3)]
        assert counts(answer) == {"new": 2, "unread": 1}
        one, two = (json.loads(row.payload) for row in acts(ledger, "article"))
        assert (one["title"], two["title"], two["published"]) == ("One", "Feed’s 2", "2031-03-04")
        again = add(feed, "--allow-private-addresses")
        assert again.out.startswith("0 new, 2 known, 1 could not be read")

    def test_so_does_a_file(self, added, feed: str, site: Site, tmp_path: Path) -> None:
        file = tmp_path / "feed.xml"
        item = f"<item><link>{site.url('/1')}</link></item><item><link>/etc/hostname</link></item>"
        file.write_text(FEED.format(items=item))
        answer = added(file, "--allow-private-addresses")
        assert counts(answer) == {"new": 1, "unread": 1}
        assert answer["articles"][1]["error"]["code"] == "E121", "a feed never leads to a file"

    def test_and_standard_input(self, added, feed: str, site: Site) -> None:
        items = f"<item><link>{site.url('/1')}</link></item>"
        stdin = FEED.format(items=items).encode()
        assert counts(added("-", "--allow-private-addresses", stdin=stdin)) == {"new": 1}

    def test_an_empty_one_is_no_error(self, add, tmp_path: Path) -> None:
        (tmp_path / "feed.xml").write_text(FEED.format(items=""))
        result = add(tmp_path / "feed.xml")
        assert (result.code, result.err) == (exits.DONE, "")

    def test_its_articles_are_not_on_private_networks(self, added, feed: str, site: Site, tmp_path) -> None:
        (tmp_path / "feed.xml").write_text(FEED.format(items=f"<item><link>{site.url('/1')}</link></item>"))
        (item,) = added(tmp_path / "feed.xml")["articles"]
        assert item["error"]["code"] == "E122"
        assert site.requests == []

    def test_a_title_belongs_to_one_article(self, add, feed: str) -> None:
        result = add(feed, "--allow-private-addresses", "--title", "One")
        assert result.code == exits.USAGE
        assert "--title" in result.err

    def test_read_does_not_follow_feeds(self, onrecord, feed: str) -> None:
        assert "[E126]" in onrecord("read", feed, "--allow-private-addresses").err


def test_progress_says_how_much_is_on_record() -> None:
    stream, clock = io.StringIO(), iter((0.0, 1.0, 1.0))
    Progress(stream, clock=lambda: next(clock), done="on record").start("one.txt")
    assert stream.getvalue() == "\r\x1b[K0 on record · one.txt"
