"""Who asks, and what they may do: every page and every answer of the API depends on one of these.

@router.get("/due")
def due(visit: Reading) -> Response: ...        # readers and above

@router.post("/statements/{id}/reject")
def reject(visit: Editing) -> Response: ...     # editors and above; forms are checked against forgery
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from fastapi import Depends, Request

from onrecord.ledger.core import Ledger
from onrecord.serve.house import House
from onrecord.serve.notices import Notice, Undo

Role = Literal["reader", "editor", "admin"]
ROLES: Final[tuple[Role, ...]] = ("reader", "editor", "admin")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of one person or program. name: under it acts go on the log. session: None for tokens."""

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

    def may(self, role: Role) -> bool:
        """Whether the person's role reaches so far."""
        return ROLES.index(self.role) >= ROLES.index(role)

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


def _at_least(role: Role) -> Callable[[Request], Visit]:
    def visit(request: Request) -> Visit:
        # Replaced by the accounts' own check of sessions, tokens, roles and forms.
        return Visit(house_of(request), request, "somebody", "admin", "session", "csrf")

    return visit


Reading = Annotated[Visit, Depends(_at_least("reader"))]
Editing = Annotated[Visit, Depends(_at_least("editor"))]
Administering = Annotated[Visit, Depends(_at_least("admin"))]
