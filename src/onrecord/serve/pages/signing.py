"""Signing in and out; the one-time link with which the one person of a server comes in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.concurrency import run_in_threadpool

from onrecord.errors import OnrecordError, TooManyAttempts, WrongPassword
from onrecord.serve import cookies, forgery
from onrecord.serve.accounts.secrets import csrf_of, new_secret
from onrecord.serve.problems import problem_of
from onrecord.serve.rendering import render, see
from onrecord.serve.visit import Reading, house_of, nobody, seen

router = APIRouter()


@router.get("/open")
def open_(request: Request, key: str = "") -> Response:
    """Let the browser in that brings the one-time key. A second use of the link changes nothing."""
    house = house_of(request)
    if request.headers.get("sec-purpose", "").startswith("prefetch"):
        return Response(status_code=204)  # a browser that looks ahead must not use the key up
    if house.team or not house.accounts.use_key(key):
        return see("/" if seen(request) else "/signin?used=yes")
    answered = see("/")
    cookies.set_session(answered, request, house.site, house.accounts.sessions.start(None))
    return answered


@router.get("/signin")
def page(request: Request, next: str = "/", used: str = "") -> Response:  # noqa: A002
    """The form for name and password; for one person, where to find the link."""
    if seen(request):
        return see(next)
    return _page(request, cookies.form(request, house_of(request).site), next=next, used=bool(used))


@router.post("/signin")
async def sign_in(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Start a session, always a new one: what the browser had before is ended."""
    house = house_of(request)
    secret = cookies.form(request, house.site)
    await forgery.check(request, csrf_of(secret) if secret else "")
    try:
        new = await run_in_threadpool(_signed_in, request, name, password)
    except (WrongPassword, TooManyAttempts) as error:
        return _page(request, secret, next=next, name=name, error=error)
    answered = see(next)
    cookies.set_session(answered, request, house.site, new)
    return answered


def _signed_in(request: Request, name: str, password: str) -> str:
    house = house_of(request)
    if not house.team:
        raise WrongPassword
    address = request.client.host if request.client else ""
    new = house.accounts.sign_in(name, password, address)
    if before := cookies.session(request, house.site):
        house.accounts.sessions.end(before)
    return new


def _page(
    request: Request, secret: str | None, *, next: str, name: str = "", used: bool = False,  # noqa: A002
    error: OnrecordError | None = None,
) -> Response:  # fmt: skip
    given = secret or new_secret()
    visit, problem = nobody(request, csrf=csrf_of(given)), problem_of(error) if error else None
    shown = render(
        visit, "signin.html.jinja", status=problem.status if problem else 200,
        next=next, name=name, used=used, problem=problem,
    )  # fmt: skip
    if problem:
        shown.headers.update(problem.headers)
    if secret is None:
        cookies.set_form(shown, request, visit.house.site, given)
    return shown


@router.post("/signout")
def sign_out(visit: Reading) -> Response:
    """End the session of this browser."""
    site = visit.house.site
    if secret := cookies.session(visit.request, site):
        visit.house.accounts.sessions.end(secret)
    answered = see("/signin")
    cookies.drop_session(answered, visit.request, site)
    return answered
