"""Time expressions: what is found, what it means, and what never happens."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.calendars import Days, days_of, easter, moved, nth_weekday, third
from onrecord.extract.times import time_expressions
from onrecord.extract.timewords import lexicon, number_of

CASES = json.loads((Path(__file__).parent.parent / "cases" / "times.json").read_text("utf-8"))
PUBLISHED = date(2018, 3, 6)
WORDS = sorted(lexicon())


def row(text: str, published: date | None) -> list[list[Any]]:
    found = time_expressions(text, published)
    return [
        [t.text, t.type, t.value, t.start and t.start.isoformat(), t.end and t.end.isoformat()] for t in found
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_expressions_are_found_and_resolved(case: dict[str, Any]) -> None:
    published = date.fromisoformat(case["published"]) if case["published"] else None
    assert row(case["text"], published) == case["times"]


def test_granularity_is_the_unit_that_was_named() -> None:
    text = "On May 3, in 2016, in the 1990s, last week, in April 2017, soon, for two days."
    granularities = [t.granularity for t in time_expressions(text, PUBLISHED)]
    assert granularities == ["day", "year", "decade", "week", "month", "vague", ""]


def test_history_is_told_in_its_own_years() -> None:
    text = (
        "War broke out in June 1861. In July the fort fell. In 1862 and 1863 the river was closed. By 1864 "
        "the city was besieged, and in 1865 it fell. It was rebuilt in 1866, 1867 and 1868. In May the gates "
        "opened."
    )
    months = [t.value for t in time_expressions(text, PUBLISHED) if t.granularity == "month"]
    assert months == ["1861-06", "1861-07", "1868-05"]


@pytest.mark.parametrize("published", [None, PUBLISHED, date.min, date.max])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "February 30",
        "Feb. 29, 2017",
        "99/99/99 and 2018-02-31 and 20180230",
        "in 1066, in 2999, 0000",
        "10000 years ago",
        "in 9999999999999999999999 days",
        "500000 centuries from now",
        "half of ½ a 1/9 year",
        "25:61 and 99 p.m.",
        "the 99th century",
    ],
)
def test_impossible_times_raise_nothing(text: str, published: date | None) -> None:
    assert all(t.start is None or t.start.year > 0 for t in time_expressions(text, published))


@given(
    st.lists(
        st.sampled_from(
            [*WORDS, "-", "–", ",", ".", "5", "31", "2nd", "1998", "12:30", "1980s", "$", "vote", "\n\n"]
        ),
        max_size=25,
    ),
    st.sampled_from([None, PUBLISHED, date.min, date.max]),
    st.sampled_from([str, str.title, str.upper]),
)
def test_any_words_give_ordered_spans_that_fit_the_text(
    words: list[str], published: date | None, case: Any
) -> None:
    text, end = case(" ".join(words)), 0
    for found in time_expressions(text, published):
        assert found.span.start >= end
        assert text[found.span.start : found.span.end] == found.text
        assert found.start is None or found.end is None or found.start <= found.end
        end = found.span.end


@given(st.text(max_size=200))
def test_any_text_at_all_is_read(text: str) -> None:
    time_expressions(text, PUBLISHED)


@pytest.mark.parametrize("which", ["last", "this", "next", "the previous", "the coming", "the following"])
@pytest.mark.parametrize(
    "unit", ["week", "month", "quarter", "year", "weekend", "Monday", "June", "summer", "decade"]
)
def test_without_a_date_nothing_is_resolved_against_today(which: str, unit: str) -> None:
    for found in time_expressions(f"It will happen {which} {unit}, or two {unit}s ago, or today.", None):
        assert (found.start, found.end) == (None, None)


@pytest.mark.parametrize("unit", ["1 ", "Monday ", "in May ", "last year ", "year-", "and a half ", "the "])
def test_time_grows_with_the_text_alone(unit: str) -> None:
    def spent(count: int) -> float:
        began = time.process_time()
        time_expressions(unit * count, PUBLISHED)
        return time.process_time() - began

    small, large = (min(spent(count) for _ in range(3)) for count in (2000, 16000))
    assert large < 8 * 5 * max(small, 0.002)


@pytest.mark.parametrize(
    ("value", "start", "end", "granularity"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31), "year"),
        ("2018-Q3", date(2018, 7, 1), date(2018, 9, 30), "quarter"),
        ("2018-H1", date(2018, 1, 1), date(2018, 6, 30), "half"),
        ("2018-WI", date(2017, 12, 1), date(2018, 2, 28), "season"),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), "month"),
        ("2018-W10", date(2018, 3, 5), date(2018, 3, 11), "week"),
        ("2018-W10-WE", date(2018, 3, 10), date(2018, 3, 11), "weekend"),
        ("2018-03-06TMO", date(2018, 3, 6), date(2018, 3, 6), "time"),
        ("18", date(1800, 1, 1), date(1899, 12, 31), "century"),
        ("0000", None, None, "year"),
        ("P3D", None, None, ""),
        ("XXXX-03", None, None, ""),
    ],
)
def test_values_stand_for_days(value: str, start: date | None, end: date | None, granularity: str) -> None:
    assert days_of(value) == (Days(start, end), granularity)


def test_moved_days_stay_in_the_calendar() -> None:
    assert moved(date(2018, 3, 31), -1, "M") == date(2018, 2, 28)
    assert moved(date(2018, 3, 6), 2, "W") == date(2018, 3, 20)
    assert moved(date.max, 1, "D") is None


def test_thirds_of_a_year() -> None:
    year = Days(date(2018, 1, 1), date(2018, 12, 31))
    assert third(year, "early").start == date(2018, 1, 1)
    assert third(year, "late").end == date(2018, 12, 31)


def test_feasts() -> None:
    assert easter(2018) == date(2018, 4, 1)
    assert nth_weekday(2018, 11, 3, 4) == date(2018, 11, 22)
    assert nth_weekday(2018, 5, 0, -1) == date(2018, 5, 28)


def test_numbers_in_words() -> None:
    assert number_of(["twenty", "-", "four"]) == 24
    assert number_of(["two", "hundred", "and", "five"]) == 205
    assert number_of(["2", "1/2"]) == 2.5
    assert number_of(["many"]) is None
