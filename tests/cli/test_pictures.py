"""`onrecord score NAME --calibration FILE --timeline FILE`: pictures of a speaker's record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from record.made import documents

import onrecord
from onrecord.cli import main
from onrecord.cli.exits import DONE, USAGE
from onrecord.record.query import Query

pytest.importorskip("vl_convert", reason="the extra `plots` is not installed")
NOW = datetime(2040, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("pictures") / "record.db")


@pytest.fixture(scope="module")
def name(place: str) -> Iterator[str]:
    """A speaker whose commitments were kept, and whose predictions came true."""
    with onrecord.open(place, actor="ana", clock=lambda: NOW) as ledger:
        list(ledger.add_many(documents(6, people=1)))
        for entry in ledger.search(Query(kinds=frozenset({"commitment", "prediction"}), limit=100)).entries:
            ledger.settle(
                entry.id, "kept" if entry.kind == "commitment" else "came-true", "it was seen to be so"
            )
        yield ledger.speakers()[0].name


@pytest.mark.parametrize("what", ["calibration", "timeline"])
def test_both_forms_are_drawn(place: str, name: str, what: str, tmp_path: Path) -> None:
    svg, png = tmp_path / f"{what}.svg", tmp_path / f"{what}.PNG"
    for path in (svg, png):
        assert main(["score", name, f"--{what}", str(path), "--db", place]) == DONE
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    assert name.split()[-1] in svg.read_text(encoding="utf-8")
    assert "n = " in svg.read_text(encoding="utf-8")
    assert png.read_bytes().startswith(b"\x89PNG\r\n")


def test_a_picture_is_of_one_speaker(place: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.svg"
    assert main(["score", "--timeline", str(path), "--db", place]) == USAGE
    assert main(["score", "2031", "--by", "year", "--timeline", str(path), "--db", place]) == USAGE
    assert main(["score", name, "--timeline", str(tmp_path / "x.gif"), "--db", place]) == USAGE
    assert main(["score", name, "--timeline", str(path), "--until", "2035-01-01", "--db", place]) == USAGE
    assert main(["score", name, "--calibration", str(path), "--rater", "ana", "--db", place]) == USAGE
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_replaced(place: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "x.svg").mkdir()
    assert main(["score", name, "--timeline", str(tmp_path / "x.svg"), "--db", place]) == USAGE
