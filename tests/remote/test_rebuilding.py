"""What a ledger answers comes through JSON whole: rebuilt, it is the same value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record.made import changed, document, documents

import onrecord
from onrecord.entry import Entry, LogRow
from onrecord.ledger.core import Ledger
from onrecord.ledger.results import Added, ArticleShown, Due, Scores, Shown
from onrecord.record.browsing import Counts
from onrecord.record.query import Query
from onrecord.remote.rebuilding import Unfit, changes, rebuilt
from onrecord.score import Scored
from onrecord.statement import Article
from onrecord.views.plain import plain

LATER = date(2040, 1, 1)


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(plain(value)))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger in which people did something of everything."""
    with onrecord.open(tmp_path_factory.mktemp("rebuilt") / "record.db", actor="ana") as ledger:
        list(ledger.add_many(documents(8), topic="ferries"))
        ledger.add(changed(document(3)))
        for kind, verdict in (("commitment", "kept"), ("prediction", "came-true")):
            for entry in ledger.search(Query(kinds=frozenset({kind}), limit=3)).entries:
                ledger.settle(entry.id, verdict, "it was seen by all", on=None, note="twice")
                ledger.correct(entry.id, {"speaker.name": "Tessa Varga", "due": "2031-01-01..2031-02-02"})
                ledger.take_back(entry.id, "due", why="a slip")
                ledger.note(entry.id, "see the minutes")
        yield ledger


def test_statements_with_all_that_is_known(ledger: Ledger) -> None:
    for entry in ledger.search(Query(limit=100)).entries:
        shown = ledger.show(entry.id)
        assert rebuilt(Shown, through_json(shown)) == shown


def test_articles_and_what_changed_in_them(ledger: Ledger) -> None:
    after = document(3)
    shown = ledger.article(changed(after).article.id)
    assert rebuilt(ArticleShown, through_json(shown)) == shown
    found = ledger.differences(shown.id)
    assert found.stayed
    assert changes(through_json(found), after.article.id, shown.id) == found


@pytest.mark.parametrize("by", ["speaker", "outlet", "topic", "year"])
def test_scores(ledger: Ledger, by: Any) -> None:
    scores = ledger.score(by=by, min_n=1, today=LATER)
    assert scores.rows
    assert any(row.predictions.brier for row in scores.rows)
    assert rebuilt(Scores, through_json(scores)) == scores


def test_the_log_what_is_due_and_counts(ledger: Ledger) -> None:
    rows = ledger.log(last=1_000)
    assert [rebuilt(LogRow, through_json(row)) for row in rows] == rows
    due = ledger.due(today=date(2031, 1, 1))
    assert due
    assert [rebuilt(Due, through_json(each)) for each in due] == due
    counts = ledger.counts()
    assert rebuilt(Counts, through_json(counts)) == counts


def test_a_redacted_row_has_no_payload(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "record.db", actor="ana") as ledger:
        made = document(1)
        ledger.add(made)
        (row, *_) = ledger.redact(made.statements[0].id, "an order")
        redacted = next(each for each in ledger.log(last=1_000) if each.sequence == row)
        assert redacted.payload is None
        assert rebuilt(LogRow, through_json(redacted)) == redacted
        shown = ledger.show(made.statements[0].id)
        assert shown.machine != made.statements[0]
        assert rebuilt(Shown, through_json(shown)) == shown


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Added, None), (Added, []), (Added, {}), (Added, "new"), (Entry, {"id": 1}),
        (Counts, {"articles": "3"}),
        (Scored, {"by": "speaker"}), (Article, {"text": "a"}), (Shown, {"entry": None}), (int, "3"),
        (str, None), (LogRow, {"payload": {}}),
        (Added, {"article": "a", "state": "new", "statements": None, "version_of": None}),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_answer_is_refused(kind: type, value: Any) -> None:
    with pytest.raises(Unfit):
        rebuilt(kind, value)
