"""Several inputs: each has its own fate, in order, and none stops the others."""

import io
import os
import sys
import threading
from pathlib import Path

import pytest

from onrecord import errors
from onrecord.collect import Metadata, collect, from_path
from onrecord.settings import Settings

TEXT = "The mayor said on Friday that the harbour would be closed in June.\n"


def fates(inputs, **options):
    return [(Path(c.name).name, c.error.code if c.error else "ok") for c in collect(inputs, **options)]


@pytest.fixture
def folder(tmp_path):
    for name in (
        "b.txt",
        "a.md",
        "c.html",
        "skip.pdf",
        "noending",
        ".hidden.txt",
        "sub/d.TXT",
        "sub/.git/e.txt",
        "z.markdown",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)
    return tmp_path


def test_a_directory_is_read_in_order(folder):
    (folder / "c.html").write_text(f"<html><body><p>{TEXT}</p></body></html>")
    assert fates([str(folder)]) == [
        ("a.md", "ok"),
        ("b.txt", "ok"),
        ("c.html", "ok"),
        ("z.markdown", "ok"),
        ("d.TXT", "ok"),
    ]


def test_what_cannot_be_read_is_reported_and_the_rest_is_read(folder):
    (folder / "a.md").write_bytes(b"%PDF-1.4")
    (folder / "aa.txt").symlink_to("aa.txt")
    (folder / "ab.txt").symlink_to("gone")
    (folder / "c.html").write_text("")
    assert fates([str(folder)]) == [
        ("a.md", "E104"),
        ("aa.txt", "E102"),
        ("ab.txt", "E101"),
        ("b.txt", "ok"),
        ("c.html", "E105"),
        ("z.markdown", "ok"),
        ("d.TXT", "ok"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(folder):
    (folder / "b.txt").chmod(0)
    assert ("b.txt", "E102") in fates([str(folder)])


def test_links_in_a_circle_do_no_harm(folder):
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    assert len(fates([str(folder)])) == 5


def test_nothing_to_read(tmp_path):
    (tmp_path / "a.pdf").write_text("x")
    assert fates([str(tmp_path)]) == [(tmp_path.name, "E110")]


def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert fates([str(tmp_path), str(tmp_path / "pipe.txt"), "/dev/zero", "/dev/null"]) == [
        ("pipe.txt", "E102"),
        ("pipe.txt", "E102"),
        ("zero", "E102"),
        ("null", "E102"),
    ]


def test_a_socket_is_refused(tmp_path):
    import socket

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.txt"))
        assert fates([str(tmp_path / "s.txt")]) == [("s.txt", "E102")]


@pytest.mark.parametrize("name", ["gone.txt", "gone/there.txt", "with\0nul", ""])
def test_no_such_file(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (collected,) = collect([name or "nothing"])
    assert isinstance(collected.error, errors.NotFound)
    assert collected.article is None


def test_a_name_that_is_too_long():
    (collected,) = collect(["x" * 5000])
    assert isinstance(collected.error, errors.Unreadable)


def test_a_directory_is_no_file(tmp_path):
    with pytest.raises(errors.Unreadable, match="directory"):
        from_path(tmp_path)


def test_too_large_is_known_before_all_is_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(5_000_000_000)
    with pytest.raises(errors.TooLarge, match="more than 10,000,000 bytes"):
        from_path(path)


def test_standard_input():
    (collected,) = collect(["-"], stdin=io.BytesIO(TEXT.encode()))
    assert collected.name == "-"
    assert collected.article.text == TEXT
    (collected,) = collect(["-"], stdin=io.BytesIO(b""))
    assert isinstance(collected.error, errors.Empty)
    (collected,) = collect(["-"], stdin=io.BytesIO(b"<!doctype html><p>The mayor said no.</p>"))
    assert collected.article.text == "The mayor said no."


def test_standard_input_of_the_process(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    (collected,) = collect(["-"])
    assert collected.article.text == TEXT


def test_an_endless_standard_input_is_cut_off():
    class Endless(io.RawIOBase):
        def read(self, size=-1):
            return b"x" * size

    (collected,) = collect(["-"], stdin=Endless(), settings=Settings(max_bytes=1000))
    assert isinstance(collected.error, errors.TooLarge)


def test_urls_among_files(site, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    good = site.page("/good.txt", TEXT.encode(), Content_Type="text/plain")
    inputs = [good, str(tmp_path / "a.txt"), site.url("/gone"), "ftp://example.org/x"]
    assert [code for _, code in fates(inputs, allow_private_addresses=True)] == ["ok", "ok", "E125", "E121"]
    assert [code for _, code in fates(inputs)] == ["E122", "ok", "E122", "E121"]


def test_inputs_are_read_one_at_a_time(tmp_path):
    asked = []

    def inputs():
        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_text(TEXT)
            asked.append(name)
            yield str(tmp_path / name)

    stream = collect(inputs())
    assert asked == []
    next(stream)
    assert asked == ["a.txt"]


def test_options_hold_for_all_inputs(folder):
    given = Metadata(outlet="Example Post")
    assert {
        c.article.outlet for c in collect([str(folder / "a.md"), str(folder / "b.txt")], given=given)
    } == {"Example Post"}


def test_threads_may_collect_at_once(folder):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(fates([str(folder / "c.html")]))) for _ in range(4)
    ]
    (folder / "c.html").write_text(f"<html><body><p>{TEXT}</p></body></html>")
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[("c.html", "ok")]] * 4
