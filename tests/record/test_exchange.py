"""A whole log as JSON lines, out and in: what comes back is the same, and what is not whole stays out."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record.made import changed, documents, read_again
from sqlalchemy import select

from onrecord.entry import Act, LogRow
from onrecord.errors import CannotWrite, HistoriesDiffer, NotAnExport, NotFound, OnrecordError, Unreadable
from onrecord.record import acts, exchange, files, incoming, schema
from onrecord.record.chain import GENESIS, digest_of, hash_of
from onrecord.record.engine import Store
from onrecord.record.log import append, head, rows
from onrecord.record.verify import verify
from onrecord.statement import Document

LEDGER_PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "ledger.md"
MONDAY = datetime(2031, 3, 3, 9, 0, tzinfo=UTC)
Line = dict[str, Any]


def keep(store: Store, *documents: Document, minute: int = 0) -> None:
    """Put documents on the log as `add` does."""
    for number, document in enumerate(documents, start=minute):
        now = MONDAY + timedelta(minutes=number)
        with store.writing() as connection:
            append(connection, "Ada", [acts.article_act(document.article)], now=now)
            last = head(connection)
            assert last is not None
            machine = f"onrecord/{document.reader.version}"
            append(connection, machine, acts.reading_acts(document, last.sequence + 1), now=now)


def act(store: Store, kind: str, subject: str | None, actor: str = "Ada", **payload: object) -> None:
    with store.writing() as connection:
        append(connection, actor, [Act(kind, subject, payload)], now=MONDAY + timedelta(days=1))


def blanked(value: Any) -> Any:
    """A payload whose words are gone, as a redaction leaves it."""
    if isinstance(value, dict):
        return {
            key: "█" * len(inner) if key in ("text", "title") and inner else blanked(inner)
            for key, inner in value.items()
        }
    return [blanked(part) for part in value] if isinstance(value, list) else value


def redact(store: Store, article: str) -> None:
    """Take the words of an article and of its statements out of the log."""
    with store.reading() as connection:
        found = [row for row in rows(connection) if row.act in ("article", "statement") and row.payload]
    payloads = {row.sequence: json.loads(row.payload or "") for row in found}
    named = [row.sequence for row in found if article in (row.subject, payloads[row.sequence].get("article"))]
    replaced = {str(number): blanked(payloads[number]) for number in named}
    act(store, "redaction", article, why="order 12/31", rows=named, replacements=replaced)


def fill(store: Store) -> None:
    """Acts of every kind; one article is redacted."""
    first, second, third = documents(3)
    keep(store, first, second, third, changed(first), read_again(second))
    promise = next(s.id for s in second.statements if s.kind == "commitment")
    claim = third.statements[0].id
    evidence = {"kind": "url", "text": "https://post.example/“ferry”?a=1"}
    act(store, "rating", promise, verdict="kept", on="2031-06-01", evidence=evidence, note="Both ran.\n")
    act(store, "rating", promise, "Ben", verdict="broken", on=None, evidence=evidence, note=None)
    act(store, "withdrawal", promise, "Ben", why=None)
    act(store, "correction", claim, field="speaker.name", value="Tessa Varga", why="see the caption")
    act(store, "rejection", claim, why="nobody said that")
    act(store, "restoration", claim, why="somebody did")
    act(store, "note", claim, text="half \ud83d, a NUL \0 and a 🚢")
    act(store, "topic", second.article.id, topic="ferries")
    act(store, "merge", "Tessa Varga", speakers=["Varga"], why=None)
    act(store, "split", "Varga", why="two people")
    act(store, "refusal", "scan.pdf", code="E104", message="is not text")
    act(store, "feed", "https://post.example/feed", outlet="The Ellery Post", title=None, topic=None)
    act(store, "unfollow", "https://post.example/feed")
    redact(store, third.article.id)


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    with store.reading() as connection:
        tables = schema.metadata.sorted_tables
        return {
            t.name: [tuple(r) for r in connection.execute(select(t).order_by(*t.primary_key))] for t in tables
        }


def exported(store: Store) -> bytes:
    out = io.BytesIO()
    with store.reading() as connection:
        count = len(list(rows(connection)))
    assert exchange.export(store, out) == count
    return out.getvalue()


def taken(store: Store, raw: bytes) -> int:
    return exchange.import_(store, io.BytesIO(raw), name="record.jsonl")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A ledger with acts of every kind."""
    store = Store.open(str(tmp_path_factory.mktemp("full") / "full.db"), create=True)
    fill(store)
    yield store
    store.close()


@pytest.fixture(scope="module")
def lines(full: Store) -> list[bytes]:
    """Its export, line by line."""
    return exported(full).splitlines(keepends=True)


@pytest.fixture
def empty(place: str) -> Iterator[Store]:
    """A ledger without anything, on either database."""
    store = Store.open(place, create=True)
    yield store
    store.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """A ledger without anything, in a file."""
    store = Store.open(str(tmp_path / "other.db"), create=True)
    yield store
    store.close()


class TestRoundTrip:
    def test_gives_the_same_tables_and_the_same_head(
        self, full: Store, empty: Store, lines: list[bytes]
    ) -> None:
        assert taken(empty, b"".join(lines)) == len(lines) - 1
        assert everything(empty) == everything(full)
        assert verify(empty).head == verify(full).head == json.loads(lines[0])["head"]
        assert exported(empty) == b"".join(lines)

    def test_of_nothing_is_a_first_line(self, empty: Store, other: Store) -> None:
        raw = exported(empty)
        assert json.loads(raw) == {"schema": "onrecord.ledger/1", "rows": 0, "head": GENESIS}
        assert taken(other, raw) == 0

    def test_the_same_again_changes_nothing(self, other: Store, lines: list[bytes]) -> None:
        taken(other, b"".join(lines))
        before = everything(other)
        assert taken(other, b"".join(lines)) == 0
        assert everything(other) == before

    def test_what_is_new_is_added(self, empty: Store, other: Store) -> None:
        one, two, three = documents(3)
        keep(other, one)
        assert taken(empty, exported(other)) == len(one.statements) + 2
        keep(other, two, three, minute=1)
        redact(other, one.article.id)
        new = len(two.statements) + len(three.statements) + 2 * 2 + 1
        assert taken(empty, exported(other)) == new
        assert everything(empty) == everything(other)
        assert "ferry" in one.article.text or "█" in exported(empty).decode()

    def test_an_older_export_takes_nothing_back(self, other: Store, tmp_path: Path) -> None:
        one, two = documents(2)
        keep(other, one)
        older = exported(other)
        keep(other, two, minute=1)
        redact(other, one.article.id)
        before = everything(other)
        assert taken(other, older) == 0
        assert everything(other) == before

    def test_goes_through_a_file(self, full: Store, empty: Store, tmp_path: Path) -> None:
        path = tmp_path / "record.jsonl"
        path.write_bytes(exported(full))
        assert exchange.import_file(empty, path) == len(everything(full)["log"])

    def test_work_can_go_on_afterwards(self, other: Store, lines: list[bytes]) -> None:
        taken(other, b"".join(lines))
        (more,) = documents(1, first=7)
        keep(other, more, minute=2 * 24 * 60)
        assert verify(other).rows == len(lines) - 1 + len(more.statements) + 2

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=5))
    def test_any_words_come_back(self, notes: list[tuple[str, str]]) -> None:
        def made(text: str, subject: str, before: LogRow | None) -> LogRow:
            return _row(before, json.dumps({"text": text}), subject=json.dumps(subject)[1:-1])

        chain: list[LogRow] = []
        for text, subject in notes:
            chain.append(made(text, subject, chain[-1] if chain else None))
        raw = _file(chain)
        assert list(incoming.Incoming(io.BytesIO(raw), "x")) == chain


def _row(before: LogRow | None, payload: str, **fields: Any) -> LogRow:
    """A row that is chained as it should be, whatever it says."""
    sequence, previous = (before.sequence + 1, before.hash) if before else (1, GENESIS)
    salt = "0" * 32
    given: dict[str, Any] = {"time": "2031-03-03T09:00:00.000000Z", "actor": "Ada", "act": "note"}
    given |= {"subject": "x"} | fields
    digest = digest_of(salt, payload)
    digits = hash_of(sequence, digest=digest, previous=previous, **given)
    return LogRow(
        sequence, payload=payload, salt=salt, digest=digest, previous=previous, hash=digits, **given
    )


def _file(chain: list[LogRow]) -> bytes:
    newest = chain[-1].hash if chain else GENESIS
    top = {"schema": "onrecord.ledger/1", "rows": len(chain), "head": newest}
    return b"".join(json.dumps(line).encode() + b"\n" for line in (top, *map(asdict, chain)))


def edited(number: int, **values: object) -> Callable[[list[bytes]], None]:
    """Changes fields of a line (0: the first)."""

    def edit(lines: list[bytes]) -> None:
        lines[number] = json.dumps(json.loads(lines[number]) | values).encode() + b"\n"

    return edit


def without(number: int, name: str) -> Callable[[list[bytes]], None]:
    def edit(lines: list[bytes]) -> None:
        line = json.loads(lines[number])
        del line[name]
        lines[number] = json.dumps(line).encode() + b"\n"

    return edit


def put(number: int, raw: bytes) -> Callable[[list[bytes]], None]:
    def edit(lines: list[bytes]) -> None:
        lines[number : number + 1] = [raw]

    return edit


def cut(lines: list[bytes]) -> None:
    lines[-1] = lines[-1][:-20]


def swap(lines: list[bytes]) -> None:
    lines[2], lines[3] = lines[3], lines[2]


def whole_but_forged(lines: list[bytes]) -> None:
    """One row is changed with its own digest and hash made anew: the next row tells."""
    row = json.loads(lines[2])
    before = LogRow(**json.loads(lines[1]))
    fields = {name: row[name] for name in ("time", "actor", "act", "subject")}
    lines[2] = json.dumps(asdict(_row(before, '{"text":"else"}', **fields))).encode() + b"\n"


Edit = Callable[[list[bytes]], None]
BAD: list[tuple[str, Edit, int, str]] = [
    ("an empty file", lambda lines: lines.clear(), 1, "does not begin with"),
    ("an article", put(0, b"The ferry is back.\n"), 1, "not JSON"),
    ("the JSON of read", put(0, b'{"schema": "onrecord.document/1"}\n'), 1, "onrecord.document/1"),
    ("a newer schema", edited(0, schema="onrecord.ledger/2"), 1, "reads onrecord.ledger/1"),
    ("a list", put(0, b"[]\n"), 1, "not a JSON object"),
    ("rows that are no number", edited(0, rows="7"), 1, "rows must be a number"),
    ("rows that are true", edited(0, rows=True), 1, "rows must be a number"),
    ("fewer rows than none", edited(0, rows=-1), 1, "rows must be a number"),
    ("another head", edited(0, head=GENESIS), -1, "not the one that the first line promises"),
    ("a line missing at the end", lambda lines: lines.pop() and None, -1, "ends after"),
    ("a line cut off", cut, -1, "cut off"),
    ("an empty line at the end", lambda lines: lines.append(b"\n"), -1, "not JSON"),
    ("one row more", lambda lines: lines.append(lines[-1]), -1, "more than"),
    ("a row missing", lambda lines: lines.pop(3) and None, 4, "row 4 stands where row 3 belongs"),
    ("a row twice", lambda lines: lines.insert(3, lines[2]), 4, "row 2 stands where row 3 belongs"),
    ("two rows exchanged", swap, 3, "row 3 stands where row 2 belongs"),
    ("another payload", edited(2, payload='{"text":"else"}'), 3, "payload is not the one"),
    ("another salt", edited(2, salt="0" * 32), 3, "payload is not the one"),
    ("another actor", edited(2, actor="Ben"), 3, "hash does not fit"),
    ("another time", edited(2, time="2031-03-03T09:00:00.000001Z"), 3, "hash does not fit"),
    ("another subject", edited(2, subject=None), 3, "hash does not fit"),
    ("another hash", edited(2, hash=GENESIS), 3, "hash does not fit"),
    ("a row that is forged", whole_but_forged, 4, "does not follow"),
    ("words without their salt", edited(2, salt=None), 3, "lost a part"),
    ("words taken out", edited(2, salt=None, payload=None), -1, "no redaction names it"),
    ("an act of the future", edited(2, act="auction"), 3, "no act that this version knows"),
    ("a time of day", edited(2, time="09:00"), 3, "its time is not written as"),
    ("a field missing", without(2, "salt"), 3, "its fields are not"),
    ("a field too many", edited(2, verdict="kept"), 3, "its fields are not"),
    ("a number as text", edited(2, sequence="2"), 3, "sequence is of the wrong type"),
    ("a number as truth", edited(1, sequence=True), 2, "sequence is of the wrong type"),
    ("text as a number", edited(2, actor=7), 3, "actor is of the wrong type"),
    ("text as nothing", edited(2, digest=None), 3, "digest is of the wrong type"),
    ("a payload as an object", edited(2, payload={}), 3, "payload is of the wrong type"),
    ("a NUL in a text", edited(2, actor="A\0da"), 3, "actor holds a NUL"),
    ("half a character", edited(2, subject="\ud83d"), 3, "subject holds a NUL or half a character"),
    ("a NUL in the file", put(2, b"\0\n"), 3, "not JSON"),
    ("bytes of another encoding", put(2, '{"actor":"Zoë"}\n'.encode("latin-1")), 3, "not UTF-8"),
    ("a byte order mark", lambda lines: lines.insert(0, b"\xef\xbb\xbf" + lines.pop(0)), 1, "not JSON"),
    ("no end of brackets", put(2, b"[" * 200_000 + b"\n"), 3, "not JSON"),
    ("no end of digits", put(2, b'{"sequence":' + b"9" * 10_000 + b"}\n"), 3, "not JSON"),
]


class TestDocumentation:
    def test_the_check_in_twenty_lines_runs(self, lines: list[bytes], tmp_path: Path) -> None:
        (program,) = re.findall(r"^```python\n(.*?)^```", LEDGER_PAGE.read_text("utf-8"), re.M | re.S)
        command = [sys.executable, "-c", program]
        (tmp_path / "record.jsonl").write_bytes(b"".join(lines))
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert done.stdout == f"as it was written: {json.loads(lines[0])['head']}\n", done.stderr
        bad = list(lines)
        edited(2, actor="Ben")(bad)
        (tmp_path / "record.jsonl").write_bytes(b"".join(bad))
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert "AssertionError: 2" in done.stderr


@pytest.fixture(scope="module")
def begun(lines: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A ledger that has the first two rows of the export already."""
    store = Store.open(str(tmp_path_factory.mktemp("begun") / "begun.db"), create=True)
    taken(store, _file([LogRow(**json.loads(raw)) for raw in lines[1:3]]))
    yield store
    store.close()


# Well chained, and yet not what such acts say.
SENSELESS: list[tuple[str, Line]] = [
    ("article", {}),
    ("article", {"text": 7}),
    ("reading", {"reader": None}),
    ("statement", {"reading": "no"}),
    ("statement", {"reading": 1}),
    ("rating", {"verdict": "kept"}),
    ("correction", {"field": "kind"}),
    ("redaction", {"rows": "all"}),
    ("redaction", {"rows": [10**30], "replacements": {}}),
    ("redaction", {"rows": [{}], "replacements": {}}),
    ("redaction", {"rows": [], "replacements": []}),
    ("merge", {"speakers": 7, "why": None}),
    ("feed", {"outlet": {}, "title": None, "topic": None}),
]


# What makes senseless: an article (1), its reading (2), a statement (3), what people say of it (4 to 7).
OUT_OF_PLACE: list[tuple[int, Line]] = [
    (1, {"published_from": None}),
    (1, {"published_from": {}}),
    (1, {"blocks": None}),
    (1, {"blocks": [{"kind": "paragraph", "span": [0, 10**6]}]}),
    (1, {"blocks": [{"kind": 7, "span": [0, 1]}]}),
    (1, {"outlet": 5}),
    (1, {"version_of": ["x"]}),
    (1, {"published": "yesterday"}),
    (2, {"statements": None}),
    (2, {"statements": "many"}),
    (2, {"statements": 10**9}),
    (2, {"reader": {"version": "1"}}),
    (2, {"times": [{}]}),
    (3, {"content": []}),
    (3, {"content": [[-3, 5]]}),
    (3, {"content": [[0, 10**6]]}),
    (3, {"content": [["a", "b"]]}),
    (3, {"source": None}),
    (3, {"kind": 7}),
    (3, {"kind": "song"}),
    (3, {"speech": None}),
    (3, {"denied": 7}),
    (3, {"confidence": None}),
    (3, {"confidence": "high"}),
    (3, {"confidence": 7}),
    (3, {"chain": [{"name": 7, "kind": None}]}),
    (3, {"certainty": {"phrase": None, "span": [0, 1], "low": 0, "mid": 0, "high": 0}}),
    (3, {"due": {"text": "soon", "span": [0, 1], "start": "soon", "end": None}}),
    (4, {"field": "reading", "value": 3}),
    (4, {"value": "song"}),
    (4, {"field": "due", "value": "2031-03-03"}),
    (4, {"field": "due", "value": {"start": None, "end": None}}),
    (4, {"field": "denied", "value": 7}),
    (5, {"verdict": "splendid"}),
    (5, {"on": "yesterday"}),
    (5, {"evidence": {"kind": "rumour", "text": "x"}}),
    (5, {"evidence": {"kind": "url", "text": None}}),
    (6, {"text": 7}),
    (7, {"replacements": []}),
    (7, {"replacements": {"3": {}}}),
    (7, {"replacements": {"3": None}}),
    (7, {"rows": [10**30]}),
    (7, {"why": 7}),
]


class UndoneError(Exception):
    """Ends a transaction that is to leave nothing."""


class TestWhatIsNotWhole:
    @pytest.mark.parametrize(("edit", "line", "reason"), [c[1:] for c in BAD], ids=[c[0] for c in BAD])
    def test_stays_out(self, begun: Store, lines: list[bytes], edit: Edit, line: int, reason: str) -> None:
        before = everything(begun)
        bad = list(lines)
        edit(bad)
        with pytest.raises(NotAnExport, match=re.escape(reason)) as caught:
            taken(begun, b"".join(bad))
        assert everything(begun) == before
        assert int(caught.value.values["line"]) == (line if line > 0 else caught_at(bad, reason))

    def test_so_does_what_makes_no_sense(self, empty: Store) -> None:
        """Anybody can make a chain; what it says must be what such acts say, or have no effect on tables."""

        before = everything(empty)
        for kind, payload in SENSELESS:
            with pytest.raises((NotAnExport, UndoneError)):
                self.try_out(empty, _row(None, json.dumps(payload), act=kind))
        assert everything(empty) == before

    @staticmethod
    def sensible() -> list[tuple[str, str | None, Line]]:
        """Acts, with subject and payload, of an article with one statement and of what people say of it."""
        (document,) = documents(1)
        document = replace(document, statements=tuple(s for s in document.statements if not s.within)[:1])
        made = [acts.article_act(document.article), *acts.reading_acts(document, 2)]
        found: list[tuple[str, str | None, Line]] = [(a.act, a.subject, dict(a.payload)) for a in made]
        subject = found[-1][1]
        evidence = {"kind": "url", "text": "https://post.example/"}
        return [
            *found,
            ("correction", subject, {"field": "kind", "value": "commitment", "why": None}),
            ("rating", subject, {"verdict": "kept", "on": None, "evidence": evidence, "note": None}),
            ("note", subject, {"text": "see the caption"}),
            ("redaction", subject, {"why": "order 12/31", "rows": [], "replacements": {}}),
        ]

    @staticmethod
    def chained(made: list[tuple[str, str | None, Line]]) -> bytes:
        chain: list[LogRow] = []
        for act, subject, payload in made:
            row = _row(chain[-1] if chain else None, json.dumps(payload), act=act, subject=subject)
            chain.append(row)
        return _file(chain)

    def test_so_does_one_act_out_of_place(self, empty: Store) -> None:
        """What is taken in can be shown and redacted; what is not leaves nothing, and is named by its row."""
        before = everything(empty)
        for number, change in OUT_OF_PLACE:
            made = self.sensible()
            act, subject, payload = made[number - 1]
            made[number - 1] = (act, subject, payload | change)
            with pytest.raises(NotAnExport, match=r"does not say what such an act says") as caught:
                taken(empty, self.chained(made))
            assert f"row {number} ({act})" in str(caught.value) or "10000" in str(change), (number, change)
            assert everything(empty) == before
        assert taken(empty, self.chained(self.sensible())) == 7

    @staticmethod
    def try_out(store: Store, row: LogRow) -> None:
        """Take a row in, look that no table but the log has anything, and take it all back."""
        with store.writing() as connection:
            exchange._take(connection, incoming.Incoming(io.BytesIO(_file([row])), "x"))
            tables = [table for table in schema.metadata.sorted_tables if table.name != "log"]
            filled = [table.name for table in tables if connection.execute(select(table)).first()]
            assert filled == [], row.payload
            raise UndoneError

    @pytest.mark.parametrize("payload", ["[]", "7", "ferry", '{"text":', "[" * 100_000])
    def test_so_does_a_payload_that_is_no_object(self, other: Store, payload: str) -> None:
        with pytest.raises(NotAnExport):
            taken(other, _file([_row(None, payload)]))

    def test_time_does_not_go_back(self, other: Store) -> None:
        first = _row(None, "{}", time="2031-03-03T09:00:00.000001Z")
        with pytest.raises(NotAnExport, match="line 3, row 2 is earlier"):
            taken(other, _file([first, _row(first, "{}")]))

    def test_any_changed_byte_is_found(self, lines: list[bytes]) -> None:
        """Or has no effect at all, as a blank between two fields has."""
        raw = b"".join(lines[:6])
        top = json.loads(lines[0]) | {"rows": 5, "head": json.loads(lines[5])["hash"]}
        raw = json.dumps(top).encode() + b"\n" + b"".join(lines[1:6])
        right = list(incoming.Incoming(io.BytesIO(raw), "x"))
        for at in range(0, len(raw), 37):
            bad = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
            try:
                found = list(incoming.Incoming(io.BytesIO(bad), "x"))
            except NotAnExport:
                continue
            assert found == right

    def test_another_history_is_not_mixed_in(self, other: Store, empty: Store) -> None:
        one, two, three = documents(3)
        keep(other, one)
        taken(empty, exported(other))
        keep(other, two, minute=1)
        keep(empty, three, minute=1)
        before = everything(empty)
        with pytest.raises(HistoriesDiffer) as caught:
            taken(empty, exported(other))
        assert int(caught.value.values["row"]) == len(one.statements) + 3
        assert everything(empty) == before

    def test_an_endless_line_is_not_read_to_its_end(
        self, other: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(incoming, "LONGEST_LINE", 1_000_000)

        class Endless(io.RawIOBase):
            """A gigabyte on one line."""

            given = 0

            def readable(self) -> bool:
                return True

            def readinto(self, buffer: Any) -> int:
                if self.given >= 1_000_000_000:
                    return 0
                buffer[:] = b"x" * len(buffer)
                self.given += len(buffer)
                return len(buffer)

        endless = Endless()
        tracemalloc.start()
        with pytest.raises(NotAnExport, match="line 1, it is longer than"):
            exchange.import_(other, io.BufferedReader(endless), name="x")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert endless.given < 3_000_000
        assert peak < 20_000_000

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
    def test_nor_is_a_device(self, other: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(incoming, "LONGEST_LINE", 1_000_000)
        with pytest.raises(NotAnExport):
            exchange.import_file(other, Path("/dev/zero"))

    @pytest.mark.parametrize(
        ("name", "error"), [("none.jsonl", NotFound), (".", Unreadable), ("\0", NotFound)]
    )
    def test_nor_is_what_is_no_file(
        self, other: Store, tmp_path: Path, name: str, error: type[OnrecordError]
    ) -> None:
        with pytest.raises(error):
            exchange.import_file(other, tmp_path / name)


def caught_at(bad: list[bytes], reason: str) -> int:
    """The line after which it can be known that the file is not whole."""
    late = ("cut off", "not JSON", "more than")
    return len(bad) if any(reason.startswith(word) for word in late) else len(bad) + 1


class TestBackup:
    def test_is_the_same_ledger(self, empty: Store, tmp_path: Path) -> None:
        fill(empty)
        path = tmp_path / "copy"
        exchange.backup(empty, path)
        if empty.dialect == "sqlite":
            copy = Store.open(str(path))
        else:
            copy = Store.open(str(tmp_path / "again.db"), create=True)
            exchange.import_file(copy, path)
        assert everything(copy) == everything(empty)
        copy.close()
        assert [path for path in tmp_path.iterdir() if ".part" in path.name] == []

    def test_does_not_stand_in_the_way_of_a_writer(self, other: Store, tmp_path: Path) -> None:
        (one,) = documents(1)
        with other.writing() as connection:
            append(connection, "Ada", [acts.article_act(one.article)], now=MONDAY)
            exchange.backup(other, tmp_path / "copy.db")
        copy = Store.open(str(tmp_path / "copy.db"))
        assert everything(copy)["articles"] == []
        copy.close()

    def test_an_existing_file_is_replaced_only_by_force(self, full: Store, tmp_path: Path) -> None:
        path = tmp_path / "copy.db"
        path.write_text("precious")
        with pytest.raises(CannotWrite, match="exists already"):
            exchange.backup(full, path)
        assert path.read_text() == "precious"
        exchange.backup(full, path, force=True)
        assert path.read_bytes().startswith(b"SQLite format 3\0")

    def test_never_the_ledger_itself(self, tmp_path: Path) -> None:
        path = tmp_path / "record.db"
        store = Store.open(str(path), create=True)
        fill(store)
        before = everything(store)
        (tmp_path / "link").symlink_to(path)
        os.link(path, tmp_path / "second name")
        (tmp_path / "folder").mkdir()
        names = ["record.db", "record.db-wal", "record.db-shm", "record.db-journal", "link", "second name"]
        for name in [*names, "folder/../record.db", "./record.db"]:
            with pytest.raises(CannotWrite):
                exchange.backup(store, tmp_path / name, force=True)
        assert everything(store) == before
        assert verify(store).rows == len(before["log"])
        store.close()


class TestFiles:
    """Where a file may be written, for backups and for exports."""

    def refused(self, path: Path, **options: Any) -> str:
        with pytest.raises(CannotWrite) as caught, files.whole(path, **options) as out:
            out.write(b"new")
        return caught.value.values["reason"]

    @staticmethod
    def fail_in_the_middle(path: Path, **options: Any) -> None:
        with files.whole(path, **options) as out:
            out.write(b"half")
            raise KeyError

    def test_is_there_only_when_it_is_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        with pytest.raises(KeyError):
            self.fail_in_the_middle(path)
        assert list(tmp_path.iterdir()) == []
        with files.whole(path) as out:
            out.write(b"whole")
            assert not path.exists()
        assert path.read_bytes() == b"whole"
        assert list(tmp_path.iterdir()) == [path]

    def test_force_keeps_the_old_one_until_the_new_is_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes(b"old")
        path.chmod(0o640)
        with pytest.raises(KeyError):
            self.fail_in_the_middle(path, force=True)
        assert path.read_bytes() == b"old"
        with files.whole(path, force=True) as out:
            out.write(b"new")
        assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)

    @pytest.mark.parametrize("force", [False, True])
    def test_not_in_the_place_of_anything_else(self, tmp_path: Path, force: bool) -> None:
        (tmp_path / "folder").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "goal")
        (tmp_path / "goal").write_text("precious")
        (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
        os.mkfifo(tmp_path / "pipe")
        assert self.refused(tmp_path / "folder", force=force) == "it is a directory"
        assert self.refused(tmp_path / "link", force=force) == "it is a symbolic link"
        assert self.refused(tmp_path / "dangling", force=force) == "it is a symbolic link"
        assert self.refused(tmp_path / "pipe", force=force) == "it is a device or a pipe"
        assert self.refused(Path("/dev/null"), force=force) == "it is a device or a pipe"
        assert (tmp_path / "goal").read_text() == "precious"
        assert not (tmp_path / "nowhere").exists()

    @pytest.mark.parametrize("name", ["", ".", "..", "/", "no/such/folder/a.csv", "a\0b", "x" * 300])
    def test_not_where_no_file_can_be(
        self, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert self.refused(Path(name), force=True)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
    def test_not_beside_the_log_of_another_database(self, tmp_path: Path, suffix: str) -> None:
        """SQLite would take it for a part of the new file."""
        (tmp_path / f"copy.db{suffix}").write_text("of another")
        assert "belongs to a database in use" in self.refused(tmp_path / "copy.db", force=True)

    def test_not_over_what_another_made_meanwhile(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        stack = ExitStack()
        stack.enter_context(files.whole(path)).write(b"mine")
        path.write_bytes(b"theirs")
        with pytest.raises(CannotWrite):
            stack.close()
        assert path.read_bytes() == b"theirs"

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_not_where_it_is_forbidden(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        assert self.refused(tmp_path / "a.csv") == "Permission denied"

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
    def test_a_full_disk_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        assert self.refused(tmp_path / "a.csv") == "No space left on device"
        assert list(tmp_path.iterdir()) == []
