"""The model's scores as kind, type of commitment, negation and confidence."""

from __future__ import annotations

import pytest

from onrecord.extract.kinds import SENSES, Item, announced, refrains, sense_of
from onrecord.statement import COMMITMENTS, KINDS

FACTS = {"temperature": 1.0, "listed": 0.8}


def scores(**high: float) -> list[float]:
    """Scores of nought, but for the senses named."""
    return [high.get(name, 0.0) for name in SENSES]


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_is_the_most_probable_one(kind: str) -> None:
    sense = sense_of(scores(**{kind: 3.0}), FACTS)
    assert sense.kind == kind
    assert sense.confidence == pytest.approx(0.77, abs=0.01)


@pytest.mark.parametrize("type_", COMMITMENTS)
def test_only_a_commitment_has_a_type_and_can_be_negative(type_: str) -> None:
    committed = sense_of(scores(commitment=3.0, negative=1.0, **{type_: 2.0}), FACTS)
    assert (committed.commitment_type, committed.negative) == (type_, True)
    claimed = sense_of(scores(claim=3.0, negative=1.0, **{type_: 2.0}), FACTS)
    assert (claimed.commitment_type, claimed.negative) == (None, None)


def test_a_refusal_is_negative_whatever_the_model_says_of_it() -> None:
    assert sense_of(scores(commitment=3.0, refusal=2.0, negative=-5.0), FACTS).negative is True


def test_a_higher_temperature_is_less_sure_of_the_same_kind() -> None:
    cold, warm = (sense_of(scores(claim=3.0), FACTS | {"temperature": t}) for t in (1.0, 2.0))
    assert warm.kind == cold.kind
    assert warm.confidence < cold.confidence


def test_of_an_item_of_a_list_the_announcing_verb_tells_the_kind() -> None:
    unsure = scores(claim=0.5)
    item = sense_of(unsure, FACTS, Item("agreed to", "The ferry will run at night."))
    assert (item.kind, item.commitment_type, item.confidence) == ("commitment", "agreement", 0.8)
    assert sense_of(unsure, FACTS).kind == "claim"
    assert sense_of(unsure, FACTS, Item("laid out", "The ferry will run at night.")).kind == "claim"


@pytest.mark.parametrize(
    ("content", "negative"),
    [
        ("The ferry will not run at night.", True),
        ("Norland has no intention of raising fares", True),
        ("never to raise fares again", True),
        ("not to raise fares", True),
        ("The ferry will run at night, which it does not do today.", False),
        ("fares stay as they are as long as the council will not build the berth", False),
    ],
)
def test_a_commitment_to_refrain_says_so_in_its_main_clause(content: str, negative: bool) -> None:
    assert refrains(content) is negative
    assert sense_of(scores(claim=0.5), FACTS, Item("agreed", content)).negative is negative


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("promised", ("commitment", "promise")),
        ("has offered to", ("commitment", "offer")),
        ("called for", ("directive", None)),
        ("demands", ("directive", None)),
        ("forecast", ("prediction", None)),
        ("said", None),
        ("", None),
    ],
)
def test_announcing_verbs(cue: str, expected: tuple[str, str | None] | None) -> None:
    assert announced(cue) == expected
