"""Writes what the server does as lines of JSON: which route, how long, for whom; never what was said there.

A line has the route's template and not the address that was asked for, so neither names nor words that are
looked for, no text of an article, no form, no token and no key can be in it. Errors are told by their kind
and place, without their message, which may quote any of these.
"""

from __future__ import annotations

import json
import logging
import secrets
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TextIO

from onrecord.errors import shown

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from onrecord.serve.health import Metrics

# Where ours, and those of the library that speaks HTTP, are logged.
LOGGERS: Final = (("onrecord", logging.INFO), ("uvicorn", logging.WARNING))
REQUEST_ID: Final = b"x-request-id"
# What stands for the route where there is none: what was asked for could be anything.
NOWHERE: Final = "(none)"
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FRAMES: Final = 12
_log: Final = logging.getLogger("onrecord.serve.requests")


class JsonLines(logging.Handler):
    """Writes records as JSON, one a line; a record's `facts` are its further fields."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; that nobody takes it any more is no reason to fail."""
        try:
            self._stream.write(line(record) + "\n")
            self._stream.flush()
        except (OSError, ValueError):
            return


def line(record: logging.LogRecord) -> str:
    """A record as one line of JSON."""
    when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    facts: dict[str, Any] = {
        "time": when.replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "event": shown(record.getMessage().strip(), 2_000),
        **getattr(record, "facts", {}),
    }
    if record.exc_info and record.exc_info[0] is not None:
        frames = traceback.extract_tb(record.exc_info[2])[-_FRAMES:]
        facts["error"] = record.exc_info[0].__name__
        facts["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return json.dumps(facts, ensure_ascii=False)


@contextmanager
def written_to(stream: TextIO, *, quiet: bool = False) -> Iterator[None]:
    """As long as the block lasts, what is logged goes to `stream`. quiet: only what went wrong."""
    handler = JsonLines(stream)
    handler.setLevel(logging.WARNING if quiet else logging.INFO)
    before = []
    for name, level in LOGGERS:
        logger = logging.getLogger(name)
        before.append((logger, logger.level, logger.propagate))
        logger.addHandler(handler)
        logger.setLevel(level)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, level, propagate in before:
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate = propagate


class Watched:
    """An application whose every answer is timed, counted and logged, and has an id of its own.

    It stands around all guards, so that what these refuse is counted as well.
    """

    def __init__(
        self, app: ASGIApp, metrics: Metrics, *, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        """clock: seconds."""
        self._app = app
        self._metrics = metrics
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and say afterwards what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state, status, start = scope.setdefault("state", {}), 500, self._clock()
        name = state["request_id"] = secrets.token_hex(6)

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (REQUEST_ID, name.encode())]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            self._tell(scope, status, self._clock() - start)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else "OTHER"
        route, state = template(scope), scope["state"]
        self._metrics.answered(method, route, status, seconds)
        visit = state.get("visit")
        facts = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        user = {"user": shown(visit.name)} if visit is not None else {}
        _log.info("request", extra={"facts": facts | user | {"id": state["request_id"]}})


def template(scope: Scope) -> str:
    """The route that answered, with names in the place of values: /statements/{id}."""
    # FastAPI keeps the path with the prefixes of the routers around it here alone.
    context = scope.get("fastapi", {}).get("effective_route_context")
    found = getattr(context, "path", None) or getattr(scope.get("route"), "path", None)
    return found or NOWHERE
