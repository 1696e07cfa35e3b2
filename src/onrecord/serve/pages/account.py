"""One's own account: who one is here, password, and tokens for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Form, Response

from onrecord.errors import OnrecordError, TooManyAttempts, WeakPassword, WrongPassword
from onrecord.serve import cookies
from onrecord.serve.accounts.passwords import SHORTEST
from onrecord.serve.accounts.roles import REACH
from onrecord.serve.accounts.secrets import digest_of
from onrecord.serve.notices import Notice
from onrecord.serve.problems import problem_of
from onrecord.serve.rendering import render, see
from onrecord.serve.visit import Reading, Visit

if TYPE_CHECKING:
    from onrecord.serve.accounts import Made

router = APIRouter()
# Days after which a token expires, as they can be chosen; 0: never.
LIFETIMES: Final = (30, 90, 365, 0)


@router.get("/account")
def page(visit: Reading) -> Response:
    """Who one is here, and what one can change."""
    return _page(visit)


@router.post("/account/password")
def change_password(
    visit: Reading,
    present: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Take another password: every other browser is signed out, and this one gets a new session."""
    try:
        secret = _changed(visit, present, new, again)
    except (WrongPassword, WeakPassword, TooManyAttempts) as error:
        return _page(visit, error=error)
    told = Notice("Your password was changed. Other browsers were signed out.")
    visit.house.notices.add(digest_of(secret), told)
    answered = see("/account")
    cookies.set_session(answered, visit.request, visit.house.site, secret)
    return answered


def _changed(visit: Visit, present: str, new: str, again: str) -> str:
    """The secret of the new session."""
    if not visit.house.team:
        raise WrongPassword  # there is none to change
    if new != again:
        raise WeakPassword(reason="it was not typed the same way twice", least=SHORTEST)
    address = visit.request.client.host if visit.request.client else ""
    return visit.house.accounts.change_password(visit.name, present, new, address)


@router.post("/account/tokens")
def add_token(
    visit: Reading,
    name: Annotated[str, Form()] = "",
    scope: Annotated[str, Form()] = "read",
    days: Annotated[int, Form(ge=0, le=3650)] = LIFETIMES[0],
) -> Response:
    """Make a token. It is shown in this answer alone: kept nowhere, it cannot be sent on to another page."""
    try:
        made = visit.house.accounts.tokens.add(
            visit.owner, name, scope, days=days or None, at_most=visit.role
        )
    except OnrecordError as error:
        return _page(visit, token_error=error, token_name=name)
    return _page(visit, made=made)


@router.post("/account/tokens/revoke")
def revoke_token(visit: Reading, id: Annotated[str, Form()] = "") -> Response:  # noqa: A002
    """Revoke one of one's own tokens."""
    visit.house.accounts.tokens.revoke(visit.owner, id)
    visit.tell("The token was revoked: programs that used it are let in no more.")
    return see("/account")


def _page(
    visit: Visit, *, error: OnrecordError | None = None, token_error: OnrecordError | None = None,
    token_name: str = "", made: Made | None = None,
) -> Response:  # fmt: skip
    problem, token_problem = (problem_of(e) if e else None for e in (error, token_error))
    wrong = problem or token_problem
    shown = render(
        visit, "account.html.jinja", status=wrong.status if wrong else 201 if made else 200,
        problem=problem, token_problem=token_problem, token_name=token_name, made=made, least=SHORTEST,
        tokens=visit.house.accounts.tokens.of(visit.owner), lifetimes=LIFETIMES,
        scopes=[scope for scope, role in REACH.items() if visit.may(role)],
    )  # fmt: skip
    if wrong:
        shown.headers.update(wrong.headers)
    return shown
