"""Scores in a table, what is behind one of them, and how they are computed."""

from __future__ import annotations

from datetime import date

import pytest
from record.said import Said, page
from serve.conftest import Browser
from serve.picking import pick, said
from serve.seen import text_of

from onrecord.ledger.core import Ledger
from onrecord.serve.house import House
from onrecord.serve.standings import Standing, lines

PAST = (date(2031, 4, 1), date(2031, 5, 1))


def promises(speaker: str, count: int, thing: str) -> list[Said]:
    return [
        Said(f"{thing} {n} will open", speaker=speaker, kind="commitment", due=PAST) for n in range(count)
    ]


MADE = page(
    *promises("Tessa Varga", 6, "berth"),
    *promises("Ole Pell", 5, "bridge"),
    *promises("Ana <b>Lund", 1, "lamp"),
    *promises("Idle Osmere", 1, "dock"),
    *promises("a critic", 1, "gate"),
    Said("rain will fall", kind="prediction", due=PAST, certainty="could", speaker="Ole Pell"),
)


@pytest.fixture
def filled(client: Browser, ledger: Ledger) -> Browser:
    ledger.add(MADE)
    for statement in MADE.statements:
        name, text = statement.speaker.name, statement.text
        if statement.kind == "prediction":
            ledger.settle(statement.id, "came-true", "https://example.org/rain")
        elif name == "Tessa Varga":
            ledger.settle(
                statement.id, "broken" if text.startswith("berth 0") else "kept", "https://example.org/x"
            )
        elif name == "Ole Pell" and not text.startswith("bridge 4"):
            ledger.settle(statement.id, "broken", "https://example.org/x")
        elif name == "Ana <b>Lund":
            ledger.settle(statement.id, "kept", "https://example.org/x")
    return client


def table(text: str) -> list[tuple[str, str, str]]:
    """Name, rank and kept rate of each row."""
    rows = pick(text, ".scores tbody tr")
    return [
        (
            pick(row, "th a")[0].text_content(),
            pick(row, "td.rank")[0].text_content(),
            said(pick(row, "td.rate")[0]),
        )
        for row in rows
    ]


def test_nobody_is_ranked_under_the_minimum(filled: Browser) -> None:
    found = table(filled.get("/scores").text)
    assert found == [
        ("Tessa Varga", "1", "83 % (51–97 %) 5 of 6"),
        ("Ana <b>Lund", "–", "100 % (23–100 %) 1 of 1"),
        ("Ole Pell", "–", "0 % (0–36 %) 0 of 4"),
    ]


def test_the_minimum_can_be_chosen(filled: Browser) -> None:
    found = {name: rank for name, rank, _ in table(filled.get("/scores?min_n=4").text)}
    assert found == {"Tessa Varga": "1", "Ole Pell": "2", "Ana <b>Lund": "–"}


def test_every_figure_has_its_n(filled: Browser) -> None:
    seen = text_of(filled.get("/scores").text)
    assert "0.36 (0.25 to 0.56) n = 1" in seen
    assert "1 more of whom nothing counts yet" in seen or "2 more of whom nothing counts yet" in seen


@pytest.mark.parametrize(
    ("sort", "first"),
    [("name", "Ana <b>Lund"), ("n", "Tessa Varga"), ("brier", "Ole Pell"), ("x", "Ana <b>Lund")],
)
def test_sorting(filled: Browser, sort: str, first: str) -> None:
    found = table(filled.get("/scores", params={"sort": sort, "min_n": "1"}).text)
    assert found[0][0] == first


@pytest.mark.parametrize("by", ["outlet", "topic", "year"])
def test_by_something_else(filled: Browser, by: str) -> None:
    names = [name for name, _, _ in table(filled.get("/scores", params={"by": by}).text)]
    assert names == {"outlet": ["The Ellery Post"], "topic": [], "year": ["2031"]}[by]


@pytest.mark.parametrize("asked", [{"by": "hat"}, {"since": "x"}, {"min_n": "0"}, {"page": "-1"}])
def test_what_cannot_be_asked_is_told_beside_the_form(filled: Browser, asked: dict[str, str]) -> None:
    answer = filled.get("/scores", params=asked)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_row_leads_to_the_statements_behind_it(filled: Browser) -> None:
    tree = filled.get("/scores").text
    (path,) = [a.get("href") for a in pick(tree, ".scores th a") if a.text_content() == "Tessa Varga"]
    seen = text_of(filled.get(path).text)
    assert "Commitments, kept 5" in seen
    assert "Commitments, broken 1" in seen
    assert "berth 0 will open" in seen
    assert "bridge" not in seen


def test_one_count_lists_all_of_it(filled: Browser) -> None:
    asked = {"name": "Tessa Varga", "count": "commitments.kept"}
    seen = text_of(filled.get("/scores/of", params=asked).text)
    assert all(f"berth {n} will open" in seen for n in range(1, 6))
    assert "berth 0" not in seen


def test_of_nobody_there_is_no_score(filled: Browser) -> None:
    assert filled.get("/scores/of", params={"name": "Nobody"}).status_code == 404
    assert filled.get("/scores/of", params={"name": "Nobody", "by": "outlet"}).status_code == 404


def test_how_it_is_computed_is_one_click_away(filled: Browser) -> None:
    tree = filled.get("/scores").text
    assert "/scores/how" in [a.get("href") for a in pick(tree, "main a")]
    assert "Beta(k + ½, n − k + ½)" in filled.get("/scores/how").text


def test_a_verdict_changes_the_score_at_once(filled: Browser, ledger: Ledger) -> None:
    filled.get("/scores")
    (last,) = [s.id for s in MADE.statements if s.text.startswith("bridge 4")]
    ledger.settle(last, "kept", "https://example.org/x")
    assert ("Ole Pell", "2", "20 % (4–56 %) 1 of 5") in table(filled.get("/scores").text)


def test_while_it_is_counted_for_the_first_time_the_page_says_so(
    filled: Browser, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.cache, "_first", 0.0)
    for path in ("/scores", "/scores/of?name=Tessa+Varga"):
        first = filled.get(path).text
        assert "Being counted for the first time" in first
        assert 'hx-select="#counted"' in first


def standing(name: str, place: int | None, n: int) -> Standing:
    from onrecord.score import Rate

    kept = Rate(n, n, 1.0, 0.5, 1.0) if n else None
    return Standing(name, kept, 0, 0, None, 0, None, None, "", place, None)


def test_ranks_count_only_those_with_enough_cases() -> None:
    rows = [standing("a", 1, 2), standing("b", 2, 9), standing("c", 2, 7), standing("d", 4, 5)]
    found = {line.standing.name: line.rank_kept for line in lines(rows, min_n=5, sort="kept")}
    assert found == {"b": 1, "c": 1, "d": 3, "a": None}
    assert list(found) == ["b", "c", "d", "a"]
