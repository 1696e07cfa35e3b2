"""What is shown of a statement: its speaker, its kind, and what is known of it, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cli.building import Sketch
from cli.meanings import reservoir

from onrecord.statement import Certainty, Condition, Span, Statement, When
from onrecord.views.rows import between, interval, kind, kinds, rows, shortened

PLACE = Span(0, 2)
TEXT = "He told nobody. The operator, Tessa  Varga, who runs both ferries, the old quay\nand a café, said so."


def statement(source: str | None = "He", name: str | None = None, **fields: Any) -> tuple[str, Statement]:
    sketch = Sketch(TEXT)
    return TEXT, sketch.add(source, "said", "so", name=name, **fields)


def row(*given: Any, **fields: Any) -> Any:
    text, only = statement(*given, **fields)
    sketch = Sketch(text, statements=[only])
    return next(rows(sketch.document))


class TestSpeaker:
    def test_is_the_name_where_one_is_known(self) -> None:
        assert (row("He", "Tessa Varga").speaker, row("He", "Tessa Varga").mention) == ("Tessa Varga", "“He”")

    def test_is_the_article_s_words_where_none_is(self) -> None:
        assert (row("He").speaker, row("He").mention) == ("He", "")

    def test_stands_on_one_line(self) -> None:
        assert row("Tessa  Varga").speaker == "Tessa Varga"

    @pytest.mark.parametrize("source", ["The operator, Tessa  Varga", "Tessa  Varga"])
    def test_is_not_repeated_by_words_that_hold_the_name(self, source: str) -> None:
        assert row(source, "Tessa Varga").mention == ""

    def test_keeps_long_words_short(self) -> None:
        long = "who runs both ferries, the old quay\nand a café"
        assert row(long, "Varga").mention == "“who runs both ferries, the old quay and a café”"
        assert row(TEXT[:-10].strip(), "Norland").mention == (
            "“He told nobody. The operator, Tessa Varga, who runs both…”"
        )

    def test_nobody_is_said_to_be_nobody(self) -> None:
        found = row(None)
        assert (found.speaker, found.mention, found.named) == ("no source named", "", False)

    def test_the_author_is_said_to_be_the_author(self) -> None:
        byline = row(None, "Ines Holm", speaker_kind="author")
        assert (byline.speaker, byline.mention, byline.named) == ("Ines Holm", "the author", True)
        without = row(None, speaker_kind="author")
        assert (without.speaker, without.mention, without.named) == ("the author", "", True)


@pytest.mark.parametrize(
    ("fields", "shown", "names"),
    [
        ({}, "", ()),
        ({"kind": "claim"}, "claim", ("claim",)),
        ({"kind": "commitment"}, "commitment", ("commitment",)),
        ({"kind": "commitment", "commitment_type": "offer"}, "offer", ("commitment", "offer")),
        (
            {"kind": "commitment", "commitment_type": "promise", "negative": True},
            "promise not to",
            ("commitment", "promise"),
        ),
        (
            {"kind": "commitment", "commitment_type": "refusal", "negative": True},
            "refusal",
            ("commitment", "refusal"),
        ),
    ],
)
def test_a_kind_is_a_word_or_two(fields: dict[str, Any], shown: str, names: tuple[str, ...]) -> None:
    _, found = statement(**fields)
    assert (kind(found), kinds(found)) == (shown, names)


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2031-04-01", "2031-04-30", "2031-04-01 to 2031-04-30"),
        ("2031-04-01", "2031-04-01", "2031-04-01"),
        ("2031-04-01", None, "from 2031-04-01"),
        (None, "2031-04-30", "until 2031-04-30"),
        (None, None, ""),
    ],
)
def test_an_interval_names_its_days(start: str | None, end: str | None, shown: str) -> None:
    days = [date.fromisoformat(day) if day else None for day in (start, end)]
    assert interval(When("in April", PLACE, *days)) == shown


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0.25, 0.5, "25–50 %"),
        (0.5, 0.5, "50 %"),
        (0.0, 0.02, "0–2 %"),
        (0.99, 1.0, "99–100 %"),
        (0.333, 0.334, "33 %"),
    ],
)
def test_a_range_is_in_whole_percent(low: float, high: float, shown: str) -> None:
    assert between(low, high) == shown


class TestFacts:
    def test_are_worded_with_their_field_in_a_fixed_order(self) -> None:
        found = row(
            certainty=Certainty("could", PLACE, 0.25, 0.4, 0.5),
            denied=True,
            said_at=When("on\nMonday", PLACE, date(2031, 3, 3), date(2031, 3, 3)),
            due=When("until kickoff", PLACE, None, None),
            by=When("before 2032", PLACE, date(2031, 3, 4), date(2031, 12, 31)),
            condition=Condition("if it\nrains", PLACE),
        ).facts
        assert [(fact.field, str(fact)) for fact in found] == [
            ("certainty", "certainty “could”, 25–50 %"),
            ("denied", "denied by the speaker"),
            ("due", "due “until kickoff”"),
            ("by", "to be settled “before 2032”, 2031-03-04 to 2031-12-31"),
            ("said_at", "said “on Monday”, 2031-03-03"),
            ("condition", "condition “if it rains”"),
        ]

    def test_are_none_where_nothing_is_known(self) -> None:
        assert row().facts == ()
        assert row(denied=False).facts == ()

    def test_a_deadline_is_a_day_to_keep_or_to_settle_by(self) -> None:
        named = {r.number for r in rows(reservoir().document) if r.deadline}
        assert named == {1, 11, 13}


@pytest.mark.parametrize(
    ("words", "shown"),
    [("short", "short"), ("x" * 10, "x" * 10), ("a bc def ghi", "a bc def…"), ("x" * 11, "x" * 9 + "…")],
)
def test_words_are_cut_between_two_of_them(words: str, shown: str) -> None:
    assert shortened(words, limit=10) == shown
