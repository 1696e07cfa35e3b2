"""Which rule reads which form of the grammar."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from onrecord.extract import holidays, timedays, timenth, timequarters, timesets, timeunits, timeyears
from onrecord.extract.timegrammar import Phrase
from onrecord.extract.timevalues import Found, Resolver, future_ref, past_ref

Reading = Callable[[Resolver, Phrase], Found | list[Found] | None]
# Forms that only compare: what they name is not what the text goes on to speak of.
_COMPARED = frozenset(["year_ago", "same_period"])


def read(resolver: Resolver, phrase: Phrase) -> list[Found]:
    """The meaning of a phrase: nothing where it is no time expression, two for some ranges."""
    found = _forms()[phrase.form](resolver, phrase)
    found = found if isinstance(found, list) else [found] if found else []
    for one in found if phrase.form not in _COMPARED else []:
        resolver.remember(one, phrase.form)
    return found


@cache
def _forms() -> dict[str, Reading]:
    return _date_forms() | _unit_forms()


def _date_forms() -> dict[str, Reading]:
    return {
        "soon": lambda r, p: future_ref(r, 366),
        "before_christ": timeyears.before_christ,
        "clock": timedays.clock,
        "day_range": timedays.day_range,
        "day_range_before": timedays.day_range,
        "part_of_date": timenth.part_of_date,
        "date": timedays.day_of,
        "day_of_month": timenth.day_of_month,
        "nth_of": timenth.nth_of,
        "day_by_day": timenth.day_by_day,
        "month_year": timeyears.month_in,
        "month_of": timeyears.month_in,
        "month": timeyears.month_in,
        "quarters": timequarters.quarters,
        "quarter_named": timequarters.quarter_named,
        "year_quarter": timequarters.quarter,
        "quarter": timequarters.quarter,
        "half": timeyears.half_in,
        "year_before": timenth.before_or_after,
        "year_ago": timequarters.year_ago,
        "same_period": timequarters.same_period,
        "part_of": timequarters.period_spoken_of,
    }


def _unit_forms() -> dict[str, Reading]:
    return {
        "rel_units": timeunits.rel_units,
        "weekday_of": timenth.weekday_of,
        "from_day": timenth.from_day,
        "this_time": timenth.this_time,
        "these_days": timenth.these_days,
        "years_ahead": timeunits.years_ahead,
        "ago": timeunits.ago,
        "next_year_or_so": timeunits.next_or_so,
        "year_end": timeunits.year_end,
        "week_of": timeunits.week_of,
        "rel_unit": timeunits.rel_unit,
        "holiday": holidays.holiday,
        "weekday_set": timesets.weekday_set,
        "weekday": timedays.weekday,
        "adverb": timedays.adverb,
        "overnight": timedays.part_of_day,
        "weekend": timedays.weekend,
        "year_range": timeyears.year_range,
        "year_period": timequarters.year_period,
        "year": timeyears.year_in,
        "year_spelled": timeyears.year_spelled,
        "decade": timeyears.decade,
        "season": timeyears.season,
        "set": timesets.set_of,
        "long": timenth.long,
        "tens": timenth.tens,
        "quarter_century": timenth.quarter_century,
        "duration": timeunits.duration,
        "the_unit": timeunits.the_unit,
        "units": timeunits.bare_units,
        "future": timeunits.future,
        "past": lambda r, p: past_ref(r),
        "now": timeunits.now_or_soon,
        "then": timeunits.then,
    }
