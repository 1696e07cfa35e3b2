"""Articles come in as text, as a page, as a document that was read elsewhere; exports go out and in again."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from record.made import changed, document
from serve.api.program import Program, refused

import onrecord
from onrecord.ledger.core import Ledger
from onrecord.record.query import Query
from onrecord.serve.api import shapes
from onrecord.serve.api.pouring import poured

NOW = datetime(2031, 6, 15, 9, 30, tzinfo=UTC)
TEXT = (
    "The night ferry is back on its route.\n\n"
    "The harbour master, Ottilie Brandt, said on Tuesday that the new berth would open"
    " by the end of June 2031.\n"
)
FACTS = {"title": "Night ferry returns", "outlet": "The Ellery Post", "published": "2031-06-02"}


def test_a_text_is_read_and_kept_once(api: Program, full: Ledger) -> None:
    body = {"text": TEXT, **FACTS, "url_of": "https://news.example/ferry", "topic": "berths"}
    first = api.post("articles", json=body)
    assert first.status_code == 201
    added = first.json()
    assert (added["state"], added["statements"]) == ("new", 1)
    (item,) = api.all("statements", topic="berths")
    assert (item["speaker"], item["due_end"]) == ("Ottilie Brandt", "2031-06-30")
    shown = api.ask(f"articles/{added['article']}")["article"]
    assert (shown["url"], shown["title"], shown["published_from"]) == (
        "https://news.example/ferry", "Night ferry returns", "option",
    )  # fmt: skip
    head = full.newest()
    again = api.post("articles", json=body)
    assert (again.status_code, again.json()["state"], full.newest()) == (200, "known", head)
    version = api.post("articles", json=body | {"text": TEXT + "\nIt was corrected later."})
    assert (version.status_code, version.json()["state"]) == (201, "version")
    assert version.json()["version_of"] == added["article"]


def test_a_reading_is_the_contract_and_nothing_is_kept(api: Program, full: Ledger) -> None:
    head = full.newest()
    answer = api.post("readings", json={"text": TEXT, **FACTS})
    assert answer.status_code == 200
    read = answer.json()
    assert shapes.Contract.model_validate(read).model_dump(mode="json", by_alias=True) == read
    assert read["article"]["text"] == TEXT
    assert read["statements"][0]["speaker"]["name"] == "Ottilie Brandt"
    page = f"<html><body><article><h1>Night ferry</h1><p>{TEXT}</p></article></body></html>"
    assert api.post("readings", json={"html": page, **FACTS}).json()["statements"]
    assert full.newest() == head


UNREADABLE: list[tuple[dict[str, Any], str]] = [
    ({}, "E109"), ({"text": TEXT, "html": "<p>a</p>"}, "E109"), ({"text": " "}, "E105"),
    ({"text": "a\0b"}, "E104"),
    ({"text": "Die Fähre fährt wieder. Der Hafenmeister sagte, dass sie am Montag kommt."}, "E106"),
    ({"url": "http://127.0.0.1/secret"}, "E122"), ({"url": "http://[::1]/"}, "E122"),
    ({"url": "http://2130706433/"}, "E122"), ({"url": "file:///etc/passwd"}, "E121"),
    ({"text": TEXT, "published": "Tuesday"}, "E109"), ({"text": TEXT, "words": "x"}, "E109"),
    ({"text": 5}, "E109"),
]  # fmt: skip


def test_what_cannot_be_read_is_refused(api: Program, full: Ledger) -> None:
    head = full.newest()
    for path in ("readings", "articles"):
        for body, code in UNREADABLE:
            refused(api.post(path, json=body), 422, code)
    assert full.newest() == head


def test_a_document_read_elsewhere_is_kept_as_it_is(api: Program, full: Ledger) -> None:
    made = document(99)
    answer = api.post("articles", json={"document": made.to_dict(), "topic": "quays"})
    assert (answer.status_code, answer.json()["statements"]) == (201, len(made.statements))
    assert api.ask(f"articles/{made.article.id}/document") == made.to_dict()
    assert api.post("articles", json={"document": made.to_dict()}).status_code == 200
    version = api.post("articles", json={"document": changed(made).to_dict()}).json()
    assert (version["state"], version["version_of"]) == ("version", made.article.id)


def _without(values: dict[str, Any], *path: Any) -> None:
    for step in path[:-1]:
        values = values[step]
    del values[path[-1]]


def _with(values: dict[str, Any], value: Any, *path: Any) -> None:
    for step in path[:-1]:
        values = values[step]
    values[path[-1]] = value


SLIPS: list[tuple[Any, tuple[Any, ...]]] = [
    ("onrecord.document/2", ("schema",)), ("sha256:00", ("article", "id")), ("changed", ("article", "text")),
    ("sha256:00", ("statements", 0, "id")), ("sha256:00", ("statements", 1, "within")),
    ([[0, 99_999]], ("statements", 0, "content")), ([], ("statements", 0, "content")),
    ([[5, 5]], ("statements", 0, "source")), ("lie", ("statements", 0, "kind")),
    (1.5, ("statements", 0, "confidence")),
    ("party", ("statements", 0, "speaker", "kind")), ("2031-13-01", ("article", "published")),
    (7, ("times",)),
    ([[-3, 99_999]], ("times", 0, "span")), (None, ("reader",)),
]  # fmt: skip


def test_a_document_that_contradicts_itself_is_refused(api: Program, full: Ledger) -> None:
    head = full.newest()
    for value, path in SLIPS:
        wrong, short = (json.loads(json.dumps(document(99).to_dict())) for _ in range(2))
        _with(wrong, value, *path)
        _without(short, *path)
        for values in (wrong, short):
            told = refused(api.post("articles", json={"document": values}), 422, "E109")
            assert "document" in told["what"]
    assert full.newest() == head


def test_the_whole_log_goes_out_and_into_another_ledger(api: Program, full: Ledger, tmp_path: Path) -> None:
    answer = api.get("exports/jsonl")
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.headers["content-disposition"] == 'attachment; filename="onrecord-2031-06-15.jsonl"'
    written = tmp_path / "export.jsonl"
    full.export("jsonl", written)
    assert answer.content == written.read_bytes()
    with onrecord.open(tmp_path / "other.db", clock=lambda: NOW) as other:
        assert other.import_(written) == full.newest()
        other.follow("https://news.example/feed.xml")
        other.export("jsonl", tmp_path / "more.jsonl")
    longer = (tmp_path / "more.jsonl").read_bytes()
    taken = api.post("imports", content=longer)
    assert taken.json() == {"new": 1, "checkpoint": full.checkpoint()}
    assert api.post("imports", content=longer).json()["new"] == 0
    refused(api.post("imports", content=longer[:-40]), 422, "E417")
    full.note(full.search(Query(limit=1)).entries[0].id, "a history of its own")
    refused(api.post("imports", content=longer.replace(b"feed.xml", b"food.xml")), 422, "E417")


@pytest.mark.parametrize("form", ["csv", "parquet", "claimreview", "webannotation"])
def test_exports_are_those_of_the_ledger(api: Program, full: Ledger, tmp_path: Path, form: str) -> None:
    (entry,) = full.search(Query(kinds=frozenset({"commitment"}), limit=1)).entries
    full.settle(entry.id, "kept", "https://news.example/berth")
    asked = {"kind": "commitment", "outlet": entry.outlet}
    answer = api.get(f"exports/{form}", params=asked)
    assert answer.status_code == 200
    query = Query(kinds=frozenset({"commitment"}), outlet=entry.outlet, today=full._today())
    full.export(form, tmp_path / form, query=query)
    assert answer.content == (tmp_path / form).read_bytes()
    assert len(answer.content) < len(api.get(f"exports/{form}").content) or form == "claimreview"


def test_exports_that_make_no_sense(api: Program) -> None:
    refused(api.get("exports/docx"), 422, "E109")
    refused(api.get("exports/jsonl", params={"kind": "claim"}), 422, "E109")
    refused(api.get("exports/csv", params={"speaker": "Nobody Atall"}), 404, "E418")
    refused(api.get("exports/csv", params={"words": "ferry"}), 422, "E109")


def test_what_is_poured_is_what_was_written_in_pieces() -> None:
    lines = [b"%06d\n" % number for number in range(200_000)]
    pieces = list(poured(lambda out: out.writelines(lines)))
    assert b"".join(pieces) == b"".join(lines)
    assert len(pieces) > 10
    assert list(poured(lambda _: None)) == []


def test_pouring_ends_where_nobody_reads() -> None:
    ended: list[str] = []

    def write(out: Any) -> None:
        try:
            while True:
                out.write(b"x" * 10_000)
        finally:
            ended.append("ended")

    pieces = poured(write)
    assert next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    for _ in range(100):
        if ended:
            break
        time.sleep(0.05)
    assert ended


def test_a_failure_at_once_is_raised_at_once_and_a_later_one_later() -> None:
    def at_once(_: Any) -> None:
        raise KeyError("first")

    def later(out: Any) -> None:
        out.write(b"x" * 200_000)
        raise KeyError("second")

    with pytest.raises(KeyError, match="first"):
        poured(at_once)
    pieces = poured(later)
    with pytest.raises(KeyError, match="second"):
        list(pieces)


def test_an_upload_beyond_the_limit_is_refused(api: Program) -> None:
    assert isinstance(api, TestClient)
    limit = 10_000_000
    answer = api.post("readings", json={"text": "The ferry. " * (limit // 11 + 10)})
    refused(answer, 413, "E103")
