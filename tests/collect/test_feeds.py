"""Feeds: what they lead to, in all their kinds; asked for only when changed; none keeps the reader busy."""

import itertools
import time
from contextlib import suppress
from datetime import date

import pytest

from onrecord import errors
from onrecord.collect.feeds import FeedEntry, fetch_feed, is_feed, parse_feed
from onrecord.collect.fetch import Validators, fetch
from onrecord.settings import Settings

QUICK = Settings(timeout=20.0, max_redirects=3)
RSS = {"Content_Type": "application/rss+xml; charset=utf-8"}
URL = "http://news.example/feeds/all.xml"
DAY = date(2031, 3, 4)

RSS_2 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>The Ellery Post</title><link>http://news.example/</link>
<atom:link href="http://news.example/feeds/all.xml" rel="self" type="application/rss+xml"/>
<item><title>Two ferries a day</title><link>http://news.example/a</link>
<description>An excerpt with <![CDATA[<a href="http://elsewhere.example/">links</a>]]>.</description>
<pubDate>Tue, 04 Mar 2031 23:30:00 -0500</pubDate></item>
<item><title>The quay</title><guid isPermaLink="true">http://news.example/b</guid></item>
</channel></rss>"""
KINDS = {
    "RSS 0.91": """<rss version="0.91"><channel><title>The Ellery Post</title>
        <item><title>Two ferries a day</title><link>http://news.example/a</link></item>
        <item><title>The quay</title><link>http://news.example/b</link></item></channel></rss>""",
    "RSS 1.0": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="http://news.example/"><title>The Ellery Post</title></channel>
        <item rdf:about="1"><title>Two ferries a day</title><link>http://news.example/a</link>
        <dc:date>2031-03-04T23:30:00-05:00</dc:date></item>
        <item rdf:about="2"><title>The quay</title><link>http://news.example/b</link></item></rdf:RDF>""",
    "RSS 2.0": RSS_2,
    "Atom": """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Ellery Post</title>
        <link rel="self" href="http://news.example/feeds/all.xml"/>
        <entry><title type="html">Two &lt;b&gt;ferries&lt;/b&gt; a day</title>
        <link rel="edit" href="http://news.example/edit"/><link href="http://news.example/a"/>
        <published>2031-03-04T23:30:00-05:00</published><updated>2031-03-09T00:00:00Z</updated></entry>
        <entry><title>The quay</title><link rel="alternate" href="http://news.example/b"/>
        <updated>2031-03-09T00:00:00Z</updated></entry></feed>""",
}


def parse(text, **options):
    data = text if isinstance(text, bytes) else text.encode()
    return parse_feed(data, url=URL, **options)


def get(url, **options):
    return fetch_feed(url, settings=QUICK, allow_private_addresses=True, **options)


def rss(*items, title="The Ellery Post", head=""):
    return f'{head}<rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def item(link="http://news.example/a", title="Ferries", more=""):
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_leads_to_the_same_articles(kind):
    feed = parse(KINDS[kind])
    assert feed.title == "The Ellery Post"
    first, second = feed.entries
    assert (first.link, first.title) == ("http://news.example/a", "Two ferries a day")
    assert first.published == (None if kind == "RSS 0.91" else DAY)
    assert second == FeedEntry("http://news.example/b", "The quay"), (
        "a day of change is no day of publication"
    )


def test_an_item_s_day_of_change_is_not_its_day():
    atom = 'xmlns:atom="http://www.w3.org/2005/Atom"'
    changed = f"<atom:updated {atom}>2039-01-01T00:00:00Z</atom:updated>"
    assert parse(rss(item(more=changed))).entries[0].published is None


def test_of_two_entries_with_one_address_the_first_counts():
    twice = parse(rss(item(title="New"), item(title="Old")))
    assert [entry.title for entry in twice.entries] == ["New"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_is_told_by_its_first_element(kind):
    assert is_feed(KINDS[kind].encode())
    assert is_feed(b"\xef\xbb\xbf\n<!-- made by hand --><!DOCTYPE rss>" + KINDS[kind].strip().encode())
    assert is_feed(KINDS[kind].encode("utf-16"))


@pytest.mark.parametrize(
    "data",
    [b"", b"<html><rss></html>", b"The rss said no.", b"<!-- <rss> -->", b"{}", b"\xff\xfe", b"<p><rss>"],
)
def test_what_is_no_feed(data):
    assert not is_feed(data)
    with pytest.raises(errors.BadFeed):
        parse(data)


@pytest.mark.parametrize(
    ("base", "link", "want"),
    [
        ("", "/a", "http://news.example/a"),
        ("", "a?b=1&amp;c=2", "http://news.example/feeds/a?b=1&c=2"),
        ("", "//other.example/a", "http://other.example/a"),
        ("", " \n http://news.example/a\n", "http://news.example/a"),
        ("http://base.example/x/", "y", "http://base.example/x/y"),
    ],
)
def test_relative_links(base, link, want):
    based = f' xml:base="{base}"' if base else ""
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"{based}><entry><link href="{link}"/></entry></feed>'
    assert [entry.link for entry in parse(feed).entries] == [want]


def test_entries_that_lead_nowhere_and_links_given_twice():
    sound = (
        '<item><title>A sound</title><enclosure url="http://news.example/a.mp3" type="audio/mpeg"/></item>'
    )
    feed = parse(
        rss(item("/a"), sound, item("/a"), item("/b"), '<item><guid isPermaLink="false">7</guid></item>')
    )
    assert [entry.link for entry in feed.entries] == ["http://news.example/a", "http://news.example/b"]


@pytest.mark.parametrize(
    "written", ["", "yesterday", "03/04/2031", "Tue, 99 Mar 2031", "0000-00-00T00:00:00Z"]
)
def test_days_that_are_not_certain_are_none(written):
    feed = parse(rss(item(more=f"<pubDate>{written}</pubDate>")))
    assert feed.entries[0].published is None


@pytest.mark.parametrize(
    ("given", "want"),
    [
        ("Ports &amp;amp; ferries", "Ports & ferries"),
        ("Ports & ferries", "Ports & ferries"),
        ("Caf&eacute; at&nbsp;sea", "Café at sea"),
        ("<![CDATA[<b>Ports</b> & ferries]]>", "Ports & ferries"),
        ("<b>Ports</b> and\n ferries\x07", "Ports and ferries"),
        ("  ", None),
    ],
)
def test_titles_are_one_line_of_text(given, want):
    assert parse(rss(item(title=given))).entries[0].title == want


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        *itertools.product(["utf-8", "utf-8-sig", "utf-16"], ["utf-8", "iso-8859-1", "no-such-code"]),
        ("iso-8859-1", "iso-8859-1"),
        ("iso-8859-1", "no-such-code"),
    ],
)
def test_the_encoding_is_found_whatever_is_declared(encoding, declared):
    text = f'<?xml version="1.0" encoding="{declared}"?>' + rss(item(title="Café Ångström"))
    assert parse(text.encode(encoding)).entries[0].title == "Café Ångström"


def test_the_server_s_word_on_the_encoding_goes_before_the_feed_s(site):
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + rss(item(title="Паром"))
    feed = get(site.page("/feed", text.encode("koi8-r"), Content_Type="text/xml; charset=KOI8-R"))
    assert feed.entries[0].title == "Паром"


def test_broken_characters_cost_no_entry():
    text = '<?xml version="1.0" encoding="utf-8"?>' + rss(item(title="Café"), item("/b"))
    assert [entry.title for entry in parse(text.encode("latin-1")).entries] == ["Caf\ufffd", "Ferries"]


def test_a_feed_that_breaks_off_gives_what_came():
    whole = rss(item("/a"), item("/b"))
    assert [e.link for e in parse(whole[: whole.index("/b") - 1]).entries] == ["http://news.example/a"]


class TestHostile:
    """Ten megabytes of anything take seconds, and nothing is fetched or read from this machine."""

    def test_entities_do_not_grow(self):
        bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(20))
        started = time.monotonic()
        feed = parse(rss(item(title="&a19;"), head=f"<!DOCTYPE rss [{bomb}]>"))
        assert feed.entries[0].title == "&a19;"
        assert time.monotonic() - started < 5

    def test_entities_read_no_file_and_no_page(self, tmp_path, site):
        secret = tmp_path / "secret.txt"
        secret.write_text("a secret word")
        for address in (secret.as_uri(), site.page("/secret", b"a secret word")):
            at = f'SYSTEM "{address}"'
            head = f"<!DOCTYPE rss {at} [<!ENTITY x {at}><!ENTITY % y {at}>%y;]>"
            feed = parse(rss(item(title="&x; it is"), head=head))
            assert feed.entries[0].title == "&x; it is"
        assert site.requests == []

    def test_entity_values_that_look_like_a_feed(self):
        head = f"<!DOCTYPE rss [<!ENTITY x '{rss(item('/inside'))}'>]>"
        links = [entry.link for entry in parse(rss(item("/a"), head=head)).entries]
        assert set(links) <= {"http://news.example/inside", "http://news.example/a"}

    @pytest.mark.parametrize(
        "inside",
        [
            pytest.param("<a>" * 100_000, id="depth"),
            pytest.param("<link/>" * 1_000_000, id="links"),
            pytest.param("</channel>" + "<channel/>" * 800_000, id="channels"),
            pytest.param("<link " + " ".join(f"a{n}='1'" for n in range(400_000)) + "/>", id="attributes"),
            pytest.param("".join(f"<link xmlns:a{n}='u{n}'/>" for n in range(100_000)), id="namespaces"),
            pytest.param("<item>" + "<link>/b</link>" * 500_000 + "</item>", id="links of an entry"),
            pytest.param("<![CDATA[" * 900_000, id="CDATA"),
            pytest.param("<!--" * 2_000_000, id="comments"),
        ],
    )
    def test_no_feed_takes_long(self, inside):
        started = time.monotonic()
        with suppress(errors.BadFeed):
            assert parse(rss(item("/a"), inside)).entries[0].link == "http://news.example/a"
        assert time.monotonic() - started < 30

    def test_more_entries_than_any_feed_has(self):
        with pytest.raises(errors.TooLarge, match="10,001 entries"):
            parse(rss(*("<item><link>/a</link></item>",) * 10_001))

    def test_ten_megabytes_of_text_are_dropped(self):
        long = f"<description>{'said ' * 200_000}</description>"
        feed = parse(rss(item(more=long), item("/b", title="x" * 100_000)))
        assert [len(entry.title) for entry in feed.entries] == [7, 2_000]

    def test_more_bytes_than_the_limit(self, site):
        body = rss(item(more="<description>" + "x" * 10_000_000 + "</description>")).encode()
        with pytest.raises(errors.TooLarge, match="10,000,000 bytes"):
            get(site.page("/feed", body, **RSS))


class TestFetching:
    @pytest.mark.parametrize(
        "media_type",
        ["application/atom+xml", "text/xml", "application/xml;charset=utf-8", "text/html", "text/plain", ""],
    )
    def test_servers_call_feeds_many_things(self, site, media_type):
        headers = {"Content_Type": media_type} if media_type else {}
        feed = get(site.page("/feed", RSS_2.encode(), **headers))
        assert (feed.url, len(feed.entries)) == (site.url("/feed"), 2)
        assert site.requests[0][1]["Accept"].startswith("application/rss+xml")

    @pytest.mark.parametrize(
        ("media_type", "reason"),
        [
            ("text/html", "neither RSS nor Atom"),
            ("image/png", "image/png"),
            ("application/feed+json", "json"),
        ],
    )
    def test_a_page_is_no_feed(self, site, media_type, reason):
        page = b"<!doctype html><html><head><title>Harbour</title></head><body><p>Closed.</p></body></html>"
        with pytest.raises(errors.BadFeed, match=reason):
            get(site.page("/page", page, Content_Type=media_type))

    def test_a_page_is_asked_for_without_feeds(self, site):
        with pytest.raises(errors.BadMediaType, match="rss"):
            fetch(site.page("/feed", RSS_2.encode(), **RSS), settings=QUICK, allow_private_addresses=True)

    @pytest.mark.parametrize(
        ("given", "header", "validators"),
        [
            ({"ETag": 'W/"v1"'}, ("If-None-Match", 'W/"v1"'), Validators('W/"v1"')),
            (
                {"Last_Modified": "Tue, 04 Mar 2031 11:00:00 GMT"},
                ("If-Modified-Since", "Tue, 04 Mar 2031 11:00:00 GMT"),
                Validators(None, "Tue, 04 Mar 2031 11:00:00 GMT"),
            ),
        ],
    )
    def test_an_unchanged_feed_is_not_sent_again(self, site, given, header, validators):
        url = site.page("/feed", RSS_2.encode(), **RSS, **given)
        assert get(url).validators == validators
        site.page("/feed", b"", status=304)
        assert get(url, unless=validators) is None
        name, value = header
        assert site.requests[-1][1][name] == value
        assert name not in site.requests[0][1]

    def test_a_changed_feed_is_read_with_its_new_validators(self, site):
        url = site.page("/feed", RSS_2.encode(), **RSS, ETag='"v2"')
        assert get(url, unless=Validators('"v1"')).validators == Validators('"v2"')

    def test_an_answer_that_nothing_was_changed_to_no_question(self, site):
        with pytest.raises(errors.HttpStatus, match="304"):
            get(site.page("/feed", b"", status=304))

    @pytest.mark.parametrize("etag", ['"' + "x" * 2_000 + '"', '"\xfc"', '"a\tb"'])
    def test_validators_that_cannot_be_sent_back_are_dropped(self, site, etag):
        assert get(site.page("/feed", RSS_2.encode(), **RSS, ETag=etag)).validators == Validators()

    def test_relative_links_are_resolved_where_the_redirects_end(self, site):
        site.page("/new/feed", rss(item("a")).encode(), **RSS)
        feed = get(site.redirect("/feed", "/new/feed", 301))
        assert [entry.link for entry in feed.entries] == [site.url("/new/a")]

    def test_a_feed_at_a_private_address_is_refused(self, site):
        with pytest.raises(errors.PrivateAddress):
            fetch_feed(site.page("/feed", RSS_2.encode(), **RSS), settings=QUICK)
        assert site.requests == []

    def test_a_redirect_to_a_private_address_is_refused(self, site, monkeypatch):
        checked = []
        monkeypatch.setattr(
            "onrecord.collect.addresses.is_public",
            lambda address: checked.append(address) is None and len(checked) < 2,
        )
        site.page("/private", RSS_2.encode(), **RSS)
        with pytest.raises(errors.PrivateAddress):
            fetch_feed(site.redirect("/feed", "/private"), settings=QUICK)
        assert [path for path, _ in site.requests] == ["/feed"]

    @pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript:alert(1)", "ftp://news.example/a"])
    def test_an_entry_that_leads_elsewhere_is_not_fetched(self, link):
        (entry,) = parse(rss(item(link))).entries
        with pytest.raises(errors.BadAddress):
            fetch(entry.link, settings=QUICK, allow_private_addresses=True)
