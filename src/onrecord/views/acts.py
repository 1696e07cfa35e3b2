"""A row of the log as a line in plain words: what was done, by what evidence, for what reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from onrecord.views import words
from onrecord.views.harmless import harmless
from onrecord.views.plain import payload
from onrecord.views.rows import shortened

if TYPE_CHECKING:
    from onrecord.entry import Evidence, LogRow

LONGEST = 160  # characters of a text that is quoted in a line
REDACTED = "its words were removed (redacted)"


def told(row: LogRow) -> str:
    """What an act says beyond its kind and its subject; made harmless."""
    said = payload(row)
    if said is None:
        return REDACTED
    known = TOLD.get(row.act)
    return harmless(known(said)) if known and isinstance(said, dict) else ""


def _quoted(value: Any) -> str:
    return f"“{shortened(harmless(str(value)), LONGEST)}”" if value else ""


def _because(said: dict[str, Any]) -> str:
    return f"why: {said['why']}" if said.get("why") else ""


def _all(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _article(said: dict[str, Any]) -> str:
    known = (said.get("outlet"), said.get("published"), said.get("title") or said.get("url"))
    return _all(*(str(part) for part in known if part))


def _correction(said: dict[str, Any]) -> str:
    field = str(said.get("field"))
    if said.get("withdrawn"):
        return _all(f"{field} as the machine read it", _because(said))
    return _all(f"{field} = {value(said.get('value'))}", _because(said))


def _rating(said: dict[str, Any]) -> str:
    on = f"on {said['on']}" if said.get("on") else ""
    given = said.get("evidence") or {}
    rests = f"evidence: {given.get('text')}" if isinstance(given, dict) else ""
    return _all(str(said.get("verdict")), on, rests, _quoted(said.get("note")))


def _redaction(said: dict[str, Any]) -> str:
    return _all(f"words removed from {words.counted(len(said.get('rows') or ()), 'row')}", _because(said))


# The payload of each act in words. What is missing here has nothing to add to the act's name.
TOLD: dict[str, Callable[[dict[str, Any]], str]] = {
    "article": _article,
    "reading": lambda said: words.counted(int(said.get("statements") or 0), "statement"),
    "statement": lambda said: _all(str(said.get("kind") or ""), _quoted(said.get("text"))),
    "refusal": lambda said: str(said.get("message") or said.get("code")),
    "topic": lambda said: str(said.get("topic")),
    "correction": _correction,
    "rejection": _because,
    "restoration": _because,
    "rating": _rating,
    "withdrawal": lambda said: _all("verdict taken back", _because(said)),
    "note": lambda said: _quoted(said.get("text")),
    "merge": lambda said: _all("also " + ", ".join(map(str, said.get("speakers") or ())), _because(said)),
    "split": _because,
    "redaction": _redaction,
    "feed": lambda said: _all(*(str(said[name]) for name in ("outlet", "title", "topic") if said.get(name))),
}


def value(given: Any) -> str:
    """The value of a correction in words."""
    if given is None:
        return "none"
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, dict):
        ends = [str(given.get(side) or "") for side in ("start", "end")]
        return ends[0] if ends[0] == ends[1] else "..".join(ends)
    return harmless(str(given))


def loaded(stored: Any) -> Any:
    """The value of a correction from its JSON text; as it is where it is none."""
    if not isinstance(stored, str):
        return stored
    try:
        return json.loads(stored)
    except ValueError:
        return stored


def rests_on(evidence: Evidence) -> str:
    """Evidence in words: an address or a reason as given, an article by its id."""
    if evidence.kind == "article":
        return f"article {words.short(evidence.text)}"
    return harmless(evidence.text)


def subject(row: LogRow) -> str:
    """What the act is about: a short id, or a name or an address as it is."""
    given = row.subject or ""
    return words.short(given) if given.startswith("sha256:") else shortened(harmless(given), 40)


def pretty(row: LogRow) -> str | None:
    """What a row says as indented JSON, with all its characters; None where it was redacted."""
    said = payload(row)
    return None if said is None else json.dumps(said, ensure_ascii=False, indent=2)
