"""How likely the speaker says it is: the phrase, its span and its figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from extract.marked import cases, marked
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.certainty import certainty_of
from onrecord.extract.scales import PHRASES, SCALES, band_of
from onrecord.statement import Span


@pytest.mark.parametrize("case", cases("certainty.json"), ids=lambda case: case["text"])
def test_the_phrase(case: dict[str, Any]) -> None:
    text, statement = marked(case["text"])
    found = certainty_of(text, statement)
    assert (found.phrase if found else None) == case["phrase"]
    if found:
        assert text[found.span.start : found.span.end] == found.phrase
    if found and "mid" in case:
        assert (found.low, found.mid, found.high) == (case["low"], case["mid"], case["high"])


@pytest.mark.parametrize(
    ("scale", "low", "mid", "high"),
    [
        ("capphrase", 0.10, 0.20, 0.25),
        ("icd203", 0.20, 0.325, 0.45),
        ("uk", 0.25, 0.30, 0.35),
        ("ipcc", 0.0, 0.165, 0.33),
        ("nato", 0.10, 0.25, 0.40),
    ],
)
def test_a_scale_can_be_chosen(scale: str, low: float, mid: float, high: float) -> None:
    text, statement = marked("{Ori} <said> [a deal is unlikely].")
    found = certainty_of(text, statement, scale=scale)
    assert found and (found.low, found.mid, found.high) == (low, mid, high)


def test_a_number_is_the_same_on_every_scale() -> None:
    text, statement = marked("{Ori} <said> [there is a 70 percent chance of rain].")
    assert {certainty_of(text, statement, scale=scale) for scale in SCALES} == {certainty_of(text, statement)}


def test_a_phrase_that_a_yardstick_lacks_gets_the_nearest_band() -> None:
    assert band_of("could", "icd203") == band_of("unlikely", "icd203")
    assert band_of("sure", "uk") == band_of("almost certain", "uk")


def test_an_unknown_scale_is_refused() -> None:
    text, statement = marked("{Ori} <said> [it rains].")
    with pytest.raises(ValueError, match="choose one of"):
        certainty_of(text, statement, scale="gut feeling")


@pytest.mark.parametrize("scale", SCALES)
def test_every_band_is_in_order(scale: str) -> None:
    for phrase in PHRASES:
        low, mid, high = band_of(phrase, scale)
        assert 0 <= low <= mid <= high <= 100


@pytest.mark.parametrize("phrase", PHRASES)
def test_the_complement_of_the_complement_is_the_band(phrase: str) -> None:
    assert PHRASES[phrase].complement.complement == PHRASES[phrase]


def test_a_question_says_nothing_of_how_likely_it_is() -> None:
    text, statement = marked("{Ori} <asked> [what could happen].", kind="question")
    assert certainty_of(text, statement) is None


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("{Ori} <said> [the vote should end by June].", "should"),
        ("{Ori} <said> [she can't win the harbour ward].", "can't"),
        ("{Ori} <said> [the board cannot afford a vote].", None),
    ],
)
def test_should_and_cannot_count_in_predictions_alone(text: str, phrase: str | None) -> None:
    found = certainty_of(*marked(text, kind="prediction"))
    assert (found.phrase if found else None) == phrase
    assert certainty_of(*marked(text, kind="claim")) is None


def test_a_statement_without_content_is_read_by_its_cue() -> None:
    found = certainty_of(*marked("{Ori} <doubts> it."))
    assert found and found.phrase == "doubts"


@given(st.text(alphabet='could may not I think 70%-. \n’"(that who, İß', max_size=80), st.data())
def test_any_text_is_read_without_a_crash(text: str, data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(text)))
    start = data.draw(st.integers(0, end))
    _, statement = marked("<said> [x]")
    statement = replace(statement, cue=(Span(0, start),), content=(Span(start, end),))
    found = certainty_of(text, statement)
    assert found is None or 0 <= found.low <= found.mid <= found.high <= 1
