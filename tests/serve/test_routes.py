"""Every role at every way into the server, by the table in tests/cases/routes.csv; forged forms.

least: the role that a person needs, `anyone` where nobody needs to be signed in.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from serve.conftest import Browser
from serve.routes import Way, ways

from onrecord.serve.accounts.roles import ROLES, SCOPES, Role
from onrecord.serve.app import create_app
from onrecord.serve.forgery import HEADER
from onrecord.serve.house import House

TABLE = Path(__file__).resolve().parent.parent / "cases" / "routes.csv"
# What asks for a person in its own way: a signed-in one gets in, a stranger gets a page or a refusal of it.
ALONE = {"/signin", "/open", "/signout"}


def table() -> dict[Way, str]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {Way(row["method"], row["path"]): row["least"] for row in csv.DictReader(file)}


@pytest.fixture
def guarded(team_house: House) -> dict[Way, str]:
    """The ways that need somebody who is signed in, with the role that they need."""
    return {way: least for way, least in table().items() if least != "anyone"}


def refused(answer: Any) -> str:
    """How somebody was refused: `sign in`, an error's number, or not at all."""
    if answer.status_code == 303 and answer.headers["location"].startswith("/signin"):
        return "sign in"
    told = answer.text
    if answer.status_code == 401:
        return "sign in" if "E501" in told else "?"
    if answer.status_code == 403:
        return next((code for code in ("E502", "E503") if code in told or WORDS[code] in told), "")
    return ""


WORDS = {"E502": "it needs the role", "E503": "did not come from a page of this server"}


def asked(browser: Browser, way: Way, **headers: str) -> Any:
    return browser.request(way.method, way.filled, headers=headers)


class TestTheTable:
    def test_has_every_way_in_and_no_other(self, team_house: House) -> None:
        there = Counter(ways(create_app(team_house)))
        assert [way for way, count in there.items() if count > 1] == []
        assert sorted(set(there) - set(table())) == [], "these are missing in tests/cases/routes.csv"
        assert sorted(set(table()) - set(there)) == [], "these are no longer there"

    def test_is_in_order_and_knows_the_roles(self) -> None:
        rows = [(way.path, way.method) for way in table()]
        assert rows == sorted(rows)
        assert set(table().values()) <= {"anyone", *ROLES}

    def test_nothing_that_changes_is_for_anyone(self) -> None:
        free = [way for way, least in table().items() if least == "anyone" and way.changes]
        assert free == [Way("POST", "/signin")]


class TestNobody:
    def test_in_a_team(self, team_house: House, guarded: dict[Way, str]) -> None:
        with Browser(team_house) as browser:
            let_in = [way for way in guarded if refused(asked(browser, way)) != "sign in"]
        assert let_in == []

    def test_at_one_person_s_server(self, stranger: Browser, guarded: dict[Way, str]) -> None:
        assert [way for way in guarded if refused(asked(stranger, way)) != "sign in"] == []

    def test_with_what_is_no_token(self, stranger: Browser, guarded: dict[Way, str]) -> None:
        for value in ("Bearer onr_x", "Bearer", "Basic c29tZTpib2R5", "onr_x", ""):
            let_in = [w for w in guarded if w.api and not refused(asked(stranger, w, Authorization=value))]
            assert let_in == []

    def test_sees_what_anyone_may_see(self, stranger: Browser) -> None:
        free = [way for way, least in table().items() if least == "anyone" and not way.changes]
        assert [way for way in free if way.path not in ALONE and refused(asked(stranger, way))] == []


@pytest.mark.parametrize("role", ROLES)
class TestRoles:
    def test_get_as_far_as_the_table_says(
        self, role: Role, signed_in: Callable[[Role], Browser], guarded: dict[Way, str]
    ) -> None:
        browser = signed_in(role)
        headers = {HEADER: browser.csrf}
        wrong = {}
        for way, least in guarded.items():
            if way.path in ALONE:
                continue
            expected = "" if ROLES.index(role) >= ROLES.index(least) else "E502"
            if (found := refused(asked(browser, way, **headers))) != expected:
                wrong[way] = found
        assert wrong == {}

    def test_so_do_their_tokens(self, role: Role, team_house: House, guarded: dict[Way, str]) -> None:
        """An administrator's token of a lesser scope, and a lesser person's token of every scope."""
        tokens = team_house.accounts.tokens
        secrets = [
            tokens.add("admin", "x", SCOPES[ROLES.index(role)]).secret,
            tokens.add(role, "x", "admin").secret,
        ]
        wrong = {}
        with Browser(team_house) as browser:
            for secret in secrets:
                for way, least in guarded.items():
                    expected = "" if ROLES.index(role) >= ROLES.index(least) else "E502"
                    headers = {"Authorization": f"Bearer {secret}"}
                    if way.api and (found := refused(asked(browser, way, **headers))) != expected:
                        wrong[way] = found
            pages = [way for way in guarded if not way.api]
            took = [way for way in pages if refused(asked(browser, way, **headers)) != "sign in"]
        assert (wrong, took) == ({}, []), "pages take no token"


def forgeries(secret: str) -> Iterator[dict[str, Any]]:
    """What another site could make a browser send; the first two at every way in."""
    yield {}
    yield {"headers": {HEADER: secret, "Origin": "https://elsewhere.example"}}
    yield {"data": {"csrf": ""}}
    yield {"data": {"csrf": secret[:-1]}}
    yield {"headers": {HEADER: "x" * 64}}
    yield {"headers": {HEADER: secret, "Origin": "null"}}
    yield {"headers": {HEADER: secret, "Origin": "http://127.0.0.1:81"}}
    yield {"headers": {HEADER: secret, "Sec-Fetch-Site": "cross-site"}}
    yield {"headers": {HEADER: secret, "Sec-Fetch-Site": "same-site"}}
    yield {"params": {"csrf": secret}}
    yield {"content": f"csrf={secret}", "headers": {"Content-Type": "text/plain"}}


class TestForgery:
    def test_no_way_that_changes_takes_a_forged_form(self, client: Browser, guarded: dict[Way, str]) -> None:
        through = {}
        for way in (way for way in guarded if way.changes):
            for number, forged in enumerate(islice(forgeries(client.csrf), 2)):
                answer = client.request(way.method, way.filled, **forged)
                if refused(answer) != "E503":
                    through[way, number] = answer.status_code
        assert through == {}

    def test_of_any_kind(self, client: Browser) -> None:
        for forged in forgeries(client.csrf):
            assert refused(client.post("/account/tokens", **forged)) == "E503", forged
            assert refused(client.post("/api/v1/tokens", **forged)) == "E503", forged

    def test_the_api_takes_the_secret_in_the_header_alone(
        self, client: Browser, guarded: dict[Way, str]
    ) -> None:
        for way in (way for way in guarded if way.changes and way.api):
            assert refused(client.request(way.method, way.filled, data={"csrf": client.csrf})) == "E503", way

    @pytest.mark.parametrize(
        "headers",
        [
            {}, {"Origin": "http://127.0.0.1"}, {"Origin": "http://127.0.0.1:80"},
            {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"},
        ],
    )  # fmt: skip
    def test_a_page_s_own_form_is_taken(self, client: Browser, headers: dict[str, str]) -> None:
        fields = {"csrf": client.csrf, "name": "newsroom"}
        assert client.post("/account/tokens", data=fields, headers=headers).status_code == 201
        assert (
            client.post("/account/tokens", files={"x": b"y"}, data=fields, headers=headers).status_code == 201
        )

    def test_another_session_s_secret_is_not(self, client: Browser, house: House) -> None:
        with Browser(house) as other:
            secret = other.open_link().csrf
        assert refused(client.post("/account/tokens", data={"csrf": secret, "name": "x"})) == "E503"
