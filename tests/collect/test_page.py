"""HTML: the article's text and blocks, and what the page states about it."""

import json
from datetime import date
from pathlib import Path

import pytest

from onrecord.collect import Metadata, from_bytes
from onrecord.collect.dates import parse_date
from onrecord.errors import NoArticle, TooDeep, TooLarge

DATES = json.loads((Path(__file__).parent.parent / "cases/collect_dates.json").read_text(encoding="utf-8"))
BODY = "<p>The mayor of Exampletown said on Friday that the harbour would be closed in June.</p>"
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Harbour to close | The Example Post</title>
<link rel="canonical" href="/2021/harbour">
<script>document.write("the script said so")</script></head>
<body><nav><ul><li><a href="/">Home said the nav</a></li>
<li><a href="/w">World</a></li></ul></nav>
<article><header><h1>Harbour to close</h1></header>
<figure><img src="a.jpg"><figcaption>The caption said so. Jane Roe/AFP</figcaption></figure>
<ul><li>The harbour will close in June.</li><li>Unions oppose the plan.</li></ul>
<p>The mayor of Exampletown, <b>Ada Stone</b>, said on <time datetime="2021-03-04">Thursday</time> that the
harbour would close by June, after a review found that re\u00adpairs
would cost more than the town can pay.</p>
<p>She laid out two steps that the council had agreed to:</p>
<ol><li>The ferry will move to the old pier in April.</li>
<li><p>The cranes will be sold, <i>the mayor said</i>.</p></li></ol>
<blockquote><p>“We did not take this lightly,” Stone told reporters.</p>
<p>“But we had no choice.”</p></blockquote>
<h2>Unions object</h2>
<p>The dockers’ union said it would fight the plan.<br>Its spokesman said
the review was “a work of fiction”.</p>
<p>Photo: Jane Roe/Example Agency</p><p>READ MORE: Ten harbours that the editors said you must visit</p>
<aside><h3>Related</h3><ul><li><a href="/x">Other harbour news, experts said</a></li></ul></aside>
</article><footer>Copyright 2021, the footer said</footer></body></html>"""


def read(html, **options):
    return from_bytes(html.encode(), name="page.html", **options)


def seen(article):
    return [[b.kind, article.text[b.span.start : b.span.end]] for b in article.blocks]


def test_the_articles_blocks_and_nothing_around_them():
    article = read(PAGE)
    assert seen(article) == [
        ["headline", "Harbour to close"],
        ["summary", "The harbour will close in June."],
        ["summary", "Unions oppose the plan."],
        [
            "paragraph",
            "The mayor of Exampletown, Ada Stone, said on Thursday that the harbour would close by June, "
            "after a review found that repairs would cost more than the town can pay.",
        ],
        ["paragraph", "She laid out two steps that the council had agreed to:"],
        ["item", "The ferry will move to the old pier in April."],
        ["item", "The cranes will be sold, the mayor said."],
        ["quote", "“We did not take this lightly,” Stone told reporters."],
        ["quote", "“But we had no choice.”"],
        ["paragraph", "Unions object"],
        [
            "paragraph",
            "The dockers’ union said it would fight the plan. "
            "Its spokesman said the review was “a work of fiction”.",
        ],
    ]
    assert article.text == "\n\n".join(text for _, text in seen(article))


def test_two_line_breaks_part_paragraphs():
    more = "“We have <b>no choice</b>,” she said <br> on the quay.<br> <br/><br>Nobody <i>laughed</i>."
    article = read(page(body=f"<article>{BODY[:-4]}<br><br>{more}</p>{BODY}</article>"))
    assert [text for _, text in seen(article)] == [
        BODY[3:-4],
        "“We have no choice,” she said on the quay.",
        "Nobody laughed.",
        BODY[3:-4],
    ]


@pytest.mark.parametrize("control", ["\x01", "\x08", "\x1f", "&#1;", "&#8;", "&#x7f;"])
def test_control_characters_are_dropped(control):
    text = BODY[3:-4]
    for html in (
        f"<html><body>{control}{text}</body></html>",
        f"<article><p>{text[:9]}{control}{text[9:]}</p></article>",
    ):
        assert read(html).text == text


def test_text_that_stands_bare_in_the_body():
    text = BODY[3:-4]
    assert read(f"<html><body>{text}</body></html>").text == text
    assert len(read(f"<html><body>{text}<br><br>Nobody laughed, <b>he</b> said.</body></html>").blocks) == 2


@pytest.mark.parametrize("kicker", ["", "<p>Opinion</p>"])
@pytest.mark.parametrize("title", ["Harbour to close", "Harbour news"])
def test_the_heading_is_a_headline_though_a_label_stands_above_it(kicker, title):
    body = f"<article>{kicker}<h1>Harbour to close</h1>{BODY * 3}</article>"
    kinds = [
        kind for kind, text in seen(read(page(f"<title>{title}</title>", body))) if text == "Harbour to close"
    ]
    assert kinds == ["headline"]


def page(head="", body=BODY, html="<html>"):
    return f"<!doctype html>{html}<head>{head}</head><body>{body}</body></html>"


def ld(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


NEWS = {
    "@type": "NewsArticle",
    "headline": "Harbour &amp; pier to close",
    "datePublished": "2021-03-05T23:30:00-08:00",
    "author": [{"@type": "Person", "name": "Mara Quill"}, {"name": "Tom Reed"}],
    "publisher": {"@type": "Organization", "name": "The Example Post"},
    "url": "https://example.org/harbour",
}


def test_json_ld():
    article = read(page(ld(NEWS)))
    assert article.title == "Harbour & pier to close"
    assert article.author == "Mara Quill and Tom Reed"
    assert article.outlet == "The Example Post"
    assert article.url == "https://example.org/harbour"
    # The day as written there, whatever day it is elsewhere.
    assert (article.published, article.published_from) == (date(2021, 3, 5), "metadata")


def test_json_ld_graph_with_references():
    graph = [
        {"@type": "WebSite", "name": "Not this"},
        {
            "@type": ["Article", "Thing"],
            "headline": "Harbour",
            "author": {"@id": "#a"},
            "publisher": {"@id": "#o"},
        },
        {"@type": "Person", "@id": "#a", "name": "Mara Quill"},
        {"@type": "Organization", "@id": "#o", "name": "Example Post"},
    ]
    article = read(page(ld({"@context": "https://schema.org", "@graph": graph})))
    assert (article.title, article.author, article.outlet) == ("Harbour", "Mara Quill", "Example Post")


def test_of_several_articles_the_pages_own_counts():
    other = {"@type": "NewsArticle", "headline": "Other", "url": "https://example.org/other"}
    related = {"@type": "ItemList", "itemListElement": [other]}
    head = '<link rel="canonical" href="https://example.org/harbour">' + ld([related, other, NEWS])
    assert read(page(head)).title == "Harbour & pier to close"


OLDER = {
    "@type": "NewsArticle",
    "headline": "Older",
    "url": "https://example.org/old",
    "datePublished": "2015-01-01",
}


def test_another_article_of_the_same_site_gives_no_date():
    head = '<link rel="canonical" href="https://example.org/harbour"><meta name="date" content="2021-03-05">'
    article = read(page(head + ld(OLDER) + '<meta property="og:title" content="Harbour">'))
    assert (article.title, article.published) == ("Harbour", date(2021, 3, 5))


def test_a_slash_or_a_fragment_makes_no_other_address():
    own = {"@type": "NewsArticle", "headline": "Own", "mainEntityOfPage": "http://example.org/harbour/#page"}
    head = '<link rel="canonical" href="https://example.org/harbour">' + ld([OLDER, own])
    assert read(page(head)).title == "Own"


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[" * 100_000,
        "null",
        "3",
        '"text"',
        '{"@type": "NewsArticle", "headline": [[], {}], "author": 3}',
        '{"@graph": {"@graph": [null]}}',
        '{"@type": {"a": 1}}',
        '{"@type": "NewsArticle", "publisher": {"@id": "#x"}}',
    ],
)
def test_broken_json_ld_is_passed_over(broken):
    head = ld(broken) + '<meta property="og:title" content="Harbour">'
    assert read(page(head)).title == "Harbour"


def test_small_faults_of_json_ld_are_forgiven():
    text = '{"@type": "NewsArticle",\n "headline": "Harbour\nto close",\n "datePublished": "2021-03-05",}'
    article = read(page(ld(text)))
    assert (article.title, article.published) == ("Harbour to close", date(2021, 3, 5))


def test_opengraph_and_meta_tags():
    head = """<meta property="og:title" content="Harbour to close - The Example Post">
    <meta property="og:site_name" content="The Example Post"><meta property="og:url" content="https://example.org/h">
    <meta property="article:published_time" content="2021-03-05T08:00:00+00:00">
    <meta property="article:author" content="https://social.example/mara">
    <meta name="Author" content="By Mara Quill">"""
    article = read(page(head))
    assert (article.title, article.outlet) == ("Harbour to close", "The Example Post")
    assert (article.url, article.published) == ("https://example.org/h", date(2021, 3, 5))


def test_a_profiles_address_is_no_author():
    assert read(page('<meta name="author" content="https://social.example/mara">')).author is None
    assert read(page('<meta name="author" content="By Mara Quill">')).author == "Mara Quill"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "/relative", "http://[broken", ""]
)
def test_a_canonical_address_is_one_of_the_web(address):
    assert read(page(f'<link rel="canonical" href="{address}">')).url is None


def test_time_in_the_articles_header():
    times = '<time class="updated" datetime="2021-03-09"></time><time datetime="2021-03-05">Friday</time>'
    header = "<h1>Harbour</h1>" + times
    assert read(page(body=f"<article>{header}{BODY}</article>")).published == date(2021, 3, 5)


def test_time_elsewhere_is_no_publication_date():
    late = (
        f'<article><h1>Harbour</h1>{BODY}<p>Seen on <time datetime="2021-03-05">Friday</time>.</p></article>'
    )
    aside = f'<article><h1>Harbour</h1><aside><time datetime="2021-03-05"></time></aside>{BODY}</article>'
    teasers = f'<article><time datetime="2021-03-05"></time></article><article>{BODY}</article>'
    for body in (late, aside, teasers, BODY + "<p>Published on March 5, 2021.</p>"):
        article = read(page(body=body))
        assert (article.published, article.published_from) == (None, "unknown")


def test_only_dates_of_change_are_no_publication_date():
    head = '<meta property="article:modified_time" content="2021-03-05">' + ld(
        {"@type": "Article", "dateModified": "2021-03-05"}
    )
    assert read(page(head)).published is None


@pytest.mark.parametrize(
    "header",
    [
        '<time datetime="2021-03-05" itemprop="dateModified">Friday</time>',
        '<div>Last updated: <time datetime="2021-03-05">Friday</time></div>',
        '<p>The summit opens on <time datetime="2021-03-05">5 March</time>.</p>',
    ],
)
def test_a_day_of_change_or_of_an_event_is_no_publication_date(header):
    assert read(page(body=f"<article><h1>Harbour</h1>{header}{BODY}</article>")).published is None


def test_a_byline_may_hold_the_date():
    header = '<p>By Mara Quill. Published <time datetime="2021-03-05">March 5 at 3 p.m.</time></p>'
    assert read(page(body=f"<article><h1>Harbour</h1>{header}{BODY}</article>")).published == date(2021, 3, 5)


@pytest.mark.parametrize(
    "sentence",
    [
        "Related industries will suffer next year, Ada Quist said.",
        "Advertisement spending will fall by a tenth, the agency said.",
        "Copyright law will be reformed by June, Ada Quist promised on Monday.",
        "Share this burden, Quist urged the provinces on Monday.",
        "More on the border will be done by June, the minister said.",
    ],
)
def test_a_sentence_that_begins_like_a_link_stays(sentence):
    assert sentence in read(page(body=f"<article>{BODY}<p>{sentence}</p>{BODY}</article>")).text


@pytest.mark.parametrize(
    "line",
    ["Related: Harbour sold", "Advertisement", "Share this article", "Copyright © 2021 X"],
)
def test_a_line_that_only_leads_elsewhere_goes(line):
    assert line not in read(page(body=f"<article>{BODY}<p>{line}</p>{BODY}</article>")).text


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("promised <s>trams</s><del>buses</del> ferries", "promised ferries"),
        ("lost 10<sup>6</sup> crowns", "lost 10^6 crowns"),
        ("fell in 2018<sup>[1]</sup>", "fell in 2018"),
        ("said <q>ferries will run</q> on Monday", "said “ferries will run” on Monday"),
        ("said<span hidden> nothing</span> so", "said so"),
    ],
)
def test_words_are_as_a_reader_sees_them(written, read_as):
    text = read(page(body=f"<article>{BODY}<p>The mayor Ada Quist {written}, she said.</p></article>")).text
    assert f"The mayor Ada Quist {read_as}, she said." in text


def test_a_page_that_shows_itself_by_its_scripts_is_read():
    assert "harbour" in read(f"<html hidden><body hidden><article>{BODY}</article></body></html>").text


def test_options_override_field_by_field():
    given = Metadata(title="Mine", published=date(2020, 1, 2))
    article = read(page(ld(NEWS)), given=given)
    assert (article.title, article.outlet) == ("Mine", "The Example Post")
    assert (article.published, article.published_from) == (date(2020, 1, 2), "option")


@pytest.mark.parametrize(("value", "day"), DATES)
def test_dates(value, day):
    found = parse_date(value)
    assert (found and found.isoformat()) == day


PLACES = [
    "<script>SCRIPT</script>",
    "<p>He left<script>SCRIPT</script> then.</p>",
    "<noscript><p>SCRIPT</p></noscript>",
    "<style>SCRIPT</style>",
    '<p onclick="SCRIPT">He left then.</p>',
    '<a href="javascript:SCRIPT">He left.</a>',
    "<svg><script>SCRIPT</script></svg>",
    "<template><p>SCRIPT</p></template>",
    "<!-- SCRIPT -->",
    "<!--[if IE]>SCRIPT<![endif]-->",
    '<iframe srcdoc="SCRIPT">SCRIPT</iframe>',
    "<math><mtext><script>SCRIPT</script></mtext></math>",
    "<?php SCRIPT ?>",
    "<object data='SCRIPT'>SCRIPT</object>",
    "<textarea>SCRIPT</textarea>",
    '<img alt="SCRIPT" onerror="SCRIPT" src=x>',
    "<ul><li><script>SCRIPT</script>He left.</li></ul>",
    "<blockquote><script>SCRIPT</script>He left.</blockquote>",
]


@pytest.mark.parametrize("place", PLACES)
def test_scripts_are_nowhere_in_the_text(place):
    article = read(
        page(head="<title>t</title>" + place, body=f"<article>{BODY}{place}{BODY}{place}</article>")
    )
    assert "SCRIPT" not in article.text
    assert "harbour would be closed" in article.text


@pytest.mark.parametrize(
    "html",
    ["<html></html>", "<div></div>", "<p> </p>", "<nav><a href=x>Home</a></nav>", "<!-- x -->", "<!"],
)
def test_a_page_without_an_article(html):
    with pytest.raises(NoArticle):
        read(html)


@pytest.mark.parametrize("tag", ["div", "b", "span", "ul", "x-y", "table"])
def test_nested_beyond_any_page(tag):
    with pytest.raises(TooDeep):
        read(f"<{tag}>" * 100_000 + "x")


def test_missing_end_tags_are_no_nesting():
    items = "".join(f"<li><p>The man said no to number {n}." for n in range(500))
    assert len(read(f"<article>{BODY}<ul>{items}</ul></article>").blocks) > 500


def test_more_elements_than_any_page():
    with pytest.raises(TooLarge, match="HTML elements"):
        read("<p>The man said no.</p>" * 40_000)


@pytest.mark.parametrize(
    ("data", "name", "media_type", "is_html"),
    [
        ("<p>The man said no.</p>", "a.html", None, True),
        ("<p>The man said no.</p>", "a.txt", None, False),
        ("<!DOCTYPE html><p>The man said no.</p>", "-", None, True),
        ("\n<!-- x --><html><p>The man said no.</p>", "-", None, True),
        ("<3 the man said no.", "-", None, False),
        ("The man said &quot;no&quot;.", "http://x/a", "text/html; charset=utf-8", True),
        ("<html><p>The man said no.</p>", "http://x/a.html", "text/plain", False),
        ("<html><p>The man said no.</p>", "x", None, True),
    ],
)
def test_what_the_bytes_are(data, name, media_type, is_html):
    text = from_bytes(data.encode(), name=name, media_type=media_type).text
    assert (text != data) == is_html
