"""What people come for, from the first click to the last, on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from serve.browser.conftest import PHONE, Visitor
from serve.rooms import PASSWORD, TEXT, Room

from onrecord.entry import short
from onrecord.flow import Reader
from onrecord.record.query import Query
from onrecord.statement import Article

pytestmark = pytest.mark.browser
Enter = Callable[..., Visitor]
EVIDENCE = "https://post.example/2031/06/night-ferry"
WORDS = "the berth will probably be finished"


def paste(visitor: Visitor) -> None:
    """Paste the article about the ferry, look at it, and keep it."""
    page = visitor.page
    page.click("nav >> text=Read")
    page.fill("[name=text]", TEXT)
    page.fill("[name=published]", "2031-03-04")
    page.fill("[name=outlet]", "The Ellery Post")
    page.click("text=Read it")
    page.wait_for_selector("#open li.entry")
    assert "Not stored yet" in visitor.text
    page.click("main button:text-is('Keep')")
    page.wait_for_url("**/articles/*")
    assert "On record now, with 5 statements." in visitor.text


def kept(room: Room) -> None:
    """The same, without a browser."""
    words = TEXT.split("\n", 1)
    article = Article(
        TEXT, outlet="The Ellery Post", title=words[0], published=date(2031, 3, 4), language="en"
    )
    room.ledger.add(Reader(room.house.settings).read(article))


def id_of(room: Room, words: str, kind: str = "") -> str:
    """The shown id of the statement with these words."""
    kinds = frozenset(filter(None, [kind]))
    return short(room.ledger.search(Query(words=words, kinds=kinds)).entries[0].id)


class TestPasteAndCorrect:
    """An article is pasted and kept, a speaker corrected, and the speaker's page has it."""

    def test_it(self, visitor: Enter, new_room: Room) -> None:
        ana = visitor(new_room)
        paste(ana)
        page = ana.page
        assert new_room.ledger.counts().articles == 1
        card = page.locator("li.entry", has_text=WORDS)
        card.get_by_role("link", name=re.compile("^Correct")).click()
        field = card.get_by_label("Speaker", exact=True)
        assert field.input_value() == "Ines Holm"
        field.fill("Ines Holm-Quist")
        card.get_by_label(re.compile("^Why")).fill("her name since May")
        card.get_by_role("button", name="Put on record").click()
        page.wait_for_selector("li.entry ins:text('Ines Holm-Quist')")
        assert "Ines Holm" in card.locator("del").first.inner_text(), "the machine's reading is gone"
        card.get_by_role("link", name="Ines Holm-Quist").click()
        page.wait_for_url("**/speaker?name=*")
        assert "Ines Holm-Quist" in page.locator("h1").inner_text()
        assert WORDS in page.locator("main").inner_text()
        self.undone(ana, new_room)

    def undone(self, ana: Visitor, room: Room) -> None:
        """The correction is taken back where it stands."""
        ana.go(f"/statements/{id_of(room, WORDS)}")
        ana.page.get_by_role("button", name=re.compile("^take back")).first.click()
        ana.page.wait_for_load_state()
        entry = room.ledger.search(Query(words=WORDS)).entries[0]
        assert (entry.speaker, entry.corrected) == ("Ines Holm", False)


class TestSettle:
    """A promise falls due, is settled with evidence, the score changes, and the log says who did it."""

    def test_it(self, visitor: Enter, new_room: Room) -> None:
        new_room.clock.now = datetime(2031, 5, 20, 9, tzinfo=UTC)
        kept(new_room)
        ana = visitor(new_room)
        page = ana.page
        ana.go("/due")
        assert "would run again" not in page.locator(".column.overdue").inner_text()
        new_room.clock.now = datetime(2031, 6, 15, 9, tzinfo=UTC)
        page.goto(new_room.link())  # the session of May has ended
        ana.go("/due")
        promise = page.locator(".column.overdue article", has_text="would run again")
        assert "5 days" in promise.inner_text()
        promise.get_by_role("link", name=re.compile("^Settle")).click()
        dialog = page.locator("dialog#settling")
        dialog.get_by_label(re.compile("^kept")).check()
        dialog.get_by_label("Day of the outcome").fill("2031-06-09")
        dialog.get_by_label("Evidence").fill(EVIDENCE)
        dialog.get_by_role("button", name="Put on record").click()
        page.wait_for_selector("#notices .notice")
        assert "would run again" not in page.locator(".column.overdue").inner_text()
        self.scored(ana)
        self.logged(ana)

    def scored(self, ana: Visitor) -> None:
        ana.go("/scores?min_n=1")
        row = ana.page.locator("tr", has_text="Tessa Varga")
        assert re.search(r"100\s?%|1 of 1|1/1", row.inner_text()), row.inner_text()

    def logged(self, ana: Visitor) -> None:
        ana.go("/log?act=rating")
        row = ana.page.locator("table.log tbody tr")
        assert row.count() == 1
        assert "demo" in row.locator(".by").inner_text()
        row.locator("summary").click()
        assert EVIDENCE in row.inner_text()

    def test_without_evidence_it_is_asked_for_and_what_was_typed_stays(
        self, visitor: Enter, new_room: Room
    ) -> None:
        kept(new_room)
        ana = visitor(new_room, java_script_enabled=False)
        ana.go(f"/statements/{id_of(new_room, 'would run again')}/settle")
        page = ana.page
        page.get_by_label(re.compile("^broken")).check()
        page.get_by_label("Evidence").fill(" ")
        page.get_by_label(re.compile("^Note")).fill("nobody saw one")
        page.get_by_role("button", name="Put on record").click()
        assert page.locator("main .wrong").count() == 1
        assert page.get_by_label(re.compile("^broken")).is_checked()
        assert page.get_by_label(re.compile("^Note")).input_value() == "nobody saw one"
        assert new_room.ledger.counts().settled == 0


class TestTwoEditors:
    """Two people work at one statement at once: nothing is lost, and whoever is second is told."""

    def test_it(self, visitor: Enter, team_room: Room) -> None:
        kept(team_room)
        path = f"/statements/{id_of(team_room, WORDS)}/correct"
        ana, ben = visitor(team_room, "Ana"), visitor(team_room, "Ben")
        ana.go(path)
        ben.go(path)
        ana.page.get_by_label("Speaker", exact=True).fill("Ines Holm-Quist")
        ana.page.get_by_role("button", name="Put on record").click()
        ana.page.wait_for_selector("#notices .notice")
        ben.page.get_by_label("Speaker", exact=True).fill("I. Holm")
        ben.page.get_by_role("button", name="Put on record").click()
        ben.page.wait_for_selector(".since")
        told = ben.page.locator(".since").inner_text()
        assert "Ana" in told and "Ines Holm-Quist" in told and "I. Holm" in told
        assert team_room.ledger.search(Query(words=WORDS)).entries[0].speaker == "Ines Holm-Quist"
        assert ben.page.get_by_label("Speaker", exact=True).input_value() == "I. Holm"
        ben.page.get_by_role("button", name="Put on record").click()
        ben.page.wait_for_selector("#notices .notice")
        shown = team_room.ledger.show(id_of(team_room, WORDS))
        assert shown.entry.speaker == "I. Holm"
        assert {each.actor for each in shown.corrections} == {"Ana", "Ben"}

    def test_two_verdicts_stand_side_by_side(self, visitor: Enter, team_room: Room) -> None:
        kept(team_room)
        path = f"/statements/{id_of(team_room, 'would run again')}/settle"
        for name, verdict in (("Ana", "kept"), ("Ben", "broken")):
            person = visitor(team_room, name)
            person.go(path)
            person.page.get_by_label(re.compile(f"^{verdict}")).check()
            person.page.get_by_label("Evidence").fill(EVIDENCE)
            person.page.get_by_role("button", name="Put on record").click()
            person.page.wait_for_selector("#notices .notice")
        entry = team_room.ledger.search(Query(words="would run again")).entries[0]
        assert entry.verdict == "disputed"
        person.go(path.removesuffix("/settle"))
        assert "disputed" in person.text and "Ana" in person.text and "Ben" in person.text


class TestKeyboardOnly:
    """From the first key to the last, without a mouse."""

    def test_an_article_is_gone_through_and_corrected(self, visitor: Enter, new_room: Room) -> None:
        kept(new_room)
        ana = visitor(new_room)
        page = ana.page
        ana.go(f"/articles/{short(new_room.ledger.recent()[0].id)}")
        for _ in range(3):
            page.keyboard.press("j")
        page.keyboard.press("k")
        assert page.locator("li.entry.on").get_attribute("data-n") == "2"
        assert page.evaluate("document.activeElement.matches('li.entry.on')")
        assert page.locator(".paper .mark.on").count() > 0
        page.keyboard.press("e")
        page.wait_for_selector("li.entry.on form.correct")
        page.wait_for_selector("form.correct input:focus")
        page.keyboard.press("Control+A")
        page.keyboard.type("Tessa Varga-Lind")
        page.keyboard.press("Enter")
        page.wait_for_selector("li.entry ins:text('Tessa Varga-Lind')")
        assert new_room.ledger.speakers("Varga-Lind")

    def test_a_statement_is_rejected_and_taken_in_again(self, visitor: Enter, new_room: Room) -> None:
        kept(new_room)
        ana = visitor(new_room)
        page = ana.page
        ana.go(f"/articles/{short(new_room.ledger.recent()[0].id)}")
        page.keyboard.press("j")
        page.keyboard.press("x")
        page.wait_for_selector("form.reject input:focus")
        page.keyboard.type("a headline")
        page.keyboard.press("Enter")
        page.wait_for_selector("li.entry.rejected")
        self.tab_to(ana, "Take it in again")
        page.keyboard.press("Enter")
        page.wait_for_selector("li.entry.rejected", state="detached")
        assert [row.act for row in new_room.ledger.log()[:2]] == ["restoration", "rejection"]

    def tab_to(self, ana: Visitor, name: str) -> None:
        """Press Tab until what has the focus says this."""
        for _ in range(60):
            ana.page.keyboard.press("Tab")
            if name in ana.page.evaluate("document.activeElement.textContent"):
                return
        raise AssertionError(f"the tabulator does not lead to {name!r}")

    def test_the_skip_link_and_the_search(self, visitor: Enter, new_room: Room) -> None:
        kept(new_room)
        ana = visitor(new_room)
        page = ana.page
        ana.go("/articles")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "To the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("/")
        page.keyboard.type("berth")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?words=berth")
        assert WORDS in ana.text

    def test_the_focus_is_always_seen(self, visitor: Enter, new_room: Room) -> None:
        kept(new_room)
        ana = visitor(new_room)
        ana.go("/")
        unseen = []
        for _ in range(25):
            ana.page.keyboard.press("Tab")
            style = "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])"
            outline = ana.page.evaluate(f"{style}(getComputedStyle(document.activeElement))")
            if outline[0] == "none" or outline[1] == "0px":
                unseen.append(ana.page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
        assert [each for each in unseen if "<body" not in each] == []


class TestWithoutScripts:
    """All acts work as plain forms."""

    def test_paste_keep_correct_reject_settle(self, visitor: Enter, new_room: Room) -> None:
        ana = visitor(new_room, java_script_enabled=False)
        page = ana.page
        paste(ana)
        page.locator("li.entry", has_text=WORDS).get_by_role("link", name=re.compile("^Correct")).click()
        page.get_by_label("Speaker", exact=True).fill("Ines Holm-Quist")
        page.get_by_role("button", name="Put on record").click()
        assert "Ines Holm-Quist" in page.locator("li.entry", has_text=WORDS).inner_text()
        self.settle(ana)
        assert new_room.ledger.counts().settled == 1
        page.locator("li.entry", has_text="We have the ships").get_by_role(
            "link", name=re.compile("^Reject")
        ).click()
        page.get_by_label(re.compile("^Why")).fill("said in passing")
        page.get_by_role("button", name="Reject").click()
        assert page.locator("li.entry.rejected").count() == 1
        page.locator("#notices").get_by_role("button", name="Undo").click()
        assert page.locator("li.entry.rejected").count() == 0
        assert [row.act for row in new_room.ledger.log()[:2]] == ["restoration", "rejection"]

    def settle(self, ana: Visitor) -> None:
        card = ana.page.locator("li.entry", has_text="would run again")
        card.get_by_role("link", name=re.compile("^Settle")).click()
        ana.page.get_by_label(re.compile("^kept")).check()
        ana.page.get_by_label("Evidence").fill(EVIDENCE)
        ana.page.get_by_role("button", name="Put on record").click()
        assert "kept" in card.inner_text()

    def test_filters_are_links_and_forms(self, visitor: Enter, new_room: Room) -> None:
        kept(new_room)
        ana = visitor(new_room, java_script_enabled=False)
        path = f"/articles/{short(new_room.ledger.recent()[0].id)}"
        ana.go(path + "?kind=prediction")
        assert ana.page.locator("li.entry:visible").count() == 1
        ana.go("/search?words=ferry&kind=commitment")
        assert ana.page.locator(".statement").count() >= 1


class TestPhone:
    """On a phone everything is there, and nothing is too small for a thumb or wider than the screen."""

    def test_paste_and_settle(self, visitor: Enter, new_room: Room) -> None:
        ana = visitor(new_room, viewport=PHONE, has_touch=True, is_mobile=True)
        page = ana.page
        paste(ana)
        self.fits(ana)
        ana.go("/due")
        page.locator("article", has_text="would run again").get_by_role(
            "link", name=re.compile("^Settle")
        ).tap()
        dialog = page.locator("dialog#settling")
        dialog.get_by_label(re.compile("^kept")).check()
        dialog.get_by_label("Evidence").fill(EVIDENCE)
        self.fits(ana)
        dialog.get_by_role("button", name="Put on record").tap()
        page.wait_for_selector("#notices .notice")
        assert new_room.ledger.counts().settled == 1

    def fits(self, ana: Visitor) -> None:
        width = ana.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1]
        small = ana.page.eval_on_selector_all(
            "main button:not(.plain), main .button, .top nav a",
            "nodes => nodes.filter(n => n.offsetParent && n.getBoundingClientRect().height < 24)"
            ".map(n => n.outerHTML.slice(0, 80))",
        )
        assert small == []


class TestTheDoor:
    """How one comes in, and how one is kept out."""

    def test_the_link_works_once(self, visitor: Enter, new_room: Room) -> None:
        link = new_room.link()
        ana = visitor(new_room)
        assert "key=" not in ana.path()
        for _ in range(2):
            ana.page.context.clear_cookies()
            ana.page.goto(link)
            assert "/signin" in ana.page.url or "used already" in ana.text
        assert "key=" not in ana.page.evaluate("document.referrer")

    def test_a_reader_is_offered_nothing_to_change(self, visitor: Enter, team_room: Room) -> None:
        kept(team_room)
        cleo = visitor(team_room, "Cleo")
        for path in ("/", "/due", f"/articles/{short(team_room.ledger.recent()[0].id)}", "/read", "/log"):
            cleo.go(path)
            sent = cleo.page.eval_on_selector_all(
                "main form[method=post]", "nodes => nodes.map(n => n.action)"
            )
            # These look at the log and change nothing.
            harmless = re.compile("/(signout|log/verify|log/checkpoint)$")
            assert [address for address in sent if not harmless.search(address)] == [], path
            assert cleo.page.locator("main >> text=/^(Correct|Reject|Settle)/").count() == 0, path

    def test_signing_out_closes_the_door(self, visitor: Enter, team_room: Room) -> None:
        ana = visitor(team_room, "Ana")
        cookies = ana.page.context.cookies()
        ana.go("/account")
        ana.page.get_by_role("button", name=re.compile("Sign out")).click()
        ana.page.wait_for_url("**/signin*")
        ana.page.context.add_cookies(cookies)  # somebody took them before
        ana.go("/log")
        assert "/signin" in ana.page.url

    def test_a_wrong_password_says_the_same_whoever_it_is(self, visitor: Enter, team_room: Room) -> None:
        ana = visitor(team_room, "Ana")
        ana.page.context.clear_cookies()
        told = set()
        for name in ("Ana", "Nobody"):
            ana.go("/signin")
            ana.page.get_by_label("Name").fill(name)
            ana.page.get_by_label("Password").fill(PASSWORD + "!")
            ana.page.get_by_role("button", name="Sign in").click()
            told.add(ana.page.locator("#problem").inner_text())
        assert len(told) == 1


def test_the_first_visit_is_guided(visitor: Enter, new_room: Room) -> None:
    """An empty ledger begins with articles that are there to be tried."""
    ana = visitor(new_room)
    page = ana.page
    assert "/start" in ana.path() or page.locator("a[href='/start']").count()
    ana.go("/start")
    page.locator("form.examples [name=sure]").check()
    page.locator("form.examples button").click()
    page.wait_for_selector(".steps .done")
    counts = new_room.ledger.counts()
    assert counts.articles == 3 and counts.commitments >= 1 and counts.predictions >= 1
