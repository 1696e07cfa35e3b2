"""A ledger behind a server has the methods of one at hand, and answers the same."""

from __future__ import annotations

import ast
import inspect
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from record.made import changed, document, elsewhere
from remote.conftest import At, serving

import onrecord
from onrecord import cli
from onrecord.errors import NotAllowed, NothingFound, NotSignedIn, OnlyHere, ServerGone
from onrecord.ledger.core import Ledger
from onrecord.record.query import Query
from onrecord.remote.core import RemoteLedger
from onrecord.statement import Article, Span, Speaker, Statement, Voice

COMMANDS = Path(cli.__file__).parent
# What pages alone ask for, and what needs the database itself.
OF_PAGES = {"acting", "store"}


def public(kind: type) -> dict[str, Any]:
    return {name: value for name, value in inspect.getmembers(kind) if not name.startswith("_")}


def test_what_both_have_is_called_the_same_way() -> None:
    here, there = public(Ledger), public(RemoteLedger)
    assert set(there) - {"actor"} <= set(here)
    for name, value in there.items():
        if inspect.isfunction(value):
            ours, theirs = (inspect.signature(each) for each in (here[name], value))
            assert ours.parameters == theirs.parameters, name


def test_it_has_all_that_commands_call() -> None:
    called = {
        node.attr
        for path in COMMANDS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr) == "ledger"
    }
    assert {"search", "settle", "feeds", "actor", "place"} <= called
    assert called - set(public(RemoteLedger)) - OF_PAGES == set()


def test_lists_come_whole_from_several_pages(remote: RemoteLedger, here: Path) -> None:
    with onrecord.open(here) as ledger:
        assert remote.log(last=1_000) == ledger.log(last=1_000)
        for limit in (1, 7, 60, 1_000):
            assert remote.search(Query(limit=limit)) == ledger.search(Query(limit=limit))
            assert remote.speakers(limit=limit) == ledger.speakers(limit=limit)
            assert remote.articles(limit=limit) == ledger.articles(limit=limit)


def test_pages_of_the_server_are_put_together(
    remote: RemoteLedger, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    get = remote._connection.get

    def small(where: str, **query: Any) -> Any:
        return get(where, **query | {"limit": min(query.get("limit", 3), 3)})

    monkeypatch.setattr(remote._connection, "get", small)
    with onrecord.open(here) as ledger:
        assert remote.search(Query(limit=10)) == ledger.search(Query(limit=10))
        assert remote.log(last=10) == ledger.log(last=10)
        assert remote.due(today=date(2031, 1, 1), limit=7) == ledger.due(today=date(2031, 1, 1), limit=7)
        assert remote.score(min_n=1) == ledger.score(min_n=1)


def test_what_is_there_is_looked_up(remote: RemoteLedger, here: Path) -> None:
    with onrecord.open(here) as ledger:
        assert remote.counts() == ledger.counts()
        assert remote.newest() == ledger.newest()
        assert remote.checkpoint() == ledger.checkpoint()
        assert remote.actor == "ana"
        ids = [entry.id for entry in ledger.search(Query(limit=20)).entries]
        assert remote.entries([*ids[::-1], "sha256:" + "0" * 64]) == ledger.entries(ids[::-1])
    assert remote.has(document(1).article)
    assert not remote.has(document(900).article)
    with pytest.raises(NothingFound):
        remote.show("000000000000")


def test_the_same_text_with_other_metadata_is_the_same_article_there_too(tmp_path: Path) -> None:
    whole = document(1)
    bare = elsewhere(whole, url=None, outlet=None, title=None, author=None, published=None)
    dated = elsewhere(bare, published=whole.article.published)
    other = elsewhere(bare, outlet="The Ellery Gazette")
    with onrecord.open(tmp_path / "empty.db"):
        pass
    with serving(tmp_path / "empty.db") as at, RemoteLedger(at.address, at.admin) as remote:
        added = [remote.add(each) for each in (dated, bare, whole, other)]
        assert [one.state for one in added] == ["new", "known", "version", "version"]
        assert [one.article for one in added] == [each.article.id for each in (dated, dated, whole, other)]
        assert [one.version_of for one in added] == [None, None, *[dated.article.id] * 2]
        assert remote.known(whole.article) == whole.article.id
        assert [version.article for version in remote.article(whole.article.id).versions] == [
            dated.article.id, whole.article.id
        ]  # fmt: skip
        assert [fact.name for fact in remote.differences(whole.article.id).facts] == [
            "url", "outlet", "title", "author"
        ]  # fmt: skip
        assert [remote.add(each, topic="Piers").state for each in (bare, whole)] == ["known"] * 2
        remote.verify()


def test_differences_are_those_from_the_version_that_the_ledger_names(tmp_path: Path) -> None:
    """Which need not stand before it in the list: another text was under its address since."""
    first = elsewhere(document(1), title=None)
    other, titled = changed(first), replace(elsewhere(first, url=None, title="News"), statements=())
    with onrecord.open(tmp_path / "lines.db") as ledger:
        list(ledger.add_many([first, other, titled]))
        ours = ledger.differences(titled.article.id)
    with serving(tmp_path / "lines.db") as at, RemoteLedger(at.address, at.admin) as remote:
        assert remote.differences(titled.article.id) == ours
        assert [statement.id for statement in ours.went] == [statement.id for statement in first.statements]
        with pytest.raises(NothingFound):
            remote.differences(first.article.id)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "claimreview", "webannotation"])
def test_exports_are_those_of_the_ledger(remote: RemoteLedger, here: Path, tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    with onrecord.open(here) as ledger:
        written = ledger.export(form, ours)
    assert remote.export(form, theirs) == written
    out = BytesIO()
    remote.export(form, out)
    if form != "parquet":
        assert theirs.read_bytes() == ours.read_bytes() == out.getvalue()


def test_a_statement_of_any_length_is_exported(tmp_path: Path) -> None:
    """The words in quotation marks, on several lines, and more of them than Python's csv module reads."""
    words = '"Ferries" will run,\r\n\n“all of them”. ' * 8_000
    article = Article(f"Ada Quist said {words}")
    span = (Span(15, 15 + len(words)),)
    statement = Statement(
        article.id, (Span(0, 9),), (Span(10, 14),), span, words, "direct", Speaker("Ada Quist"),
        (Voice("Ada Quist"),), 0.9, kind="prediction",
    )  # fmt: skip
    document = onrecord.Document(article, (statement,), onrecord.ReaderInfo("1", "x"))
    with onrecord.open(tmp_path / "long.db", create=True) as ledger:
        ledger.add(document)
    with serving(tmp_path / "long.db") as at, RemoteLedger(at.address, at.admin) as remote:
        assert remote.export("csv", tmp_path / "long.csv") == 1
    assert (tmp_path / "long.csv").stat().st_size > len(words)


def test_a_whole_ledger_is_taken_in(here: Path, tmp_path: Path) -> None:
    with onrecord.open(here) as ledger:
        rows = ledger.export("jsonl", tmp_path / "all.jsonl")
    with onrecord.open(tmp_path / "empty.db"):
        pass
    with serving(tmp_path / "empty.db") as at, RemoteLedger(at.address, at.admin) as remote:
        assert remote.import_(tmp_path / "all.jsonl") == rows
        assert remote.import_(tmp_path / "all.jsonl") == 0
        assert remote.verify().rows == rows


@pytest.mark.parametrize(
    "work",
    [
        lambda ledger: ledger.rebuild(),
        lambda ledger: ledger.backup("copy.db"),
        lambda ledger: ledger.has_url("https://news.example/ferry"),
        lambda ledger: ledger.polled("https://news.example/feed"),
        lambda ledger: ledger.picture("timeline", "Tessa Varga"),
    ],
)
def test_what_only_works_where_the_ledger_is(remote: RemoteLedger, work: Any) -> None:
    with pytest.raises(OnlyHere):
        work(remote)


def test_a_token_reaches_as_far_as_its_scope(at: At) -> None:
    with RemoteLedger(at.address, at.reader) as ledger:
        assert ledger.counts().statements
        with pytest.raises(NotAllowed):
            ledger.add(document(901))
    for token in ("", "onr_wrong"):
        with RemoteLedger(at.address, token) as ledger, pytest.raises(NotSignedIn):
            ledger.counts()


def test_a_server_that_was_ended_is_gone(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "record.db"):
        pass
    with serving(tmp_path / "record.db") as at, RemoteLedger(at.address, at.admin) as ledger:
        assert ledger.newest() == 0
    with RemoteLedger(at.address, at.admin) as ledger, pytest.raises(ServerGone):
        ledger.newest()
