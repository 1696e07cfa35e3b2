"""What the database counts is what is counted one statement after another; what lies behind each count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any, get_args

import pytest
from record.made import documents

import onrecord
from onrecord.ledger.results import Scores
from onrecord.record import outcomes
from onrecord.record.counting import Behind, Period
from onrecord.record.query import Query
from onrecord.score import By, Scored, compute

NOW = datetime(2031, 3, 20, tzinfo=UTC)
TODAY = NOW.date()
VERDICTS = {
    "commitment": ("kept", "broken", None, "partly-kept", "void", "stalled", "unverifiable", "kept"),
    "prediction": ("came-true", "did-not", None, "void", "came-true"),
}
BY: tuple[By, ...] = get_args(By)
OPTIONS: tuple[dict[str, Any], ...] = (
    {}, {"early": True, "since": date(2031, 1, 3)}, {"topic": "ports", "today": TODAY + timedelta(400)},
)  # fmt: skip


@pytest.fixture
def ledger(place: str) -> Iterator[onrecord.Ledger]:
    """Every verdict, disputes, corrections, rejections, merged names, and what a later reading lost."""
    verdicts = {kind: cycle(each) for kind, each in VERDICTS.items()}
    with onrecord.open(place, actor="ana", clock=lambda: NOW) as opened:
        for number, document in enumerate(documents(14, people=3)):
            opened.add(document, topic=("ports", "ferries", None)[number % 3])
        found = opened.search(Query(kinds=frozenset(VERDICTS), limit=500)).entries
        for number, entry in enumerate(found):
            verdict = next(verdicts[str(entry.kind)])
            if verdict:
                opened.settle(entry.id, verdict, "https://example.org/outcome", on=date(2030, 12, 1))
            if number % 11 == 0:
                opened.reject(entry.id, "not a statement")
            if number % 5 == 0 and verdict:
                other = "broken" if entry.kind == "commitment" else "did-not"
                opened.acting("bo").settle(entry.id, other, "https://example.org/other", on=date(2030, 12, 2))
            if entry.kind == "prediction" and number % 3:
                opened.correct(entry.id, {"denied": "true"} if number % 3 == 1 else {"certainty.mid": "none"})
            if number % 7 == 0:
                opened.correct(entry.id, {"due": (TODAY + timedelta(days=number % 3 - 1)).isoformat()})
        first, second, *_ = [row.name for row in opened.speakers(limit=50)]
        opened.merge([second], first)
        opened.redact(found[1].id, "a court order")
        yield opened


def _both(ledger: onrecord.Ledger, **options: Any) -> tuple[Scores, Scores]:
    options = {"today": TODAY, "min_n": 1} | options
    return ledger.score(**options), ledger.score(ids=False, **options)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 9)
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items() if name != "statements"}
    return [_rounded(each) for each in value] if isinstance(value, list | tuple) else value


def _figures(found: Scores) -> list[Any]:
    rows = [*found.rows, found.population]
    return [_rounded(row.to_dict()) if row else None for row in rows] + [found.left_out]


def _one_by_one(ledger: onrecord.Ledger, by: By, *, early: bool = False, **options: Any) -> Scores:
    """The scores, of statements that were looked at one after another."""
    today = options.pop("today", TODAY)
    with ledger.store.reading() as connection:
        cases = list(outcomes.settleable(connection, **options))
        topics = outcomes.topics(connection)
    found = compute(cases, by=by, today=today, min_n=1, early=early, topics=topics)
    return Scores(found.rows, found.population, found.left_out)


def _ids(found: Scores) -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
    assert found.population
    return {row.name: list(_counts(row)) for row in (*found.rows, found.population)}


@pytest.mark.parametrize("by", BY)
def test_the_database_counts_the_same(ledger: onrecord.Ledger, by: By) -> None:
    for options in OPTIONS:
        listed, counted = _both(ledger, by=by, **options)
        alone = _one_by_one(ledger, by, **options)
        assert _figures(counted) == _figures(listed) == _figures(alone)
        assert _ids(listed) == _ids(alone)
        assert listed.rows
        assert all(row.statements == () for row in counted.rows)


def test_one_speaker_out_of_what_is_known_of_all(ledger: onrecord.Ledger) -> None:
    names = [row.name for row in ledger.score(min_n=1, today=TODAY).rows]
    for _ in range(2):  # at first each is counted, then all are known
        for name in names:
            listed, counted = _both(ledger, name=name)
            assert _figures(counted) == _figures(listed)
        ledger.score(min_n=1, today=TODAY, ids=False)


def _counts(row: Scored) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for part in ("commitments", "predictions"):
        value = getattr(row, part)
        for field in fields(value):
            if field.type == "Ids":
                yield part, field.name, tuple(getattr(value, field.name))


@pytest.mark.parametrize("by", BY)
def test_what_is_behind_each_count(ledger: onrecord.Ledger, by: By) -> None:
    seen = set()
    for options in OPTIONS:
        wanted = {"today": TODAY, "min_n": 1} | options
        early, today = bool(options.get("early")), wanted["today"]
        period = Period(topic=options.get("topic"), since=options.get("since"))
        for row in ledger.score(by=by, **wanted).rows:
            numbers = {}
            for part, count, ids in _counts(row):
                found = ledger.behind(
                    Behind(by, row.name, part, count, early), period, today=today, limit=500
                )
                assert tuple(entry.id for entry in found) == ids, (row.name, part, count)
                if ids:
                    numbers[part, count] = len(ids)
                    seen.add((part, count))
            first = ledger.first_behind(by, row.name, numbers, period, early=early, today=today, each=2)
            assert {key: tuple(few) for key, few in first.items()} == {
                (part, count): ids[:2] for part, count, ids in _counts(row) if ids
            }
    if by != "topic":  # a third of the articles has none
        assert {"overdue", "ahead", "pending", "disputed", "open"} <= {
            c for part, c in seen if part[0] == "c"
        }
        assert {"waiting", "flat", "with_probability"} <= {c for part, c in seen if part[0] == "p"}


def test_a_page_goes_on_behind_the_one_before(ledger: onrecord.Ledger) -> None:
    row = max(ledger.score(by="year", min_n=1, today=TODAY).rows, key=lambda row: len(row.commitments.open))
    wanted = Behind("year", row.name, "commitments", "open")
    assert len(row.commitments.open) > 2
    paged = [e.id for past in (0, 2) for e in ledger.behind(wanted, today=TODAY, past=past, limit=2)]
    assert tuple(paged) == tuple(row.commitments.open)[:4]


def test_each_bin_has_its_own_forecasts(ledger: onrecord.Ledger) -> None:
    for row in ledger.score(min_n=1, today=TODAY, early=True).rows:
        for each in row.predictions.bins:
            high = None if each.hi == 1 else each.hi
            asked = Behind("speaker", row.name, "predictions", "with_probability", True, each.lo, high)
            assert len(ledger.behind(asked, today=TODAY)) == each.n


def test_few_are_looked_through_and_the_rest_is_found(
    ledger: onrecord.Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.ledger.scoring._LOOKED_AT", 3)
    for row in ledger.score(min_n=1, today=TODAY).rows:
        counts = {(part, count): ids for part, count, ids in _counts(row) if ids}
        numbers = {key: len(ids) for key, ids in counts.items()}
        first = ledger.first_behind("speaker", row.name, numbers, today=TODAY)
        assert {key: tuple(few) for key, few in first.items()} == {k: ids[:3] for k, ids in counts.items()}
