"""Who has the answer is told so before any work is done, and gets a new one as soon as anything changed."""

from __future__ import annotations

import pytest
from serve.api.program import Program, refused

from onrecord.errors import BadOption
from onrecord.ledger.core import Ledger
from onrecord.record.query import Query
from onrecord.serve.api.cursors import GREATEST, cursor_of, number_of

PATHS = (
    "statements", "articles", "speakers", "due", "scores", "log", "checkpoint", "verifications", "feeds",
    "ledger", "me", "tokens", "exports/csv", "exports/jsonl",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_read_has_an_etag_that_is_honoured(api: Program, path: str) -> None:
    first = api.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    assert "Authorization" in first.headers["vary"]
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = api.get(path, headers={"If-None-Match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert api.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_change_is_seen_at_once(api: Program, full: Ledger) -> None:
    (entry,) = full.search(Query(limit=1)).entries
    path = f"statements/{entry.id[7:19]}"
    tags = [api.get(address).headers["etag"] for address in (path, "statements")]
    full.note(entry.id, "see the minutes")
    for address, tag in zip((path, "statements"), tags, strict=True):
        assert api.get(address, headers={"If-None-Match": tag}).status_code == 200
    assert api.ask(path)["notes"]


def test_questions_have_tags_of_their_own(api: Program) -> None:
    tags = {api.get(path).headers["etag"] for path in ("statements", "statements?limit=3", "articles", "log")}
    assert len(tags) == 4


def test_nothing_is_computed_for_who_has_it(
    api: Program, full: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = api.get("scores").headers["etag"]

    def score(*_: object, **__: object) -> None:
        raise AssertionError("computed")

    monkeypatch.setattr(type(full), "score", score)
    assert api.get("scores", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("number", [0, 1, 50, 12_345, GREATEST])
def test_cursors_carry_a_number(number: int) -> None:
    assert number_of("log", cursor_of("log", number)) == number


@pytest.mark.parametrize(
    "cursor",
    ["", "log:1", "bG9nOjE=", "bG9nOjAx", "bG9nOi0x", "bG9nOjk5OTk5OTk5OTk", "____", "é", "bG9nOjE "],
)
def test_what_is_no_cursor_of_the_list_is_refused(cursor: str) -> None:
    with pytest.raises(BadOption):
        number_of("log", cursor)
    with pytest.raises(BadOption):
        number_of("due", cursor_of("log", 1))


def test_a_cursor_of_another_list_is_refused(api: Program) -> None:
    cursor = api.ask("statements", limit=1)["next"]
    refused(api.get("articles", params={"cursor": cursor}), 422, "E109")
