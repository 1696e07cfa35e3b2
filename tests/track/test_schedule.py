"""Where a statement stands against its dates, as a table; and what holds for all dates."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.entry import COMMITMENT_VERDICTS, PREDICTION_VERDICTS
from onrecord.track import Schedule, schedule

CASES = json.loads((Path(__file__).parent.parent / "cases" / "schedule.json").read_text("utf-8"))
VERDICTS = st.sampled_from([None, "disputed", *COMMITMENT_VERDICTS, *PREDICTION_VERDICTS])
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_follows_from_dates(case: dict[str, Any]) -> None:
    start, end = map(day, case["due"])
    today = date.fromisoformat(case["today"])
    assert schedule(start, end, case["verdict"], day(case["on"]), today) == case["schedule"]


def test_the_table_has_every_state() -> None:
    assert {case["schedule"] for case in CASES} == set(get_args(Schedule))


@given(st.tuples(DAYS, DAYS), VERDICTS, st.none() | DAYS, DAYS)
def test_is_always_one_of_the_states(
    due: tuple[date, date], verdict: str | None, on: date | None, today: date
) -> None:
    found = schedule(min(due), max(due), verdict, on, today)
    settled = verdict not in (None, "disputed", "in-the-works", "stalled")
    expected = {"early", "on time", "late", "date unknown"} if settled else {"upcoming", "due", "overdue"}
    assert found in expected


@given(st.tuples(DAYS, DAYS), DAYS, st.integers(0, 4000))
def test_what_is_unsettled_only_moves_on(due: tuple[date, date], today: date, days: int) -> None:
    order = ["upcoming", "due", "overdue"]
    now, then = (
        order.index(schedule(min(due), max(due), None, None, t)) for t in (today, today + timedelta(days))
    )
    assert now <= then


@given(st.tuples(DAYS, DAYS), VERDICTS.filter(lambda v: v in ("kept", "broken", "void")), DAYS, DAYS, DAYS)
def test_what_is_settled_does_not_change_with_today(
    due: tuple[date, date], verdict: str, on: date, one: date, other: date
) -> None:
    start, end = min(due), max(due)
    assert schedule(start, end, verdict, on, one) == schedule(start, end, verdict, on, other)
