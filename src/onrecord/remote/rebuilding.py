"""Makes the answers of a ledger again from the plain JSON values that `views.plain` made of them.

By the annotations of the types themselves: a field that is added there comes through by itself.
"""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from onrecord import score, statement
from onrecord.entry import Entry, Evidence, LogRow, Rating, Schedule
from onrecord.ledger import results
from onrecord.record import lookup, versions
from onrecord.record.contract import article_of, statement_of
from onrecord.score import figures
from onrecord.statement import Article, Statement

T = TypeVar("T")
# What the modules of the types import for their annotations alone.
_NAMES: Final[Mapping[str, Any]] = {
    **vars(statement), **vars(figures), **vars(lookup), **vars(versions), **vars(score), **vars(results),
    "Entry": Entry, "Evidence": Evidence, "LogRow": LogRow, "Rating": Rating, "Schedule": Schedule,
    "date": date,
}  # fmt: skip


# As the log writes it.
_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Unfit(ValueError):  # noqa: N818 - it says what the value is
    """The values are not those of the type."""


def rebuilt(kind: type[T], value: Any) -> T:
    """A value of the type. Raises Unfit where the plain value is none of its."""
    try:
        made: T = _made(kind, value)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise Unfit(f"is not a {kind.__name__}: {type(error).__name__}") from error
    return made


def _made(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any or origin is Literal:
        return value
    if origin in (types.UnionType, Union):
        return None if value is None else _made(next(k for k in inner if k is not types.NoneType), value)
    if origin is tuple:
        return _tuple(inner, value)
    if origin is list:
        return [_made(inner[0], part) for part in value]
    if origin is dict:
        return {key: _made(inner[1], part) for key, part in value.items()}
    if kind is date:
        return date.fromisoformat(value)
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _of_fields(kind, value)
    return _simple(kind, value)


def _tuple(inner: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if inner[1:] == (...,):
        return tuple(_made(inner[0], part) for part in value)
    return tuple(_made(kind, part) for kind, part in zip(inner, value, strict=True))


def _simple(kind: Any, value: Any) -> Any:
    """A string, number or truth value; JSON does not tell 1.0 from 1."""
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind):
        raise TypeError(kind)
    return value


def _of_fields(kind: Any, value: Any) -> Any:
    special = _SPECIAL.get(kind)
    if special is not None:
        return special(value)
    if isinstance(value, list):  # a Span
        return kind(*value)
    hints = _hints(kind)
    return kind(**{name: _made(hints[name], value[name]) for name in _names(kind)})


def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else tuple(kind._fields)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    # What the module itself knows under a name goes before what others do.
    own = vars(sys.modules[kind.__module__])
    return get_type_hints(kind, localns={name: known for name, known in _NAMES.items() if name not in own})


def _article(value: Any) -> Article:
    return article_of(value)


def _log_row(value: Any) -> LogRow:
    payload = None if value["payload"] is None else _JSON.encode(value["payload"])
    return LogRow(**{name: value[name] for name in LogRow.__slots__} | {"payload": payload})


def changes(value: Any, before: str, after: str) -> versions.Changes:
    """What changed between two articles of these ids, which the plain value does not name. Raises Unfit."""
    found = rebuilt(versions.Changes, value)
    return replace(
        found,
        came=tuple(replace(each, article_id=after) for each in found.came),
        went=tuple(replace(each, article_id=before) for each in found.went),
        stayed=tuple((replace(a, article_id=before), replace(b, article_id=after)) for a, b in found.stayed),
    )


def _machine(value: Any) -> Statement:
    # Which article it is of stands around it.
    return statement_of(value, "")


def _shown(value: Any) -> results.Shown:
    hints = _hints(results.Shown)
    parts = {name: _made(hints[name], value[name]) for name in _names(results.Shown) if name != "machine"}
    machine = value["machine"]
    read = None if machine is None else statement_of(machine, parts["entry"].article)
    return results.Shown(**parts, machine=read)


def _counted(kind: type[T], value: Any) -> T:
    """Counts of a score, whose ids stand apart from its figures."""
    of: Any = kind
    hints = _hints(of)
    given = value | value["statements"]
    return kind(**{name: _made(hints[name], given[name]) for name in _names(kind) if name in given})


_SPECIAL: Final[Mapping[Any, Any]] = {
    Article: _article,
    LogRow: _log_row,
    Statement: _machine,
    results.Shown: _shown,
    figures.Commitments: lambda value: _counted(figures.Commitments, value),
    figures.Predictions: lambda value: _counted(figures.Predictions, value),
}
