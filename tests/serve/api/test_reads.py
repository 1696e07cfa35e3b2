"""What the API answers is what the ledger says, in the shape of the command line's --json, page by page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from record.made import changed, document
from serve.api.program import ARTICLES, Program, refused
from serve.conftest import Browser

from onrecord.errors import catalogue
from onrecord.ledger.core import Ledger
from onrecord.record.query import Query
from onrecord.serve.api import shapes
from onrecord.serve.api.describing import examples, operations
from onrecord.serve.problems import MEDIA_TYPE
from onrecord.views.plain import plain

TODAY, LATER = date(2031, 6, 15), date(2040, 1, 1)


@pytest.fixture
def busy(full: Ledger) -> Ledger:
    """The ledger after people worked on it, with a second version of an article."""
    full.add(changed(document(3)))
    entries = full.search(Query(kinds=frozenset({"commitment"}), limit=100)).entries
    first, second, third = entries[:3]
    full.settle(first.id, "kept", "https://news.example/kept", on=date(2031, 5, 1))
    full.acting("another").settle(first.id, "broken", "the berth was never built")
    full.correct(second.id, {"speaker.name": "Tessa Varga", "due": "2031-07-01"}, why="see line 2")
    full.reject(third.id, "a caption")
    full.note(second.id, "the minutes say the same")
    full.follow("https://news.example/feed.xml", outlet="The Ellery Post")
    return full


def same(answer: Any, expected: Any, model: shapes.Model) -> None:
    """The answer is as expected, and as the documentation has it: no field more, none less."""
    assert answer == expected
    assert model.model_validate(answer).model_dump(mode="json", by_alias=True) == answer


def test_statements_are_those_of_the_ledger(api: Program, busy: Ledger) -> None:
    found = busy.search(Query(limit=3))
    answer = api.ask("statements", limit=3)
    next_ = answer.pop("next")
    assert answer == {
        "items": plain(found.entries), "more": True, "before": found.entries[-1].sequence, "cut": False,
    }  # fmt: skip
    following = plain(busy.search(Query(limit=3, before=found.entries[-1].sequence)).entries)
    assert api.ask("statements", limit=3, cursor=next_)["items"] == following
    assert api.ask("statements", limit=3, before=found.entries[-1].sequence)["items"] == following


def test_every_statement_is_on_one_of_the_pages(api: Program, busy: Ledger) -> None:
    everything = plain(busy.search(Query(limit=500)).entries)
    assert len(everything) > 40
    for limit in (1, 7, 500):
        assert api.all("statements", limit=limit) == everything


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ({"words": "ferry"}, Query("ferry")),
        ({"kind": ["promise", "prediction"]}, Query(kinds=frozenset({"promise", "prediction"}))),
        ({"status": "overdue"}, Query(status=frozenset({"overdue"}), today=TODAY)),
        ({"status": "overdue", "today": "2040-01-01"}, Query(status=frozenset({"overdue"}), today=LATER)),
        ({"outlet": "The Ellery Post"}, Query(outlet="The Ellery Post")),
        ({"since": "2031-01-03", "until": "2031-06-15"}, Query(since=date(2031, 1, 3), until=TODAY)),
        ({"speaker": "Tessa Varga", "rejected": True}, Query(speaker="Tessa Varga", rejected=True)),
        ({"topic": "ferries", "due_before": "2040-01-01"}, Query(topic="ferries", due_before=LATER)),
    ],
)  # fmt: skip
def test_filters_are_those_of_the_search(
    api: Program, busy: Ledger, asked: dict[str, Any], query: Query
) -> None:
    found = api.all("statements", **asked)
    everything = busy.search(
        Query(**{name: getattr(query, name) for name in Query.__slots__} | {"limit": 500})
    )
    assert found == plain(everything.entries)
    assert found


def test_a_statement_is_shown_with_all_that_is_known(api: Program, busy: Ledger) -> None:
    for entry in busy.search(Query(limit=10, rejected=True)).entries:
        short = entry.id.removeprefix("sha256:")[:12]
        same(api.ask(f"statements/{short}"), plain(busy.show(entry.id)), shapes.Shown)


def test_statements_are_looked_up_by_their_ids(api: Program, busy: Ledger) -> None:
    ids = [entry.id for entry in busy.search(Query(limit=5)).entries][::-1]
    answer = api.post("lookups", json={"ids": [*ids, "sha256:" + "0" * 64]})
    assert answer.json() == {"items": plain(busy.entries(ids)), "next": None}


def test_articles_with_their_documents_and_versions(api: Program, busy: Ledger) -> None:
    rows = api.all("articles", limit=4)
    assert rows == plain(busy.articles(limit=100))
    assert len(rows) == ARTICLES + 1
    for row in rows[:3]:
        same(api.ask(f"articles/{row['id']}"), plain(busy.article(row["id"])), shapes.ArticleShown)
        same(api.ask(f"articles/{row['id']}/document"), busy.document(row["id"]).to_dict(), shapes.Contract)
    newest = rows[0]["id"]
    same(api.ask(f"articles/{newest}/differences"), plain(busy.differences(newest)), shapes.Changes)
    refused(api.get(f"articles/{rows[1]['id']}/differences"), 404, "E410")
    assert api.ask(f"articles/{rows[1]['id']}/document") == document(ARTICLES - 1).to_dict()


def test_speakers_page_by_page(api: Program, busy: Ledger) -> None:
    everything = plain(busy.speakers(limit=1000))
    assert api.all("speakers", limit=3) == everything
    assert api.all("speakers", words="tessa") == plain(busy.speakers("tessa"))
    one = busy.speakers()[0]
    same(api.ask("speaker", name=one.name), plain(one), shapes.SpeakerRow)
    refused(api.get("speaker", params={"name": "Nobody Atall"}), 404, "E418")


def test_what_is_due(api: Program, busy: Ledger) -> None:
    for asked in ({}, {"within": 30}, {"overdue": True}, {"today": "2040-01-01", "overdue": True}):
        options = asked | ({"today": date(2040, 1, 1)} if "today" in asked else {})
        assert api.all("due", limit=5, **asked) == plain(busy.due(limit=500, **options))
    assert api.ask("due", today="2040-01-01", overdue=True)["items"]


def test_scores_with_and_without_their_statements(api: Program, busy: Ledger) -> None:
    found = plain(busy.score(min_n=1))
    answer = api.ask("scores", min_n=1, ids=True, limit=500)
    rows = found.pop("rows")
    assert answer == {"items": rows, "next": None, **found}
    assert [row["name"] for row in api.all("scores", limit=2)] == [row["name"] for row in rows]
    bare = api.ask("scores", min_n=1)["items"]
    assert all(row["commitments"]["statements"] == row["predictions"]["statements"] == {} for row in bare)
    name = rows[0]["name"]
    same(api.ask("score", name=name, ids=True), plain(busy.score(name=name)), shapes.Scores)
    for by in ("outlet", "topic", "year"):
        assert api.ask("scores", by=by, ids=True, limit=500)["items"] == plain(busy.score(by=by).rows)


def test_scores_follow_what_people_do(api: Program, full: Ledger) -> None:
    (entry,) = full.search(Query(kinds=frozenset({"commitment"}), limit=1)).entries
    name = entry.speaker
    before = api.ask("score", name=name)["rows"][0]["commitments"]["kept"]
    full.settle(entry.id, "kept", "the berth was opened", on=date(2031, 5, 1))
    assert api.ask("score", name=name)["rows"][0]["commitments"]["kept"] == before + 1


def test_the_log_with_its_checkpoint(api: Program, busy: Ledger) -> None:
    everything = plain(busy.log(last=1000))
    assert api.all("log", limit=30) == everything
    assert api.all("log", act="rating") == plain(busy.log(act="rating"))
    assert api.all("log", actor="another", limit=1) == plain(busy.log(actor="another"))
    assert {row["act"] for row in everything} >= {"article", "statement", "rating", "note", "feed"}
    row, digits = busy.checkpoint().split(":")
    expected = {"checkpoint": f"{row}:{digits}", "row": int(row), "hash": digits}
    same(api.ask("checkpoint"), expected, shapes.Checkpoint)


def test_the_log_is_proved(api: Program, busy: Ledger) -> None:
    checkpoint = busy.checkpoint()
    answer = api.post("verifications", json={"against": checkpoint})
    same(answer.json(), plain(busy.verify(against=checkpoint)), shapes.Verified)
    refused(api.post("verifications", json={"against": "1:" + "0" * 64}), 500, "E409")
    refused(api.post("verifications", json={"against": "row one"}), 422, "E109")
    shapes.Check.model_validate(api.ask("verifications"))


def test_feeds_and_counts_and_who_asks(api: Program, busy: Ledger) -> None:
    same(api.ask("feeds"), {"items": plain(busy.feeds()), "next": None}, shapes.listed(shapes.Feed))
    same(
        api.ask("ledger"),
        {**plain(busy.counts()), "newest": busy.newest(), "version": "0.1.0"},
        shapes.Counts,
    )
    same(api.ask("me"), {"name": "somebody", "role": "admin", "way": "token"}, shapes.Me)


SENSELESS: list[tuple[str, dict[str, Any]]] = [
    ("statements", {"limit": 0}),
    ("statements", {"limit": 501}),
    ("statements", {"kind": "lie"}),
    ("statements", {"since": "yesterday"}),
    ("statements", {"since": "20310601"}),
    ("statements", {"sort": "name"}),
    ("statements", {"before": -1}),
    ("statements", {"before": 2**31}),
    ("log", {"act": "murder"}),
    ("due", {"within": -1}),
    ("scores", {"by": "party"}),
    ("scores", {"min_n": 0}),
    ("articles", {"limit": "many"}),
    ("statements", {"cursor": "bm9uZTox"}),
    ("articles", {"cursor": "c3RhdGVtZW50czo1MA"}),
    ("log", {"cursor": "!"}),
    ("speakers", {"cursor": "c3BlYWtlcnM6LTE"}),
    ("due", {"cursor": "é"}),
    ("score", {}),
    ("speaker", {"name": ""}),
]


def test_what_makes_no_sense_is_refused(api: Program) -> None:
    for path, parameters in SENSELESS:
        refused(api.get(path, params=parameters), 422, "E109")


def test_ids_that_mean_nothing_or_several(api: Program, busy: Ledger) -> None:
    for path in ("statements", "articles"):
        for id_ in ("000000000000", "ab", "..%00", "x" * 300):
            refused(api.get(f"{path}/{id_}"), 404, "E410")


def test_every_operation_is_described(api: Program) -> None:
    described = api.get("openapi.json").json()
    seen = set()
    for path, method, operation in operations(described):
        seen.add(operation["operationId"])
        assert operation["summary"].endswith(".") or operation["summary"].count(". ") == 0
        answers = operation["responses"]
        for status in ("401", "403", "422", "503"):
            schema = answers[status]["content"][MEDIA_TYPE]["schema"]
            assert schema == {"$ref": "#/components/schemas/Problem"}, (method, path)
        assert ("304" in answers) is (method == "get")
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if body is not None:
            name = body["schema"]["$ref"].rpartition("/")[2]
            fields = described["components"]["schemas"][name]["properties"].values()
            assert any("examples" in field or "default" in field for field in fields), name
    assert len(seen) == sum(1 for _ in operations(described))
    assert described["security"] == [{"token": []}]


@pytest.mark.parametrize("name", sorted(examples()))
def test_examples_are_what_they_exemplify(api: Program, name: str) -> None:
    models = {model.__name__: model for model in vars(shapes).values() if isinstance(model, type)}
    model: Any = models[name]
    assert model.model_validate(examples()[name]).model_dump(mode="json", by_alias=True) == examples()[name]


def test_the_page_of_the_api_lists_all_operations_and_errors(client: Browser) -> None:
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    described = client.get("/api/v1/openapi.json").json()
    for path, _, operation in operations(described):
        assert f'id="{operation["operationId"]}"' in page.text
        assert path in page.text
    assert all(f'id="{kind.code}"' in page.text for kind in catalogue())
    assert page.text.count("curl -H") == sum(1 for _ in operations(described))
