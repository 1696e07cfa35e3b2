"""A person's reading beside the machine's: which values are taken, and what they do to the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record.acting import Acting, said
from record.contents import spoilt
from record.entries import ENTRY
from record.made import document, read_again

from onrecord.entry import Act
from onrecord.errors.ledger import BadCorrection
from onrecord.record.corrections import FIELDS, check_quartiles, checked, field_named
from onrecord.record.project.overlay import corrected_columns
from onrecord.record.schema import corrections, speakers, statements
from onrecord.statement import Document

CASES = json.loads((Path(__file__).parents[1] / "cases" / "corrections.json").read_text(encoding="utf-8"))


class TestValues:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['field']}={case['given']}")
    def test_each_is_taken_or_refused(self, case: dict[str, Any]) -> None:
        if case.get("refused"):
            with pytest.raises(BadCorrection):
                checked(case["field"], case["given"])
        else:
            found = checked(case["field"], case["given"])
            assert found == (case.get("named", case["field"]), case["value"])
            assert type(found[1]) is type(case["value"])

    def test_every_field_is_among_the_cases_and_fills_columns(self) -> None:
        taken = {case.get("named", case["field"]) for case in CASES if not case.get("refused")}
        assert taken == set(FIELDS)
        for field in FIELDS:
            assert set(corrected_columns({field: None})) <= set(statements.columns.keys())

    def test_a_pasted_article_is_no_clause(self) -> None:
        with pytest.raises(BadCorrection, match="10000"):
            checked("condition", "if " * 5_000)

    def test_the_refusal_says_what_would_do(self) -> None:
        with pytest.raises(BadCorrection, match="one of commitment, directive, question"):
            checked("kind", "forecast")
        assert field_named(" BY ") == "due"


@pytest.fixture
def acting(place: str) -> Iterator[Acting]:
    acting = Acting(place)
    yield acting
    assert spoilt(acting.store) is None
    acting.store.close()


@pytest.fixture
def made(acting: Acting) -> Document:
    text = "Ida Berg said the pier will open by June. Ove Lund said it may."
    return acting.add(said(text, ("Ida Berg", "the pier will open by June"), ("Ove Lund", "it may")))


@pytest.fixture
def name(made: Document) -> str:
    return made.statements[0].id


def correct(acting: Acting, name: str, *given: str) -> dict[str, Any]:
    """Corrections such as kind=prediction, each an act of its own; `-kind` takes that back."""
    for each in given:
        if each.startswith("-"):
            acting.act("correction", name, field=each[1:], withdrawn=True, why="it was right")
        else:
            field, value = checked(*each.split("=", 1))
            acting.act("correction", name, field=field, value=value, why=None)
    return acting.statement(name)


@pytest.mark.parametrize(
    ("corrected", "refused"),
    [
        ({"certainty.mid": 0.9}, True),
        ({"certainty.low": 0.6}, True),
        ({"certainty.mid": 0.9, "certainty.high": 0.95}, False),
        ({"certainty.mid": None}, False),
        ({"kind": "claim"}, False),
    ],
)
def test_a_median_stays_between_its_quartiles(corrected: dict[str, Any], refused: bool) -> None:
    entry = replace(ENTRY, certainty_low=0.25, certainty_mid=0.4, certainty_high=0.5)
    with pytest.raises(BadCorrection, match="quartile") if refused else nullcontext():
        check_quartiles(entry, corrected)


class TestLaidOver:
    def test_the_kind_and_when(self, acting: Acting, name: str) -> None:
        row = correct(acting, name, "kind=prediction", "by=2031-05-02..2031-06-30", "certainty.mid=0.9")
        assert (row["kind"], row["certainty_mid"], row["corrected"]) == ("prediction", 0.9, True)
        assert (row["due_text"], row["due_start"], row["due_end"]) == (
            "2031-05-02..2031-06-30", date(2031, 5, 2), date(2031, 6, 30),
        )  # fmt: skip

    def test_the_last_word_on_a_field_counts(self, acting: Acting, name: str) -> None:
        assert correct(acting, name, "kind=prediction", "kind=commitment")["kind"] == "commitment"
        assert [row["current"] for row in acting.rows(corrections)] == [False, True]

    def test_taken_back_the_machine_s_reading_stands_again(self, acting: Acting, name: str) -> None:
        before = acting.statement(name)
        row = correct(acting, name, "kind=prediction", "kind=assessment", "condition=if it rains", "-kind")
        assert (row["kind"], row["condition"], row["corrected"]) == ("claim", "if it rains", True)
        assert correct(acting, name, "-condition") == before
        assert [row["current"] for row in acting.rows(corrections)] == [False] * 5

    def test_another_speaker(self, acting: Acting, name: str) -> None:
        row = correct(acting, name, "speaker.name=Una Holm", "speaker.kind=person", "speaker.anonymous=no")
        (una,) = acting.rows(speakers, name="Una Holm")
        assert (row["speaker"], row["speaker_name"], row["anonymous"]) == (una["id"], "Una Holm", False)
        assert correct(acting, name, "speaker.name=ove  LUND")["speaker"] == 4
        assert correct(acting, name, "speaker.name=none")["speaker"] is None
        assert correct(acting, name, "-speaker.name")["speaker"] == 3

    def test_what_only_commitments_have_goes_with_the_kind(self, acting: Acting) -> None:
        made = acting.add(document(5, statements=30))
        promise = next(s for s in made.statements if s.kind == "commitment")
        row = correct(acting, promise.id, "kind=claim")
        assert (row["commitment_type"], row["negative"]) == (None, None)
        row = correct(acting, promise.id, "-kind")
        assert (row["commitment_type"], row["negative"]) == (promise.commitment_type, promise.negative)
        row = correct(acting, promise.id, "commitment_type=threat", "negative=true", "kind=claim")
        assert (row["commitment_type"], row["negative"]) == (None, None)

    def test_a_correction_outlasts_a_new_reading(self, acting: Acting, made: Document, name: str) -> None:
        correct(acting, name, "kind=prediction", "speaker.name=Una Holm", "due=none")
        again = read_again(made, without=1)
        first = replace(again.statements[0], kind="assessment", text="the pier will open by June")
        acting.add(replace(again, statements=(first,)))
        row = acting.statement(name)
        assert (row["kind"], row["speaker_name"], row["confidence"]) == ("prediction", "Una Holm", 0.99)
        assert (row["corrected"], row["current"]) == (True, True)
        assert correct(acting, name, "-kind")["kind"] == "assessment"

    def test_what_a_new_reading_no_longer_finds_keeps_its_corrections(
        self, acting: Acting, made: Document
    ) -> None:
        second = made.statements[1].id
        correct(acting, second, "kind=prediction")
        acting.add(read_again(made, without=1))
        row = correct(acting, second, "denied=true")
        assert (row["current"], row["kind"], row["denied"]) == (False, "prediction", True)

    def test_several_corrections_in_one_call(self, acting: Acting, made: Document, name: str) -> None:
        first, second = (statement.id for statement in made.statements)
        fields = [("speaker.name", "Una Holm"), ("speaker.name", "Tom Vik"), ("kind", "question")]
        given = [Act("correction", first, {"field": f, "value": v, "why": None}) for f, v in fields]
        given.append(Act("correction", first, {"field": "kind", "withdrawn": True, "why": None}))
        given.append(Act("correction", second, {"field": "denied", "value": True, "why": None}))
        acting.acts(given)
        row = acting.statement(name)
        assert (row["speaker_name"], row["kind"]) == ("Tom Vik", "claim")
        assert {"Una Holm", "Tom Vik"} <= {row["name"] for row in acting.rows(speakers)}
        assert acting.statement(second)["denied"] is True
