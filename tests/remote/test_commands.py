"""A command prints the same of a ledger at hand and of one like it behind a server."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.conftest import Result
from record.made import document
from remote.conftest import At

from onrecord.cli import main

Command = Callable[..., Result]
COMMITMENTS = [s for n in range(12) for s in document(n).statements if s.kind == "commitment"]
PREDICTIONS = [s for n in range(12) for s in document(n).statements if s.kind == "prediction"]
MINE, OTHER, FORECAST = (s.id.removeprefix("sha256:")[:12] for s in (*COMMITMENTS[:2], PREDICTIONS[0]))
ARTICLE = document(3).article.id.removeprefix("sha256:")[:12]
SPEAKERS = sorted({str(s.speaker.name) for s in COMMITMENTS if not s.speaker.anonymous})
# In this order: each finds what those before it did.
STORY = [
    ["search", "--limit", "5"],
    ["search", "--limit", "100", "--json"],
    ["search", "submarine"],
    ["search", "--kind", "promise,prediction", "--status", "open", "--today", "2031-06-01"],
    ["show", MINE],
    ["show", ARTICLE],
    ["show", ARTICLE, "--json"],
    ["due", "--within", "1y", "--today", "2031-06-01"],
    ["due", "--overdue", "--json", "--today", "2033-06-01"],
    [
        "settle",
        MINE,
        "kept",
        "--evidence",
        "https://news.example/ferry",
        "--on",
        "2020-06-01",
        "--note",
        "seen",
    ],
    ["settle", OTHER, "broken", "--evidence", "the quay stood empty all year", "--json"],
    ["settle", FORECAST, "came-true", "--evidence", "it was seen by all"],
    ["unsettle", OTHER, "--why", "a slip"],
    ["correct", MINE, "speaker.name=Tessa Varga", "due=2031-04-01..2031-04-30", "--why", "see line 4"],
    ["correct", MINE, "--take-back", "due"],
    ["reject", OTHER, "--why", "a caption"],
    ["restore", OTHER],
    ["note", MINE, "the minutes say the same"],
    ["topic", MINE, "harbours"],
    ["speakers"],
    ["speakers", "merge", SPEAKERS[0], "--into", SPEAKERS[1], "--json"],
    ["speakers", "split", SPEAKERS[0]],
    ["score", "--min-n", "1", "--today", "2040-01-01"],
    ["score", "Tessa Varga", "--today", "2040-01-01"],
    ["score", "--by", "topic", "--json", "--min-n", "1", "--today", "2040-01-01"],
    ["log", "--last", "8"],
    ["log", "--act", "rating", "--json"],
    ["feeds"],
    ["redact", FORECAST, "--why", "an order", "--yes"],
    ["show", FORECAST],
    ["export", "--format", "csv", "--kind", "commitment"],
    ["show", "000000000000"],
    ["show", "f"],
    ["search", "--speaker", "Nobody At All"],
    ["unsettle", OTHER],
    ["settle", ARTICLE, "kept", "--evidence", "three words here"],
    ["settle", MINE, "came-true", "--evidence", "it was seen by all"],
    ["correct", MINE, "kind=promised"],
    ["verify", "--against", "7:" + "0" * 64],
]
# What differs between two ledgers that went the same way at different moments.
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d\.\d{6}Z)?")
SEAL = re.compile(r'"(salt|digest|previous|hash)": ?"[0-9a-f]+"')


PLACE = re.compile(r"http://127\.0\.0\.1:\d+|/\S+/record\.db")


def same(text: str) -> str:
    return PLACE.sub("PLACE", SEAL.sub("SEAL", TIME.sub("TIME", text)))


@pytest.fixture
def there(onrecord: Command, at: At, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Calls a command on the ledger behind the server."""

    def call(*words: object) -> Result:
        monkeypatch.delenv("ONRECORD_DB", raising=False)
        monkeypatch.setenv("ONRECORD_SERVER", at.address)
        monkeypatch.setenv("ONRECORD_TOKEN", at.admin)
        return onrecord(*words)

    monkeypatch.setenv("COLUMNS", "140")
    return call


@pytest.fixture
def at_hand(onrecord: Command, here: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Calls a command on the ledger at hand."""

    def call(*words: object) -> Result:
        monkeypatch.delenv("ONRECORD_SERVER", raising=False)
        monkeypatch.setenv("ONRECORD_DB", str(here))
        monkeypatch.setenv("ONRECORD_ACTOR", "ana")
        return onrecord(*words)

    monkeypatch.setenv("COLUMNS", "140")
    return call


def test_the_same_story_is_told(at_hand: Command, there: Command) -> None:
    for words in STORY:
        ours, theirs = at_hand(*words), there(*words)
        assert same(theirs.out) == same(ours.out), words
        assert (theirs.code, same(theirs.err)) == (ours.code, same(ours.err)), words
        assert ours.out or ours.err, words


def test_articles_are_read_here_and_added_there(at_hand: Command, there: Command, articles: Path) -> None:
    for words in (["add", articles, "--topic", "bridges"], ["add", articles, "--json"]):
        ours, theirs = at_hand(*words), there(*words)
        assert (theirs.code, same(theirs.out)) == (ours.code, same(ours.out))
        assert ours.code == 3


def test_what_does_not_work_through_a_server_says_so(there: Command, tmp_path: Path) -> None:
    for words, name in ((["rebuild"], "rebuild"), (["backup", tmp_path / "copy.db"], "backup")):
        result = there(*words)
        assert result.code == 8
        assert f"[E512] onrecord {name} does not work through a server." in result.err
    assert list(tmp_path.glob("copy*")) == []


def test_the_options_name_the_server_and_what_comes_next_does_too(
    onrecord: Command, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_DB", "another.db")
    result = onrecord("search", "--limit", "1", "--server", at.address, "--token", at.admin)
    assert result.code == 0
    assert f"--server {at.address}" in " ".join(result.out.split())
    assert at.admin not in result.out


def test_a_ledger_is_here_or_there(
    onrecord: Command, at: At, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (["--db", here, "--server", at.address], ["--db", here, "--token", "onr_secret"]):
        result = onrecord("search", *words)
        assert (result.code, result.err[:16]) == (2, "onrecord: [E109]")
        assert "onr_secret" not in result.err
    assert onrecord("search", "--token", "onr_secret").code == 2
    assert onrecord("note", MINE, "x y", "--server", at.address, "--actor", "ana").code == 2
    monkeypatch.setenv("ONRECORD_SERVER", at.address)
    assert onrecord("search", "--db", here).code == 0
    monkeypatch.setenv("ONRECORD_DB", str(here))
    assert "[E301] ONRECORD_SERVER=" in onrecord("search").err


@pytest.mark.parametrize(
    ("server", "code"), [("nonsense", 2), ("http://127.0.0.1:9", 8), ("https://ana:secret@record.example", 2)]
)
def test_a_server_that_is_none(onrecord: Command, server: str, code: int) -> None:
    result = onrecord("search", "--server", server)
    assert (result.code, result.out) == (code, "")
    assert "secret" not in result.err


def test_without_a_token_nobody_is_let_in(onrecord: Command, at: At) -> None:
    result = onrecord("search", "--server", at.address)
    assert (result.code, result.err[:16]) == (8, "onrecord: [E501]")


def test_no_help_shows_the_token(onrecord: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_TOKEN", "onr_secret")
    assert "onr_secret" not in onrecord("settle", "--help").out
    from onrecord.settings import Settings

    assert "onr_secret" not in repr(Settings.from_environment())


def test_what_is_done_where_the_ledger_is_has_no_server() -> None:
    assert "ONRECORD_SERVER" not in os.environ
    for words in (
        ["serve", "--server", "http://127.0.0.1:9"],
        ["users", "list", "--server", "http://127.0.0.1:9"],
    ):
        assert main(words) == 2
