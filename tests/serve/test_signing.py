"""Signing in and out as a browser does it: cookies, what is stolen, the one-time link, one's own account."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from serve.conftest import NOW, PASSWORD, QUICK, Browser

from onrecord.serve.accounts import Accounts, attempts
from onrecord.serve.accounts.roles import Role
from onrecord.serve.accounts.secrets import csrf_of
from onrecord.serve.accounts.sessions import IDLE, LONGEST
from onrecord.serve.house import House


def let_in(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


def session(browser: Browser) -> str:
    """The secret in the session's cookie."""
    (cookie,) = [c for c in browser.cookies.jar if c.name.removeprefix("__Host-") == "onrecord"]
    return cookie.value or ""


def flags(answer: object, name: str) -> set[str]:
    """The attributes with which a cookie was set, its value left out."""
    headers = answer.headers.get_list("set-cookie")  # type: ignore[attr-defined]
    (found,) = [header for header in headers if header.startswith(f"{name}=") and "Max-Age=0" not in header]
    return set(found.split("; ")[1:])


@pytest.fixture
def visitor(team_house: House) -> Iterator[Browser]:
    """A browser at a team's server that nobody is signed in with."""
    with Browser(team_house) as browser:
        yield browser


class TestTheLink:
    def test_works_once(self, house: House) -> None:
        path = f"/open?key={house.accounts.new_key()}"
        with Browser(house) as first, Browser(house) as second:
            answers = [first.get(path), second.get(path), first.get(path)]
            assert [answer.headers["location"] for answer in answers] == ["/", "/signin?used=yes", "/"]
            assert (let_in(first), let_in(second)) == (True, False)
            assert "was used already" in second.get("/signin?used=yes").text

    @pytest.mark.parametrize(
        ("method", "headers"), [("HEAD", {}), ("GET", {"Sec-Purpose": "prefetch;prerender"})]
    )
    def test_looking_ahead_does_not_use_it_up(self, stranger: Browser, house: House, method, headers) -> None:
        path = f"/open?key={house.accounts.new_key()}"
        assert "set-cookie" not in stranger.request(method, path, headers=headers).headers
        stranger.get(path)
        assert let_in(stranger)

    @pytest.mark.parametrize("key", ["", "x", "é", "\x00", "a" * 5000])
    def test_a_wrong_key(self, stranger: Browser, house: House, key: str) -> None:
        house.accounts.new_key()
        stranger.get("/open", params={"key": key})
        assert not let_in(stranger)

    def test_lets_nobody_into_a_team_s_server(self, visitor: Browser, team_house: House) -> None:
        visitor.get("/open", params={"key": team_house.accounts.new_key()})
        assert not let_in(visitor)

    def test_the_key_is_in_no_address_and_no_page_afterwards(self, stranger: Browser, house: House) -> None:
        key = house.accounts.new_key()
        answer = stranger.get("/open", params={"key": key})
        assert key not in str(answer.headers) + answer.text + stranger.get("/account").text
        assert key not in session(stranger)

    def test_the_person_is_an_administrator_under_the_system_s_name(self, client: Browser) -> None:
        page = client.get("/account").text
        assert '<h1 dir="auto">somebody</h1>' in page
        assert "Role: <strong>admin</strong>" in page
        assert 'id="password"' not in page, "there is none to change"
        assert client.post_form("/account/password", new=PASSWORD, again=PASSWORD).status_code == 403

    def test_there_is_no_password_to_come_in_with(self, stranger: Browser, house: House) -> None:
        house.accounts.users.add("Tessa Varga", PASSWORD, "admin")
        assert stranger.sign_in("Tessa Varga").status_code == 403
        assert not let_in(stranger)


class TestSigningIn:
    def test_gets_on_to_where_one_wanted_to_go(self, visitor: Browser) -> None:
        refused = visitor.get("/account?x=1&y=2")
        assert refused.headers["location"] == "/signin?next=%2Faccount%3Fx%3D1%26y%3D2"
        page = visitor.get(refused.headers["location"]).text
        assert 'name="next" value="/account?x=1&amp;y=2"' in page
        fields = dict(re.findall(r'name="(csrf|next)" value="([^"]*)"', page)) | {"next": "/account?x=1&y=2"}
        answer = visitor.post("/signin", data={**fields, "name": "reader", "password": PASSWORD})
        assert (answer.status_code, answer.headers["location"]) == (303, "/account?x=1&y=2")
        assert let_in(visitor)

    @pytest.mark.parametrize(
        "target",
        [
            "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:x", "",
            "/\t/elsewhere.example", "/\r\nSet-Cookie: x=y", "\\\\elsewhere.example",
        ],
    )  # fmt: skip
    def test_leads_nowhere_else(self, client: Browser, target: str) -> None:
        answer = client.get("/signin", params={"next": target})
        where = answer.headers["location"]
        assert where == "/" or re.fullmatch(r"/%[^/\\\s]*[^\\\s]*", where), where
        assert "x" not in answer.cookies

    def test_says_what_is_wrong_beside_the_form_and_keeps_the_name(self, visitor: Browser) -> None:
        answer = visitor.sign_in('"><b>Nobody', "wrong")
        assert answer.status_code == 403
        assert 'value="&#34;&gt;&lt;b&gt;Nobody"' in answer.text
        assert "do not belong together" in answer.text
        known = visitor.sign_in("reader", "wrong").text
        strip = re.compile(r'value="[^"]*"')
        assert strip.sub("", answer.text) == strip.sub("", known), "which of the two is wrong is not said"

    def test_guessing_is_slowed_down(self, visitor: Browser) -> None:
        for _ in range(attempts.NAME.free):
            assert visitor.sign_in("reader", "wrong").status_code == 403
        answer = visitor.sign_in("reader")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
        assert "Wait 1 seconds" in answer.text
        assert not let_in(visitor)

    def test_needs_the_form_of_this_server(self, visitor: Browser) -> None:
        visitor.get("/signin")
        fields = {"name": "reader", "password": PASSWORD}
        for forged in ({}, {"csrf": ""}, {"csrf": "x" * 64}):
            assert visitor.post("/signin", data={**fields, **forged}).status_code == 403
        assert not let_in(visitor)

    def test_a_browser_without_any_cookie_has_no_form_of_ours(self, visitor: Browser) -> None:
        fields = {"name": "reader", "password": PASSWORD, "csrf": ""}
        assert visitor.post("/signin", data=fields).status_code == 403


class TestCookies:
    def test_are_for_this_host_and_no_script(self, visitor: Browser) -> None:
        form = visitor.get("/signin")
        assert flags(form, "onrecord-form") == {"HttpOnly", "Path=/", "SameSite=lax"}
        assert flags(visitor.sign_in("reader"), "onrecord") == {
            "HttpOnly", "Path=/", "SameSite=lax", f"Max-Age={LONGEST:.0f}",
        }  # fmt: skip
        assert "onrecord-form" not in visitor.cookies, "it has served"

    def test_are_bound_to_https_where_the_site_is(self, team_house: House) -> None:
        site = replace(team_house, site="https://record.example")
        with Browser(site, base_url="https://record.example") as browser:
            answer = browser.sign_in("reader")
            assert flags(answer, "__Host-onrecord") >= {"HttpOnly", "Path=/", "SameSite=lax", "Secure"}
            assert let_in(browser)
            assert "onrecord=" not in str(answer.headers).replace("__Host-onrecord=", "")

    def test_two_servers_on_one_machine_do_not_end_each_other_s(self, team_house: House) -> None:
        with Browser(team_house, base_url="http://127.0.0.1:8765") as browser:
            assert "onrecord-form-8765=" in browser.get("/signin").headers["set-cookie"]

    def test_have_nothing_to_do_with_the_person(self, signed_in: Callable[[Role], Browser]) -> None:
        one, other = signed_in("reader"), signed_in("reader")
        assert session(one) != session(other)
        assert re.fullmatch(r"[\w-]{43}", session(one))


class TestTheft:
    def test_a_secret_that_was_planted_is_worth_nothing(self, visitor: Browser, team_house: House) -> None:
        planted = "a" * 43
        visitor.cookies.set("onrecord", planted, domain="127.0.0.1", path="/")
        visitor.sign_in("admin")
        assert planted not in [cookie.value for cookie in visitor.cookies.jar]
        with Browser(team_house) as thief:
            thief.cookies.set("onrecord", planted)
            assert not let_in(thief)

    def test_the_session_before_ends_when_somebody_signs_in(
        self, signed_in: Callable[[Role], Browser], team_house: House
    ) -> None:
        browser = signed_in("reader")
        before = session(browser)
        secret = team_house.accounts.sign_in("admin", PASSWORD, "192.0.2.7")
        assert team_house.accounts.sessions.whose(before)
        browser.cookies.set("onrecord-form", "x", domain="127.0.0.1", path="/")
        fields = {"csrf": csrf_of("x"), "name": "admin", "password": PASSWORD}
        assert browser.post("/signin", data=fields).status_code == 303
        assert team_house.accounts.sessions.whose(before) is None
        assert team_house.accounts.sessions.whose(secret), "another browser's goes on"

    def test_a_stolen_secret_ends_with_signing_out(
        self, signed_in: Callable[[Role], Browser], team_house: House
    ) -> None:
        browser = signed_in("editor")
        stolen = session(browser)
        answer = browser.post_form("/signout")
        assert (answer.status_code, answer.headers["location"]) == (303, "/signin")
        with Browser(team_house) as thief:
            thief.cookies.set("onrecord", stolen)
            assert (let_in(browser), let_in(thief)) == (False, False)

    def test_one_person_s_session_is_worth_nothing_to_a_team(
        self, client: Browser, team_house: House
    ) -> None:
        with Browser(team_house) as browser:
            browser.cookies.set("onrecord", session(client))
            assert not let_in(browser)

    def test_nor_a_user_s_to_one_person_s_server(
        self, signed_in: Callable[[Role], Browser], house: House
    ) -> None:
        with Browser(house) as browser:
            browser.cookies.set("onrecord", session(signed_in("admin")))
            assert not let_in(browser)

    @pytest.mark.parametrize("act", ["set_role", "set_password", "remove"])
    def test_a_change_of_the_account_shows_at_once(
        self, signed_in: Callable[[Role], Browser], team_house: House, act: str
    ) -> None:
        browser = signed_in("editor")
        more = {"set_role": ["reader"], "set_password": [PASSWORD + "!"], "remove": []}[act]
        getattr(team_house.accounts.users, act)("editor", *more)
        assert not let_in(browser)


class TestTime:
    def test_sessions_end(self, team_house: House) -> None:
        now: list[datetime] = [NOW]
        accounts = Accounts.open(team_house.ledger.place, team=True, clock=lambda: now[0], hasher=QUICK)
        with Browser(replace(team_house, accounts=accounts, clock=lambda: now[0])) as browser:
            browser.sign_in("reader")
            now[0] += timedelta(seconds=IDLE - 1)
            assert let_in(browser)
            now[0] += timedelta(seconds=IDLE + 1)
            assert not let_in(browser)
        accounts.close()


class TestTheAccount:
    def test_another_password(self, signed_in: Callable[[Role], Browser]) -> None:
        browser, elsewhere = signed_in("reader"), signed_in("reader")
        before = session(browser)
        new = "another four words"
        answer = browser.post_form("/account/password", present=PASSWORD, new=new, again=new)
        assert (answer.status_code, answer.headers["location"]) == (303, "/account")
        assert "Your password was changed." in browser.get("/account").text
        assert session(browser) != before
        assert not let_in(elsewhere)
        assert elsewhere.sign_in("reader").status_code == 403
        assert elsewhere.sign_in("reader", new).status_code == 303

    @pytest.mark.parametrize(
        ("fields", "status", "says"),
        [
            ({"present": "wrong", "new": "x y z four w", "again": "x y z four w"}, 403, "do not belong"),
            ({"present": PASSWORD, "new": "short", "again": "short"}, 422, "fewer than 12"),
            ({"present": PASSWORD, "new": "another four words", "again": "an"}, 422, "the same way twice"),
            ({}, 403, "do not belong"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_stands_beside_the_form(
        self, signed_in: Callable[[Role], Browser], fields: dict[str, str], status: int, says: str
    ) -> None:
        browser = signed_in("reader")
        answer = browser.post_form("/account/password", **fields)
        assert (answer.status_code, says in answer.text) == (status, True)
        assert let_in(browser)
        assert browser.post_form("/signout").status_code == 303
        assert browser.sign_in("reader").status_code == 303

    def test_a_token_is_shown_once_and_reaches_no_farther_than_its_scope(self, client: Browser) -> None:
        made = client.post_form("/account/tokens", name="<i>newsroom", scope="read", days="30")
        (secret,) = re.findall(r'<code class="secret" id="secret">(onr_[\w-]+)</code>', made.text)
        page = client.get("/account").text
        assert secret not in page
        assert "&lt;i&gt;newsroom" in page
        assert "2031-07-15" in page
        (id_,) = re.findall(r'name="id" value="(\w+)"', page)
        assert id_ not in secret
        headers = {"Authorization": f"Bearer {secret}"}
        client.cookies.clear()
        assert client.get("/api/v1/me", headers=headers).status_code == 200
        assert client.post("/api/v1/tokens", headers=headers, json={}).status_code in (403, 422)

    def test_a_token_is_revoked(self, client: Browser, house: House) -> None:
        token, secret = house.accounts.tokens.add(None, "newsroom")
        assert client.post_form("/account/tokens/revoke", id=token.id).headers["location"] == "/account"
        assert "The token was revoked" in client.get("/account").text
        assert house.accounts.tokens.whose(secret) is None
        assert client.post_form("/account/tokens/revoke", id=token.id).status_code == 404

    def test_nobody_sees_or_revokes_another_s(
        self, signed_in: Callable[[Role], Browser], team_house: House
    ) -> None:
        token, secret = team_house.accounts.tokens.add("reader", "newsroom")
        admin = signed_in("admin")
        assert token.id not in admin.get("/account").text
        assert admin.post_form("/account/tokens/revoke", id=token.id).status_code == 404
        assert team_house.accounts.tokens.whose(secret)

    @pytest.mark.parametrize(("scope", "status"), [("read", 201), ("write", 403), ("admin", 403), ("x", 422)])
    def test_nobody_makes_a_token_that_reaches_farther(
        self, signed_in: Callable[[Role], Browser], scope: str, status: int
    ) -> None:
        browser = signed_in("reader")
        answer = browser.post_form("/account/tokens", name="newsroom", scope=scope)
        assert answer.status_code == status
        assert ('value="newsroom"' in answer.text) == (status != 201), "what was typed is kept"


class TestSecrets:
    def test_stand_in_no_log(
        self, visitor: Browser, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        caplog.set_level("DEBUG")
        visitor.sign_in("reader", "a wrong password")
        visitor.sign_in("reader")
        secret = session(visitor)
        made = visitor.post_form("/account/tokens", name="newsroom")
        (token,) = re.findall(r"onr_[\w-]+", made.text)
        visitor.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
        printed = capfd.readouterr()
        logged = caplog.text + printed.out + printed.err
        assert [s for s in (PASSWORD, "a wrong password", secret, token, visitor.csrf) if s in logged] == []
