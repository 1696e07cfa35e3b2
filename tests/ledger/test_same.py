"""The same text with other metadata: known, a new version of the same article, or another article.

`cases/same_article.json` has what is added one after another, each with what becomes of it and of which of
those before it is that article or a version (counted from 0), and whose statements are counted in the end.
"""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record.acting import Acting
from record.contents import contents, spoilt
from record.made import changed, document, elsewhere, read_again

import onrecord
from onrecord.errors import NothingFound
from onrecord.ledger.results import Added
from onrecord.record.query import Query
from onrecord.statement import Document

CASES = json.loads((Path(__file__).parents[1] / "cases" / "same_article.json").read_text("utf-8"))
NOTHING = dict.fromkeys(("url", "outlet", "title", "author", "published"))
TEXTS = {"first": document(1), "second": changed(document(1)), "third": changed(changed(document(1)))}
# One value for each, so that no two of them contradict each other.
SAID = {"url": "https://a.example/1", "outlet": "A", "title": "Ferry", "author": "Ida Berg"}


def made(text: str = "first", published: str | None = None, **facts: Any) -> Document:
    """A document of which only this is said."""
    day = date.fromisoformat(published) if published else None
    return elsewhere(TEXTS[text], **NOTHING | facts | {"published": day})


def shown(ledger: onrecord.Ledger) -> set[str]:
    """The articles whose statements are counted."""
    return {entry.article for entry in ledger.search(Query(limit=1000)).entries}


def acts(ledger: onrecord.Ledger) -> list[tuple[str, str | None, str | None]]:
    return [(row.act, row.subject, row.payload) for row in reversed(ledger.log(last=10_000))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
class TestCases:
    def test_one_after_another(self, ledger: onrecord.Ledger, case: dict[str, Any]) -> None:
        given = [made(**facts) for facts, _, _ in case["added"]]
        ids = [each.article.id for each in given]
        for each, (_, state, which) in zip(given, case["added"], strict=True):
            found = None if which is None else ids[which]
            here = found if state == "known" else each.article.id
            assert ledger.known(each.article) == (here if state == "known" else None)
            count = 0 if state == "known" else len(each.statements)
            assert ledger.add(each) == Added(here or "", state, count, found if state == "version" else None)
        assert shown(ledger) == {ids[number] for number in case["shown"]}

    def test_once_more_nothing_is_written(self, ledger: onrecord.Ledger, case: dict[str, Any]) -> None:
        given = [made(**facts) for facts, _, _ in case["added"]]
        list(ledger.add_many(given))
        before = acts(ledger)
        for each in (*given, *reversed(given)):
            assert ledger.has(each.article)
            assert ledger.add(each).state == "known"
        assert acts(ledger) == before

    def test_in_one_batch_and_made_anew_and_taken_elsewhere(
        self, new_place: Callable[[], str], tmp_path: Path, case: dict[str, Any]
    ) -> None:
        given = [made(**facts) for facts, _, _ in case["added"]]
        one, other, third = (new_place() for _ in range(3))
        with onrecord.open(one, create=True, actor="Ada") as ledger:
            singly = [ledger.add(each, topic="Piers") for each in given]
        with onrecord.open(other, create=True, actor="Ada") as ledger:
            assert list(ledger.add_many(given, topic="Piers")) == singly
            expected = contents(one)
            assert contents(other) == expected
            ledger.rebuild()
            assert contents(other) == expected
            ledger.export("jsonl", tmp_path / "all.jsonl")
        with onrecord.open(third, create=True) as ledger:
            ledger.import_(tmp_path / "all.jsonl")
        assert contents(third) == expected


FACTS = st.fixed_dictionaries({}, optional={name: st.sampled_from([one, None]) for name, one in SAID.items()})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FACTS, min_size=1, max_size=7))
def test_what_does_not_contradict_is_one_article(tmp_path_factory: Any, facts: list[dict[str, Any]]) -> None:
    """In whatever order: the last that was written is counted alone, and all of them are its versions."""
    given = [made(**each) for each in facts]
    with onrecord.open(tmp_path_factory.mktemp("same") / "a.db", create=True) as ledger:
        added = [ledger.add(each) for each in given]
        written = [one.article for one in added if one.state != "known"]
        assert [one.state for one in added].count("new") == 1
        assert shown(ledger) == {written[-1]}
        versions = [version.article for version in ledger.article(written[-1]).versions]
        assert versions == written
        assert spoilt(ledger.store) is None
        assert {ledger.add(each).state for each in given} == {"known"}


class TestAddingMany:
    def test_of_eight_writers_at_once_one_version_is_counted(self, place: str) -> None:
        """All say something else of the same text; whoever comes later must see what the others wrote."""
        onrecord.open(place, create=True).close()
        with multiprocessing.get_context("spawn").Pool(8) as pool:
            states = Counter(
                state for states in pool.map(_write, [(place, n) for n in range(8)]) for state in states
            )
        assert states["new"] == 1
        assert states.total() == 32
        with onrecord.open(place) as ledger:
            (newest,) = shown(ledger)
            versions = ledger.article(newest).versions
            assert [version.article for version in versions][-1] == newest
            assert len(versions) == states["version"] + 1 == len(ledger.log(act="article"))
            ledger.verify()
            assert spoilt(ledger.store) is None

    def test_a_topic_is_put_on_the_article_that_is_known(self, ledger: onrecord.Ledger) -> None:
        full = made(**SAID)
        ledger.add(full)
        for _ in range(2):
            list(ledger.add_many([made(), made(outlet="A")], topic="Piers"))
        assert [row.subject for row in ledger.log(act="topic")] == [full.article.id]


def _write(given: tuple[str, int]) -> list[str]:
    place, writer = given
    orders = list(permutations(SAID.items(), 4))
    with onrecord.open(place, actor=f"writer {writer}") as ledger:
        some = orders[writer * 3]
        return [ledger.add(made(**dict(some[:count]))).state for count in (1, 2, 3, 4)]


class TestBeside:
    def test_versions_are_those_before_and_after(self, ledger: onrecord.Ledger) -> None:
        """Not those of another outlet, though both were there once without any."""
        bare, one, other = made(), made(outlet="A"), made(outlet="B")
        late = made(outlet="A", url="https://a.example/1")
        text = made("second", outlet="A", url="https://a.example/1")
        for each in (bare, one, other, late, text):
            ledger.add(each)

        def versions(of: Document) -> list[str]:
            return [version.article for version in ledger.article(of.article.id).versions]

        line = [each.article.id for each in (bare, one, late, text)]
        assert versions(text) == versions(late) == versions(one) == line
        assert versions(other) == [bare.article.id, other.article.id]
        assert shown(ledger) == {other.article.id, text.article.id}

    def test_the_differences_are_those_from_the_version_before(self, ledger: onrecord.Ledger) -> None:
        bare, one, other = made(), made(outlet="A"), made(outlet="B", language="no")
        for each in (bare, one, other):
            ledger.add(each)
        assert [tuple(fact) for fact in ledger.differences(one.article.id).facts] == [("outlet", None, "A")]
        with pytest.raises(NothingFound):
            ledger.differences(other.article.id)

    def test_another_reader_reads_it_once_more(self, ledger: onrecord.Ledger) -> None:
        """Only with what is known of it: without its day, nobody knows when what it says is due."""
        full = made(**SAID)
        ledger.add(full)
        assert ledger.add(read_again(made()), reread=True).state == "known"
        assert ledger.add(read_again(full), reread=True).state == "reread"

    def test_an_older_version_that_is_read_once_more_stays_the_older(self, ledger: onrecord.Ledger) -> None:
        older, newer = made(outlet="A"), made(outlet="A", title="Ferry")
        ledger.add(older)
        ledger.add(newer)
        assert ledger.add(read_again(older), reread=True).state == "reread"
        assert shown(ledger) == {newer.article.id}


class TestRedacted:
    def test_words_go_from_all_versions(self, ledger: onrecord.Ledger, place: str) -> None:
        for each in (made(), made(outlet="A"), made(outlet="A", url="https://a.example/1")):
            ledger.add(each)
        words = made().statements[0].text
        gone = next(e.id for e in ledger.search(Query(limit=100)).entries if e.text == words)
        ledger.redact(gone, "order of the court")
        assert words not in str(contents(place))
        assert {row[-1] for row in contents(place)["articles"]} == {None}, "nor can they be guessed"

    def test_they_stay_versions_of_each_other(self, ledger: onrecord.Ledger) -> None:
        """Though nobody can tell any more that the texts were the same."""
        older, newer = made(outlet="A"), made(outlet="A", title="Ferry")
        ledger.add(older)
        ledger.add(newer)
        ledger.redact(older.article.id, "order of the court")
        ledger.rebuild()
        assert shown(ledger) == {newer.article.id}
        assert [version.article for version in ledger.article(newer.article.id).versions] == [
            older.article.id, newer.article.id
        ]  # fmt: skip
        assert ledger.add(older).state == "known"


def test_the_log_names_the_version_before_only_where_the_address_does_not(ledger: onrecord.Ledger) -> None:
    address = {"url": "https://a.example/1"}
    for each in (made(**address), made("second", **address), made("second", **address, outlet="A")):
        ledger.add(each)
    last = made("second", outlet="A", title="Ferry")
    ledger.add(last)
    named = [json.loads(row.payload or "").get("version_of") for row in ledger.log(act="article")]
    assert named == [made("second", **address, outlet="A").article.id, None, None, None]


def test_what_an_old_log_has_twice_stays_two_articles(place: str) -> None:
    """Its acts name no version; only what comes now is looked at."""
    old = Acting(place)
    old.now = datetime(2020, 3, 4, tzinfo=UTC)
    one, other = old.add(made()), old.add(made(outlet="A"))
    old.store.close()
    with onrecord.open(place) as ledger:
        ledger.rebuild()
        assert shown(ledger) == {one.article.id, other.article.id}
        assert ledger.add(made(title="Ferry")).version_of == other.article.id
        assert spoilt(ledger.store) is None
