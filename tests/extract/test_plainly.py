"""What a statement does is judged without names: whoever is spoken of, the judge reads the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.plainly import Plainly
from onrecord.statement import Span


def plain(text: str, around: str = "") -> str:
    """The text in neutral words; `around` is the rest of the article."""
    whole = text + "\n" + around
    return Plainly(whole).words([Span(0, len(text))])


@pytest.mark.parametrize(
    ("text", "neutral"),
    [
        ("Ada Quist said the plan is bad.", "someone said the plan is bad ."),
        ("the mayor, Ada Quist, will pay", "the mayor , someone , will pay"),
        ("He told Mr. Lind’s wife: “I won’t.”", "they told someone spouse : “ i won’t .”"),
        ("She’s sure that he’ll win", "they’s sure that they’ll win"),
        ("on Monday in May, I agreed", "on monday in may , i agreed"),
        ("the pro-Norland camp", "the someone camp"),
        ("The House of Ellery and the BBC agree", "the someone of someone and the someone agree"),
    ],
)
def test_names_and_genders_become_alike(text: str, neutral: str) -> None:
    assert plain(text, "They met Lind and House, near Norland.").replace("pro-someone", "someone") == neutral


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quist will pay, she said.", "Lind will pay, he said."),
        ("The Norland Republicans want Ada Quist.", "The Ellery Democrats want Bo Lind."),
        ("It is the fault of Norland.", "It is the fault of Ellery."),
        ("her father, a congressman", "his mother, a congresswoman"),
        ("a conservative idea", "a liberal idea"),
    ],
)
def test_a_swap_changes_nothing(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_a_word_that_opens_a_sentence_is_no_name_for_that() -> None:
    assert plain("Tomorrow we talk. Prices rise.") == "tomorrow we talk . prices rise ."


def test_it_is_one_wherever_else_it_stands_as_one() -> None:
    assert plain("Farrow prices rise.", "We met Farrow there.") == "someone prices rise ."


def test_capitals_tell_nothing_where_all_is_set_in_them() -> None:
    assert plain("QUIST SAYS TAXES WILL RISE") == "quist says taxes will rise"


@given(st.text(max_size=300))
def test_no_text_breaks_it_and_it_gives_no_capital_name_inside_a_sentence(text: str) -> None:
    assert isinstance(plain(text), str)
