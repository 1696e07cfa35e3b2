"""Accounts on both databases: what is kept, when sessions and tokens end, how guessing is slowed down."""

from __future__ import annotations

import stat
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from serve.conftest import NOW, PASSWORD, QUICK
from sqlalchemy import create_engine, text

import onrecord
from onrecord.errors import (
    BadOption,
    LedgerReadOnly,
    NameTaken,
    NotAllowed,
    TooManyAttempts,
    UnknownUser,
    WeakPassword,
    WrongPassword,
)
from onrecord.serve.accounts import Accounts, attempts, sessions
from onrecord.serve.accounts.names import key_of

ADDRESS = "192.0.2.7"


@dataclass
class Time:
    """A clock that stands until it is moved on."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def after(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def opened(place: str, clock: Time) -> Iterator[Callable[[], Accounts]]:
    """Opens the accounts of one ledger, as a server does that is started again."""
    made: list[Accounts] = []

    def make() -> Accounts:
        made.append(Accounts.open(place, team=True, clock=clock, hasher=QUICK))
        return made[-1]

    yield make
    for accounts in made:
        accounts.close()


@pytest.fixture
def accounts(opened: Callable[[], Accounts]) -> Accounts:
    """Accounts with one editor."""
    accounts = opened()
    accounts.users.add("Tessa Varga", PASSWORD, "editor")
    return accounts


class TestUsers:
    def test_are_kept(self, accounts, opened) -> None:
        (user,) = opened().users.all()
        assert (user.name, user.role, user.since) == ("Tessa Varga", "editor", NOW)

    @pytest.mark.parametrize("name", ["tessa varga", " TESSA  VARGA ", "Te\u017f\u017fa Varga"])
    def test_a_name_has_one_owner(self, accounts, name) -> None:
        with pytest.raises(NameTaken):
            accounts.users.add(name, PASSWORD)

    @pytest.mark.parametrize(("one", "other"), [("É", "e\u0301"), ("straße", "STRASSE"), ("Σ", "ς")])
    def test_spellings_of_one_name(self, one, other) -> None:
        assert key_of(one) == key_of(other)

    @pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x1b[31m", "a\u202eb", "a\x00b", "a\ud800"])
    def test_what_is_no_name(self, accounts, name) -> None:
        with pytest.raises(BadOption):
            accounts.users.add(name, PASSWORD)

    @pytest.mark.parametrize(
        "password", ["", "x" * 11, "xyxyxyxyxyxyxy", "x y z " * 50, "Tessa Varga 1", "tessa varga tessa"[:14]]
    )
    def test_a_weak_password(self, accounts, password) -> None:
        with pytest.raises(WeakPassword):
            accounts.users.set_password("Tessa Varga", password)
        assert accounts.sign_in("Tessa Varga", PASSWORD, ADDRESS)

    def test_unknown_ones(self, accounts) -> None:
        for act in (
            lambda: accounts.users.get("Ilse"),
            lambda: accounts.users.set_role("Ilse", "admin"),
            lambda: accounts.users.set_password("Ilse", PASSWORD),
            lambda: accounts.users.remove("Ilse"),
            lambda: accounts.tokens.of("Ilse"),
        ):
            with pytest.raises(UnknownUser):
                act()

    def test_a_password_typed_on_another_keyboard(self, accounts) -> None:
        accounts.users.set_password("Tessa Varga", "caf\u00e9 at the harbour")
        assert accounts.sign_in("Tessa Varga", "cafe\u0301 at the harbour", ADDRESS)


class TestWhatIsKept:
    def test_no_secret(self, accounts, opened, place, tmp_path) -> None:
        session = accounts.sign_in("Tessa Varga", PASSWORD, ADDRESS)
        token = accounts.tokens.add("Tessa Varga", "newsroom").secret
        with pytest.raises(WrongPassword):
            accounts.sign_in("a password typed as a name", "x", "203.0.113.9")
        told = dump(place)
        assert "argon2id" in told
        for secret in (PASSWORD, session, token, token[4:], "a password typed", ADDRESS):
            assert secret not in told

    def test_never_in_the_ledger(self, place, accounts, tmp_path) -> None:
        with onrecord.open(place, create=True, actor="Tessa") as ledger:
            ledger.note  # noqa: B018 - the ledger is made beside accounts that were there first
            ledger.verify()
        if "://" in place:
            with server(place) as connection:
                tables = "SELECT table_schema FROM information_schema.tables WHERE table_name = 'users'"
                assert connection.execute(text(tables)).scalars().all() == ["onrecord_accounts"]
        else:
            path = Path(place + ".accounts")
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert b"argon2id" not in Path(place).read_bytes()

    def test_what_the_server_remembers(self, accounts, opened) -> None:
        assert accounts.recall("verified") is None
        for value in ({"rows": 12, "by": "Tessa"}, [1, None]):
            accounts.remember("verified", value)
            assert opened().recall("verified") == value

    def test_a_file_that_others_could_read_is_closed_to_them(self, tmp_path) -> None:
        path = tmp_path / "ledger.db.accounts"
        path.touch(0o644)
        Accounts.open(str(tmp_path / "ledger.db")).close()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_where_the_directory_is_none(self, tmp_path) -> None:
        (tmp_path / "file").touch()
        place = str(tmp_path / "file" / "ledger.db")
        with pytest.raises(LedgerReadOnly):
            Accounts.open(place, team=True)
        alone = Accounts.open(place)
        assert alone.place == ":memory:"
        secret = alone.sessions.start(None)
        found: list[object] = []
        threads = [
            threading.Thread(target=lambda: found.append(alone.sessions.whose(secret))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [known[1:] for known in found] == [(None, None)] * 8


def server(place: str):
    return create_engine(place.replace("postgresql:", "postgresql+psycopg:")).connect()


def dump(place: str) -> str:
    """All that is written down, as text."""
    if "://" not in place:
        folder = Path(place).parent
        return "".join(path.read_bytes().decode("latin-1") for path in folder.iterdir())
    with server(place) as connection:
        names = ("users", "sessions", "tokens", "attempts", "remembered")
        return "".join(
            repr(connection.execute(text(f"SELECT * FROM onrecord_accounts.{name}")).all()) for name in names
        )


class TestSessions:
    def test_belong_to_who_signed_in(self, accounts, opened) -> None:
        secret = accounts.sign_in("tessa VARGA", PASSWORD, ADDRESS)
        assert opened().sessions.whose(secret)[1:] == ("Tessa Varga", "editor")

    def test_have_256_random_bits(self, accounts) -> None:
        found = {accounts.sessions.start(None) for _ in range(50)}
        assert len(found) == 50
        assert {len(secret) for secret in found} == {43}

    @pytest.mark.parametrize("secret", ["", "x", "'; DROP TABLE sessions", "\ud800", "é" * 43])
    def test_what_is_no_secret(self, accounts, secret) -> None:
        assert accounts.sessions.whose(secret) is None
        assert accounts.tokens.whose("onr_" + secret) is None

    def test_end_when_nobody_uses_them(self, accounts, clock) -> None:
        secret = accounts.sign_in("Tessa Varga", PASSWORD, ADDRESS)
        clock.after(sessions.IDLE - 1)
        assert accounts.sessions.whose(secret)
        clock.after(sessions.IDLE - 1)
        assert accounts.sessions.whose(secret)
        clock.after(sessions.IDLE + 1)
        assert accounts.sessions.whose(secret) is None

    def test_end_after_a_week_however_much_they_are_used(self, accounts, clock) -> None:
        secret = accounts.sign_in("Tessa Varga", PASSWORD, ADDRESS)
        seen = 0
        while accounts.sessions.whose(secret):
            clock.after(6 * 3600)
            seen += 1
        assert seen == sessions.LONGEST / (6 * 3600)

    @pytest.mark.parametrize(
        "act",
        [
            lambda a: a.users.set_role("Tessa Varga", "reader"),
            lambda a: a.users.set_password("Tessa Varga", PASSWORD + "!"),
            lambda a: a.users.remove("Tessa Varga"),
            lambda a: a.change_password("Tessa Varga", PASSWORD, PASSWORD + "!", ADDRESS),
        ],
        ids=["role", "password", "removal", "own password"],
    )
    def test_end_when_the_account_changes(self, accounts, act) -> None:
        secrets = [accounts.sign_in("Tessa Varga", PASSWORD, ADDRESS) for _ in range(2)]
        accounts.users.add("Ilse", PASSWORD)
        other = accounts.sign_in("Ilse", PASSWORD, ADDRESS)
        act(accounts)
        assert [accounts.sessions.whose(secret) for secret in secrets] == [None, None]
        assert accounts.sessions.whose(other)

    def test_go_on_when_a_role_is_given_again(self, accounts) -> None:
        secret = accounts.sign_in("Tessa Varga", PASSWORD, ADDRESS)
        accounts.users.set_role("Tessa Varga", "editor")
        assert accounts.sessions.whose(secret)

    def test_what_another_process_changes_counts_at_once(self, accounts, opened) -> None:
        secret, other = accounts.sign_in("Tessa Varga", PASSWORD, ADDRESS), opened()
        assert accounts.sessions.whose(secret).role == "editor"
        other.users.set_role("Tessa Varga", "reader")
        known = accounts.sessions.whose(secret)
        assert known is None or known.role == "reader"
        again = accounts.sign_in("Tessa Varga", PASSWORD, ADDRESS)
        assert accounts.sessions.whose(again).role == "reader"
        other.users.remove("Tessa Varga")
        assert accounts.sessions.whose(again) is None
        assert not accounts.sessions.at_hand(again)

    def test_are_at_hand_once_they_were_asked_for(self, place, accounts, clock) -> None:
        secret = accounts.sign_in("Tessa Varga", PASSWORD, ADDRESS)
        assert not accounts.sessions.at_hand(secret)
        accounts.sessions.whose(secret)
        assert accounts.sessions.at_hand(secret) is not place.startswith("postgresql")
        clock.after(61)  # its use is to be noted
        assert not accounts.sessions.at_hand(secret)
        accounts.sessions.whose(secret)
        accounts.sessions.end(secret)
        assert not accounts.sessions.at_hand(secret)
        assert accounts.sessions.whose(secret) is None

    def test_ended_ones_are_cleared_away(self, accounts, clock, place) -> None:
        old = accounts.sign_in("Tessa Varga", PASSWORD, ADDRESS)
        clock.after(sessions.IDLE + 1)
        accounts.sessions.start(None)
        clock.after(-sessions.IDLE - 1)
        assert accounts.sessions.whose(old) is None, "it is gone, not merely too old"


class TestTokens:
    @pytest.mark.parametrize(
        ("role", "scope", "reach"),
        [
            ("reader", "admin", "reader"), ("reader", "read", "reader"), ("editor", "admin", "editor"),
            ("editor", "read", "reader"), ("admin", "write", "editor"), ("admin", "admin", "admin"),
        ],
    )  # fmt: skip
    def test_reach_as_far_as_scope_and_present_role(self, accounts, role, scope, reach) -> None:
        secret = accounts.tokens.add("Tessa Varga", "newsroom", scope).secret
        accounts.users.set_role("Tessa Varga", role)
        assert accounts.tokens.whose(secret)[1:] == ("Tessa Varga", reach)

    @pytest.mark.parametrize(("at_most", "scope"), [("reader", "write"), ("editor", "admin")])
    def test_nobody_makes_one_that_reaches_farther(self, accounts, at_most, scope) -> None:
        with pytest.raises(NotAllowed):
            accounts.tokens.add("Tessa Varga", "newsroom", scope, at_most=at_most)
        assert accounts.tokens.of("Tessa Varga") == []

    def test_expire(self, accounts, clock) -> None:
        secret = accounts.tokens.add("Tessa Varga", "newsroom", days=7).secret
        clock.after(7 * 86_400 - 1)
        assert accounts.tokens.whose(secret)
        clock.after(1)
        assert accounts.tokens.whose(secret) is None

    def test_say_when_they_were_used(self, accounts, clock) -> None:
        token, secret = accounts.tokens.add("Tessa Varga", "newsroom")
        assert accounts.tokens.of("tessa varga") == [token]
        clock.after(3600)
        accounts.tokens.whose(secret)
        assert [found.used for found in accounts.tokens.all()] == [clock.now]

    def test_are_revoked_by_name_or_id_and_only_one_s_own(self, accounts) -> None:
        mine = accounts.tokens.add(None, "newsroom")
        hers = [accounts.tokens.add("Tessa Varga", "newsroom") for _ in range(2)]
        accounts.tokens.revoke("Tessa Varga", hers[0].token.id)
        assert [bool(accounts.tokens.whose(made.secret)) for made in (mine, *hers)] == [True, False, True]
        for name in (mine.token.id, "other", "%", ""):
            with pytest.raises(UnknownUser):
                accounts.tokens.revoke("Tessa Varga", name)
        assert accounts.tokens.revoke("Tessa Varga", "newsroom") == 1
        assert accounts.tokens.whose(mine.secret)

    def test_end_with_their_owner(self, accounts) -> None:
        secret = accounts.tokens.add("Tessa Varga", "newsroom").secret
        accounts.users.remove("Tessa Varga")
        accounts.users.add("Tessa Varga", PASSWORD, "admin")
        assert accounts.tokens.whose(secret) is None


def fail(accounts: Accounts, name: str = "Tessa Varga", address: str = ADDRESS) -> int:
    """Try with a wrong password. Returns the seconds to wait, 0 where the attempt was heard."""
    try:
        accounts.sign_in(name, "not the password", address)
    except WrongPassword:
        return 0
    except TooManyAttempts as error:
        return int(error.values["seconds"])
    raise AssertionError("a wrong password was taken")


class TestGuessing:
    def test_waits_grow_and_survive_a_restart(self, accounts, opened, clock) -> None:
        assert [fail(accounts) for _ in range(attempts.NAME.free)] == [0] * attempts.NAME.free
        waits = []
        for _ in range(12):
            waits.append(fail(opened()))
            clock.after(waits[-1])
            assert fail(accounts) == 0
        assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]

    def test_the_right_password_waits_as_well_and_then_all_is_forgotten(self, accounts, clock) -> None:
        while not fail(accounts):
            pass
        with pytest.raises(TooManyAttempts):
            accounts.sign_in("Tessa Varga", PASSWORD, "203.0.113.9")
        clock.after(1)
        assert accounts.sign_in("Tessa Varga", PASSWORD, ADDRESS)
        assert [fail(accounts) for _ in range(attempts.NAME.free)] == [0] * attempts.NAME.free

    def test_spellings_of_a_name_count_as_one(self, accounts) -> None:
        names = ["TESSA VARGA", "tessa  varga", "Tessa Varga", " tessa varga", "tEssa varga", "Tessa vargA"]
        assert [bool(fail(accounts, name)) for name in names] == [False] * attempts.NAME.free + [True]

    @pytest.mark.parametrize(
        "addresses", [[ADDRESS], ["2001:db8::1", "2001:db8::2:0:0:9"]], ids=["IPv4", "one IPv6 network"]
    )
    def test_many_names_from_one_address(self, accounts, addresses) -> None:
        tried = 0
        while not fail(accounts, f"name {tried}", addresses[tried % len(addresses)]):
            tried += 1
        assert tried == attempts.ADDRESS.free
        assert fail(accounts, "another name", "203.0.113.9") == 0

    def test_all_at_once(self, accounts) -> None:
        heard: list[int] = []
        threads = [threading.Thread(target=lambda: heard.append(fail(accounts))) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert heard.count(0) == attempts.NAME.free

    def test_is_forgotten_after_a_while(self, accounts, clock, place) -> None:
        while not fail(accounts):
            pass
        clock.after(attempts.FORGOTTEN + 1)
        assert fail(accounts) == 0

    def test_an_unknown_name_takes_as_long_as_a_wrong_password(self, tmp_path) -> None:
        """With hashing as it is in earnest: an answer without it would come a hundred times as fast."""
        accounts = Accounts.open(str(tmp_path / "ledger.db"), team=True)
        accounts.users.add("Tessa Varga", PASSWORD)
        taken: dict[str, list[float]] = {"Tessa Varga": [], "Nobody": []}
        for _ in range(3):
            for name, times in taken.items():
                begun = time.process_time()  # of all threads: other programs on the machine do not count
                fail(accounts, name)
                times.append(time.process_time() - begun)
        known, unknown = (statistics.median(times) for times in taken.values())
        assert 0.5 < known / unknown < 2

    def test_an_endless_password_is_not_hashed(self, accounts) -> None:
        with pytest.raises(WrongPassword):
            accounts.sign_in("Tessa Varga", PASSWORD * 100_000, ADDRESS)


class TestHashes:
    def test_are_made_anew_when_the_parameters_change(self, accounts, opened, place, clock) -> None:
        before = dump(place).count("m=8,t=1")
        assert before
        accounts.passwords.__dict__["_hasher"] = type(QUICK)(time_cost=2, memory_cost=16, parallelism=1)
        accounts.sign_in("Tessa Varga", PASSWORD, ADDRESS)
        assert "m=16,t=2" in dump(place)
        assert opened().sign_in("Tessa Varga", PASSWORD, ADDRESS)


class TestTheKey:
    def test_works_once(self, accounts) -> None:
        key = accounts.new_key()
        assert [accounts.use_key(given) for given in ("", key[:-1], key + "x", key, key)] == [
            False, False, False, True, False,
        ]  # fmt: skip

    def test_a_newer_one_takes_its_place(self, accounts) -> None:
        old, new = accounts.new_key(), accounts.new_key()
        assert (accounts.use_key(old), accounts.use_key(new)) == (False, True)

    def test_before_one_was_made(self, accounts) -> None:
        assert not accounts.use_key("")
