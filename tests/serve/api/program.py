"""A program that asks the server, and what it expects of answers."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from onrecord.serve.accounts.roles import Scope
from onrecord.serve.app import create_app
from onrecord.serve.house import House

# How many articles the ledger has that it asks.
ARTICLES = 8


class Program(TestClient):
    """A program at a server, with a token of a scope, or without one."""

    def __init__(self, house: House, scope: Scope | None) -> None:
        headers = {}
        if scope is not None:
            made = house.accounts.tokens.add(None, f"a {scope} program", scope)
            headers = {"Authorization": f"Bearer {made.secret}"}
        super().__init__(create_app(house), base_url="http://127.0.0.1/api/v1/", headers=headers)

    def ask(self, path: str, **parameters: Any) -> Any:
        """What GET answers, where all goes well."""
        answer = self.get(path, params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def all(self, path: str, **parameters: Any) -> list[Any]:
        """The items of all pages of a list."""
        found = self.ask(path, **parameters)
        items: list[Any] = found["items"]
        while found["next"]:
            found = self.ask(path, **parameters, cursor=found["next"])
            items += found["items"]
        return items


def refused(answer: Response, status: int, code: str | None = None) -> dict[str, Any]:
    """The problem that was answered, of this status and code."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["code"] == code
    return told
