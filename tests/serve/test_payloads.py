"""Words from outside never become a part of a page: stored in every field, and given back by every form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import icalendar
import pytest
from httpx import Client, Response
from serve.attacks import BUNCHES, FOREIGN, PAYLOADS, attack, harm, letters, parsed, shows
from serve.rooms import Room, room

from onrecord.entry import short
from onrecord.serve.rendering import query

# A form field of the web cannot hold half a character, and neither can an address.
SENT = tuple(payload for payload in BUNCHES if not re.search("[\ud800-\udfff]", payload))
EVENT = {
    "UID", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "DESCRIPTION", "URL", "CATEGORIES", "LAST-MODIFIED",
    "TRANSP", "STATUS", "CLASS",
}  # fmt: skip
# Enough of it for a text to be taken for English.
ENGLISH = "promised on Monday that the two ferries would be there by the end of June 2031. " + (
    "It was not the first time that she had said so, and it will not be the last of what we hear of it. " * 12
)
NUMBERED = [pytest.param(payload, id=str(number)) for number, payload in enumerate(BUNCHES)]
NUMBERED_SENT = [pytest.param(payload, id=str(number)) for number, payload in enumerate(SENT)]


@dataclass(frozen=True, slots=True)
class Attacked:
    """A room whose ledger is full of payloads, and a person in it. found: article and promise by payload."""

    room: Room
    client: Client
    csrf: str
    found: dict[str, tuple[str, str]]

    def get(self, path: str) -> Response:
        return self.client.get(path)

    def send(self, path: str, *, files: Any = None, **fields: str) -> Response:
        return self.client.post(path, data={"csrf": self.csrf, **fields}, files=files)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    with (
        room(tmp_path_factory.mktemp("attacked") / "record.db") as opened,
        Client(base_url=opened.url, timeout=60) as client,
    ):
        found = attack(opened.ledger)
        assert client.get(opened.link()).status_code == 303
        secret = re.search(r'name="csrf" value="([^"]+)"', client.get("/read").text)
        assert secret is not None
        yield Attacked(opened, client, secret[1], found)


def check(answer: Response, *shown: str) -> None:
    """A page, whole and unharmed, on which these words stand as words."""
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    tree = parsed(answer.text)
    assert answer.status_code < 500, tree.xpath("string(//main)")[:300]
    assert harm(tree) == []
    assert [words for words in shown if not shows(tree, words)] == []


class TestStored:
    @pytest.mark.parametrize("payload", NUMBERED)
    def test_an_article_and_what_is_said_in_it(self, attacked: Attacked, payload: str) -> None:
        article, promise = (short(each) for each in attacked.found[payload])
        for path in (f"/articles/{article}", f"/statements/{promise}"):
            page = attacked.get(path)
            assert page.status_code == 200
            check(page, payload)

    @pytest.mark.parametrize("payload", NUMBERED_SENT)
    def test_a_speaker(self, attacked: Attacked, payload: str) -> None:
        check(attacked.get(query("/speaker", name=f"Ines {payload}")))
        check(attacked.get(query("/search", speaker=payload)), payload)

    @pytest.mark.parametrize(
        "path",
        [
            "/", "/articles", "/speakers", "/search?words=run", "/search?words=floods", "/search?rejected=1",
            "/due", "/due?view=calendar&month=2031-06", "/scores?min_n=1", "/scores?by=outlet&min_n=1",
            "/scores?by=topic&min_n=1", "/log", "/log?act=note", "/log?act=rating", "/log?act=correction",
            "/log?act=refusal", "/log?act=topic", "/log?act=rejection", "/exports", "/account", "/read",
        ],
    )  # fmt: skip
    def test_lists(self, attacked: Attacked, path: str) -> None:
        page = attacked.get(path)
        assert page.status_code == 200
        check(page)

    def test_every_page_of_the_log(self, attacked: Attacked) -> None:
        path, seen = "/log", 0
        while path and seen < 60:
            page = attacked.get(path)
            check(page)
            older = re.search(r'href="(/log\?[^"]*before=\d+[^"]*)"', page.text)
            path, seen = (older[1].replace("&amp;", "&") if older else ""), seen + 1
        assert seen > 5


class TestReflected:
    @pytest.mark.parametrize("payload", NUMBERED_SENT)
    def test_what_an_address_asks_for(self, attacked: Attacked, payload: str) -> None:
        asked = dict.fromkeys(("words", "speaker", "kind", "outlet", "topic", "status"), payload)
        days = dict.fromkeys(("since", "until", "due_before", "before"), payload)
        check(attacked.get(query("/search", words=payload)), payload)
        check(attacked.get(query("/search", asked)))
        check(attacked.get(query("/search", asked | days)))
        check(attacked.get(query("/speakers", words=payload)))
        check(attacked.get(query("/speaker", name=f"nobody {payload}")), *filter(str.isprintable, [payload]))
        check(attacked.get(query("/due", view=payload, month=payload, speaker=payload)))
        check(attacked.get(query("/due", speaker=payload)))
        check(attacked.get(query("/log", act=payload, actor=payload, subject=payload)))

    @pytest.mark.parametrize("payload", NUMBERED_SENT)
    def test_what_scores_are_asked_for(self, attacked: Attacked, payload: str) -> None:
        check(attacked.get(query("/scores", by=payload, sort=payload, since=payload, min_n=payload)))
        check(attacked.get(query("/scores/of", by="speaker", name=payload)))

    @pytest.mark.parametrize("payload", NUMBERED_SENT)
    def test_an_address_that_leads_nowhere(self, attacked: Attacked, payload: str) -> None:
        for path in ("/", "/articles/", "/statements/", "/read/", "/nowhere/"):
            answer = attacked.get(path + quote(payload, safe=""))
            if answer.status_code != 303:
                check(answer)

    @pytest.mark.parametrize("payload", NUMBERED_SENT)
    def test_where_to_go_after_signing_in(self, attacked: Attacked, payload: str) -> None:
        with Client(base_url=attacked.room.url) as stranger:
            answer = stranger.get(query("/signin", next=payload))
            if answer.status_code != 303:
                check(answer)
            location = answer.headers.get("location", "/")
            assert location.startswith("/") and location[1:2] not in ("/", "\\")


class TestForms:
    """What a form gives back when it cannot do what was asked."""

    @pytest.mark.parametrize("payload", NUMBERED_SENT)
    def test_reading(self, attacked: Attacked, payload: str) -> None:
        facts = dict.fromkeys(("title", "outlet", "published", "author", "url_of", "topic"), payload)
        check(attacked.send("/read", text="The office said no.", **facts), payload)
        if not payload.startswith("http"):
            check(attacked.send("/read", url=payload, **(facts | {"published": ""})), payload)

    @pytest.mark.parametrize("payload", NUMBERED_SENT)
    def test_a_text_that_is_read(self, attacked: Attacked, payload: str) -> None:
        facts = dict.fromkeys(("title", "outlet", "author", "url_of"), payload)
        said = payload.replace("\0", " ")  # a text that holds one is refused, and so tried with the forms
        answer = attacked.send("/read", text=f"Tessa {said} {ENGLISH} “{said}”, she said.", **facts)
        assert answer.status_code == 303
        check(attacked.get(answer.headers["location"]), payload)

    @pytest.mark.parametrize("payload", NUMBERED_SENT)
    def test_a_file_s_name(self, attacked: Attacked, payload: str) -> None:
        answer = attacked.send(
            "/read", files={"files": (f"{payload}.txt", b"\x89PNG\r\n\x1a\n\0\0", "text/plain")}
        )
        check(answer)

    @pytest.mark.parametrize("payload", NUMBERED_SENT)
    def test_judging(self, attacked: Attacked, payload: str) -> None:
        at = f"/statements/{short(attacked.found[BUNCHES[0]][1])}"
        for act in ("settle", "correct", "reject", "note", "topic"):
            names = (
                "verdict",
                "evidence",
                "note",
                "on",
                "why",
                "field",
                "value",
                "due",
                "certainty.low",
                "topic",
            )
            answer = attacked.send(f"{at}/{act}", text="", back=payload, **dict.fromkeys(names, payload))
            if answer.status_code == 303:
                assert re.match(r"/(?![/\\])", answer.headers["location"])
            else:
                check(answer)

    @pytest.mark.parametrize("payload", NUMBERED_SENT)
    def test_speakers(self, attacked: Attacked, payload: str) -> None:
        for act in ("merge", "split"):
            names = ("name", "names", "into", "why", "back")
            answer = attacked.send(f"/speakers/{act}", **dict.fromkeys(names, f"nobody {payload}"))
            if answer.status_code != 303:
                check(answer)


class TestElsewhere:
    """What is made for other programs."""

    def test_calendars_hold_events_and_nothing_else(self, attacked: Attacked) -> None:
        answer = attacked.get("/due.ics")
        assert answer.headers["content-type"].startswith("text/calendar")
        calendar = icalendar.Calendar.from_ical(answer.content)
        assert {part.name for part in calendar.walk()} <= {"VCALENDAR", "VEVENT", "VALARM"}
        for event in calendar.walk("VEVENT"):
            assert set(event) <= EVENT
            assert str(event.get("URL", "")).startswith(("", attacked.room.url))

    @pytest.mark.parametrize("payload", NUMBERED_SENT)
    def test_problems_are_json_that_no_browser_takes_for_a_page(
        self, attacked: Attacked, payload: str
    ) -> None:
        for path in (
            f"/api/v1/articles/{quote(payload, safe='')}",
            query("/api/v1/statements", since=payload),
        ):
            answer = attacked.get(path)
            assert answer.status_code in (400, 404, 405, 409, 422)
            assert answer.headers["content-type"].startswith("application/problem+json")
            assert answer.headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize("payload", NUMBERED_SENT)
    def test_no_header_is_made_of_it(self, attacked: Attacked, payload: str) -> None:
        for path in (
            query("/speaker", name=payload),
            query("/signin", next=payload),
            query("/due.ics", speaker=payload),
        ):
            for name, value in attacked.get(path).headers.items():
                assert ("evil" not in value and "alert" not in value) or name == "location", (name, value)


class TestTheTestsThemselves:
    """The look-out sees what it is to see."""

    @pytest.mark.parametrize(
        "slip",
        [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href=javascript:alert(1)>x</a>",
            "<p style=color:red>x</p>", "<p onclick=x>x</p>", "<iframe></iframe>", "<!-- x -->",
            "<form action=https://evil.example/></form>", "<main>x</main>", "<p id=main>x</p>",
            "<meta http-equiv=refresh content=0>", "<link rel=stylesheet href=https://evil.example/x.css>",
            "<svg><use href=https://evil.example/x.svg#a></use></svg>", "<p hx-on:load=x>x</p>",
            "<script src=https://evil.example/x.js></script>", "<base href=https://evil.example/>",
        ],
    )  # fmt: skip
    def test_a_slip_is_found(self, attacked: Attacked, slip: str) -> None:
        page = attacked.get("/keys").text
        assert harm(parsed(page)) == []
        assert harm(parsed(page.replace("</main>", slip + "</main>"))) != []

    def test_there_are_enough(self) -> None:
        assert len(PAYLOADS) == len(set(PAYLOADS)) >= 100
        assert all(any(payload in bunch for bunch in BUNCHES) for payload in PAYLOADS)
        assert letters("a\u202e b\0<") == "ab<"
        assert FOREIGN in "".join(PAYLOADS)
