"""Checks what a person puts in the place of the machine's reading of a statement, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from onrecord.errors.ledger import BadCorrection
from onrecord.statement import COMMITMENTS, KINDS

if TYPE_CHECKING:
    from onrecord.entry import Entry

QUARTILES: Final = ("certainty.low", "certainty.mid", "certainty.high")
# What a corrected field can hold, as JSON has it. An interval of days is {"start": …, "end": …}.
Value = str | bool | float | dict[str, str | None] | None

SPEAKER_KINDS: Final = ("person", "organization", "group", "document", "author", "unknown")
NONE: Final = "none"
_TRUTHS: Final = {"true": True, "yes": True, "false": False, "no": False}
_LONGEST: Final = 10_000  # code points; a name or a clause is shorter by far, a pasted article is not


def checked(field: str, value: str) -> tuple[str, Value]:
    """The field's own name and the value that `value` spells.

    `none` empties a field that may be empty. An interval of days is written 2018-04-01, or
    2018-04-01..2018-04-30 with either side left out where it is open. `by` is another name of `due`.
    Raises BadCorrection (E415).
    """
    name, words = field_named(field, value), " ".join(value.split())
    expected, parse = FIELDS[name]
    try:
        return name, parse(words)
    except ValueError:
        raise BadCorrection(field=field, value=value, expected=expected) from None


def field_named(field: str, value: str = "") -> str:
    """A field's own name: case does not count, and `by` is `due`. Raises BadCorrection (E415)."""
    name = field.strip().lower()
    name = {"by": "due"}.get(name, name)
    if name not in FIELDS:
        expected = f"a field that can be corrected: {', '.join(FIELDS)}"
        raise BadCorrection(field=field, value=value, expected=expected)
    return name


def check_quartiles(entry: Entry, corrected: Mapping[str, Value]) -> None:
    """Raise BadCorrection where the median would not lie between the quartiles."""
    now = (entry.certainty_low, entry.certainty_mid, entry.certainty_high)
    known = dict(zip(QUARTILES, now, strict=True)) | {k: v for k, v in corrected.items() if k in QUARTILES}
    order = [value for value in known.values() if isinstance(value, float)]
    changed = [name for name in QUARTILES if name in corrected]
    if changed and order != sorted(order):
        expected = "in order: low, mid and high are quartile, median and quartile; correct them together"
        raise BadCorrection(field=changed[0], value=corrected[changed[0]], expected=expected)


def _one_of(*names: str, empty: bool = False) -> tuple[str, Callable[[str], Value]]:
    """Any of the names; `none` too where the field may be empty."""
    shown = (*names, NONE) if empty else names

    def parse(words: str) -> Value:
        if words.lower() not in shown:
            raise ValueError(words)
        return None if words.lower() == NONE else words.lower()

    return f"one of {', '.join(shown)}", parse


def _truth(words: str) -> Value:
    if words.lower() == NONE:
        return None
    if words.lower() not in _TRUTHS:
        raise ValueError(words)
    return _TRUTHS[words.lower()]


def _words(words: str) -> Value:
    if not words or len(words) > _LONGEST:
        raise ValueError(words)
    return None if words.lower() == NONE else words


def _probability(words: str) -> Value:
    if words.lower() == NONE:
        return None
    value = float(words[:-1]) / 100 if words.endswith("%") else float(words)
    if not 0 <= value <= 1:  # not true of NaN either
        raise ValueError(words)
    return value


def _days(words: str) -> Value:
    if words.lower() == NONE:
        return None
    first, dots, last = words.partition("..")
    sides = [side.strip() for side in ((first, last) if dots else (first, first))]
    start, end = (_day(side) if side else None for side in sides)
    if (start is None and end is None) or (start and end and end < start):
        raise ValueError(words)
    return {"start": start.isoformat() if start else None, "end": end.isoformat() if end else None}


def _day(words: str) -> date:
    day = date.fromisoformat(words)
    if day.isoformat() != words:  # 20180401 and 2018-W13-7 are days as well, of another way of writing
        raise ValueError(words)
    return day


_TRUE_OR_FALSE: Final = ("true, false or none", _truth)
_NUMBER: Final = ("a probability between 0 and 1, or none", _probability)
_TEXT: Final = (f"words (at most {_LONGEST} characters), or none", _words)

FIELDS: Final[Mapping[str, tuple[str, Callable[[str], Value]]]] = MappingProxyType(
    {
        "speaker.name": _TEXT,
        "speaker.kind": _one_of(*SPEAKER_KINDS),
        "speaker.anonymous": _TRUE_OR_FALSE,
        "kind": _one_of(*KINDS),
        "commitment_type": _one_of(*COMMITMENTS, empty=True),
        "negative": _TRUE_OR_FALSE,
        "denied": _TRUE_OR_FALSE,
        "certainty.phrase": _TEXT,
        "certainty.low": _NUMBER,
        "certainty.mid": _NUMBER,
        "certainty.high": _NUMBER,
        "due": ("a day or an interval of days, 2018-04-01 or 2018-04-01..2018-04-30, or none", _days),
        "condition": _TEXT,
    }
)
