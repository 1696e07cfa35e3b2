"""Drawings put their marks where the figures say, and inside their frame."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from onrecord.entry import Entry
from onrecord.score import Bin
from onrecord.serve import drawings

DAY = date(2031, 3, 6)
TODAY = date(2031, 6, 15)


def made(**facts: object) -> Entry:
    """A promise of Ada Holm's."""
    entry = Entry(
        id="sha256:" + "3f" * 32, article="sha256:" + "a1" * 32, text="the ferry would run at night",
        speech="indirect", part="body", speaker="Ada Holm", speaker_read="Ada Holm", speaker_kind="person",
        anonymous=False, chain=("Ada Holm",), kind="commitment", commitment_type="promise", negative=False,
        denied=None, certainty_phrase=None, certainty_low=None, certainty_mid=None, certainty_high=None,
        due_text=None, due_start=None, due_end=None, condition=None, confidence=0.9, kind_confidence=0.8,
        outlet="The Ellery Post", url=None, title=None, published=DAY, verdict=None, settled_on=None,
        corrected=False, rejected=False, current=True, sequence=7,
    )  # fmt: skip
    return replace(entry, **facts)  # type: ignore[arg-type]


def test_a_chain_goes_down_from_the_outermost_voice() -> None:
    links = drawings.chain(["The council", "Bo", "Ada"])
    assert [link.name for link in links] == ["The council", "Bo", "Ada"]
    assert [link.last for link in links] == [False, False, True]
    assert links[0].y < links[1].y < links[2].y


def test_nothing_is_drawn_of_commitments_without_any_day() -> None:
    assert drawings.timeline([made(published=None)], TODAY) is None


def test_a_verdict_stands_at_its_day_and_the_bar_spans_the_days_due() -> None:
    first = made(
        due_start=date(2031, 4, 1), due_end=date(2031, 4, 30), verdict="kept", settled_on=date(2031, 5, 1)
    )
    drawn = drawings.timeline([made(published=date(2031, 3, 7), sequence=8), first], TODAY)
    assert drawn
    line, later = drawn.lines
    assert line.said < line.start < line.end < line.mark
    assert later.mark == later.said
    assert later.end == 0
    assert line.y < later.y
    assert drawn.today is not None
    assert drawn.today > line.mark


def test_today_is_left_out_where_it_is_far_away() -> None:
    drawn = drawings.timeline([made(), made(published=DAY + timedelta(days=30))], date(2060, 1, 1))
    assert drawn
    assert drawn.today is None


days = some.none() | some.dates()


@given(some.lists(some.tuples(days, days, days, days), max_size=6), some.dates())
def test_all_marks_lie_inside_the_frame(rows: list[tuple[date | None, ...]], today: date) -> None:
    names = ("published", "due_start", "due_end", "settled_on")
    drawn = drawings.timeline([made(**dict(zip(names, row, strict=True))) for row in rows], today)
    if drawn is None:
        assert not any(day for row in rows for day in row)
        return
    places = [x for line in drawn.lines for x in (line.said, line.mark)] + [tick.at for tick in drawn.ticks]
    assert all(drawings.WORDS <= x <= drawn.width for x in places)
    assert all(0 < line.y < drawn.height for line in drawn.lines)
    assert len(drawn.ticks) <= 6


@pytest.mark.parametrize(("share", "x", "y"), [(0.0, 52, 324), (0.5, 202, 174), (1.0, 352, 24)])
def test_shares_stand_in_a_square(share: float, x: float, y: float) -> None:
    (point,) = drawings.calibration([Bin(0, 0.1, 3, share, share, share, share)])
    assert (point.x, point.y) == (x, y)
