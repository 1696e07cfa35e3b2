"""Who asks, and what they may do: every page and every answer of the API depends on one of these.

@router.get("/due")
def due(visit: Reading) -> Response: ...        # readers and above

@router.post("/statements/{id}/reject")
def reject(visit: Editing) -> Response: ...     # editors and above; forms are checked against forgery
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from onrecord.errors import NotAllowed, NotSignedIn
from onrecord.ledger.core import Ledger
from onrecord.serve import cookies, forgery
from onrecord.serve.accounts.roles import ROLES as ROLES
from onrecord.serve.accounts.roles import Role as Role
from onrecord.serve.accounts.roles import reaches, role_of
from onrecord.serve.accounts.secrets import csrf_of
from onrecord.serve.accounts.sessions import Known
from onrecord.serve.house import House
from onrecord.serve.notices import Notice, Undo

API = "/api/"
# Where a token is looked at; elsewhere, what a browser sends beside its cookie means nothing.
_PROGRAMS = (API, "/metrics")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of one person or program. name: under it acts go on the log. session: None for tokens.

    csrf: what the forms of the page carry, to show that they are of this server. nobody: name and csrf
    are empty.
    """

    house: House
    request: Request
    name: str
    role: Role
    session: str | None
    csrf: str

    @property
    def ledger(self) -> Ledger:
        """The ledger, in this person's name."""
        return self.house.ledger.acting(self.name)

    @property
    def owner(self) -> str | None:
        """Whose the person's tokens are: a user's, or None where the server has one person alone."""
        return self.name if self.house.team else None

    def may(self, role: Role) -> bool:
        """Whether the person's role reaches so far."""
        return reaches(self.role, role)

    def tell(self, text: str, *, undo: Undo | None = None) -> None:
        """Say on this person's next page what was done."""
        if self.session is not None:
            self.house.notices.add(self.session, Notice(text, undo=undo))

    def warn(self, text: str) -> None:
        """Say on this person's next page what did not work."""
        if self.session is not None:
            self.house.notices.add(self.session, Notice(text, "trouble"))


def house_of(request: Request) -> House:
    """The house of the application that a request came to."""
    house: House = request.app.state.house
    return house


def nobody(request: Request, *, csrf: str = "") -> Visit:
    """A visit for the frame of a page where nobody is signed in."""
    return Visit(house_of(request), request, "", "reader", None, csrf)


def seen(request: Request) -> Visit | None:
    """Who asks, by a program's token or a browser's session; None where neither is good (any more)."""
    house = house_of(request)
    if request.url.path.startswith(_PROGRAMS) and "authorization" in request.headers:
        kind, _, token = request.headers["authorization"].partition(" ")
        found = house.accounts.tokens.whose(token.strip()) if kind.lower() == "bearer" else None
        return _visit(request, found, None, "")
    secret = cookies.session(request, house.site)
    known = house.accounts.sessions.whose(secret) if secret else None
    return _visit(request, known, known and known.id, csrf_of(secret)) if secret else None


def _at_hand(request: Request) -> bool:
    """Whether it is known who asks, so that nothing has to be waited for."""
    house = house_of(request)
    secret = None if "authorization" in request.headers else cookies.session(request, house.site)
    return secret is not None and house.accounts.sessions.at_hand(secret)


def _visit(request: Request, known: Known | None, session: str | None, csrf: str) -> Visit | None:
    """A server is one person's or a team's: what belongs to the other kind is worth nothing here."""
    house = house_of(request)
    if known is None or (known.name is not None) != house.team:
        return None
    name = known.name or house.ledger.actor
    return Visit(house, request, name, role_of(known.role or ROLES[-1]), session, csrf)


def _at_least(role: Role) -> Callable[[Request], Awaitable[Visit]]:
    async def visit(request: Request) -> Visit:
        found = seen(request) if _at_hand(request) else await run_in_threadpool(seen, request)
        if found is None:
            raise NotSignedIn
        request.state.visit = found
        if not found.may(role):
            raise NotAllowed(name=found.name, role=role)
        if found.session is not None:
            await forgery.check(request, found.csrf, form=not request.url.path.startswith(API))
        return found

    return visit


Reading = Annotated[Visit, Depends(_at_least("reader"))]
Editing = Annotated[Visit, Depends(_at_least("editor"))]
Administering = Annotated[Visit, Depends(_at_least("admin"))]
