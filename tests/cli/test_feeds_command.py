"""`onrecord feeds` with real servers and a real ledger: each article comes once, a broken feed stops none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cli.building import FakeReader
from cli.conftest import Result
from collect.conftest import Site

import onrecord as package
from onrecord.cli import main, polling, run
from onrecord.errors import DiskFull
from onrecord.ledger.core import Ledger

TEXT = "The mayor of {town} said the old bridge of the town will open to everybody in May.\n"
HTML = {"Content_Type": "text/html; charset=utf-8"}
RSS = {"Content_Type": "application/rss+xml; charset=utf-8"}


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


@pytest.fixture
def feeds(onrecord: Callable[..., Result], tmp_path: Path) -> Callable[..., Result]:
    """Calls `onrecord feeds` on one ledger, with a reader that needs no model, on loopback."""

    def call(*words: str, private: bool = True) -> Result:
        loopback = ["--allow-private-addresses"] if private and {*words[:1]} & {"add", "poll"} else []
        return onrecord("feeds", *words, *loopback, "--db", tmp_path / "ledger.db")

    return call


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[[], Ledger]:
    return lambda: package.open(tmp_path / "ledger.db", create=True, actor="test")


def article(site: Site, town: str, *, more: str = "") -> str:
    """Serves an article on a town. Returns the link to it."""
    text = TEXT.format(town=town) + more
    page = f"<html><head><title>{town}</title></head><body><article><p>{text}</p></article></body></html>"
    return site.page(f"/{town}", page.encode(), **HTML)


def feed(site: Site, *links: str, path: str = "/feed", title: str = "Bridge news", **headers: str) -> str:
    """Serves a feed that leads to links. Returns its address."""
    items = "".join(f"<item><title>of {link}</title><link>{link}</link></item>" for link in links)
    text = f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'
    return site.page(path, text.encode(), **RSS, **headers)


def value(result: Result, code: int = 0) -> Any:
    assert result.code == code, result.err
    return json.loads(result.out)


def polls(feeds: Callable[..., Result], *words: str, code: int = 0) -> list[dict[str, Any]]:
    """What a poll says of each feed, without what it says of nothing."""
    answer = value(feeds("poll", *words, "--json"), code)
    names = ("new", "known", "version", "unread")
    return [{"state": told["state"], **{n: told[n] for n in names if told[n]}} for told in answer["feeds"]]


def asked(site: Site) -> list[str]:
    """The paths that were asked for since this was asked the last time."""
    paths = [path for path, _ in site.requests]
    site.requests.clear()
    return paths


class TestAdd:
    def test_a_feed_is_looked_at_and_followed(self, feeds, site, ledger) -> None:
        url = feed(site, article(site, "Ellery"))
        result = feeds("add", url, "--outlet", "The Ellery Post", "--topic", "bridges", "--actor", "ana")
        assert result.code == 0
        assert "Followed: Bridge news, which now leads to 1 article." in result.out
        assert asked(site) == ["/feed"], "articles are fetched when the feed is polled"
        with ledger() as opened:
            (known,) = opened.feeds()
            (row,) = opened.log()
        assert (known.url, known.title) == (url, "Bridge news")
        assert (known.outlet, known.topic) == ("The Ellery Post", "bridges")
        assert (row.act, row.actor) == ("feed", "ana")

    def test_as_json(self, feeds, site) -> None:
        url = feed(site, article(site, "Ellery"))
        assert value(feeds("add", url, "--topic", "bridges", "--json")) == {
            "state": "new", "url": url, "title": "Bridge news",
            "outlet": None, "topic": "bridges", "entries": 1,
        }  # fmt: skip

    def test_again_changes_what_is_said_and_nothing_else(self, feeds, site, ledger) -> None:
        url = feed(site)
        feeds("add", url, "--outlet", "The Ellery Post")
        assert value(feeds("add", url, "--json"))["state"] == "known"
        assert value(feeds("add", url, "--topic", "bridges", "--json"))["state"] == "changed"
        with ledger() as opened:
            assert len(opened.log(act="feed")) == 2
            (known,) = opened.feeds()
        assert (known.outlet, known.topic, known.title) == ("The Ellery Post", "bridges", "Bridge news")

    @pytest.mark.parametrize(
        ("path", "private", "code", "error"),
        [("/Ellery", True, 6, "E420"), ("/nothing", True, 4, "E125"), ("/Ellery", False, 4, "E122")],
    )
    def test_what_is_no_feed_is_refused_and_makes_no_ledger(
        self, feeds, site, tmp_path, path, private, code, error
    ) -> None:
        article(site, "Ellery")
        result = feeds("add", site.url(path), private=private)
        assert (result.code, result.out) == (code, "")
        assert result.err.startswith(f"onrecord: [{error}] ")
        assert list(tmp_path.iterdir()) == []


class TestList:
    def test_nothing_yet(self, feeds, ledger) -> None:
        ledger().close()
        assert "No feed is followed yet." in feeds("list").out
        assert value(feeds("list", "--json")) == []

    def test_without_a_command(self, feeds, site) -> None:
        feeds("add", feed(site))
        assert feeds().out == feeds("list").out

    def test_what_is_known_of_each(self, feeds, site) -> None:
        url = feed(site, title="Bridge \x1b[31mnews &amp; more")
        broken = feed(site, path="/broken")
        feeds("add", url, "--outlet", "The Ellery Post", "--topic", "bridges")
        feeds("add", broken)
        assert "not polled yet" in feeds("list").out
        site.page("/broken", b"", status=500)
        feeds("poll")
        page = feeds("list").out
        assert "Bridge [31mnews & more\n" in page
        for words in (
            f"\n{url}\n",
            "outlet The Ellery Post, topic bridges, polled 20",
            "[E125]",
            "onrecord feeds",
        ):
            assert words in page
        one, other = value(feeds("list", "--json"))
        assert (one["url"], one["problem"]) == (url, None)
        assert (other["url"], other["problem"][:6]) == (broken, "[E125]")


class TestRemove:
    def test_what_came_stays(self, feeds, site, ledger) -> None:
        url = feed(site, article(site, "Ellery"))
        feeds("add", url)
        feeds("poll")
        result = feeds("remove", url)
        assert (result.code, "What came from it stays on record." in result.out) == (0, True)
        assert value(feeds("list", "--json")) == []
        with ledger() as opened:
            assert opened.has_url(site.url("/Ellery"))

    def test_what_is_not_followed(self, feeds, site) -> None:
        feeds("add", feed(site))
        result = feeds("remove", "https://news.example/feed.xml")
        assert (result.code, result.err.startswith("onrecord: [E4")) == (6, True)


class TestPoll:
    def test_each_article_comes_once(self, feeds, site) -> None:
        links = [article(site, town) for town in ("Ellery", "Norland")]
        feeds("add", feed(site, *links))
        assert polls(feeds) == [{"state": "read", "new": 2}]
        asked(site)
        feed(site, *links, article(site, "Sandby"))
        assert polls(feeds) == [{"state": "read", "new": 1, "known": 2}]
        assert asked(site) == ["/feed", "/Sandby"], "what is on record is not fetched again"

    def test_for_eyes(self, feeds, site, tmp_path) -> None:
        feeds("add", feed(site, article(site, "Ellery"), site.url("/gone")))
        result = feeds("poll")
        assert result.code == 3
        assert result.err.startswith(f"onrecord: [E125] {site.url('/gone')}: ")
        assert result.out == (
            "Bridge news: 1 new, 0 known, 1 could not be read.\n1 statement put on record.\n"
            f"The ledger: {tmp_path / 'ledger.db'}\n"
        )

    def test_articles_get_the_outlet_and_the_topic_of_their_feed(self, feeds, site, ledger) -> None:
        towns = {"Ellery": "bridges", "Norland": "roads", "Sandby": None}
        for town, topic in towns.items():
            more = ["--outlet", f"The {town} Post", "--topic", topic] if topic else []
            feeds("add", feed(site, article(site, town), path=f"/{town}.xml"), *more)
        answer = value(feeds("poll", "--json"))
        with ledger() as opened:
            for told, (town, topic) in zip(answer["feeds"], towns.items(), strict=True):
                (id_,) = told["articles"]
                known = opened.article(id_).article
                assert (known.title, known.url) == (town, site.url(f"/{town}"))
                assert known.outlet == (f"The {town} Post" if topic else None)
                topics = [json.loads(row.payload)["topic"] for row in opened.log(act="topic", subject=id_)]
                assert topics == ([topic] if topic else [])

    def test_the_feed_s_date_stands_where_the_page_has_none(self, feeds, site, ledger) -> None:
        link = article(site, "Ellery")
        entry = f"<item><link>{link}</link><pubDate>4 Mar 2031</pubDate></item>"
        text = f'<rss version="2.0"><channel>{entry}</channel></rss>'
        feeds("add", site.page("/feed", text.encode(), **RSS))
        (told,) = value(feeds("poll", "--json"))["feeds"]
        with ledger() as opened:
            found = opened.article(told["articles"][0]).article
        assert (str(found.published), found.published_from) == ("2031-03-04", "metadata")

    def test_an_unchanged_feed_is_not_sent_again(self, feeds, site) -> None:
        url = feed(site, article(site, "Ellery"), ETag='"v1"')
        feeds("add", url)
        assert polls(feeds) == [{"state": "read", "new": 1}], "adding is not reading"
        site.page("/feed", b"", status=304)
        assert polls(feeds) == [{"state": "unchanged"}]
        assert site.requests[-1][1]["If-None-Match"] == '"v1"'
        assert "Bridge news: not changed since it was last polled.\n" in feeds("poll").out

    def test_an_article_that_failed_is_tried_again(self, feeds, site) -> None:
        link = article(site, "Ellery")
        site.page("/Ellery", b"", status=503)
        feeds("add", feed(site, link, ETag='"v1"'))
        assert polls(feeds, code=3) == [{"state": "read", "unread": 1}]
        article(site, "Ellery")
        assert polls(feeds) == [{"state": "read", "new": 1}]
        assert all("If-None-Match" not in headers for _, headers in site.requests)

    def test_a_broken_feed_does_not_stop_the_others(self, feeds, site, ledger) -> None:
        broken = [feed(site, path=f"/broken{n}", ETag='"v1"') for n in range(2)]
        for url in (broken[0], feed(site, article(site, "Ellery")), broken[1]):
            feeds("add", url)
        feeds("poll")
        site.page("/broken0", b"", status=500)
        site.page("/broken1", b"<html><body><p>We have moved.</p></body></html>", **HTML)
        feed(site, article(site, "Norland"))
        result = feeds("poll")
        assert result.code == 3
        first, second = result.err.splitlines()
        assert first.startswith(f"onrecord: [E125] {broken[0]}: ")
        assert second.startswith(f"onrecord: [E420] {broken[1]}: ")
        assert result.out.splitlines()[:3] == [
            "Bridge news: could not be read.",
            "Bridge news: 1 new, 0 known.",
            "Bridge news: could not be read.",
        ]  # fmt: skip
        with ledger() as opened:
            problems = [known.problem for known in opened.feeds()]
            assert [known.etag for known in opened.feeds()] == ['"v1"', None, '"v1"']
        assert [problem and problem[:6] for problem in problems] == ["[E125]", None, "[E420]"]
        feed(site, path="/broken0")
        assert polls(feeds, broken[0]) == [{"state": "read"}]
        with ledger() as opened:
            assert opened.feeds()[0].problem is None

    def test_nothing_but_broken_feeds(self, feeds, site) -> None:
        feeds("add", feed(site))
        site.page("/feed", b"", status=500)
        assert polls(feeds, code=4) == [{"state": "failed"}]

    def test_only_the_feeds_that_are_named(self, feeds, site) -> None:
        urls = [feed(site, article(site, town), path=f"/{town}.xml") for town in ("Ellery", "Norland")]
        for url in urls:
            feeds("add", url)
        asked(site)
        assert polls(feeds, urls[1], urls[1]) == [{"state": "read", "new": 1}]
        assert asked(site) == ["/Norland.xml", "/Norland"]

    def test_a_feed_that_is_not_followed(self, feeds, site) -> None:
        feeds("add", feed(site))
        asked(site)
        result = feeds("poll", site.url("/other"))
        assert (result.code, asked(site)) == (2, [])
        assert f"{site.url('/other')} is not followed." in result.err
        assert "onrecord feeds add" in result.err

    def test_no_feeds(self, feeds, ledger) -> None:
        ledger().close()
        assert (feeds("poll").code, polls(feeds)) == (0, [])

    def test_the_same_article_in_two_feeds_is_fetched_once(self, feeds, site) -> None:
        link = article(site, "Ellery")
        for path in ("/one", "/two"):
            feeds("add", feed(site, link, path=path))
        asked(site)
        assert polls(feeds) == [{"state": "read", "new": 1}, {"state": "read", "known": 1}]
        assert asked(site) == ["/one", "/Ellery", "/two"]

    def test_the_same_article_under_two_addresses_is_one(self, feeds, site) -> None:
        feeds("add", feed(site, site.redirect("/r", article(site, "Ellery")), site.url("/Ellery")))
        assert polls(feeds) == [{"state": "read", "new": 1, "known": 1}]

    def test_private_addresses_are_refused(self, feeds, site) -> None:
        feeds("add", feed(site, article(site, "Ellery")))
        asked(site)
        result = feeds("poll", private=False)
        assert (result.code, asked(site)) == (4, [])
        assert result.err.startswith("onrecord: [E122] ")

    def test_the_reader_is_loaded_once_and_only_for_news(self, feeds, site, monkeypatch) -> None:
        loaded: list[object] = []

        def load(settings: object) -> FakeReader:
            loaded.append(settings)
            return FakeReader()

        monkeypatch.setattr(run, "open_reader", load)
        for town in ("Ellery", "Norland"):
            feeds("add", feed(site, article(site, town), path=f"/{town}.xml"))
        assert [told["new"] for told in polls(feeds)] == [1, 1]
        assert [told["known"] for told in polls(feeds)] == [1, 1]
        assert len(loaded) == 1

    def test_many_feeds_with_workers(self, feeds, site) -> None:
        for n in range(5):
            links = [article(site, f"Town{n}{k}") for k in range(n)]
            feeds("add", feed(site, *links, path=f"/{n}.xml"))
        assert [told.get("new", 0) for told in polls(feeds, "--workers", "2")] == [0, 1, 2, 3, 4]

    def test_a_feed_that_was_broken_off_is_taken_up_again(self, feeds, site, ledger, monkeypatch) -> None:
        links = [article(site, town) for town in ("Ellery", "Norland", "Sandby")]
        feeds("add", feed(site, *links, ETag='"v1"'))
        real = Ledger.add
        with monkeypatch.context() as patched:

            def full(self: Ledger, document: Any, **more: Any) -> Any:
                if document.article.title == "Norland":
                    raise DiskFull(place="ledger.db", reason="no space")
                return real(self, document, **more)

            patched.setattr(Ledger, "add", full)
            assert feeds("poll").code == 6
        with ledger() as opened:
            assert [(known.polled, known.etag) for known in opened.feeds()] == [(None, None)]
        assert polls(feeds) == [{"state": "read", "new": 2, "known": 1}]

    def test_an_interruption_is_said(self, feeds, site, monkeypatch) -> None:
        feeds("add", feed(site, article(site, "Ellery")))

        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(polling, "collect_entries", interrupted)
        result = feeds("poll")
        assert (result.code, result.out) == (130, "")
        assert "Interrupted: 0 of 1 feeds done. What was read is on record" in result.err

    def test_the_log_is_whole(self, feeds, site, ledger) -> None:
        feeds("add", feed(site, article(site, "Ellery"), site.url("/gone")), "--topic", "bridges")
        feeds("poll")
        with ledger() as opened:
            acts = [row.act for row in reversed(opened.log())]
            assert acts[0] == "feed"
            assert sorted(acts[1:]) == ["article", "reading", "refusal", "statement", "topic"]
            opened.verify()
            before = opened.feeds()
            opened.rebuild()
            assert opened.feeds() == before


def test_with_the_real_model(site, tmp_path, capsys) -> None:
    more = " Tessa Varga, who runs the ferries, said the night ferry would return by June."
    feed(site, article(site, "Ellery", more=more), article(site, "Norland"))
    common = ["--allow-private-addresses", "--db", str(tmp_path / "ledger.db")]
    assert main(["feeds", "add", site.url("/feed"), "--topic", "ferries", *common]) == 0
    assert main(["feeds", "poll", *common]) == 0
    assert "Bridge news: 2 new, 0 known." in capsys.readouterr().out
    with package.open(tmp_path / "ledger.db") as opened:
        found = opened.search(package.Query(words="night ferry", topic="ferries"))
    assert [entry.speaker for entry in found.entries] == ["Tessa Varga"]
