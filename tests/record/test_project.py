"""What acts do to the tables: articles and their versions, readings, speakers, ratings, notes, feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from record.acting import Acting, said
from record.contents import spoilt
from record.made import changed, document, documents, read_again

from onrecord.entry import Act
from onrecord.record import acts, project
from onrecord.record.schema import (
    articles,
    corrections,
    feeds,
    judgements,
    notes,
    ratings,
    readings,
    refusals,
    rejections,
    speakers,
    statements,
    topics,
)


@pytest.fixture
def acting(place: str) -> Iterator[Acting]:
    """A new ledger; whatever a test did to it, the tables must be what the log adds up to."""
    acting = Acting(place)
    yield acting
    assert spoilt(acting.store) is None
    acting.store.close()


class TestReadings:
    def test_an_article_its_reading_and_its_statements_are_numbered_by_their_acts(
        self, acting: Acting
    ) -> None:
        made = acting.add(document(1, statements=6))
        (article,) = acting.rows(articles)
        (reading,) = acting.rows(readings)
        assert (article["id"], article["article"], article["text"]) == (1, made.article.id, made.article.text)
        assert (article["published"], article["version_of"]) == (made.article.published, None)
        assert (reading["id"], reading["article"], reading["statements"], reading["current"]) == (
            2,
            1,
            6,
            True,
        )
        rows = acting.rows(statements)
        assert [row["id"] for row in rows] == [3, 4, 5, 6, 7, 8]
        assert [row["statement"] for row in rows] == [s.id for s in made.statements]
        inner = next(i for i, s in enumerate(made.statements) if s.within)
        assert rows[inner]["within"] == rows[inner - 1]["id"]
        assert rows[inner]["chain"] == " → ".join(v.name or "?" for v in made.statements[inner].chain)

    def test_what_is_to_be_settled_by_when(self, acting: Acting) -> None:
        made = acting.add(document(3, statements=40))
        rows = {row["statement"]: row for row in acting.rows(statements)}
        for statement in made.statements:
            when = statement.due or statement.by
            row = rows[statement.id]
            expected = (when.text, when.start, when.end) if when else (None, None, None)
            assert (row["due_text"], row["due_start"], row["due_end"]) == expected

    def test_a_later_reader_s_values_take_the_place_of_the_first_one_s(self, acting: Acting) -> None:
        made = acting.add(document(1, statements=6))
        acting.add(read_again(made, without=1))
        rows = acting.rows(statements)
        assert [row["id"] for row in rows] == [3, 4, 5, 6, 7, 8]
        assert [row["current"] for row in rows] == [True] * 5 + [False]
        assert [row["confidence"] for row in rows[:5]] == [0.99] * 5
        assert [row["log_row"] for row in rows] == [10, 11, 12, 13, 14, 8]
        assert [row["current"] for row in acting.rows(readings)] == [False, True]

    def test_what_only_the_later_reader_finds_gets_a_number_of_its_own(self, acting: Acting) -> None:
        made = document(1, statements=6)
        acting.add(replace(made, statements=made.statements[:3]))
        acting.add(replace(made, reader=replace(made.reader, version="0.2.0")))
        assert [row["id"] for row in acting.rows(statements)] == [3, 4, 5, 10, 11, 12]

    def test_both_readings_in_one_call(self, acting: Acting) -> None:
        made = document(1, statements=6)
        given = [acts.article_act(made.article), *acts.reading_acts(made, 2)]
        acting.acts([*given, *acts.reading_acts(read_again(made), 9)])
        assert [row["current"] for row in acting.rows(statements)] == [True] * 5 + [False]

    def test_an_inner_statement_may_come_before_its_outer_one(self, acting: Acting) -> None:
        made = document(1, statements=6)
        acting.add(replace(made, statements=tuple(reversed(made.statements))))
        inner = next(s for s in made.statements if s.within)
        outer = acting.statement(inner.within or "")
        assert acting.statement(inner.id)["within"] == outer["id"] > acting.statement(inner.id)["id"]

    def test_a_changed_article_under_the_same_address_is_a_version_of_the_one_before(
        self, acting: Acting
    ) -> None:
        first = acting.add(document(1))
        second = acting.add(changed(first))
        third = acting.add(changed(second))
        acting.add(document(2))
        rows = acting.rows(articles)
        assert [row["version_of"] for row in rows] == [None, rows[0]["id"], rows[1]["id"], None]
        assert rows[2]["article"] == third.article.id

    def test_many_articles_in_one_call_are_as_one_after_another(self, acting: Acting) -> None:
        given: list[Act] = []
        for made in documents(30, statements=8):
            given += [acts.article_act(made.article), Act("topic", made.article.id, {"topic": "Harbours"})]
            given += acts.reading_acts(made, len(given) + 1)
        acting.acts(given)
        assert len(acting.rows(statements)) == 240
        assert {row["topic"] for row in acting.rows(topics)} == {"Harbours"}

    def test_words_that_no_database_takes(self, acting: Acting) -> None:
        odd = "Ida\x00 Berg"
        text = f"{odd} said the \ud83d pier\x00 will close."
        made = said(text, (odd, "the \ud83d pier\x00 will close"), title="\udfff")
        acting.add(made)
        row = acting.row(statements)
        assert row["text"] == "the \ufffd pier\ufffd will close"
        assert row["speaker_name"] == "Ida\ufffd Berg"
        assert acting.row(articles)["title"] == "\ufffd"
        assert acting.document(made.article.id) == made

    def test_what_could_not_be_read_is_kept(self, acting: Acting) -> None:
        row = acting.act("refusal", "pier.pdf", code="E104", message="is a PDF")
        kept = acting.row(refusals)
        assert (kept["id"], kept["name"], kept["code"], kept["message"]) == (
            row.sequence, "pier.pdf", "E104", "is a PDF",
        )  # fmt: skip

    def test_statements_of_what_is_not_there_are_passed_over(self, acting: Acting) -> None:
        made = document(1)
        acting.acts(acts.reading_acts(made, 1))
        acting.act("note", made.article.id, text="of an article that never came")
        acting.act("rejection", made.statements[0].id, why="not there")
        acting.act("rating", made.statements[0].id, verdict="kept", on=None, note=None,
                   evidence={"kind": "reason", "text": "as everybody saw"})  # fmt: skip
        acting.act("correction", made.statements[0].id, field="kind", value="claim", why=None)
        acting.act("topic", made.statements[0].id, topic="Harbours")
        assert [acting.rows(table) for table in (readings, statements, ratings, corrections, topics)] == [
            []
        ] * 5
        assert len(acting.rows(notes)) == 1

    def test_acts_on_what_comes_only_later_in_the_call_are_passed_over(self, acting: Acting) -> None:
        made = document(1)
        early = [Act("topic", made.article.id, {"topic": "Piers"}), acts.reading_acts(made, 2)[0]]
        early.append(Act("topic", made.statements[0].id, {"topic": "Piers"}))
        acting.acts([*early, acts.article_act(made.article), *acts.reading_acts(made, 5)])
        assert [row["id"] for row in acting.rows(readings)] == [5]
        assert acting.rows(topics) == []


class TestRatings:
    @pytest.fixture
    def name(self, acting: Acting) -> str:
        return acting.add(document(1)).statements[0].id

    @staticmethod
    def rate(acting: Acting, name: str, by: str, verdict: str, on: str | None = None) -> None:
        evidence = {"kind": "reason", "text": "the gates were opened"}
        acting.act("rating", name, by, verdict=verdict, on=on, evidence=evidence, note=None)

    def outcome(self, acting: Acting, name: str) -> tuple[str | None, date | None]:
        row = acting.statement(name)
        return row["verdict"], row["settled_on"]

    def test_two_who_agree(self, acting: Acting, name: str) -> None:
        assert self.outcome(acting, name) == (None, None)
        self.rate(acting, name, "Ada", "kept", "2031-06-01")
        assert self.outcome(acting, name) == ("kept", date(2031, 6, 1))
        self.rate(acting, name, "Bo", "kept", "2031-06-01")
        assert self.outcome(acting, name) == ("kept", date(2031, 6, 1))

    @pytest.mark.parametrize("other", ["2031-06-02", None])
    def test_two_who_agree_but_for_the_day(self, acting: Acting, name: str, other: str | None) -> None:
        self.rate(acting, name, "Ada", "kept", "2031-06-01")
        self.rate(acting, name, "Bo", "kept", other)
        assert self.outcome(acting, name) == ("kept", None)

    def test_two_who_differ(self, acting: Acting, name: str) -> None:
        self.rate(acting, name, "Ada", "kept", "2031-06-01")
        self.rate(acting, name, "Bo", "broken", "2031-06-01")
        assert self.outcome(acting, name) == ("disputed", None)
        acting.act("withdrawal", name, "Bo", why="mixed up the piers")
        assert self.outcome(acting, name) == ("kept", date(2031, 6, 1))
        acting.act("withdrawal", name, "Ada", why=None)
        assert self.outcome(acting, name) == (None, None)

    def test_a_second_thought_takes_the_place_of_the_first(self, acting: Acting, name: str) -> None:
        self.rate(acting, name, "Ada", "stalled")
        self.rate(acting, name, "Ada", "broken")
        assert self.outcome(acting, name) == ("broken", None)
        assert [row["current"] for row in acting.rows(ratings)] == [False, True]

    def test_a_withdrawal_leaves_the_others_ratings(self, acting: Acting, name: str) -> None:
        self.rate(acting, name, "Ada", "broken")
        acting.act("withdrawal", name, "Bo", why=None)
        assert self.outcome(acting, name) == ("broken", None)

    def test_a_new_reading_leaves_the_verdict(self, acting: Acting, name: str) -> None:
        self.rate(acting, name, "Ada", "kept")
        acting.add(read_again(document(1)))
        assert self.outcome(acting, name) == ("kept", None)


class TestRejections:
    def test_rejected_and_restored(self, acting: Acting) -> None:
        name = acting.add(document(1)).statements[0].id
        acting.act("rejection", name, "Ada", why="not what she said")
        acting.act("rejection", name, "Bo", why="nor he")
        assert acting.statement(name)["rejected"]
        acting.add(read_again(document(1)))
        assert acting.statement(name)["rejected"]
        acting.act("restoration", name, "Cy", why="it is what she said")
        assert not acting.statement(name)["rejected"]
        assert [row["current"] for row in acting.rows(rejections)] == [False, False]


class TestSpeakers:
    """Names, by the key of who is merged into whom."""

    NAMES = ("Ida Berg", "I. Berg", "Minister Berg", "Ove Lund", "O. Lund")

    @pytest.fixture
    def merged(self, acting: Acting) -> Acting:
        text = " ".join(f"{name} said pier {i} will open." for i, name in enumerate(self.NAMES))
        acting.add(said(text, *((name, f"pier {i} will open") for i, name in enumerate(self.NAMES))))
        return acting

    def judge(self, acting: Acting, *steps: str) -> dict[str, str]:
        """After steps such as "A > B" (merge A into B) and "split A": who is merged into whom."""
        for step in steps:
            if step.startswith("split "):
                acting.act("split", step.removeprefix("split "), why="another person")
            else:
                name, into = step.split(" > ")
                acting.acts(acts.merge_acts([name], into, "the same person"))
        return self.shown(acting)

    @staticmethod
    def shown(acting: Acting) -> dict[str, str]:
        rows = {row["id"]: row for row in acting.rows(speakers)}
        return {r["name"]: rows[r["merged_into"]]["name"] for r in rows.values() if r["merged_into"]}

    def test_case_and_spaces_do_not_make_another_speaker(self, acting: Acting) -> None:
        acting.add(said("Ida Berg said it opens.", ("Ida Berg", "it opens")))
        acting.add(said("IDA  BERG said it closes.", ("IDA  BERG", "it closes")))
        assert [(row["id"], row["name"], row["key"]) for row in acting.rows(speakers)] == [
            (3, "Ida Berg", "ida berg")
        ]
        assert [row["speaker_name"] for row in acting.rows(statements)] == ["Ida Berg", "IDA  BERG"]

    def test_merged(self, merged: Acting) -> None:
        assert self.judge(merged, "I. Berg > Ida Berg") == {"I. Berg": "Ida Berg"}

    def test_merges_of_merges_name_the_last_one(self, merged: Acting) -> None:
        after = self.judge(merged, "I. Berg > Minister Berg", "Minister Berg > Ida Berg")
        assert after == {"I. Berg": "Ida Berg", "Minister Berg": "Ida Berg"}
        after = self.judge(merged, "Ove Lund > I. Berg")
        assert after["Ove Lund"] == "Ida Berg"

    def test_a_split_takes_along_what_was_merged_into_it(self, merged: Acting) -> None:
        steps = ("I. Berg > Minister Berg", "Minister Berg > Ida Berg", "split Minister Berg")
        assert self.judge(merged, *steps) == {"I. Berg": "Minister Berg"}
        assert self.judge(merged, "split I. Berg") == {}

    def test_merged_the_other_way_round(self, merged: Acting) -> None:
        assert self.judge(merged, "I. Berg > Ida Berg", "Ida Berg > I. Berg") == {"Ida Berg": "I. Berg"}

    def test_a_ring_is_opened_where_the_last_judgement_says(self, merged: Acting) -> None:
        steps = ("I. Berg > Minister Berg", "Minister Berg > Ida Berg", "Ida Berg > I. Berg")
        assert self.judge(merged, *steps) == {"Ida Berg": "I. Berg", "Minister Berg": "I. Berg"}

    def test_into_a_name_that_no_article_has(self, merged: Acting) -> None:
        after = self.judge(merged, "I. Berg > Ida Maria Berg", "Nobody > Ida Berg", "split Nobody")
        assert after == {"I. Berg": "Ida Maria Berg"}
        assert [row["judgement"] for row in merged.rows(judgements)] == ["merge"]

    def test_several_names_in_one_judgement(self, merged: Acting) -> None:
        merged.act("merge", "Ida Berg", speakers=["I. Berg", "Minister Berg", "Ida Berg"], why=None)
        assert self.shown(merged) == {"I. Berg": "Ida Berg", "Minister Berg": "Ida Berg"}

    def test_judgements_in_one_call(self, merged: Acting) -> None:
        given = [*acts.merge_acts(["I. Berg", "Minister Berg"], "Ida Berg", None)]
        merged.acts([*given, Act("split", "I. Berg", {"why": None})])
        assert self.shown(merged) == {"Minister Berg": "Ida Berg"}


class TestNotesAndFeeds:
    def test_notes_and_topics(self, acting: Acting) -> None:
        made = acting.add(document(1))
        acting.act("note", made.statements[0].id, text="compare\x00 page 3")
        acting.act("topic", made.statements[0].id, topic="Harbours")
        acting.act("topic", made.article.id, topic="Ferries")
        assert acting.row(notes)["text"] == "compare\ufffd page 3"
        shown = [(row["topic"], row["article"], row["statement"]) for row in acting.rows(topics)]
        assert shown == [("Harbours", None, 3), ("Ferries", 1, None)]

    def test_a_feed_is_followed_left_and_followed_again(self, acting: Acting) -> None:
        url = "https://harbour.example/feed"
        acting.act("feed", url, outlet="Gazette", title=None, topic=None)
        acting.act("unfollow", url)
        assert not acting.row(feeds)["followed"]
        acting.act("feed", url, "Bo", outlet="The Gazette", title="News", topic="Ferries")
        row = acting.row(feeds)
        assert (row["id"], row["outlet"], row["topic"], row["followed"]) == (
            1,
            "The Gazette",
            "Ferries",
            True,
        )


def test_long_stretches_are_cut_where_a_reading_ends(acting: Acting) -> None:
    for made in documents(6, statements=7):
        acting.add(made)
    from onrecord.record import log

    with acting.store.reading() as connection:
        chunks = list(project.chunks(log.rows(connection), 10))
    assert [len(chunk) for chunk in chunks] == [10, 17, 10, 17]
    assert [chunk[0].act for chunk in chunks] == ["article", "reading"] * 2
