"""What is too large, too many or not meant to be found: refused quickly, and without a word of the inside."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
from dataclasses import replace
from urllib.parse import quote

import pytest
from serve.conftest import Browser

from onrecord.serve.app import create_app
from onrecord.serve.house import House
from onrecord.settings import Settings

LIMIT = 50_000
# Where words and numbers are asked for.
WORDS = (
    "/search?words={0}&speaker={0}&outlet={0}&topic={0}",
    "/speakers?words={0}",
    "/speaker?name={0}",
    "/due?speaker={0}",
    "/log?actor={0}&subject={0}&act={0}",
    "/log?act=note&actor={0}",
    "/scores/of?by=speaker&name={0}",
    "/scores?topic={0}&outlet={0}",
    "/api/v1/statements?words={0}&speaker={0}",
    "/api/v1/speakers?words={0}",
)
NUMBERS = (
    "/articles?before={0}",
    "/search?words=a&before={0}",
    "/search?since={0}",
    "/log?before={0}",
    "/speakers?before={0}",
    "/speaker?name=a&before={0}",
    "/scores?min_n={0}",
    "/due?view=calendar&month={0}",
    "/due?view=calendar&month={0}-{0}",
    "/due?view=calendar&month={0}-12",
    "/due?view=list&column=overdue&before={0}",
    "/api/v1/statements?limit={0}",
    "/api/v1/log?limit={0}",
    "/api/v1/due?within={0}",
)
SAID = b"The harbour office said that the ferry would run again in June.\n"


@pytest.fixture
def house(house: House) -> House:
    """A house that takes little."""
    return replace(house, settings=Settings(max_bytes=LIMIT))


def upload(client: Browser, *files: tuple[str, bytes]) -> tuple[int, str]:
    """Send files as the form does: the answer's status, and what it says."""
    parts = [("files", (name, data, "text/plain")) for name, data in files]
    answer = client.post("/read", data={"csrf": client.csrf}, files=parts)
    assert "Traceback" not in answer.text and "/site-packages/" not in answer.text
    return answer.status_code, answer.text


class TestUploads:
    def test_of_the_largest_size_are_read(self, client: Browser) -> None:
        assert upload(client, ("a.txt", SAID + b" " * (LIMIT - len(SAID))))[0] == 303

    def test_a_file_that_is_too_large(self, client: Browser) -> None:
        status, page = upload(client, ("a.txt", SAID + b" " * LIMIT))
        assert status in (413, 422)
        assert "0 bytes" in page, "it does not say how much is taken"

    def test_a_body_that_is_far_too_large_is_not_read_to_its_end(self, client: Browser) -> None:
        taken = 0

        def endless() -> object:
            nonlocal taken
            for _ in range(2_000):
                taken += 10_000
                yield b"x" * 10_000

        answer = client.post(
            "/read", content=endless(), headers={"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert answer.status_code == 413

    def test_more_files_than_are_taken_at_once(self, client: Browser) -> None:
        status, page = upload(client, *((f"{number}.txt", SAID) for number in range(21)))
        assert status == 422
        assert "more than 20 files" in page

    def test_a_thousand_fields(self, client: Browser) -> None:
        fields = {f"field{number}": "x" for number in range(5_000)}
        answer = client.post_form("/read", **fields)
        assert answer.status_code in (400, 413, 422)

    def test_a_thousand_parts(self, client: Browser) -> None:
        parts = [(f"part{number}", (None, "x")) for number in range(2_000)]
        answer = client.post("/read", files=parts, headers={"X-CSRF-Token": client.csrf})
        assert answer.status_code in (400, 413, 422)

    @pytest.mark.parametrize(
        "name",
        [
            "../../../../etc/passwd",
            "..\\..\\boot.ini",
            "/etc/passwd",
            "a/../../b.txt",
            "C:\\a.txt",
            "....//a.txt",
        ],
    )
    def test_a_file_s_name_is_a_name_and_no_path(self, client: Browser, name: str) -> None:
        status, page = upload(client, (name, b"\x89PNG\r\n\x1a\n\0\0\0"))
        assert status == 422
        assert "root:" not in page
        assert "../" not in page and "..\\" not in page

    def test_bombs_of_several_kinds(self, client: Browser) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", b"\0" * 30_000_000)
        bombs = {
            "a.gz": gzip.compress(b"x" * 30_000_000),
            "a.zip": packed.getvalue(),
            "deep.html": b"<div>" * 9_000,
            "wide.html": b"<p>" * 15_000,
            "long.txt": b"said " * 9_000,
            "quotes.txt": "“".encode() * 15_000,
            "entities.html": b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1_000 + b'">]><p>' + b"&b;" * 10_000,
        }
        for name, data in bombs.items():
            started = time.monotonic()
            status, _ = upload(client, (name, data))
            assert status in (303, 413, 422), name
            assert time.monotonic() - started < 20, name

    def test_a_compressed_body_is_not_unpacked(self, client: Browser) -> None:
        bomb = gzip.compress(b'{"text": "' + b"x" * 30_000_000 + b'"}')
        headers = {
            "Content-Encoding": "gzip",
            "Content-Type": "application/json",
            "X-CSRF-Token": client.csrf,
        }
        answer = client.post("/api/v1/readings", content=bomb, headers=headers)
        assert answer.status_code in (400, 413, 415, 422)

    def test_json_that_is_deep(self, client: Browser) -> None:
        deep = b"[" * 20_000 + b"]" * 20_000
        headers = {"Content-Type": "application/json", "X-CSRF-Token": client.csrf}
        assert client.post("/api/v1/articles", content=deep, headers=headers).status_code in (400, 413, 422)


class TestAddresses:
    """Nothing but what routes name is found."""

    @pytest.mark.parametrize(
        "path",
        [
            "/static/x/../../app.py",
            "/static/%2e%2e/%2e%2e/app.py",
            "/static/x/..%2f..%2fapp.py",
            "/static/x/%2e%2e%2fsite.css",
            "/static//etc/passwd",
            "/static/x//etc/passwd",
            "/static/x/site.css",
            "/static/x/site.css%00.js",
            "/static/..%5c..%5capp.py/x",
            "/static/x/site.css/..",
            "/etc/passwd",
            "/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/.git/config",
            "/ledger.db",
            "/ledger.db.accounts",
            "/articles/..%2f..%2fetc%2fpasswd",
            "/statements/%2e%2e",
            "/read/..%2f..",
            "/api/v1/exports/..%2fledger.db",
            "/api/v1/exports/%2fetc%2fpasswd",
        ],
    )
    def test_no_path_leads_out(self, client: Browser, path: str) -> None:
        answer = client.get(path)
        assert answer.status_code in (404, 405, 422)
        assert b"SQLite format" not in answer.content and b"root:" not in answer.content
        assert b"def create_app" not in answer.content

    @pytest.mark.parametrize("length", [9_000, 30_000])
    def test_an_address_without_end(self, client: Browser, length: int) -> None:
        assert client.get("/search?words=" + "a" * length).status_code == 414
        assert client.get("/" + "a" * length).status_code == 414

    @pytest.mark.parametrize(
        "given",
        ["\0", "ferry\0", "\ufffe", "\U0010ffff", "a" * 4_000, "\u0301" * 300, "%", "' OR 1=1 --", "*" * 500],
    )
    def test_odd_words(self, client: Browser, given: str) -> None:
        words = quote(given, safe="")
        for path in WORDS:
            assert client.get(path.format(words)).status_code < 500, path

    def test_numbers_beyond_all_bounds(self, client: Browser) -> None:
        failed = []
        for number in ("-1", "0", "9" * 18, "9" * 40, "1e9", "NaN", "0x10", "9999", "0001", "\u0661"):
            failed += [
                path.format(number) for path in NUMBERS if client.get(path.format(number)).status_code >= 500
            ]
        assert failed == []


def test_nothing_is_reported_to_anybody(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """FastAPI would report requests and errors, with their words, where the environment says so."""
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    told = getattr(create_app(house), "_telemetry", {})
    assert not any(told.get(each) for each in ("tracing", "metrics", "logs", "auto_configure"))
