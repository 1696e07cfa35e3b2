"""What was read of a statement, line by line, so that a person's reading can stand beside the machine's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from onrecord.views import words
from onrecord.views.harmless import harmless

if TYPE_CHECKING:
    from onrecord.entry import Entry
    from onrecord.statement import Statement


class Line(NamedTuple):
    """A line of a reading: what it is called, its words, the fields that a correction of it names."""

    label: str
    words: Callable[[Entry], str]
    fields: tuple[str, ...]


def _speaker(entry: Entry) -> str:
    facts = [harmless(entry.speaker_kind or ""), "anonymous" if entry.anonymous else ""]
    told = ", ".join(filter(None, facts))
    return words.speaker(entry) + (f" ({told})" if told else "")


READING: Final = (
    Line("speaker", _speaker, ("speaker.name", "speaker.kind", "speaker.anonymous")),
    Line("kind", words.kind, ("kind", "commitment_type", "negative")),
    Line("denied", lambda entry: "yes" if entry.denied else "", ("denied",)),
    Line(
        "certainty",
        words.certainty,
        ("certainty.phrase", "certainty.low", "certainty.mid", "certainty.high"),
    ),
    Line("due", words.deadline, ("due", "by")),
    Line("condition", lambda entry: harmless(entry.condition or ""), ("condition",)),
)


def as_read(entry: Entry, machine: Statement) -> Entry:
    """The entry with the machine's reading in the place of all corrections."""
    return replace(entry, **reading_of(machine))


def reading_of(machine: Statement) -> dict[str, Any]:
    """What an `Entry` has of the machine's reading and people may correct, by the names of its fields."""
    sure, when = machine.certainty, machine.due or machine.by
    return {
        "speaker": machine.speaker.name,
        "speaker_read": machine.speaker.name,
        "speaker_kind": machine.speaker.kind,
        "anonymous": machine.speaker.anonymous,
        "kind": machine.kind,
        "commitment_type": machine.commitment_type,
        "negative": machine.negative,
        "denied": machine.denied,
        "certainty_phrase": sure.phrase if sure else None,
        "certainty_low": sure.low if sure else None,
        "certainty_mid": sure.mid if sure else None,
        "certainty_high": sure.high if sure else None,
        "due_text": when.text if when else None,
        "due_start": when.start if when else None,
        "due_end": when.end if when else None,
        "condition": machine.condition.text if machine.condition else None,
    }
