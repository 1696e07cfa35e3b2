"""What a headline, a summary or a caption says is on record and shown, and counts nowhere."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest
from record.said import Said, page
from sqlalchemy import event, text

import onrecord
from onrecord.cli.formats.base import Page
from onrecord.cli.ledger import article as cards
from onrecord.cli.ledger import done
from onrecord.cli.ledger.sheet import Sheet
from onrecord.ledger.results import Scores
from onrecord.record import outcomes
from onrecord.record.board import COLUMNS
from onrecord.record.browsing import Counts
from onrecord.record.counting import Behind
from onrecord.record.query import Query
from onrecord.score import By, plots
from onrecord.serve.spreads import Choice, opened
from onrecord.statement import Document, Part

NOW = datetime(2031, 6, 15, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
MAY = (date(2031, 5, 1), date(2031, 5, 31))
OUTSIDE: tuple[Part, ...] = ("headline", "summary", "caption")
LEFT_OUT = "headline, summary or caption"
EVIDENCE = "https://example.org/outcome"


def opening(part: Part = "body", *, kind: str = "commitment", name: str = "Ada Quist") -> Said:
    return Said(f"the bridge will open in May ({part}, {kind})", name, kind=kind, due=MAY, part=part)


def nested(made: Document) -> Document:
    """The last statement within the first."""
    *others, last = made.statements
    return replace(made, statements=(*others, replace(last, within=others[0].id)))


# One promise and one prediction, each said again wherever an editor says it; a headline relays one more.
MADE = nested(
    page(
        *(opening(part, kind=kind) for part in (*OUTSIDE, "body") for kind in ("commitment", "prediction")),
        Said("the bridge is open", "Ada Quist"),
        Said("it will open", "Ole Pell", kind="commitment", due=MAY, part="headline"),
    )
)  # fmt: skip
NAMED = {statement.text: statement.id for statement in MADE.statements}
PROMISE = NAMED["the bridge will open in May (body, commitment)"]
PREDICTION = NAMED["the bridge will open in May (body, prediction)"]


@pytest.fixture
def ledger(place: str) -> Iterator[onrecord.Ledger]:
    """Whole before and after it is made anew, with the same figures."""
    with onrecord.open(place, create=True, actor="Ada", clock=lambda: NOW) as opened:
        assert opened.add(MADE, topic="bridges").statements == 3
        yield opened
        figures = opened.counts(), opened.score(today=TODAY)
        opened.verify()
        opened.rebuild()
        opened.store.memory.__init__()  # type: ignore[misc]
        assert (opened.counts(), opened.score(today=TODAY)) == figures


def settle_all(ledger: onrecord.Ledger) -> None:
    for statement in MADE.statements:
        if statement.kind != "claim":
            ledger.settle(statement.id, "kept" if statement.kind == "commitment" else "came-true", EVIDENCE)


def ids(found: list[Any]) -> set[str]:
    return {getattr(each, "entry", each).id for each in found}


def test_counts(ledger: onrecord.Ledger) -> None:
    assert ledger.counts() == Counts(
        3, 1, 1, commitments=1, predictions=1, unrated=2, settled=0, overdue=2
    )  # fmt: skip
    settle_all(ledger)
    assert ledger.counts() == Counts(
        3, 1, 1, commitments=1, predictions=1, unrated=0, settled=2, overdue=0
    )  # fmt: skip
    assert ledger.recent()[0].statements == 3
    assert [(row.name, row.statements) for row in ledger.speakers()] == [("Ada Quist", 3)]
    assert ledger.speaker("Quist").statements == 3


def test_what_is_due(ledger: onrecord.Ledger) -> None:
    both = {PROMISE, PREDICTION}
    assert ids(ledger.due()) == ids(ledger.due(overdue=True)) == ids(ledger.waiting()) == both
    assert ids(ledger.upcoming(today=date(2031, 5, 20))) == both
    assert ledger.due(speaker="Pell") == []
    for today, column in ((TODAY, "overdue"), (MAY[1], "due"), (date(2031, 4, 1), "upcoming")):
        counts = dict.fromkeys(COLUMNS, 0) | {column: 2}
        assert ledger.pending_counts(today=today) == counts
        assert {c: len(ledger.pending(c, today=today)) for c in COLUMNS} == counts
    assert ids(ledger.pending(MAY[1])) == both
    (day,) = ledger.pending_days(*MAY)
    assert (day.number, set(day.first)) == (2, both)


def test_what_waits_for_a_verdict_is_what_is_due(ledger: onrecord.Ledger) -> None:
    for status in ("open", "overdue"):
        found = ledger.search(Query(status=frozenset({status}), today=TODAY)).entries
        assert ids(found) == {PROMISE, PREDICTION}


def test_all_of_it_is_found_and_shown_and_marked(ledger: onrecord.Ledger) -> None:
    settle_all(ledger)
    found = ledger.search(Query(words="bridge", limit=50)).entries
    assert len(found) == 9
    kept = ledger.search(Query(status=frozenset({"kept"}), today=TODAY, limit=50)).entries
    assert {entry.part for entry in kept} == {"body", *OUTSIDE}
    shown = ledger.show(NAMED["the bridge will open in May (caption, commitment)"])
    assert (shown.entry.part, shown.outcome.verdict) == ("caption", "kept")


@pytest.mark.parametrize("by", get_args(By))
def test_scores_leave_it_out_and_say_so(ledger: onrecord.Ledger, by: By) -> None:
    for verdicts in (False, True):
        if verdicts:
            settle_all(ledger)
        listed = ledger.score(by=by, min_n=1, today=TODAY)
        counted = ledger.score(by=by, min_n=1, today=TODAY, ids=False)
        rated = ledger.score(by=by, min_n=1, today=TODAY, rater="Ada") if verdicts else listed
        for found in (listed, counted, rated):
            (row,) = found.rows
            assert found.left_out == {LEFT_OUT: 7}
            assert (row.commitments.n, row.predictions.n) == ((1, 1) if verdicts else (0, 0))
            assert len(row.commitments.open) == len(row.predictions.overdue) == int(not verdicts)
        assert set(listed.rows[0].statements) == {PROMISE, PREDICTION}


def test_the_score_of_one_is_that_among_all(ledger: onrecord.Ledger) -> None:
    settle_all(ledger)
    for ids_ in (True, False):
        found = ledger.score(name="Ada Quist", min_n=1, today=TODAY, ids=ids_)
        assert (found.rows[0].commitments.n, found.left_out) == (1, {LEFT_OUT: 6})
    nobody: Scores = ledger.score(name="Ole Pell", min_n=1, today=TODAY)
    assert (nobody.rows, nobody.left_out) == ((), {LEFT_OUT: 1})
    with ledger.store.reading() as connection:
        (tally,) = outcomes.tallies(connection, today=TODAY)
    assert (tally.kept, tally.came_true) == (1, 1)


def test_behind_a_count_are_as_many_as_it_says(ledger: onrecord.Ledger) -> None:
    for rated in (False, True):
        if rated:
            settle_all(ledger)
        row = ledger.score(min_n=1, today=TODAY).rows[0]
        for part in ("commitments", "predictions"):
            value = getattr(row, part)
            for count in (each.name for each in fields(value) if each.type == "Ids"):
                under = tuple(getattr(value, count))
                found = ledger.behind(Behind("speaker", "Ada Quist", part, count), today=TODAY)
                assert tuple(entry.id for entry in found) == under, count
                if under:
                    first = ledger.first_behind("speaker", "Ada Quist", {(part, count): 1}, today=TODAY)
                    assert tuple(first[part, count]) == under


def test_exports_have_it_but_publish_no_review_of_it(ledger: onrecord.Ledger) -> None:
    settle_all(ledger)
    out = io.BytesIO()
    assert ledger.export("csv", out) == 10
    out = io.BytesIO()
    assert ledger.export("claimreview", out) == 2
    assert {review["identifier"] for review in json.loads(out.getvalue())} == {PROMISE, PREDICTION}


def test_views_for_people_count_alike(ledger: onrecord.Ledger) -> None:
    with ledger.store.reading() as connection:
        for view, id_ in (("promises", PROMISE), ("predictions", PREDICTION)):
            rows = connection.execute(text(f"SELECT statement_id FROM {view}")).scalars().all()
            assert rows == [id_]
        parts = connection.execute(text("SELECT part FROM statements_for_people")).scalars().all()
    assert parts.count("headline") == 3
    assert len(parts) == 10


def test_a_page_of_the_article_says_how_many_do_not_count(ledger: onrecord.Ledger) -> None:
    spread = opened(ledger.spread(MADE.article.id), Choice())
    assert spread.counts == "3 statements; 7 in the headline, summary and caption not counted"
    assert len(spread.cards) == 10


def test_so_does_the_terminal(ledger: onrecord.Ledger) -> None:
    sheet = Sheet(Page(width=140))
    cards.article(sheet, ledger.article(MADE.article.id))
    written = " ".join(sheet.written().split())
    assert "Statements: 3; 7 in the headline, summary and caption not counted" in written
    assert written.count("headline, not counted") == 3
    shown = ledger.settle(NAMED["the bridge will open in May (headline, commitment)"], "kept", EVIDENCE)
    sheet = Sheet(Page(width=140))
    done.settled(sheet, shown, actor="Ada", today=TODAY)
    assert "It stands in the headline: scores do not count it." in sheet.written()


def asked(ledger: onrecord.Ledger, ask: Callable[[], object]) -> list[str]:
    """How the database goes about what it is asked of statements."""
    sent: list[tuple[str, Any]] = []
    with ledger.store.reading() as connection:
        engine = connection.engine
    event.listen(engine, "before_cursor_execute", lambda *each: sent.append((each[2], each[3])))
    ask()
    found = []
    with ledger.store.reading() as connection:
        sqlite = ledger.store.dialect == "sqlite"
        if not sqlite:  # so small a table it would rather read at once
            connection.execute(text("SET enable_seqscan = off"))
            connection.execute(text("SET enable_bitmapscan = off"))
        for question, values in [each for each in sent if "FROM statements" in each[0]]:
            explain = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
            rows = connection.exec_driver_sql(explain + question, values).all()
            found.append(" ".join(str(row[-1]) for row in rows))
    return found


def test_an_index_alone_counts_for_all_speakers(ledger: onrecord.Ledger) -> None:
    covering = {"sqlite": "USING COVERING INDEX {}", "postgresql": "Index Only Scan using {}"}
    wanted = covering[ledger.store.dialect]
    with ledger.store.reading() as connection:
        (plan,) = asked(ledger, lambda: outcomes.tallies(connection, today=TODAY))
    assert wanted.format("statements_rated") in plan
    for plan in asked(ledger, lambda: (ledger.speakers(), ledger.speaker("Quist"))):
        assert wanted.format("statements_speaker") in plan


def test_a_timeline_has_what_counts(ledger: onrecord.Ledger) -> None:
    found = ledger.search(Query(kinds=frozenset({"commitment"}), limit=50)).entries
    spec = plots.timeline(found, "Ada Quist", today=TODAY)
    assert "n = 1 commitments, 1 drawn" in json.dumps(spec)
