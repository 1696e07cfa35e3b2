"""What the ledger's answers look like, for eyes and for programs; made by hand, without a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record.entries import ENTRY, entry, forecast, rating, row

from onrecord.cli.formats.base import Page
from onrecord.cli.ledger import acts, done, entries, people, scores, shown
from onrecord.cli.ledger.sheet import Sheet, as_json
from onrecord.entry import ACTS, Evidence
from onrecord.ledger.results import Due, Outcome, Scores, Shown
from onrecord.score import Bin, Commitments, Estimate, Predictions, Rate, Scored, Spread
from onrecord.statement import Certainty, Span, Speaker, Statement, Voice, When
from onrecord.views import words
from onrecord.views.acts import told
from onrecord.views.plain import plain

WIDE, MEDIUM, NARROW = 140, 110, 50


def drawn(draw: Callable[[Sheet], None], width: int = WIDE) -> str:
    sheet = Sheet(Page(width=width))
    draw(sheet)
    return sheet.written()


def flat(text: str) -> str:
    return " ".join(text.split())


class TestWords:
    def test_an_id_is_its_first_twelve_hex_digits(self) -> None:
        assert words.short(ENTRY.id) == "3f9c2a41d07b"

    @pytest.mark.parametrize(
        ("changed", "want"),
        [
            ({}, "promise"),
            ({"negative": True}, "promise not to"),
            ({"commitment_type": "refusal", "negative": True}, "refusal"),
            ({"kind": "claim", "commitment_type": None}, "claim"),
            ({"commitment_type": None}, "commitment"),
            ({"kind": None}, ""),
        ],
    )
    def test_the_kind(self, changed: dict[str, Any], want: str) -> None:
        assert words.kind(entry(**changed)) == want

    @pytest.mark.parametrize(
        ("changed", "want"),
        [
            ({}, "“could”, 40 % (25–50 %)"),
            ({"certainty_phrase": None}, "40 % (25–50 %)"),
            ({"certainty_low": None}, "“could”, 40 %"),
            ({"certainty_low": 0.4, "certainty_high": 0.4}, "“could”, 40 %"),
            ({"certainty_mid": None}, "“could”, 25–50 %"),
            ({"certainty_low": None, "certainty_mid": None, "certainty_high": None}, "“could”"),
        ],
    )
    def test_certainty_has_its_numbers(self, changed: dict[str, Any], want: str) -> None:
        assert words.certainty(forecast(**changed)) == want

    @pytest.mark.parametrize(
        ("start", "end", "want"),
        [
            (date(2031, 6, 1), date(2031, 6, 30), "2031-06-01 to 2031-06-30"),
            (date(2031, 6, 1), date(2031, 6, 1), "2031-06-01"),
            (None, date(2031, 6, 1), "until 2031-06-01"),
            (date(2031, 6, 1), None, "from 2031-06-01"),
            (None, None, ""),
        ],
    )
    def test_an_interval_of_days(self, start: date | None, end: date | None, want: str) -> None:
        assert words.days(start, end) == want

    @pytest.mark.parametrize(
        ("number", "want"),
        [(0, "today"), (1, "in 1 day"), (5, "in 5 days"), (-1, "1 day over"), (-12, "12 days over")],
    )
    def test_how_far_a_deadline_is(self, number: int, want: str) -> None:
        assert words.distance(number) == want

    def test_the_days_of_a_correction_are_not_said_twice(self) -> None:
        assert words.deadline(entry(due_text="2031-06-01..2031-06-30")) == "2031-06-01 to 2031-06-30"
        assert words.deadline(entry()) == "“from June”, 2031-06-01 to 2031-06-30"

    def test_an_interval_that_has_begun_says_what_is_left(self) -> None:
        assert words.distance(5, running=True) == "5 days left"
        assert words.distance(-1, running=True) == "1 day over"

    def test_the_verdict_says_when_there_is_none_yet(self) -> None:
        assert words.verdict(entry()) == "not rated"
        assert words.verdict(forecast()) == "open"
        assert words.verdict(forecast(verdict="did-not")) == "did-not"
        assert words.verdict(entry(kind="claim")) == ""

    @pytest.mark.parametrize(
        ("changed", "want"),
        [
            ({"speaker": None, "speaker_read": None}, "no source named"),
            ({"speaker": None, "speaker_read": None, "speaker_kind": "author"}, "the author"),
            ({"speaker": None}, "Tessa Varga"),
        ],
    )
    def test_who_answers_for_it(self, changed: dict[str, Any], want: str) -> None:
        assert words.speaker(entry(**changed)) == want

    def test_a_command_is_for_the_same_ledger(self) -> None:
        assert words.command("due") == "onrecord due"
        assert words.command("due", "my record.db") == "onrecord due --db 'my record.db'"

    def test_a_password_is_not_repeated(self) -> None:
        assert "secret" not in words.command("due", "postgresql://ana:secret@host/name")


class TestEntries:
    @pytest.mark.parametrize("width", [WIDE, MEDIUM, NARROW])
    def test_show_all_that_a_fact_checker_asks_for(self, width: int) -> None:
        page = flat(drawn(lambda sheet: entries.entries(sheet, [entry(verdict="kept"), forecast()]), width))
        for known in ("3f9c2a41d07b", "promise", "kept", "2031-03-04", "77aa00bb11cc", "prediction", "open"):
            assert known in page
        if width != MEDIUM:  # there, columns break what belongs together
            assert "“could”, 40 % (25–50 %)" in page

    @pytest.mark.parametrize("width", [WIDE, MEDIUM, NARROW, 20])
    def test_no_line_is_longer_than_the_page(self, width: int) -> None:
        found = [entry(), forecast(), entry(rejected=True, corrected=True, current=False)]
        page = drawn(lambda sheet: entries.entries(sheet, found), width)
        assert max(map(len, page.splitlines())) <= width

    def test_a_name_that_stands_for_another_shows_both(self) -> None:
        page = drawn(lambda sheet: entries.entries(sheet, [entry(speaker="Tessa Varga-Lind")]), NARROW)
        assert "Tessa Varga-Lind (“Tessa Varga”)" in flat(page)

    def test_what_people_and_later_readings_doubt_is_said(self) -> None:
        doubted = entry(rejected=True, corrected=True, current=False, verdict="disputed")
        page = drawn(lambda sheet: entries.entries(sheet, [doubted]), NARROW)
        for known in ("rejected", "corrected by a person", "no longer found", "raters disagree"):
            assert known in page

    @pytest.mark.parametrize("width", [WIDE, NARROW])
    @settings(max_examples=30)
    @given(text=st.text(max_size=60))
    def test_no_text_from_outside_moves_or_colours_anything(self, width: int, text: str) -> None:
        hostile = "\x1b[2J\u202e[bold]x[/bold]" + text
        evil = entry(
            text=hostile, speaker=hostile, speaker_read=hostile + "y", chain=(hostile, hostile),
            outlet=hostile, due_text=hostile, condition=hostile, certainty_phrase=hostile,
        )  # fmt: skip
        page = drawn(lambda sheet: entries.entries(sheet, [evil]), width)
        assert "\x1b" not in page
        assert "\u202e" not in page

    def test_what_looks_like_rich_s_markup_is_text(self) -> None:
        page = drawn(lambda sheet: entries.entries(sheet, [entry(text="[red]a[/red] :ship:")]))
        assert "[red]a[/red] :ship:" in page


class TestDue:
    FOUND = (
        Due(entry(), "overdue", -12),
        Due(entry(verdict="in-the-works"), "due", 5),
        Due(forecast(), "upcoming", 40),
    )

    @pytest.mark.parametrize("width", [WIDE, NARROW])
    def test_groups_by_how_it_presses(self, width: int) -> None:
        page = flat(drawn(lambda sheet: entries.due(sheet, self.FOUND), width))
        in_order = ["Overdue: 1", "12 days over", "Due now: 1", "5 days left", "Upcoming: 1", "in 40 days"]
        assert [page.index(part) for part in in_order] == sorted(page.index(part) for part in in_order)
        assert "so far in-the-works" in page

    def test_empty_groups_are_left_out(self) -> None:
        page = drawn(lambda sheet: entries.due(sheet, self.FOUND[2:]))
        assert "Overdue" not in page
        assert "Upcoming: 1" in page


def statement(**changed: Any) -> Statement:
    known: dict[str, Any] = {
        "article_id": ENTRY.article,
        "source": (),
        "cue": (),
        "content": (Span(0, 5),),
        "text": "to run",
        "speech": "indirect",
        "speaker": Speaker("the operator", "person"),
        "chain": (Voice("the operator", "person"),),
        "confidence": 0.9,
        "kind": "claim",
        "certainty": Certainty("may", Span(6, 9), 0.2, 0.3, 0.4),
        "due": When("soon", Span(10, 14), None, None),
    }
    return Statement(**{**known, **changed})


def correction(field: str, value: object, **changed: Any) -> SimpleNamespace:
    known = {
        "field": field,
        "value": value,
        "actor": "ana",
        "time": "2031-06-03T09:30:00.000000Z",
        "why": "it binds her",
        "current": True,
        "withdrawn": False,
    }
    return SimpleNamespace(**{**known, **changed})


def all_of(now: Any = ENTRY, **changed: Any) -> Shown:
    """An answer to `show` with something in every field."""
    known: dict[str, Any] = {
        "entry": now,
        "machine": statement(),
        "context": SimpleNamespace(
            before="Varga had promised\n", content=now.text, after=". She said", offset=19
        ),
        "corrections": (),
        "notes": (),
        "history": (row("statement", {"kind": "claim", "text": "to run"}),),
        "outcome": Outcome(now.verdict, now.verdict == "disputed", "upcoming", ()),
    }
    return Shown(**{**known, **changed})


class TestShown:
    def page(self, found: Shown, **options: Any) -> str:
        return flat(drawn(lambda sheet: shown.shown(sheet, found, **options)))

    def test_the_words_stand_among_those_around_them(self) -> None:
        page = self.page(all_of())
        assert "Varga had promised to run two ferries a day from June. She said" in page

    def test_a_word_that_is_cut_off_by_the_content_stays_whole(self) -> None:
        context = SimpleNamespace(before="(“", content="We will", after="”, she said)", offset=2)
        assert "(“We will”, she said)" in self.page(all_of(context=context))

    def test_the_machine_s_reading_stays_beside_the_correction(self) -> None:
        found = all_of(entry(corrected=True), corrections=(correction("kind", '"commitment"'),))
        page = self.page(found)
        assert "kind promise the machine read: claim corrected by ana" in page
        assert "kind = commitment: it binds her" in page

    def test_without_a_correction_nothing_is_said_twice(self) -> None:
        assert "the machine read" not in self.page(all_of())

    def test_a_correction_that_was_replaced_or_taken_back_is_history(self) -> None:
        found = all_of(corrections=(correction("kind", '"claim"', current=False),))
        assert "corrected by" not in self.page(found)

    def test_each_verdict_has_its_rater_and_its_evidence(self) -> None:
        ratings = (
            rating(),
            rating(actor="bob", verdict="broken", on=None, evidence=Evidence("reason", "no ferry was seen")),
            rating(actor="cleo", evidence=Evidence("article", ENTRY.article), note="front page"),
        )
        outcome = Outcome("disputed", True, "on time", ratings)
        page = self.page(all_of(entry(verdict="disputed"), outcome=outcome))
        assert (
            "kept on 2031-06-02, by ana (2031-06-03 09:30) evidence: https://news.example/two-ferries" in page
        )
        assert "broken, by bob (2031-06-03 09:30) evidence: no ferry was seen" in page
        assert "evidence: article a1b2c3d4e5f6 note: front page" in page

    def test_says_how_to_settle_what_is_open(self) -> None:
        page = self.page(all_of(), db="r.db")
        assert "onrecord settle 3f9c2a41d07b VERDICT --evidence URL --db r.db" in page
        assert "in-the-works, stalled, kept, partly-kept, broken, void, unverifiable" in page

    def test_a_claim_has_no_outcome(self) -> None:
        page = self.page(all_of(entry(kind="claim")))
        assert "Outcome" not in page
        assert "onrecord settle" not in page

    def test_a_rejected_statement_can_be_restored(self) -> None:
        assert "onrecord restore 3f9c2a41d07b" in self.page(all_of(entry(rejected=True)))

    def test_the_whole_id_can_be_copied_from_a_narrow_page(self) -> None:
        assert ENTRY.id in drawn(lambda sheet: shown.shown(sheet, all_of()), NARROW)


class TestHistory:
    @pytest.mark.parametrize(
        ("act", "said", "want"),
        [
            ("correction", {"field": "kind", "value": "claim", "why": "x"}, "kind = claim · why: x"),
            ("correction", {"field": "denied", "value": True, "why": None}, "denied = yes"),
            (
                "correction",
                {"field": "due", "value": {"start": None, "end": "2031-04-30"}},
                "due = ..2031-04-30",
            ),
            ("correction", {"field": "kind", "withdrawn": True}, "kind as the machine read it"),
            (
                "rating",
                {"verdict": "kept", "on": "2031-06-02", "evidence": {"kind": "url", "text": "u"}},
                "kept · on 2031-06-02 · evidence: u",
            ),
            ("withdrawal", {"why": "wrong ferry"}, "verdict taken back · why: wrong ferry"),
            ("note", {"text": "see\x1b minutes"}, "“see␛ minutes”"),
            ("merge", {"speakers": ["T. Varga"], "why": None}, "also T. Varga"),
            ("redaction", {"rows": [1, 2], "why": "order 12"}, "words removed from 2 rows · why: order 12"),
            ("note", None, "its words were removed (redacted)"),
            ("unfollow", {}, ""),
        ],
    )
    def test_an_act_in_words(self, act: str, said: dict[str, object] | None, want: str) -> None:
        assert told(row(act, said)) == want

    @pytest.mark.parametrize("act", ACTS)
    def test_no_act_is_too_odd_to_be_shown(self, act: str) -> None:
        """The log may hold rows of a later version, or of an import."""
        assert isinstance(told(row(act, {})), str)

    @pytest.mark.parametrize("width", [WIDE, NARROW])
    def test_the_log_says_who_did_what_when_on_what(self, width: int) -> None:
        page = flat(drawn(lambda sheet: acts.log(sheet, [row("rejection", {"why": "a caption"})]), width))
        for known in ("7", "2031-06-03 09:30", "ana", "rejection", "3f9c2a41d07b", "why: a caption"):
            assert known in page


class TestConfirmations:
    def settled(self, found: Shown, today: date = date(2031, 7, 1)) -> str:
        return flat(drawn(lambda sheet: done.settled(sheet, found, actor="ana", today=today)))

    def test_a_verdict_is_repeated_with_its_evidence_and_the_way_back(self) -> None:
        outcome = Outcome("kept", False, "on time", (rating(),))
        page = self.settled(all_of(entry(verdict="kept"), outcome=outcome))
        assert page.startswith("On record: 3f9c2a41d07b kept on 2031-06-02, by ana.")
        assert "Tessa Varga: to run two ferries a day from June" in page
        assert "evidence: https://news.example/two-ferries" in page
        assert page.endswith("Take it back: onrecord unsettle 3f9c2a41d07b")

    def test_a_day_that_is_missing_is_asked_for(self) -> None:
        outcome = Outcome("kept", False, "date unknown", (rating(on=None),))
        assert "--on DATE" in self.settled(all_of(entry(verdict="kept"), outcome=outcome))
        working = Outcome("in-the-works", False, "upcoming", (rating(on=None, verdict="in-the-works"),))
        assert "--on DATE" not in self.settled(all_of(entry(verdict="in-the-works"), outcome=working))

    def test_a_disagreement_is_shown(self) -> None:
        outcome = Outcome("disputed", True, "on time", (rating(), rating(actor="bob", verdict="broken")))
        page = self.settled(all_of(entry(verdict="disputed"), outcome=outcome))
        assert "Other verdicts: bob: broken on 2031-06-02. Together: disputed" in page

    def test_an_early_yes_says_from_when_it_counts(self) -> None:
        early = forecast(verdict="came-true")
        outcome = Outcome("came-true", False, "early", (rating(verdict="came-true"),))
        assert "scores count it from 2031-09-22 on" in self.settled(all_of(early, outcome=outcome))
        later = self.settled(all_of(early, outcome=outcome), today=date(2031, 9, 22))
        assert "scores count it" not in later

    def test_a_verdict_taken_back_says_what_stands(self) -> None:
        page = flat(drawn(lambda sheet: done.unsettled(sheet, all_of(), actor="ana")))
        assert "Taken back: 3f9c2a41d07b the verdict of ana." in page
        assert "Now: not rated." in page

    def test_a_correction_shows_both_readings_and_the_way_back(self) -> None:
        found = all_of(corrections=(correction("kind", '"commitment"'),))
        page = flat(drawn(lambda sheet: done.corrected(sheet, found, ["kind"], db="r.db")))
        assert "kind: promise (the machine read: claim)" in page
        assert "onrecord correct 3f9c2a41d07b --take-back kind --db r.db" in page


VARGA = Scored(
    "speaker",
    "Tessa Varga",
    Commitments(
        kept=("k1", "k2", "k3"), partly_kept=("p1",), broken=("b1",), void=("v1",), open=("o1", "o2"),
        overdue=("o1",),
        kept_rate=Rate(3, 5, 0.6, 0.27, 0.87, Estimate(0.58, 0.4, 0.7)),
        kept_or_partly_rate=Rate(4, 5, 0.8, 0.45, 0.95),
    ),
    Predictions(
        came_true=("t1",), did_not=("d1",), with_probability=("t1", "d1"),
        base_rate=Rate(1, 2, 0.5, 0.1, 0.9), mean_forecast=0.4,
        brier=Spread(0.21, 0.18, 0.3, 0.18, 0.3), log_score=Spread(-0.6, -0.5, -0.8, -0.8, -0.5),
        base_brier=0.25, skill=0.16, bins=(Bin(0.2, 0.4, 2, 0.4, 0.5, 0.0, 1.0),),
    ),
    rank_kept=1,
)  # fmt: skip
SCORES = Scores((VARGA,), VARGA, {"anonymous speaker": 3, "group": 0})


class TestScores:
    def ranking(self, width: int = WIDE) -> str:
        return flat(
            drawn(
                lambda sheet: scores.ranking(sheet, SCORES, by="speaker", min_n=5, limit=50, db="r.db"), width
            )
        )

    @pytest.mark.parametrize("width", [WIDE, NARROW])
    def test_no_rate_stands_without_its_n_and_its_interval(self, width: int) -> None:
        page = self.ranking(width)
        for figure in ("60 % (27–87 %)", "3 of 5", "shrunk 58 % (40–70 %)", "0.21 (0.18 to 0.30)", "n = 2"):
            assert figure in page

    def test_says_what_is_left_out_and_how_to_see_the_statements(self) -> None:
        page = self.ranking()
        assert "2 not rated, 1 void" in page
        assert "Left out of all scores: anonymous speaker (3)." in page
        assert "Ranked from n = 5 on (--min-n)." in page
        assert "onrecord score 'Tessa Varga' --db r.db" in page

    def test_a_shortened_ranking_says_so(self) -> None:
        two = Scores((VARGA, VARGA), None, {})
        page = drawn(lambda sheet: scores.ranking(sheet, two, by="speaker", min_n=5, limit=1))
        assert "1 of 2 are shown; more with --limit 2." in page

    def test_those_with_nothing_settled_are_counted_not_listed(self) -> None:
        waiting = Scored("speaker", "Ines Holm", Commitments(open=("o3",)), Predictions())
        both = Scores((VARGA, waiting), None, {})
        page = drawn(lambda sheet: scores.ranking(sheet, both, by="speaker", min_n=5, limit=50))
        assert "Ines Holm" not in page
        assert "1 more: nothing of theirs counts yet." in page

    def test_one_in_full_lists_the_statements_it_rests_on(self) -> None:
        listed = [entry(id="k1"), forecast(id="t1")]
        page = flat(drawn(lambda sheet: scores.one(sheet, VARGA, SCORES, listed)))
        for figure in (
            "settled (n = 5) 3 kept, 1 partly kept, 1 broken",
            "kept or partly kept 80 % (45–95 %), 4 of 5",
            "log score −0.60 (−0.80 to −0.50), n = 2",
            "base rate 50 % (10–90 %), 1 of 2",
            "skill +0.16",
            "Statements: 10",
            "to run two ferries a day from June",
            "2 are shown; all with --limit 10.",
        ):
            assert figure in page

    def test_nothing_to_score_says_what_to_do(self) -> None:
        nothing = Scores((), None, {"anonymous speaker": 3})
        page = drawn(lambda sheet: scores.nothing(sheet, nothing, name="Varga", db="r.db"))
        assert "Nothing can be scored yet for Varga." in page
        assert "anonymous speaker (3)" in page
        assert "onrecord due --db r.db" in page


class TestSpeakers:
    def test_have_their_other_names(self) -> None:
        found: Any = [SimpleNamespace(name="Tessa Varga", kind="person", statements=4, merged=["T. Varga"])]
        page = flat(drawn(lambda sheet: people.speakers(sheet, found, words=None, full=False)))
        assert "Tessa Varga person 4 T. Varga" in page
        assert "onrecord search --speaker 'Tessa Varga'" in page

    @pytest.mark.parametrize(
        ("sought", "want"), [("varga", "onrecord speakers list"), (None, "onrecord add article.txt")]
    )
    def test_nobody_is_said(self, sought: str | None, want: str) -> None:
        assert want in drawn(lambda sheet: people.speakers(sheet, [], words=sought, full=False))

    def test_a_name_cannot_become_a_command_of_the_shell(self) -> None:
        evil: Any = [SimpleNamespace(name="$(reboot); x", kind=None, statements=1, merged=[])]
        page = drawn(lambda sheet: people.speakers(sheet, evil, words=None, full=False))
        assert "--speaker '$(reboot); x'" in page

    def test_a_merge_says_how_to_undo_it(self) -> None:
        page = drawn(lambda sheet: people.merged(sheet, ["T. Varga"], "Tessa Varga"))
        assert "onrecord speakers split 'T. Varga'" in page


class TestJson:
    def test_an_entry_has_all_its_fields(self) -> None:
        value = json.loads(as_json(plain(forecast())))
        assert value["due_end"] == "2031-09-22"
        assert value["chain"] == ["Ines Holm"]
        assert value["certainty_mid"] == 0.4
        assert value["verdict"] is None

    def test_the_machine_s_reading_has_the_form_of_the_contract(self) -> None:
        read = plain(statement())
        assert read["id"] == statement().id
        assert read["content"] == [[0, 5]]
        assert read["certainty"] == {"phrase": "may", "span": [6, 9], "low": 0.2, "mid": 0.3, "high": 0.4}
        assert "article_id" not in read

    def test_a_row_of_the_log_has_its_payload_as_a_value(self) -> None:
        assert plain(row("note", {"text": "x"}))["payload"] == {"text": "x"}
        assert plain(row("note", None))["payload"] is None

    def test_a_score_lists_the_statements_under_each_count(self) -> None:
        value = plain(SCORES)
        assert value["rows"][0]["commitments"]["statements"]["kept"] == ["k1", "k2", "k3"]
        assert value["left_out"] == {"anonymous speaker": 3, "group": 0}

    @settings(max_examples=50)
    @given(
        value=st.recursive(
            st.none() | st.booleans() | st.text() | st.integers(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=8,
        )
    )
    def test_the_layout_is_json_of_the_same_value(self, value: Any) -> None:
        assert json.loads(as_json(value)) == value
