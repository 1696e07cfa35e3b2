"""Looks once at each act that comes from elsewhere: whether it says what such an act says.

A chain proves that rows belong together, not that what they say makes sense: anybody can make one. What
passes here can be shown, exported and redacted later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, get_args

from sqlalchemy import Connection, func, select

from onrecord.entry import COMMITMENT_VERDICTS, PREDICTION_VERDICTS, EvidenceKind
from onrecord.record.contract import article_of, statement_of, times_of
from onrecord.record.corrections import FIELDS, NONE, SPEAKER_KINDS
from onrecord.record.project.work import Payload, Row, Work, batches, day, one_of
from onrecord.record.schema import articles, log, statements
from onrecord.statement import COMMITMENTS, KINDS, Part, ReaderInfo, Span, Speech, Statement

_ACTS: Final = select(log.c.sequence, log.c.act).where(one_of(log.c.sequence))
# The words of each part of a statement that has some.
_WORDED: Final = MappingProxyType(
    {"certainty": "phrase", "said_at": "text", "due": "text", "by": "text", "condition": "text"}
)

_SURE: Final = ("low", "mid", "high")
_MANY: Final = 1_000_000  # statements; no article has so many, and a redaction looks at as many rows


def check(work: Work, row: Row) -> None:
    """Raises ValueError, TypeError, AttributeError, LookupError where an act says what no such act says."""
    act, said = row[0].act, row[1]
    _check(act, said)
    if act == "redaction":
        # What stands in place of redacted words must be what its own row's act says.
        instead = {int(number): payload for number, payload in said["replacements"].items()}
        for number, replaced in work.among(_ACTS, instead):
            _check(replaced, instead[number])
            if replaced == "redaction" and instead[number]["replacements"]:
                raise ValueError(number)


def check_places(connection: Connection, acts: Sequence[Row]) -> None:
    """Raises ValueError where a statement that is in the tables now lies outside its article's text."""
    said = {row.sequence: payload for row, payload in acts if row.act == "statement"}
    asked = select(statements.c.log_row, func.length(articles.c.text)).join_from(statements, articles)
    for batch in batches(said):
        for number, length in connection.execute(asked.where(statements.c.log_row.in_(batch))):
            _inside(_spans_of(statement_of(said[number], "")), length)


def _check(act: str, said: Payload) -> None:
    _optional(said, "why")
    if act in _CHECKS:
        _CHECKS[act](said)


def _article(said: Payload) -> None:
    _words(said, "text", "published_from")
    _optional(said, "url", "outlet", "title", "author", "language", "version_of")
    blocks = article_of(said).blocks
    _inside((block.span for block in blocks), len(said["text"]))
    for block in said["blocks"]:
        _words(block, "kind")


def _reading(said: Payload) -> None:
    ReaderInfo(**said["reader"])
    _words(said["reader"], "version", "model")
    _all([said["statements"]], int)
    _of(said["statements"], range(_MANY))
    times = times_of(said["times"])
    _inside(time.span for time in times)
    for time in said["times"]:
        _words(time, "text", "type", "value")


def _statement(said: Payload) -> None:
    statement = statement_of(said, said["article"])
    if not statement.content:
        raise ValueError("no content")
    _inside(_spans_of(statement))
    _words(said, "article", "text")
    _optional(said, "within")
    _all([said["reading"]], int)
    _of(said["part"], get_args(Part))
    _of(said["speech"], get_args(Speech))
    _of(said["kind"], (None, *KINDS))
    _of(said["commitment_type"], (None, *COMMITMENTS))
    for truth in (said["negative"], said["denied"], said["speaker"]["anonymous"]):
        if not isinstance(truth, bool | None):
            raise TypeError(truth)
    for voice in (said["speaker"], *said["chain"]):
        _optional(voice, "name")
        _of(voice["kind"], (None, *SPEAKER_KINDS))
    sure = said["certainty"] or {}
    numbers = (said["kind_confidence"], said["speaker"]["confidence"], *(sure.get(name) for name in _SURE))
    for number in (said["confidence"], *(each for each in numbers if each is not None)):
        if type(number) not in (int, float) or not 0 <= number <= 1:
            raise ValueError(number)
    for field, name in _WORDED.items():
        if said[field] is not None:
            _words(said[field], name)


def _correction(said: Payload) -> None:
    parse = FIELDS[said["field"]][1]
    if not said.get("withdrawn") and parse(_spelled(said["value"])) != said["value"]:
        raise ValueError(said["value"])


def _spelled(value: Any) -> str:
    """The value of a correction as a person would give it."""
    if isinstance(value, dict):
        return f"{value['start'] or ''}..{value['end'] or ''}"
    return NONE if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _rating(said: Payload) -> None:
    _of(said["verdict"], (*COMMITMENT_VERDICTS, *PREDICTION_VERDICTS))
    _of(said["evidence"]["kind"], get_args(EvidenceKind))
    _words(said["evidence"], "text")
    _optional(said, "note")
    day(said["on"])


def _merge(said: Payload) -> None:
    _all(said["speakers"], str)


def _redaction(said: Payload) -> None:
    _all(said["rows"], int)
    _all((said["replacements"], *said["replacements"].values()), dict)


def _words(said: Mapping[str, Any], *names: str) -> None:
    _all((said[name] for name in names), str)


def _optional(said: Mapping[str, Any], *names: str) -> None:
    _all((said[name] for name in names if said.get(name) is not None), str)


def _all(values: Iterable[Any], kind: type) -> None:
    for value in values:
        if type(value) is not kind:
            raise TypeError(value)


def _of(value: object, values: Sequence[object]) -> None:
    if value not in values:
        raise ValueError(value)


def _spans_of(statement: Statement) -> list[Span]:
    parts = (statement.certainty, statement.said_at, statement.due, statement.by, statement.condition)
    whole = (*statement.source, *statement.cue, *statement.content, *statement.speaker.mention)
    return [*whole, *(part.span for part in parts if part is not None)]


def _inside(spans: Iterable[Span], length: int | None = None) -> None:
    for start, end in spans:
        _all((start, end), int)
        if not 0 <= start <= end or (length is not None and end > length):
            raise ValueError(start, end)


_CHECKS: Final[Mapping[str, Callable[[Payload], None]]] = MappingProxyType(
    {
        "article": _article,
        "reading": _reading,
        "statement": _statement,
        "refusal": lambda said: _words(said, "code", "message"),
        "topic": lambda said: _words(said, "topic"),
        "correction": _correction,
        "rating": _rating,
        "note": lambda said: _words(said, "text"),
        "merge": _merge,
        "redaction": _redaction,
        "feed": lambda said: _optional(said, "outlet", "title", "topic"),
    }
)
