"""What was read of a statement as the fields of a form, and a filled-in form as corrections.

A form carries what its fields held when it was made (`was.…`), so that only what a person changed is
corrected, whatever others did to the other fields in the meantime.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from onrecord.record.corrections import NONE, SPEAKER_KINDS
from onrecord.statement import COMMITMENTS, KINDS
from onrecord.views.rows import one_line

if TYPE_CHECKING:
    from datetime import date

    from onrecord.entry import Entry

WAS: Final = "was."
# Fields of a correction, and the form's fields that spell each.
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "speaker.name": ("speaker.name",),
    "speaker.kind": ("speaker.kind",),
    "speaker.anonymous": ("speaker.anonymous",),
    "kind": ("kind",),
    "commitment_type": ("commitment_type",),
    "negative": ("negative",),
    "denied": ("denied",),
    "certainty.phrase": ("certainty.phrase",),
    "certainty.low": ("certainty.low",),
    "certainty.mid": ("certainty.mid",),
    "certainty.high": ("certainty.high",),
    "due": ("due.start", "due.end"),
    "condition": ("condition",),
}
LABELS: Final[Mapping[str, str]] = {
    "speaker.name": "Speaker",
    "speaker.kind": "The speaker is",
    "speaker.anonymous": "Name withheld",
    "kind": "Kind",
    "commitment_type": "Commitment",
    "negative": "Not to do it",
    "denied": "Denied by the speaker",
    "certainty.phrase": "Words of certainty",
    "certainty.low": "Lower quartile, %",
    "certainty.mid": "Median, %",
    "certainty.high": "Upper quartile, %",
    "due": "Due",
    "condition": "Condition",
}
# What a field can be, where it is one of several.
OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "speaker.kind": SPEAKER_KINDS,
    "kind": KINDS,
    "commitment_type": ("", *COMMITMENTS),
    "speaker.anonymous": ("", "yes", "no"),
    "negative": ("", "yes", "no"),
    "denied": ("", "yes", "no"),
}
_PROBABILITIES: Final = ("certainty.low", "certainty.mid", "certainty.high")


class Clash(NamedTuple):
    """A field that two people changed: the one who fills in the form, and somebody since it was made."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Correcting:
    """A form: what its fields hold, and what they held when it was made."""

    values: Mapping[str, str]
    was: Mapping[str, str]

    @classmethod
    def of(cls, fields: Mapping[str, str], entry: Entry) -> Correcting:
        """The form as it was sent; a field that was not sent is as it was."""
        now = held(entry)
        was = {name: fields.get(WAS + name, value) for name, value in now.items()}
        return cls({name: fields.get(name, was[name]) for name in now}, was)

    def changes(self) -> dict[str, str]:
        """What a person changed, as `Ledger.correct` takes it."""
        return {
            field: spelled(field, self.values)
            for field, parts in PARTS.items()
            if any(self.values[part] != self.was[part] for part in parts)
        }

    def clashes(self, entry: Entry) -> Iterator[Clash]:
        """What others changed to something else than the form says."""
        now = held(entry)
        for field in self.changes():
            mine, theirs = spelled(field, self.values), spelled(field, now)
            if theirs not in (mine, spelled(field, self.was)):
                yield Clash(LABELS[field], mine, theirs)

    def onto(self, entry: Entry) -> Correcting:
        """The same changes, made to the statement as it stands now."""
        now, mine = held(entry), self.changes()
        changed = {part for field in mine for part in PARTS[field]}
        values = {name: self.values[name] if name in changed else value for name, value in now.items()}
        return Correcting(values, now)

    def wrong(self) -> dict[str, str]:
        """What cannot be as it was filled in, by the form's field."""
        found = {}
        known = [self.values[name] for name in _PROBABILITIES if self.values[name]]
        numbers = [_number(value) for value in known]
        for name in _PROBABILITIES:
            if self.values[name] and not 0 <= _number(self.values[name]) <= 100:
                found[name] = "A percentage between 0 and 100, or nothing."
        if not found and numbers != sorted(numbers):
            found["certainty.mid"] = "The median lies between the quartiles."
        start, end = self.values["due.start"], self.values["due.end"]
        if start and end and end < start:
            found["due.end"] = "The last day comes before the first."
        return found


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return -1.0


def held(entry: Entry) -> dict[str, str]:
    """What the fields of the form hold for a statement as it stands now."""
    return {
        "speaker.name": one_line(entry.speaker_read or ""),
        "speaker.kind": entry.speaker_kind or "",
        "speaker.anonymous": _truth(entry.anonymous),
        "kind": entry.kind or "",
        "commitment_type": entry.commitment_type or "",
        "negative": _truth(entry.negative),
        "denied": _truth(entry.denied),
        "certainty.phrase": one_line(entry.certainty_phrase or ""),
        "certainty.low": _percentage(entry.certainty_low),
        "certainty.mid": _percentage(entry.certainty_mid),
        "certainty.high": _percentage(entry.certainty_high),
        "due.start": _day(entry.due_start),
        "due.end": _day(entry.due_end),
        "condition": one_line(entry.condition or ""),
    }


def spelled(field: str, values: Mapping[str, str]) -> str:
    """The value of a field as `Ledger.correct` takes it, from the fields of the form."""
    given = [values[part] for part in PARTS[field]]
    if not any(given):
        return NONE
    if field in _PROBABILITIES:
        return f"{given[0]}%"
    return given[0] if len(given) == 1 or given[0] == given[1] else "..".join(given)


def _truth(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _percentage(value: float | None) -> str:
    return "" if value is None else f"{value * 100:g}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
