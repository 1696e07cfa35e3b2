"""Gives expressions of units their meaning: "last year", "two weeks ago", "the next days", "every month"."""

from __future__ import annotations

from datetime import date

from onrecord.extract import tense
from onrecord.extract.calendars import NO_DAYS, Days, days_of, moved, value_of
from onrecord.extract.timedays import month_day, year_named
from onrecord.extract.timegrammar import Phrase
from onrecord.extract.timequarters import quarter_now, year_ago
from onrecord.extract.timevalues import (
    AHEAD,
    UNKNOWN,
    Found,
    Resolver,
    future_ref,
    month_of,
    past_ref,
    period,
    present,
    unit_of,
)
from onrecord.extract.timewords import CLASS, CLOCK_UNITS, MONTHS, NUMBERS, number_of


def length_of(phrase: Phrase) -> float | None:
    """The number of units that a phrase speaks of; None for a vague one."""
    couple = phrase.has("couple")
    words = phrase.words
    if "to" in words or "or" in words:
        cut = min(words.index(w) for w in ("to", "or") if w in words)
        words = words[:cut] if number_of(words[:cut]) is not None else words
    words = [w for w in words if w[0].isdigit() or w in NUMBERS or w in ("half", "½", "¼", "¾")]
    words = [w for w in words if w not in ("¼", "¾")]
    number = number_of(words)
    if any(word.startswith("fortnight") for word in phrase.words):
        return 2 * (1 if number is None else number)
    if number is not None:
        single = phrase.has("a") and words == ["half"] and phrase.classes.index(CLASS["half"]) > 0
        return number + 1 if single and phrase.words[0] in ("a", "an") else number
    if couple:
        return 2
    return None if phrase.has("several", "few", "some", "units", "hours") else 1


def measured(phrase: Phrase) -> tuple[str, bool]:
    """The unit's letter, and whether it is one of the clock's."""
    word = phrase.word("unit", "units", "hour", "hours", "sec")
    if unit := unit_of(word):
        return unit, False
    return CLOCK_UNITS.get(word) or CLOCK_UNITS.get(word.removesuffix("s"), "H"), True


def rel_units(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the past two months", "the next few days", "recent years"."""
    which = phrase.word("last", "past", "next", "coming", "recent", "latest", "future", "ord", "sec")
    unit, clock = measured(phrase)
    vague = not phrase.has("num", "day", "year", "several", "few", "couple", "some")
    count = None if vague else length_of(phrase)
    ahead = which in ("next", "coming", "upcoming", "future", "foreseeable", "following")
    if phrase.has("ord", "sec"):
        return None if vague or count is None or clock else Found("DURATION", period(count, unit))
    if vague and which in ("recent", "future", "coming", "upcoming", "foreseeable"):
        reach = AHEAD.get(unit, 2) if not clock else 2
        return future_ref(r, reach) if ahead else past_ref(r, reach)
    days = _reach(r, 1 if clock else count, "D" if clock else unit, ahead=ahead)
    return Found("DURATION", period(count, unit, clock=clock), days, "vague" if count is None else "")


def _reach(r: Resolver, count: float | None, unit: str, *, ahead: bool) -> Days:
    if r.published is None:
        return NO_DAYS
    sign = 1 if ahead else -1
    other = moved(r.published, sign * count, unit) if count else moved(r.published, sign * AHEAD[unit], "D")
    return Days(r.published, other) if ahead else Days(other, r.published)


def years_ahead(r: Resolver, phrase: Phrase) -> Found:
    """Such as "the months ahead"."""
    unit, clock = measured(phrase)
    return Found(
        "DURATION", period(None, unit, clock=clock), _reach(r, None, "D" if clock else unit, ahead=True)
    )


def ago(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "two weeks ago", "a year earlier", "three days later", "a month from now"."""
    unit, clock = measured(phrase)
    if phrase.has("weekend") and not phrase.has("unit", "units"):
        return None
    count, how = length_of(phrase), phrase.words[-1]
    if clock:
        return Found("DURATION", period(count, unit, clock=True))
    how = "earlier" if how == "before" else how
    if how == "earlier" and unit == "Y" and count == 1:
        return year_ago(r)
    if how == "ago" and unit == "Y" and count == 1 and (r.quarter or r.months):
        return year_ago(r)
    back = how in ("ago", "earlier")
    if count is None or how == "hence":
        if how in ("later", "earlier"):
            return Found("DURATION", period(count, unit), NO_DAYS, last=phrase.last - 1)
        return past_ref(r, AHEAD[unit]) if back else future_ref(r, AHEAD[unit])
    base = r.day if how in ("later", "earlier") and r.day else r.published
    if unit in ("E", "C"):
        count, unit = count * (10 if unit == "E" else 100), "Y"
    if base is None:
        return Found("DATE", UNKNOWN[unit])
    return Found("DATE", r.by_unit(unit, -count if back else count, base))


def next_or_so(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the next year or so"."""
    unit, clock = measured(phrase)
    return None if clock else Found("DATE", r.by_unit(unit, 1), _reach(r, 1, unit, ahead=True))


_STEPS = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1, "next": 1, "following": 1,
          "subsequent": 1, "coming": 1, "upcoming": 1}  # fmt: skip


_TEXTUAL = frozenset(["that", "same", "following", "subsequent", "previous", "preceding", "prior"])


def rel_unit(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "last year", "early next month", "the following day", "the latest quarter"."""
    unit = unit_of(phrase.word("unit"))
    if _quoted_title(phrase):
        return None
    part = r.part(phrase)
    which = next((w for w in reversed(phrase.words[:-1]) if w in _STEPS or w in _TEXTUAL), "")
    steps = _STEPS.get(which, 0)
    if phrase.words[-1] == "fortnight" and steps:
        return Found("DURATION", period(2, "W"), _reach(r, 2, "W", ahead=steps > 0))
    textual = which in _TEXTUAL or (unit == "D" and which == "next" and phrase.has("the"))
    if phrase.has("latest"):
        return Found("DATE", quarter_now(r) if unit == "Q" else r.by_unit(unit, -1))
    if textual and r.day and unit != "Q":
        return r.date(r.by_unit(unit, steps, r.day), part)
    if unit == "Q" and which in ("that", "same"):
        return Found("DATE", quarter_now(r))
    if unit == "D" and which not in ("next", "following"):
        return None
    if textual and which in ("that", "same"):
        return Found("DATE", UNKNOWN[unit])
    if unit == "Q" and which == "":
        return Found("DATE", r.by_unit("Q"))
    found = r.date(r.by_unit(unit, steps, r.published), part)
    if not part and steps and unit in ("W", "M", "Y", "E", "C") and phrase.words[:1] == ["the"]:
        running = _reach(r, 2 if phrase.words[-2:] == ["or", "two"] else 1, unit, ahead=steps > 0)
        return Found("DATE", found.value, running, days_of(found.value)[1])
    return found


def the_unit(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the year", "the quarter": what is spoken of, or what runs at publication."""
    unit = unit_of(phrase.word("unit"))
    if unit == "D" or phrase.after() in ("-", "before", "after") or phrase.has("turn"):
        return None
    if (
        phrase.words[0] == "the"
        and phrase.tokens.written[phrase.last - 1].istitle()
        and not phrase.has("newword")
    ):
        return None
    if phrase.has("newword"):
        return _new_year(r) if unit == "Y" else None
    if unit == "Q":
        quarter = quarter_now(r)
        if phrase.after() in ("ended", "ending") and phrase.after(2)[:3] in {m[:3] for m in MONTHS}:
            quarter = f"{quarter[:4]}-Q{(month_of(phrase.after(2)) + 2) // 3}"
        return Found("DATE", quarter)
    if phrase.after() in ("ended", "ending"):
        return Found("DURATION", period(1, unit))
    return r.date(r.by_unit(unit), r.part(phrase))


def _new_year(r: Resolver) -> Found:
    if r.published is None:
        return Found("DATE", UNKNOWN["Y"])
    return Found("DATE", f"{r.published.year + (r.published.month > 6):04}")


def year_end(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "year-end", "year's end", "year-end 1988", "midyear"."""
    unit = unit_of(phrase.word("unit"))
    part = "late" if phrase.has("end") else "mid"
    if not unit:
        word = phrase.word("midunit").removeprefix("mid")
        if word in ("summer", "winter"):
            return None
        unit = unit_of(word)
    if phrase.has("year"):
        return r.date(phrase.word("year"), part)
    return None if unit == "D" else r.date(r.by_unit(unit), part)


def week_of(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the week of March 6"."""
    if not phrase.has("month") or not phrase.has("day", "ord") or unit_of(phrase.word("unit")) != "W":
        return None
    value = month_day(r, phrase, phrase.word("month"), phrase.word("day", "ord"), year_named(phrase))
    day = date.fromisoformat(value) if value and value[0].isdigit() else None
    return Found("DATE", value_of(day, "W")) if day else None


def duration(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "three days", "a two-year", "half an hour"."""
    if (
        phrase.after() == "old"
        or (phrase.after() == "-" and phrase.after(2) == "old")
        or phrase.after(2) == "age"
    ):
        return None
    if phrase.has("weekend") and not phrase.has("unit", "units"):
        return None
    unit, _ = measured(phrase)
    if phrase.has("sec") and not phrase.has("num", "day"):
        return None
    if unit == "Q" and phrase.has("a") and phrase.before() not in ("in", "for", "over", "within", "per"):
        return None
    if phrase.before() in ("$", "£", "€", "#", ".") or (
        unit == "Q" and phrase.after() in ("of", "that") and not phrase.has("several", "few")
    ):
        return None
    if _quoted_title(phrase):
        return None
    if (
        phrase.words == ["one", "day"]
        and tense.direction(phrase.tokens, phrase.first, phrase.last) == tense.FUTURE
    ):
        return (
            future_ref(r) if phrase.before() in ("will", "may", "might", "could", "ll") else _length(phrase)
        )
    return _length(phrase)


def _quoted_title(phrase: Phrase) -> bool:
    """Whether it is a name in quotation marks (a programme, a book): "60 Minutes"."""
    text, (start, end) = phrase.tokens.text, phrase.tokens.span(phrase.first, phrase.last)
    quoted = text[start - 1 : start] in ('"', "“", "'", "‘") and text[end : end + 3].lstrip(",.")[:1] in (
        '"',
        "”",
        "'",
        "’",
    )
    return bool(quoted) and phrase.tokens.written[phrase.last - 1][0].isupper()


def _length(phrase: Phrase) -> Found:
    unit, clock = measured(phrase)
    return Found("DURATION", period(length_of(phrase), unit, clock=clock))


_BEFORE_UNITS = frozenset(["for", "in", "within", "over", "of", "after", "follows", "took"])


def bare_units(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "for years"."""
    if phrase.before() not in _BEFORE_UNITS or phrase.after() == "old":
        return None
    unit, _ = measured(phrase)
    return Found("DURATION", period(None, unit))


def future(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "the near future", "the short term"."""
    if not phrase.has("the"):
        return None
    return future_ref(r, 366 if phrase.has("near") else None)


def now_or_soon(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "now", "current", "soon"."""
    word = phrase.words[0]
    if word == "soon":
        return (
            None
            if phrase.before() in ("as", "too", "so") or phrase.after() in ("after", "as")
            else future_ref(r, 366)
        )
    if word == "current" and phrase.before() == "then":
        return past_ref(r)
    return present(r)


def then(r: Resolver, phrase: Phrase) -> Found | None:
    """Such as "until then": the time named last."""
    return Found("DATE", r.named) if r.named else None
