"""Redactions: the words are nowhere any more, everything else is as it was, and the chain is whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from record.acting import Acting, said
from record.made import document, read_again

from onrecord.errors import BadOption, NothingFound
from onrecord.record import blanks
from onrecord.record.rebuild import rebuild
from onrecord.record.schema import articles, corrections, log, notes, ratings, readings, speakers, statements
from onrecord.record.verify import verify
from onrecord.statement import Condition, Document, Span, TimeExpression, Voice

URL = "https://harbour.example/news"
SECRET = "the mayor’s brother owned the pier"
TEXT = (
    f"Ida Berg told reporters that {SECRET} in May.\n\nOve Lund said nothing of it. "
    "Ida Berg also said the gate will hold."
)
TITLE = f"Berg: {SECRET}"


@pytest.fixture
def acting(place: str) -> Iterator[Acting]:
    """A ledger that must be whole after the test, and the same when it is made anew from its log."""
    acting = Acting(place)
    yield acting
    verify(acting.store)
    tables = [table for table in log.metadata.sorted_tables if table is not log]
    before = [acting.rows(table) for table in tables]
    assert rebuild(acting.store) == len(acting.rows(log))
    assert [acting.rows(table) for table in tables] == before
    acting.store.close()


def page(text: str = TEXT, title: str = TITLE) -> Document:
    """Two statements of Ida Berg; the first holds a third, of the mayor's brother, in its content."""
    made = said(
        text, ("Ida Berg", f"that {SECRET} in May"), ("Ida Berg", "the gate will hold"), url=URL, title=title
    )
    first, second = made.statements
    start = text.index(SECRET)
    brother = Span(start, start + len("the mayor’s brother"))
    inner = replace(
        first, within=first.id, source=(brother,), content=(Span(brother.end + 1, start + len(SECRET)),),
        text="owned the pier", speaker=replace(first.speaker, name="the mayor’s brother", mention=(brother,)),
        chain=(*first.chain, Voice("the mayor’s brother", "person")),
    )  # fmt: skip
    may = Span(text.index("May"), text.index("May") + 3)
    times = (TimeExpression(may, "May", "DATE", "2031-05", None, None, "month"),)
    return replace(made, statements=(first, inner, second), times=times)


class TestStatement:
    def test_its_words_are_nowhere(self, acting: Acting) -> None:
        made = acting.add(page())
        acting.add(read_again(made, without=0))
        assert SECRET in acting.everything()
        acting.redact(made.statements[0].id)
        everything = acting.everything()
        for words in (SECRET, "brother", "owned", "in May"):
            assert words not in everything
        for words in ("Ida Berg", "the gate will hold", "Ove Lund said nothing of it"):
            assert words in everything

    def test_the_file_does_not_hold_its_words(self, tmp_path: Path) -> None:
        acting = Acting(str(tmp_path / "record.db"))
        made = acting.add(said("Ove Lund said the zyxwvut leaks.", ("Ove Lund", "the zyxwvut leaks")))
        acting.add(said("Ida Berg said it opens.", ("Ida Berg", "it opens")))
        acting.redact(made.article.id)
        acting.store.close()
        with closing(sqlite3.connect(tmp_path / "record.db")) as connection:
            connection.execute("VACUUM")
        assert b"zyxwvut" not in (tmp_path / "record.db").read_bytes()

    def test_what_stands_there_instead_is_as_long(self, acting: Acting) -> None:
        made = acting.add(page())
        acting.redact(made.statements[0].id)
        hidden = f"that {SECRET} in May"
        blank = "█" * len(hidden)
        assert acting.row(articles)["text"] == TEXT.replace(hidden, blank)
        assert acting.row(articles)["redacted"] is True
        assert acting.row(articles)["title"] == "Berg: " + "█" * len(SECRET)
        rows = acting.rows(statements)
        assert [row["text"] for row in rows] == [blank, "█" * len("owned the pier"), "the gate will hold"]
        assert [row["speaker_name"] for row in rows] == ["Ida Berg", "█" * 19, "Ida Berg"]
        assert [row["chain"] for row in rows] == ["Ida Berg", f"Ida Berg → {'█' * 19}", "Ida Berg"]
        assert [row["name"] for row in acting.rows(speakers)] == ["Ida Berg"]
        assert json.loads(acting.row(readings)["times"])[0]["text"] == "███"

    def test_the_log_is_emptied_where_the_words_stood_and_nowhere_else(self, acting: Acting) -> None:
        made = acting.add(page())
        act = acting.redact(made.statements[0].id)
        rows = acting.rows(log)
        assert [row["sequence"] for row in rows if row["payload"] is None] == [1, 2, 3, 4]
        assert all((row["salt"] is None) == (row["payload"] is None) for row in rows)
        assert json.loads(act.payload or "")["rows"] == [1, 2, 3, 4]

    def test_ids_and_spans_stay(self, acting: Acting) -> None:
        made = acting.add(page())
        acting.redact(made.statements[0].id)
        found = acting.document(made.article.id)
        assert [s.id for s in found.statements] == [s.id for s in made.statements]
        assert [s.content for s in found.statements] == [s.content for s in made.statements]
        assert len(found.article.text) == len(made.article.text)

    def test_title_other_versions_and_other_places_lose_the_words_too(self, acting: Acting) -> None:
        text = f"Ida Berg said {SECRET}. Later {SECRET.replace(' ', chr(10), 1).capitalize()}, it was said."
        first = acting.add(said(text, ("Ida Berg", SECRET), url=URL, title=TITLE))
        acting.add(said("New. " + text, ("Ida Berg", SECRET), url=URL, title=TITLE))
        acting.add(said("Elsewhere: " + text, ("Ida Berg", SECRET), url="https://other.example/"))
        acting.redact(first.statements[0].id)
        rows = acting.rows(articles)
        assert [row["redacted"] for row in rows] == [True, True, False]
        assert ["pier" in row["text"] for row in rows] == [False, False, True]
        assert rows[0]["title"] == rows[1]["title"] == "Berg: " + "█" * len(SECRET)
        assert rows[0]["text"].count("\n") == 1
        assert ["█" in row["text"] for row in acting.rows(statements)] == [True, True, False]

    def test_a_short_statement_goes_where_it_was_said_and_from_versions(self, acting: Acting) -> None:
        first = acting.add(said("Asked whether, Ida Berg said yes. Yes?", ("Ida Berg", "yes"), url=URL))
        acting.add(said("Well, yes: Ida Berg said no, not yes.", ("Ida Berg", "no"), url=URL))
        acting.add(said("So! Ida Berg said yes. Yes?", ("Ida Berg", "yes"), url=URL))
        acting.redact(first.statements[0].id)
        assert [row["text"] for row in acting.rows(articles)] == [
            "Asked whether, Ida Berg said ███. Yes?",
            "Well, yes: Ida Berg said no, not yes.",
            "So! Ida Berg said ███. Yes?",
        ]

    def test_what_people_wrote_about_it(self, acting: Acting) -> None:
        text = f"Ida Berg said {SECRET}, if asked."
        made = said(text, ("Ida Berg", SECRET))
        if_asked = Span(text.index("if asked"), text.index("if asked") + 8)
        made = replace(
            made, statements=(replace(made.statements[0], condition=Condition("if asked", if_asked)),)
        )
        name = acting.add(made).statements[0].id
        acting.act("note", made.article.id, text=f"Did she say “{SECRET}”?")
        acting.act("correction", name, field="condition", value=f"as {SECRET}", why=f"{SECRET}, she said")
        evidence = {"kind": "reason", "text": f"indeed, {SECRET}"}
        acting.act("rating", name, verdict="kept", on="2031-05-02", evidence=evidence, note=None)
        acting.redact(name)
        blank = "█" * len(SECRET)
        assert acting.row(notes)["text"] == f"Did she say “{blank}”?"
        assert acting.row(ratings)["evidence"] == f"indeed, {blank}"
        assert json.loads(acting.row(corrections)["value"]) == f"as {blank}"
        row = acting.statement(name)
        assert (row["condition"], row["verdict"]) == (f"as {blank}", "kept")

    def test_a_second_redaction_takes_the_words_out_of_the_first(self, acting: Acting) -> None:
        made = acting.add(page())
        first = acting.redact(made.statements[2].id)
        assert SECRET in (first.payload or "")
        acting.redact(made.statements[0].id)
        everything = acting.everything()
        assert "brother" not in everything
        assert "gate will hold" not in everything
        assert acting.rows(log)[first.sequence - 1]["payload"] is None

    def test_once_more_changes_nothing(self, acting: Acting) -> None:
        made = acting.add(page())
        acting.redact(made.statements[0].id)
        before = [acting.rows(table) for table in (articles, statements, readings, speakers)]
        acting.redact(made.statements[0].id)
        assert [acting.rows(table) for table in (articles, statements, readings, speakers)] == before

    def test_what_came_before_and_after_stays(self, acting: Acting) -> None:
        acting.add(document(1, statements=12))
        made = acting.add(page())
        acting.act("correction", made.statements[0].id, field="kind", value="prediction", why=None)
        acting.act("merge", "Ida Berg", speakers=["the mayor’s brother"], why=None)
        acting.redact(made.statements[0].id)
        acting.add(document(2, statements=12))
        row = acting.statement(made.statements[0].id)
        assert (row["kind"], row["corrected"]) == ("prediction", True)
        assert len(acting.rows(statements)) == 27

    @pytest.mark.parametrize(
        ("content", "text", "left"),
        [
            (
                "that the pier will close by June",
                "The PIER will\nclose, by June!",
                "█" * 28 + "!",
            ),
            (
                "that it will be the end",
                "In the end, it will be the same.",
                "In the end, it will be the same.",
            ),
            ("the old harbour pier will not close", "pier will not close", "pier will not close"),
            ("no, never", "He said no, never again.", "He said no, never again."),
            ("absolutely not", "He said absolutely not.", "He said absolutely not."),
            ("never again at all", "He said “never again at all”.", "He said “██████████████████”."),
            ("extraordinarily", "An Extraordinarily long pier", "An ███████████████ long pier"),
            ("███ ██", "███ ██ stands", "███ ██ stands"),
        ],
    )
    def test_where_words_count_as_the_same(self, content: str, text: str, left: str) -> None:
        """Six words in a row; of a shorter content all of it, if three words or fifteen characters."""
        found = blanks.found(blanks.runs_of([content]), text)
        assert blanks.without(text, found).replace("\n", "█") == left


class TestArticle:
    def test_all_words_and_names_go_but_not_where_it_came_from(self, acting: Acting) -> None:
        made = page()
        made = replace(made, article=replace(made.article, author="Una Holm", outlet="Gazette"))
        moved = tuple(replace(s, article_id=made.article.id, within=None) for s in made.statements)
        acting.add(replace(made, statements=moved))
        acting.act("note", made.article.id, text="see Ida Berg")
        acting.redact(made.article.id)
        tables = [table for table in log.metadata.sorted_tables if table is not log]
        everything = str([acting.rows(table) for table in tables])
        for words in ("Berg", "brother", "gate", "Lund", "Holm", "May"):
            assert words not in everything
        row = acting.row(articles)
        assert set(row["text"]) == {"█", "\n"}
        assert (len(row["text"]), row["outlet"], row["url"]) == (len(TEXT), "Gazette", URL)
        assert acting.rows(speakers) == []
        assert {row["speaker"] for row in acting.rows(statements)} == {None}
        assert "Berg" not in str([row["payload"] for row in acting.rows(log)])

    def test_all_its_versions_go(self, acting: Acting) -> None:
        acting.add(page())
        newer = acting.add(page(f"{TEXT} The end."))
        acting.redact(newer.article.id)
        assert [set(row["text"]) for row in acting.rows(articles)] == [{"█", "\n"}] * 2
        assert SECRET not in acting.everything()

    def test_a_speaker_whom_others_quote_stays_and_is_numbered_by_them(self, acting: Acting) -> None:
        made = acting.add(said("Ida Berg said it opens.", ("Ida Berg", "it opens")))
        other = acting.add(said("Ida Berg said it closes.", ("Ida Berg", "it closes")))
        acting.act("merge", "Ida M. Berg", speakers=["Ida Berg"], why=None)
        acting.redact(made.article.id)
        assert acting.statement(other.statements[0].id)["speaker"] == 6
        assert [(row["id"], row["merged_into"]) for row in acting.rows(speakers)] == [(6, 7), (7, None)]

    def test_after_one_of_its_statements(self, acting: Acting) -> None:
        made = acting.add(page())
        acting.redact(made.statements[2].id)
        acting.redact(made.article.id)
        assert set(acting.row(articles)["text"]) == {"█", "\n"}
        assert "Berg" not in acting.everything()


class TestRow:
    def test_what_somebody_wrote(self, acting: Acting) -> None:
        acting.add(page())
        note = acting.act("note", page().article.id, text="call Tom Vik at home")
        acting.redact(f"row:{note.sequence}")
        assert acting.row(notes)["text"] == "█" * 20
        assert "Tom Vik" not in acting.everything()
        assert SECRET in acting.everything()

    def test_a_correction_keeps_its_field(self, acting: Acting) -> None:
        name = acting.add(page()).statements[0].id
        named = acting.act("correction", name, field="speaker.name", value="Tom Vik", why="he told me")
        kind = acting.act("correction", name, field="kind", value="prediction", why="Tom Vik told me")
        acting.redact(f"row:{named.sequence}")
        acting.redact(f"row:{kind.sequence}")
        row = acting.statement(name)
        assert (row["speaker_name"], row["speaker"], row["kind"]) == ("█" * 7, None, "prediction")
        assert "Tom Vik" not in acting.everything()

    def test_the_reason_of_a_redaction(self, acting: Acting) -> None:
        made = acting.add(page())
        first = acting.redact(made.statements[0].id)
        acting.redact(f"row:{first.sequence}", why="names the judge")
        assert "order of the court" not in acting.everything()
        assert SECRET not in acting.everything()

    def test_of_the_machine_is_the_redaction_of_what_it_is_about(self, acting: Acting) -> None:
        acting.add(page())
        acting.redact("row:3")
        assert SECRET not in acting.everything()
        assert "the gate will hold" in acting.everything()
        acting.redact("row:2")
        assert "the gate will hold" not in acting.everything()

    def test_of_a_merge_the_names_stay(self, acting: Acting) -> None:
        """So nobody is told that they were removed: where there is no reason, nothing can be."""
        acting.add(page())
        with_reason = acting.act("merge", "Tom Vik", speakers=["Berg"], why="Tom told me")
        without = [
            acting.act("merge", "Tom Vik", speakers=["Berg"], why=None),
            acting.act("split", "Berg", why=None),
        ]
        acting.redact(f"row:{with_reason.sequence}")
        assert "Tom told me" not in acting.everything()
        for row in without:
            with pytest.raises(BadOption, match=r"the names that are merged or split stay"):
                acting.redact(f"row:{row.sequence}")

    @pytest.mark.parametrize(
        "target",
        ["row:99", "row:x", "row:" + "9" * 10, "row:" + "9" * 20, "row:" + "9" * 9_999, "sha256:0", ""],
    )
    def test_there_is_none(self, acting: Acting, target: str) -> None:
        with pytest.raises(NothingFound):
            acting.redact(target)
