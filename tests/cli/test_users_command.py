"""`onrecord users` and `onrecord tokens` on a real ledger: what they do, and what they never show."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import argon2
import pytest
from cli.conftest import Result
from serve.conftest import QUICK

from onrecord.serve.accounts import Accounts

PASSWORD = b"four words of the harbour\n"


@pytest.fixture
def people(
    onrecord: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Calls `onrecord users …` or `onrecord tokens …` on one ledger, with hashes that are made quickly."""
    monkeypatch.setattr(argon2, "PasswordHasher", lambda: QUICK)
    return lambda *words, stdin=PASSWORD: onrecord(*words, "--db", tmp_path / "ledger.db", stdin=stdin)


@pytest.fixture
def tessa(people: Callable[..., Result]) -> Result:
    """What adding an editor printed."""
    result = people("users", "add", "Tessa Varga", "--role", "editor", "--password-stdin")
    assert result.code == 0, result.err
    return result


@pytest.fixture
def accounts(tmp_path: Path) -> Callable[[], Accounts]:
    return lambda: Accounts.open(str(tmp_path / "ledger.db"), team=True)


def value(result: Result) -> Any:
    assert result.code == 0, result.err
    return json.loads(result.out)


class TestUsers:
    def test_one_who_was_added_can_sign_in(self, tessa, accounts) -> None:
        assert tessa.out == "Tessa Varga may sign in as editor.\n"
        opened = accounts()
        secret = opened.sign_in("tessa varga", PASSWORD.decode().strip(), "192.0.2.7")
        assert opened.sessions.whose(secret)[1:] == ("Tessa Varga", "editor")

    def test_accounts_are_beside_the_ledger_for_its_owner_alone(self, tessa, tmp_path) -> None:
        path = tmp_path / "ledger.db.accounts"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert b"Tessa" not in (tmp_path / "ledger.db").read_bytes()

    def test_the_password_is_nowhere(self, tessa, tmp_path) -> None:
        for path in tmp_path.iterdir():
            assert PASSWORD.strip() not in path.read_bytes()
        assert PASSWORD.decode().strip() not in tessa.out + tessa.err

    def test_list(self, people, tessa) -> None:
        assert "Tessa Varga\neditor, since 20" in people("users").out
        (user,) = value(people("users", "list", "--json"))
        assert (user["name"], user["role"]) == ("Tessa Varga", "editor")
        assert set(user) == {"name", "role", "since"}

    def test_role_and_password_end_sessions(self, people, tessa, accounts) -> None:
        opened = accounts()
        for words in (("role", "TESSA varga", "admin"), ("password", "Tessa Varga", "--password-stdin")):
            secret = opened.sign_in("Tessa Varga", PASSWORD.decode().strip(), "192.0.2.7")
            assert people("users", *words).code == 0
            assert opened.sessions.whose(secret) is None
        assert opened.users.get("Tessa Varga").role == "admin"

    def test_remove(self, people, tessa, accounts) -> None:
        secret = people("tokens", "add", "newsroom", "--user", "Tessa Varga", "--json")
        assert people("users", "remove", "Tessa Varga").out == "Tessa Varga may sign in no more.\n"
        assert "There are no users yet." in people("users").out
        assert accounts().tokens.whose(value(secret)["secret"]) is None

    @pytest.mark.parametrize(
        ("words", "stdin", "error"),
        [
            (("add", "Tessa VARGA", "--password-stdin"), PASSWORD, "E507"),
            (("add", "Ilse", "--password-stdin"), b"short\n", "E506"),
            (("add", "Ilse", "--password-stdin"), b"", "E506"),
            (("add", "Ilse", "--role", "owner", "--password-stdin"), PASSWORD, "E109"),
            (("add", "\x1b[31m", "--password-stdin"), PASSWORD, "E109"),
            (("role", "Nobody", "admin"), b"", "E508"),
            (("role", "Tessa Varga", "owner"), b"", "E109"),
            (("password", "Nobody", "--password-stdin"), PASSWORD, "E508"),
            (("remove", "Nobody"), b"", "E508"),
        ],
    )
    def test_what_cannot_be_done(self, people, tessa, words, stdin, error) -> None:
        result = people("users", *words, stdin=stdin)
        assert (result.code, result.out) == (2 if error == "E109" else 8, "")
        assert result.err.startswith(f"onrecord: [{error}] ")

    @pytest.mark.parametrize("words", [("users", "list"), ("tokens", "list"), ("users", "remove", "x")])
    def test_a_mistyped_place_makes_nothing(self, people, tmp_path, words) -> None:
        result = people(*words)
        assert (result.code, result.err.startswith("onrecord: [E401] ")) == (6, True)
        assert list(tmp_path.iterdir()) == []


class TestTokens:
    def test_is_shown_once_and_kept_as_a_hash(self, people, tessa, tmp_path, accounts) -> None:
        made = people("tokens", "add", "newsroom", "--user", "Tessa Varga", "--scope", "write")
        (secret,) = [line for line in made.out.splitlines() if line.startswith("onr_")]
        assert accounts().tokens.whose(secret)[1:] == ("Tessa Varga", "editor")
        assert secret not in people("tokens").out
        for path in tmp_path.iterdir():
            assert secret.encode() not in path.read_bytes()

    def test_of_the_one_person(self, people, tessa, accounts) -> None:
        made = value(people("tokens", "add", "mine", "--scope", "admin", "--days", "7", "--json"))
        assert (made["token"]["owner"], made["token"]["expires"] is None) == (None, False)
        assert accounts().tokens.whose(made["secret"])[1:] == (None, "admin")

    def test_list_and_revoke(self, people, tessa) -> None:
        for name in ("newsroom", "archive"):
            people("tokens", "add", name, "--user", "Tessa Varga")
        page = people("tokens", "list", "--user", "Tessa Varga").out
        assert "newsroom (" in page
        assert "of Tessa Varga, may read, never expires, never used" in page
        assert people("tokens", "revoke", "newsroom", "--user", "Tessa Varga").code == 0
        (left,) = value(people("tokens", "--json"))
        assert left["name"] == "archive"
        assert people("tokens", "revoke", left["id"], "--user", "Tessa Varga").code == 0
        assert value(people("tokens", "--json")) == []

    @pytest.mark.parametrize(
        ("words", "error"),
        [
            (("add", "x", "--user", "Nobody"), "E508"),
            (("add", "x", "--scope", "everything"), "E109"),
            (("revoke", "x"), "E508"),
        ],
    )
    def test_what_cannot_be_done(self, people, tessa, words, error) -> None:
        result = people("tokens", *words)
        assert (result.code, result.out) == (2 if error == "E109" else 8, "")
        assert result.err.startswith(f"onrecord: [{error}] ")
