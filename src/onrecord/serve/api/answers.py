"""How the API answers: JSON with an ETag, nothing at all where the asker has it, pages of lists.

As long as the ledger's log and the day stay the same, the same question has the same answer: so most
questions that were asked before are answered before any work is done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from fastapi import Response

from onrecord.serve.api.cursors import cursor_of
from onrecord.serve.problems import answer, plain_problem
from onrecord.serve.visit import Visit
from onrecord.version import __version__
from onrecord.views.plain import plain

_KEPT: Final = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}
_DIGITS: Final = 20


class Json(Response):
    """A plain value as compact JSON in UTF-8; halves of characters, which UTF-8 has not, stay escaped."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The bytes of a value."""
        try:
            return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        except UnicodeEncodeError:
            return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()


def known(visit: Visit, make: Callable[[], Any], *, state: bool = False) -> Response:
    """What `make` gives, or 304 and no work where the asker has it.

    state: the ETag tells as well what is answered, so that a change can be made on condition that it is
    still so (`changed`).
    """

    def answered(headers: dict[str, str]) -> Response:
        value = plain(make())
        if state:
            headers["ETag"] = f'{headers["ETag"][:-1]}.{_digest(_bare(value))}"'
        return Json(value, headers=headers)

    return known_or(visit, answered)


def known_or(visit: Visit, make: Callable[[dict[str, str]], Response]) -> Response:
    """The answer that `make` gives with these headers, or 304 and no work where the asker has it."""
    tag = _question(visit)
    if _has(visit, tag):
        return Response(status_code=304, headers=_KEPT | {"ETag": _asked_with(visit, tag)})
    return make(_KEPT | {"ETag": f'"{tag}"'})


def told(visit: Visit, value: Any) -> Response:
    """What does not follow from the log alone: the ETag is that of the answer."""
    value = plain(value)
    tag = _digest(json.dumps(value))
    if _has(visit, tag):
        return Response(status_code=304, headers=_KEPT | {"ETag": f'"{tag}"'})
    return Json(value, headers=_KEPT | {"ETag": f'"{tag}"'})


def changed(visit: Visit, now: Callable[[], Any], change: Callable[[], Any]) -> Response:
    """The state after a change of one statement, with its ETag.

    Where the asker names the state that was read (If-Match) and it is another now, nothing is done (412).
    Between the look and the change another may come: nothing is lost by it, both acts are on the log.
    """
    wanted = visit.request.headers.get("If-Match", "")
    if wanted.strip() not in ("", "*"):
        states = {tag.partition(".")[2] for tag in _tags(wanted)}
        if _digest(_bare(plain(now()))) not in states:
            return answer(visit.request, plain_problem(412))
    value = plain(change())
    return Json(value, headers={"ETag": f'"0.{_digest(_bare(value))}"'})


def page(name: str, items: Sequence[Any], limit: int, number: Callable[[Any], int]) -> dict[str, Any]:
    """A page of a list that was asked for one item more than `limit`. number: of the last item shown."""
    shown = items[:limit]
    last = cursor_of(name, number(shown[-1])) if len(items) > limit and shown else None
    return {"items": plain(list(shown)), "next": last}


def counted(name: str, items: Sequence[Any], limit: int, start: int) -> dict[str, Any]:
    """The same for a list that is cut out of a longer one by number: its items from `start` on."""
    return page(name, items[start:], limit, lambda _: start + limit)


def whole(items: Sequence[Any]) -> dict[str, Any]:
    """A list that has one page only."""
    return {"items": plain(list(items)), "next": None}


def _bare(value: Any) -> str:
    """What a state is told by: all of it but what the calendar alone changes."""
    if isinstance(value, dict) and isinstance(value.get("outcome"), dict):
        value = value | {"outcome": value["outcome"] | {"schedule": None}}
    return json.dumps(value)


def _question(visit: Visit) -> str:
    """What the answer follows from: the log, the day, the question, the program."""
    url, today = visit.request.url, visit.house.clock().date()
    asked = (__version__, visit.ledger.newest(), today, visit.request.method, url.path, url.query)
    return _digest(*map(str, asked))


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_DIGITS]


def _tags(header: str) -> Iterator[str]:
    return (tag.strip().removeprefix("W/").strip('"') for tag in header.split(","))


def _has(visit: Visit, tag: str) -> bool:
    return any(
        t == "*" or t.partition(".")[0] == tag for t in _tags(visit.request.headers.get("If-None-Match", ""))
    )


def _asked_with(visit: Visit, tag: str) -> str:
    """The whole tag under which the asker has the answer."""
    held = (t for t in _tags(visit.request.headers.get("If-None-Match", "")) if t.partition(".")[0] == tag)
    return f'"{next(held, tag)}"'
