"""What people do through the API is on the log under their name, can be undone, and may be refused."""

from __future__ import annotations

from typing import Any

import pytest
from serve.api.program import Program, refused

from onrecord.entry import Entry
from onrecord.ledger.core import Ledger
from onrecord.record.query import Query
from onrecord.serve.api import shapes
from onrecord.serve.house import House
from onrecord.views.plain import plain


@pytest.fixture
def promise(full: Ledger) -> Entry:
    """A commitment."""
    (entry,) = full.search(Query(kinds=frozenset({"commitment"}), limit=1)).entries
    return entry


def on(entry: Entry, part: str = "") -> str:
    """The address of a statement."""
    return f"statements/{entry.id[7:19]}{part}"


def test_a_correction_and_back(api: Program, full: Ledger, promise: Entry) -> None:
    answer = api.post(on(promise, "/corrections"), json={"values": {"kind": "claim"}, "why": "no promise"})
    assert answer.status_code == 200
    assert answer.json() == plain(full.show(promise.id))
    assert answer.json()["entry"]["kind"] == "claim"
    assert answer.json()["machine"]["kind"] == "commitment"
    (row,) = full.log(act="correction")
    assert (row.actor, row.subject) == ("somebody", promise.id)
    answer = api.delete(on(promise, "/corrections/kind"), params={"why": "it is one"})
    assert answer.json()["entry"]["kind"] == "commitment"
    refused(api.delete(on(promise, "/corrections/kind")), 422, "E419")
    refused(api.post(on(promise, "/corrections"), json={"values": {"kind": "lie"}}), 422, "E415")
    refused(api.post(on(promise, "/corrections"), json={"values": {"colour": "red"}}), 422, "E415")


def test_a_rejection_and_back(api: Program, full: Ledger, promise: Entry) -> None:
    for _ in range(2):  # twice is as once
        assert api.post(on(promise, "/rejection"), json={"why": "a caption"}).json()["entry"]["rejected"]
    assert len(full.log(act="rejection")) == 1
    assert not api.delete(on(promise, "/rejection")).json()["entry"]["rejected"]
    refused(api.delete(on(promise, "/rejection")), 422, "E419")


def test_a_verdict_and_back(api: Program, full: Ledger, promise: Entry) -> None:
    rating = {"verdict": "Partly kept", "evidence": "https://news.example/berth", "on": "2031-06-01"}
    states = [api.post(on(promise, "/rating"), json=rating).json() for _ in range(2)]
    for state in states:
        assert state["entry"]["verdict"] == "partly-kept"
        (mine,) = state["outcome"]["ratings"]
        assert (mine["actor"], mine["evidence"]["kind"], mine["on"]) == ("somebody", "url", "2031-06-01")
    assert api.delete(on(promise, "/rating")).json()["entry"]["verdict"] is None
    refused(api.delete(on(promise, "/rating")), 422, "E419")


@pytest.mark.parametrize(
    ("rating", "code"),
    [
        ({"verdict": "came-true", "evidence": "it was in all papers"}, "E413"),
        ({"verdict": "kept", "evidence": "yes"}, "E414"),
        ({"verdict": "kept", "evidence": "it was in all papers", "on": "2031-06-16"}, "E109"),
        ({"verdict": "kept", "evidence": "it was in all papers", "on": "June"}, "E109"),
        ({"verdict": "kept"}, "E109"),
        ({"verdict": "kept", "evidence": "it was in all papers", "by": "me"}, "E109"),
    ],
)
def test_verdicts_that_make_no_sense(
    api: Program, full: Ledger, promise: Entry, rating: dict[str, str], code: str
) -> None:
    before = full.newest()
    refused(api.post(on(promise, "/rating"), json=rating), 422, code)
    assert full.newest() == before


def test_two_editors_do_not_pass_each_other(api: Program, full: Ledger, promise: Entry) -> None:
    read = api.get(on(promise)).headers["etag"]
    full.acting("another").correct(promise.id, {"negative": "true"})
    stale = api.post(on(promise, "/rejection"), json={"why": "a caption"}, headers={"If-Match": read})
    assert refused(stale, 412)["what"].startswith("This was changed after it was read")
    assert not full.show(promise.id).entry.rejected
    now = api.get(on(promise)).headers["etag"]
    done = api.post(on(promise, "/rejection"), json={"why": "a caption"}, headers={"If-Match": now})
    assert done.status_code == 200
    again = api.delete(on(promise, "/rejection"), headers={"If-Match": done.headers["etag"]})
    assert again.status_code == 200
    assert api.delete(on(promise, "/rejection"), headers={"If-Match": "*"}).status_code == 422


def test_what_others_do_elsewhere_is_no_change(api: Program, full: Ledger, promise: Entry) -> None:
    read = api.get(on(promise)).headers["etag"]
    other = next(e for e in full.search(Query(limit=50)).entries if e.article != promise.article)
    full.note(other.id, "the minutes say so")
    assert api.get(on(promise)).headers["etag"] != read
    done = api.post(on(promise, "/rejection"), json={"why": "a caption"}, headers={"If-Match": read})
    assert done.status_code == 200


def test_notes_and_topics(api: Program, full: Ledger, promise: Entry) -> None:
    answer = api.post("notes", json={"subject": promise.id[7:19], "text": " see the minutes "})
    expected = {"subject": promise.id[7:19], "note": "see the minutes", "actor": "somebody"}
    assert (answer.status_code, answer.json()) == (201, expected)
    assert [note.text for note in full.show(promise.id).notes] == ["see the minutes"]
    answer = api.post("topics", json={"subject": promise.article[7:19], "topic": "berths"})
    assert answer.json() == {"subject": promise.article[7:19], "topic": "berths", "actor": "somebody"}
    assert promise.id in [item["id"] for item in api.all("statements", topic="berths")]
    refused(api.post("notes", json={"subject": "0" * 12, "text": "to whom?"}), 404, "E410")
    refused(api.post("notes", json={"subject": promise.id, "text": "  "}), 422, "E109")


def test_names_are_joined_and_parted(api: Program, full: Ledger) -> None:
    one, two = [speaker.name for speaker in full.speakers(limit=2)]
    answer = api.post("speakers/merges", json={"names": [two], "into": one, "why": "the same chair"})
    assert (answer.status_code, answer.json()) == (
        201,
        {"into": one, "merged": [two], "why": "the same chair"},
    )
    assert api.ask("speaker", name=two)["merged"] == [two]
    answer = api.delete("speakers/merges", params={"name": two, "why": "her sister"})
    assert answer.json() == {"split": two, "why": "her sister"}
    refused(api.delete("speakers/merges", params={"name": two}), 422, "E419")
    refused(api.post("speakers/merges", json={"names": ["Nobody Atall"], "into": one}), 404, "E418")


def test_words_are_removed_for_good(api: Program, full: Ledger, promise: Entry) -> None:
    answer = api.post("redactions", json={"target": promise.id[7:19], "why": "order 12/31"})
    assert answer.status_code == 201
    told = answer.json()
    assert told["rows"]
    assert (told["target"], told["why"]) == (promise.id[7:19], "order 12/31")
    assert promise.text not in str(api.ask(on(promise)))
    assert api.post("verifications", json={}).status_code == 200


def test_feeds_are_followed_and_left(api: Program, full: Ledger) -> None:
    feed = {"url": "https://news.example/feed.xml", "outlet": "The Ellery Post", "check": False}
    for state in ("new", "known"):
        told = api.post("feeds", json=feed).json()
        nothing = dict.fromkeys(("title", "topic", "entries"))
        assert told == {"state": state, "url": feed["url"], "outlet": feed["outlet"], **nothing}
        assert shapes.Followed.model_validate(told)
    assert api.post("feeds", json=feed | {"topic": "ferries"}).json()["state"] == "changed"
    assert [feed.topic for feed in full.feeds()] == ["ferries"]
    refused(api.post("feeds", json={"url": "http://127.0.0.1:9/feed.xml"}), 422, "E122")
    answer = api.delete("feeds", params={"url": feed["url"]})
    assert answer.json() == {"state": "removed", "url": feed["url"]}
    refused(api.delete("feeds", params={"url": feed["url"]}), 422, "E419")


def test_tokens_are_made_listed_and_revoked(api: Program, house: House) -> None:
    made = api.post("tokens", json={"name": "nightly", "scope": "read", "days": 3}).json()
    assert shapes.Made.model_validate(made).model_dump(mode="json").keys() == made.keys()
    listed = api.ask("tokens")["items"]
    assert {token["name"] for token in listed} == {"nightly", "a admin program"}
    assert made["secret"] not in str(listed)
    reader = {"Authorization": f"Bearer {made['secret']}"}
    assert api.get("me", headers=reader).json() == {"name": "somebody", "role": "reader", "way": "token"}
    refused(api.post("tokens", json={"name": "more", "scope": "read"}, headers=reader), 403, "E502")
    answer = api.delete("tokens", params={"name": "nightly"})
    assert answer.json() == {"state": "revoked", "name": "nightly", "revoked": 1}
    refused(api.get("me", headers=reader), 401, "E501")
    refused(api.delete("tokens", params={"name": "nightly"}), 404, "E508")


@pytest.mark.parametrize(
    ("scope", "path", "body", "allowed"),
    [
        ("read", "statements", None, True), ("write", "statements", None, True),
        ("read", "notes", {"subject": "", "text": "a"}, False),
        ("write", "notes", {"subject": "x", "text": "a"}, True),
        ("write", "redactions", {"target": "x", "why": "a"}, False),
        ("admin", "redactions", {"target": "x", "why": "a"}, True),
    ],
)  # fmt: skip
def test_a_token_reaches_as_far_as_its_scope(
    house: House, scope: Any, path: str, body: Any, allowed: bool
) -> None:
    with Program(house, scope) as program:
        answer = program.get(path) if body is None else program.post(path, json=body)
    if allowed:
        assert answer.status_code in (200, 404)
    else:
        refused(answer, 403, "E502")


def test_strangers_are_told_to_show_a_token(house: House) -> None:
    with Program(house, None) as stranger:
        for answer in (stranger.get("statements"), stranger.post("notes", json={})):
            refused(answer, 401, "E501")
            assert answer.headers["www-authenticate"].startswith("Bearer")
        refused(stranger.get("me", headers={"Authorization": "Bearer onr_wrong"}), 401, "E501")
