"""A verdict is checked before it goes on the log: its kind, its evidence, its day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from score.made import entry

from onrecord.entry import COMMITMENT_VERDICTS, PREDICTION_VERDICTS, Evidence
from onrecord.errors import BadOption, BadVerdict, NoEvidence, NotSettleable
from onrecord.track import checked_rating, evidence_of, normalised, plainly, politifact, shown_as

CASES = json.loads((Path(__file__).parent.parent / "cases" / "verdicts.json").read_text("utf-8"))
TODAY = date(2020, 1, 1)
REASON = Evidence("reason", "the ferry ran on Monday")
ARTICLE = "sha256:" + "ab" * 32


def no_article(_: str) -> str | None:
    return None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['written']}-{case['kind']}")
class TestVerdicts:
    def test_are_understood_or_refused(self, case: dict[str, Any]) -> None:
        said = entry(case["kind"])
        if case["verdict"] is None:
            with pytest.raises(BadVerdict):
                checked_rating(said, case["written"], REASON, today=TODAY)
        else:
            assert checked_rating(said, case["written"], REASON, today=TODAY)["verdict"] == case["verdict"]

    def test_have_politifact_s_name_or_none(self, case: dict[str, Any]) -> None:
        if case["verdict"] is not None:
            assert politifact(case["verdict"], case["kind"]) == case["politifact"]


class TestWords:
    def test_every_verdict_stands_for_itself(self) -> None:
        every = {*COMMITMENT_VERDICTS, *PREDICTION_VERDICTS}
        assert {v for v in every if normalised(shown_as(v, None)) == v == normalised(v)} == every

    def test_what_nobody_rated_has_words_too(self) -> None:
        assert shown_as(None, "commitment") == "not yet rated"
        assert shown_as(None, "prediction") == "open"
        assert politifact(None, "commitment") == "Not Yet Rated"
        assert politifact(None, "prediction") is None
        assert politifact("disputed", "commitment") is None

    @given(st.text())
    def test_any_text_is_taken(self, text: str) -> None:
        assert normalised(normalised(text)) == normalised(text)


class TestRating:
    def test_is_a_payload_of_plain_values(self) -> None:
        rating = checked_rating(entry(), "Kept", REASON, on=date(2018, 4, 20), note="  ", today=TODAY)
        assert json.loads(json.dumps(rating)) == {
            "verdict": "kept",
            "on": "2018-04-20",
            "evidence": {"kind": "reason", "text": "the ferry ran on Monday"},
            "note": None,
        }

    def test_keeps_the_note(self) -> None:
        assert checked_rating(entry(), "kept", REASON, note=" late ", today=TODAY)["note"] == "late"

    @pytest.mark.parametrize("kind", ["claim", "assessment", "question", "directive", "expression", None])
    def test_of_anything_else_is_refused(self, kind: str | None) -> None:
        with pytest.raises(NotSettleable, match="E412"):
            checked_rating(entry(kind), "kept", REASON, today=TODAY)

    def test_a_refusal_names_the_choices(self) -> None:
        with pytest.raises(BadVerdict, match="came-true, did-not, void"):
            checked_rating(entry("prediction"), "kept", REASON, today=TODAY)

    def test_today_is_the_last_day_that_can_be_given(self) -> None:
        assert checked_rating(entry(), "kept", REASON, on=TODAY, today=TODAY)["on"] == "2020-01-01"
        with pytest.raises(BadOption, match="2020-01-02"):
            checked_rating(entry(), "kept", REASON, on=date(2020, 1, 2), today=TODAY)


class TestEvidence:
    @pytest.mark.parametrize(
        "text", ["https://courier.example/a?b=c#d", "http://courier.example", "HTTPS://courier.example/ä"]
    )
    def test_may_be_an_address(self, text: str) -> None:
        assert evidence_of(f" {text}\n", no_article) == Evidence("url", text)

    @pytest.mark.parametrize("text", ["sha256:" + "ab" * 32, "ab" * 32, "ABABAB"])
    def test_may_be_an_article(self, text: str) -> None:
        assert evidence_of(text, lambda _: ARTICLE) == Evidence("article", ARTICLE)

    @pytest.mark.parametrize(
        "text", ["The ferry ran.", "see https://courier.example page 3", "it wasn’t built", "abc def fee"]
    )
    def test_may_be_a_reason(self, text: str) -> None:
        assert evidence_of(text, no_article) == Evidence("reason", text)

    @pytest.mark.parametrize(
        "text",
        [
            "", "  ", "yes", "trust me", "1 2 3", "- - - -", "javascript:alert(1)", "file:///etc/passwd",
            "https://", "http://[", "ftp://courier.example/a", "abababab", "https:// courier",
        ],
    )  # fmt: skip
    def test_may_not_be_less(self, text: str) -> None:
        with pytest.raises(NoEvidence, match="E414"):
            evidence_of(text, no_article, id="ab12cd34ef56")

    def test_a_refusal_names_the_statement_and_what_was_given(self) -> None:
        with pytest.raises(NoEvidence, match=r"ab12cd34ef56: .*“yes”"):
            evidence_of("yes", no_article, id="ab12cd34ef56")

    def test_only_what_looks_like_an_id_is_looked_up(self) -> None:
        asked: list[str] = []

        def article(text: str) -> str | None:
            asked.append(text)
            return None

        evidence_of("the ferry ran", article)
        evidence_of("https://courier.example/abababab", article)
        assert asked == []
        with pytest.raises(NoEvidence):
            evidence_of("abababab", article)
        assert asked == ["abababab"]

    @given(st.text())
    def test_any_text_is_judged(self, text: str) -> None:
        if sum(any(c.isalpha() for c in word) for word in text.split()) >= 3:
            assert evidence_of(text, no_article) == Evidence("reason", text.strip())
        elif "://" not in text:
            with pytest.raises(NoEvidence):
                evidence_of(text, no_article)


class TestPlainly:
    def test_says_what_came_true_means_where_it_was_called_unlikely(self) -> None:
        said = entry("prediction", certainty_phrase="unlikely", certainty_mid=0.2)
        assert plainly(said, "came-true") == "it happened; the speaker gave it “unlikely”, about 20%."
        assert plainly(said, "did-not") == "it did not happen; the speaker gave it “unlikely”, about 20%."

    def test_is_short_where_nothing_can_be_misread(self) -> None:
        assert plainly(entry("prediction"), "did-not") == "it did not happen."
        assert plainly(entry("prediction"), "void") == "void."
        assert plainly(entry(), "partly-kept") == "partly kept."

    def test_names_a_denial(self) -> None:
        said = entry("prediction", denied=True)
        assert plainly(said, "came-true") == "it happened: what the speaker denied."
