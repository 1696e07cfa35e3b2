"""Blanks an article's words wherever the log repeats them: one █ for each code point, so that spans hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from onrecord.record.project.speakers import BLANK
from onrecord.statement import Span, covered

Payload = dict[str, Any]
Blanking = Callable[[str], str]

Runs = Mapping[int, Collection[tuple[str, ...]]]

_WORD: Final = re.compile(r"\w+")
# Words in common that are no accident: news has stock phrases of four and five.
_RUN: Final = 6
# Shorter words ("yes", "he will") stand in many places, and mean other things there.
_WORDS, _CHARACTERS = 3, 15
# What is no free text of people's: names of fields, choices, days, references.
_FIXED: Final = frozenset(
    ["field", "verdict", "on", "kind", "code", "start", "end", "speakers", "rows", "replacements", "reader"]
)
_FREE_FIELDS: Final = frozenset(["speaker.name", "certainty.phrase", "condition"])


def blanked(words: str) -> str:
    """All of the words, but for the ends of lines."""
    return "".join("\n" if character == "\n" else BLANK for character in words)


def without(text: str, spans: Iterable[Span]) -> str:
    """The text with these spans blanked."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = blanked(text[start:end])
    return "".join(characters)


def runs_of(texts: Iterable[str]) -> Runs:
    """What to look for so as to find these texts again, whole or in good part.

    By length in words: every run of six words of a text; all of a shorter one if it says enough to be known
    by. Case, spaces and punctuation do not count.
    """
    runs: dict[int, set[tuple[str, ...]]] = {}
    for text in texts:
        words = [word for word, _ in _words(text)]
        length = min(_RUN, len(words))
        if length == _RUN or length >= _WORDS or (words and len(text) >= _CHARACTERS):
            runs.setdefault(length, set()).update(_runs(words, length))
    return runs


def found(runs: Runs, text: str) -> list[Span]:
    """Where the runs stand in a text; those that overlap give several spans."""
    words = _words(text)
    plain = [word for word, _ in words]
    return [
        Span(words[i][1].start, words[i + length - 1][1].end)
        for length, wanted in runs.items()
        for i, run in enumerate(_runs(plain, length))
        if run in wanted
    ]


def _words(text: str) -> list[tuple[str, Span]]:
    return [(match[0].casefold(), Span(*match.span())) for match in _WORD.finditer(text)]


def _runs(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[i : i + length]) for i in range(len(words) - length + 1))


def in_people_s_act(payload: Payload, blank: Blanking) -> Payload:
    """A person's act with its free text blanked: reasons, notes, evidence, corrected names and clauses."""
    fixed = _FIXED if payload.get("field", "speaker.name") in _FREE_FIELDS else _FIXED | {"value"}

    def cleared(value: Any) -> Any:
        if isinstance(value, str):
            return blank(value)
        if isinstance(value, dict):
            return {name: part if name in fixed else cleared(part) for name, part in value.items()}
        return value

    return {name: part if name in fixed else cleared(part) for name, part in payload.items()}


def in_reading(payload: Payload, before: str, after: str) -> Payload:
    """A reading's act with the words of its time expressions as they stand in the blanked text."""
    return payload | {"times": [_worded(time, before, after) for time in payload["times"]]}


def in_statement(payload: Payload, before: str, after: str, names: Collection[str]) -> Payload:
    """A statement's act with its words as they stand in the blanked text.

    before, after: the article's text. names: of the speaker and of those through whom the words came,
    those that are blanked.
    """
    spans = [Span(*span) for span in payload["content"]]
    same, speaker = payload["text"] == covered(before, spans), payload["speaker"]
    text = covered(after, spans) if same else blanked(payload["text"])
    worded = ("certainty", "said_at", "due", "by", "condition")
    return (
        payload
        | {name: _worded(payload[name], before, after) for name in worded}
        | {
            "text": text if touches(spans, before, after) else payload["text"],
            "speaker": speaker | {"name": _unnamed(speaker["name"], names)},
            "chain": [link | {"name": _unnamed(link["name"], names)} for link in payload["chain"]],
        }
    )


def touches(spans: Iterable[Iterable[int]], before: str, after: str) -> bool:
    """Whether anything under the spans was blanked."""
    return any(before[start:end] != after[start:end] for start, end in spans)


def hidden_names(said: Mapping[str, Payload], before: str, after: str) -> dict[str, set[str]]:
    """By statement id, the names that only blanked words give: its speaker's, and those of its outer ones.

    said: the payloads of an article's statements, by id.
    """
    own = {
        name: {payload["speaker"]["name"]} - {None}
        if touches(payload["speaker"]["mention"], before, after)
        else set()
        for name, payload in said.items()
    }
    hidden: dict[str, set[str]] = {}
    for name in said:
        line = [name]
        while (outer := said[line[-1]]["within"]) in said and outer not in line:
            line.append(outer)
        hidden[name] = set().union(*(own[each] for each in line))
    return hidden


def _unnamed(name: str | None, names: Collection[str]) -> str | None:
    return blanked(name) if name is not None and name in names else name


def _worded(value: Payload | None, before: str, after: str) -> Payload | None:
    """Words with their span (a time, a condition, a phrase), as they stand in the blanked text."""
    if value is None or not touches([value["span"]], before, after):
        return value
    field, (start, end) = "phrase" if "phrase" in value else "text", value["span"]
    words = value[field]
    return value | {field: after[start:end] if words == before[start:end] else blanked(words)}
