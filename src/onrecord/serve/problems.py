"""One shape for everything that goes wrong: problem+json (RFC 9457) for programs, a page for people.

A problem names what is wrong, the likely cause and what to do, as the errors of `onrecord.errors` do.
Nothing of the program's inside is shown; what was not expected gets an id that stands in the log as well.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote
from uuid import uuid4

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from onrecord import errors
from onrecord.errors import OnrecordError, shown
from onrecord.serve.rendering import fragment, render, see
from onrecord.serve.visit import nobody, seen

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from onrecord.serve.visit import Visit

MEDIA_TYPE: Final = "application/problem+json"
API: Final = "/api/"
# Seconds after which a program may ask again, where the error itself does not say.
AGAIN: Final = 5
METHODS: Final = ("GET", "HEAD", "POST", "DELETE")
# The first that an error is one of counts.
STATUSES: Final[tuple[tuple[type[OnrecordError], int], ...]] = (
    (errors.NotFound, 404),
    (errors.TooLarge, 413),
    (errors.InputError, 422),
    (errors.FetchError, 422),
    (errors.ModelError, 503),
    (errors.MissingExtra, 501),
    (errors.UsageError, 500),
    (errors.NothingFound, 404),
    (errors.UnknownSpeaker, 404),
    (errors.Ambiguous, 409),
    (errors.HistoriesDiffer, 409),
    (errors.LedgerReadOnly, 403),
    (errors.LedgerLocked, 503),
    (errors.DatabaseGone, 503),
    (errors.DiskFull, 507),
    (errors.NotSettleable, 422),
    (errors.BadVerdict, 422),
    (errors.NoEvidence, 422),
    (errors.BadCorrection, 422),
    (errors.NotAnExport, 422),
    (errors.NothingToUndo, 422),
    (errors.BadFeed, 422),
    (errors.NotSignedIn, 401),
    (errors.NotAllowed, 403),
    (errors.ForgedForm, 403),
    (errors.WrongPassword, 403),
    (errors.TooManyAttempts, 429),
    (errors.UnknownUser, 404),
    (errors.NameTaken, 409),
    (errors.WeakPassword, 422),
    (OnrecordError, 500),
)
# What is said of statuses that no error of ours stands for: what, why, remedy.
_PLAINLY: Final[Mapping[int, tuple[str, str, str]]] = {
    404: ("There is nothing at this address.", "The address is mistyped, or out of date.", ""),
    405: ("This address does not take {method}.", "", "See which methods it takes in the header Allow."),
    414: ("This address is too long.", "A long text was sent as part of it.", ""),
    431: ("The headers of this request are too large.", "Cookies of other programs may be among them.", ""),
    412: (
        "This was changed after it was read, so nothing was done.",
        "Somebody else works on it as well.",
        "Read it again, and repeat the change if it is still right.",
    ),
}
# What to do on a page, where an error's own advice is a command.
_ON_PAGES: Final[Mapping[str, str]] = {
    "E103": "Split it into articles.",
    "E105": "Check that the file was saved, or paste the text.",
    "E106": "Give an English text.",
    "E122": "Open the page in a browser, copy its text, and paste it here.",
    "E123": "Try again later, or paste the text.",
    "E410": "Look for it with the search above.",
    "E412": "If the machine misread it, correct that first.",
    "E415": "Choose one of the values that the form offers.",
    "E418": "See who is there on the page Speakers.",
    "E419": "See what is there: the page shows its present state.",
    "E405": "Ask whoever runs the server.",
}
_log = logging.getLogger("onrecord.serve")


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong with one request. `values`: what the message was made of, for programs that rebuild it.

    code: E101 and so on, None where only the status tells. fields: what is wrong with which field.
    """

    status: int
    title: str
    what: str
    why: str = ""
    remedy: str = ""
    code: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[Mapping[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self, instance: str) -> dict[str, Any]:
        """The problem as RFC 9457 has it; `instance` is the address that was asked for."""
        told = asdict(self)
        del told["headers"]
        return {
            "type": f"/api/v1/docs#{self.code}" if self.code else "about:blank",
            "detail": " ".join(part for part in (self.what, self.why, self.remedy) if part),
            "instance": instance,
            **told,
        }


def status_of(error: OnrecordError) -> int:
    """The HTTP status that stands for an error."""
    return next(status for kind, status in STATUSES if isinstance(error, kind))


def problem_of(error: OnrecordError) -> Problem:
    """An error of ours as a problem."""
    status, title = status_of(error), title_of(type(error))
    what, why, remedy = error.parts
    headers = _headers(error, status)
    return Problem(status, title, what, why, remedy, error.code, error.values, headers=headers)


def title_of(kind: type[OnrecordError]) -> str:
    """The first line of an error's documentation as a sentence, without its number."""
    line = (kind.__doc__ or "").partition("\n")[0].partition(": ")[2] or kind.__name__
    return line[:1].upper() + line[1:].rstrip(".")


def _headers(error: OnrecordError, status: int) -> dict[str, str]:
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Bearer realm="onrecord"'}
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        seconds = error.values.get("seconds", "") if status == HTTPStatus.TOO_MANY_REQUESTS else ""
        return {"Retry-After": seconds if seconds.isdecimal() else str(AGAIN)}
    return {}


def on_page(error: OnrecordError) -> tuple[str, str, str]:
    """What is wrong, why, and what to do, for people who look at a page instead of typing commands."""
    what, why, remedy = error.parts
    return what, why, _ON_PAGES.get(error.code, remedy)


def answer(request: Request, error: OnrecordError | Problem) -> Response:
    """The answer to a request that failed: JSON under /api/, else a page; never an exception."""
    problem = error if isinstance(error, Problem) else problem_of(error)
    if request.url.path.startswith(API):
        told = problem.to_dict(shown(request.url.path))
        return JSONResponse(told, problem.status, dict(problem.headers), media_type=MEDIA_TYPE)
    visit = getattr(request.state, "visit", None) or nobody(request)
    if isinstance(error, errors.NotSignedIn):
        return _to_sign_in(visit)
    template = "_problem.html.jinja" if fragment(visit) else "problem.html.jinja"
    remedy = _ON_PAGES.get(problem.code or "", problem.remedy)
    page = render(visit, template, status=problem.status, problem=replace(problem, remedy=remedy))
    page.headers.update(problem.headers)
    return page


def _to_sign_in(visit: Visit) -> Response:
    """To the page for signing in, and from there back to where the person wanted to go."""
    request = visit.request
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    path = "/signin" + (f"?next={quote(wanted, safe='')}" if request.method in ("GET", "HEAD") else "")
    if fragment(visit):  # a redirect would put the page for signing in where a piece was expected
        return Response(status_code=HTTPStatus.OK, headers={"HX-Redirect": path})
    return see(path)


def plain_problem(status: int, *, method: str = "", headers: Mapping[str, str] | None = None) -> Problem:
    """The problem of an HTTP status alone."""
    phrase = HTTPStatus(status).phrase
    what, why, remedy = _PLAINLY.get(status, (f"{phrase}.", "", ""))
    return Problem(status, phrase, what.format(method=method), why, remedy, headers=headers or {})


def invalid(wrong: Iterable[Mapping[str, Any]]) -> Problem:
    """The problem of parameters or a body that do not fit. What was given may be secret: it is not told."""
    fields = tuple({"field": _named(each["loc"]), "message": shown(each["msg"])} for each in wrong)
    first = fields[0] if fields else {"field": "request", "message": "is not as documented"}
    more = f" {len(fields) - 1} more are wrong." if len(fields) > 1 else ""
    title = title_of(errors.BadOption)
    what = f"{first['field']}: {first['message'][:1].lower()}{first['message'][1:]}.{more}"
    remedy = "See what can be given: /api/v1/docs."
    return Problem(422, title, what, "", remedy, errors.BadOption.code, fields=fields)


def _named(where: Iterable[str | int]) -> str:
    return shown(".".join(str(part) for part in list(where)[1:]) or "body")


def install(app: FastAPI) -> None:
    """Answer errors in one shape."""
    app.add_exception_handler(OnrecordError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_middleware(Unexpected)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, OnrecordError)  # noqa: S101 - it is registered for these
    return answer(request, error)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - it is registered for these
    return answer(request, invalid(error.errors()))


def _http(request: Request, error: Exception) -> Response:  # in a thread: who asks is looked up
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these
    if not request.url.path.startswith(API):
        request.state.visit = seen(request)
    if isinstance(error.__cause__, OnrecordError):  # raised while the body was read, and wrapped
        return answer(request, error.__cause__)
    headers = error.headers
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {"Allow": ", ".join(_allowed(request))}
    return answer(request, plain_problem(error.status_code, method=request.method, headers=headers))


def _allowed(request: Request) -> Iterator[str]:
    """The methods that an address takes: each may have a route of its own."""
    for method in METHODS:
        asked = {**request.scope, "method": method}
        if any(route.matches(asked)[0] is Match.FULL for route in request.app.routes):
            yield method


class Unexpected:
    """Answers an error that nobody foresaw with an id, and puts that on the server's log with its place.

    The message of such an error stays out of both: it may quote an article.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer it where that fails."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:  # the one place where anything is caught: a page shows no traceback
            number = _logged(error)
            if begun:  # half an answer cannot be mended; the server breaks the connection
                raise
            request = Request(scope, receive)
            await answer(request, _unexpected(number))(scope, receive, send)


def _unexpected(number: str) -> Problem:
    return Problem(
        500,
        "The server failed",
        f"The server failed at this; what happened is on its log under {number}.",
        "This is a mistake of the program.",
        "Try again; if it happens again, tell whoever runs the server this number.",
    )


def _logged(error: Exception) -> str:
    number = uuid4().hex[:12]
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    _log.error("unexpected %s (%s) at %s", type(error).__name__, number, " > ".join(places[-12:]))
    return number
