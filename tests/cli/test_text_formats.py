"""Table, JSON and CSV: what they say, and that no article can make them say something else."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
from cli.building import Sketch, harbour
from cli.meanings import reservoir
from cli.strategies import documents, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cli.formats import Name, Page, writer
from onrecord.cli.formats.base import Reading
from onrecord.cli.formats.csv import COLUMNS, flat
from onrecord.cli.formats.table import KIND
from onrecord.record.exports.formulas import guarded, restored
from onrecord.statement import KINDS, Document
from onrecord.views.harmless import harmless
from onrecord.views.rows import percent


def written(name: Name, *read: Document, page: Page | None = None, one: bool = False) -> str:
    out = io.StringIO()
    form = writer(name, out, page=page or Page(), one=one)
    for number, document in enumerate(read, start=1):
        form.write(Reading(f"{number}.txt", document))
    form.finish()
    return out.getvalue()


class TestTable:
    def test_a_statement_is_a_row(self) -> None:
        lines = written("table", harbour().document).splitlines()
        row = next(line for line in lines if line.startswith(" 6"))
        assert row.split() == [
            "6",
            "The",
            "council",
            "laid",
            "out",
            "The",
            "operator",
            "pays",
            "for",
            "the",
            "new",
            "berth.",
            "indirect",
            "83",
            "%",
        ]

    def test_the_heading_tells_the_article(self) -> None:
        head = written("table", harbour().document).splitlines()[:2]
        assert head == [
            "Ferry talks resume as both ports claim progress",
            "The Ellery Post · Ines Holm · 2031-03-04 · 1.txt",
        ]

    def test_without_a_title_the_heading_is_the_input(self) -> None:
        assert written("table", Sketch("Nobody spoke.").document).startswith("1.txt\n")

    def test_a_relayed_statement_stands_under_the_other_with_its_chain(self) -> None:
        cards = written("table", harbour().document, page=Page(width=80))
        assert "\n 3 The harbour office of Ellery · said\n" in cards
        assert "\n 4 └ The harbour office of Ellery → Tessa Varga · had promised\n" in cards
        table = written("table", harbour().document, page=Page(width=120))
        assert "\n 4  └ The harbour office" in table
        assert "Ellery → Tessa" in table

    def test_what_stands_outside_the_body_is_marked_and_not_counted(self) -> None:
        table = written("table", harbour().document, page=Page(width=140))
        assert "progress (headline, not counted)" in table
        assert "(summary, not counted)" in table
        assert table.endswith("8 statements, 2 of them relayed; 2 in the headline and summary not counted.\n")

    def test_several_articles_are_counted_together(self) -> None:
        table = written("table", harbour().document, harbour().document)
        assert "16 statements in 2 articles, 4 of them relayed; 4 in the headline and summary" in table

    @pytest.mark.parametrize("width", [100, 120])
    def test_a_row_tells_what_is_known_below_what_is_said(self, width: int) -> None:
        lines = written("table", reservoir().document, page=Page(width=width)).splitlines()
        at = next(n for n, line in enumerate(lines) if line.startswith(" 9"))
        assert " ".join(lines[at].split()).startswith("9 Engineers said that the lake could fall below the")
        assert "prediction  indirect  62 %" in lines[at]
        below = [line.strip() for line in lines[at + 1 : at + 4]]
        assert "· certainty “could”, 25–50 %" in below
        assert "· condition “if the summer is dry”" in below

    def test_a_card_tells_the_same_in_a_narrow_terminal(self) -> None:
        cards = written("table", reservoir().document, page=Page(width=80))
        assert (
            " 1 Hanne Brandt · promised\n"
            "   to lower the outflow in April\n"
            "   · due “in April”, 2031-04-01 to 2031-04-30\n"
            "   · said “on Monday”, 2031-03-03\n"
            "   · condition “as long as the valley towns agree”\n"
            "   promise · indirect · 90 %\n"
        ) in cards
        assert "\n 3 Hanne Brandt (“she”) · said\n" in cards
        assert "\n13 Ada Quill (the author)\n" in cards
        assert "\n   · denied by the speaker\n   claim · indirect · 90 %\n" in cards

    def test_each_kind_has_a_colour_of_its_own_beside_its_word(self) -> None:
        assert len(set(KIND.values())) == len(KINDS)
        for width in (80, 120):
            table = written("table", reservoir().document, page=Page(width=width, color=True))
            assert "\x1b[1;32mpromise" in table
            assert "\x1b[1;35mprediction" in table

    @pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 140])
    def test_fits_the_terminal_and_breaks_no_word_that_fits(self, width: int) -> None:
        table = written("table", harbour().document, reservoir().document, page=Page(width=width))
        assert max(map(len, table.splitlines())) <= width
        if width >= 60:
            whole = {"spokesman,", "according", "indirect", "midnight.", "assessment", "2031-04-30"}
            assert whole <= set(table.split())

    def test_is_without_colour_where_none_is_wanted(self) -> None:
        assert "\x1b" not in written("table", harbour().document)
        assert "\x1b[" in written("table", harbour().document, page=Page(color=True))

    @given(documents(), st.integers(20, 160))
    @settings(max_examples=60, deadline=None)
    def test_nothing_in_an_article_reaches_the_terminal_as_a_command(
        self, document: Document, width: int
    ) -> None:
        table = written("table", document, page=Page(width=width))
        bad = {c for c in table if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert bad <= {"\n", "\u200c", "\u200d"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\tand  more", "two lines and more"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\x00b\x7fc", "a␀b␡c"),
        ("\u202eevil\u202c", "\ufffdevil\ufffd"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\x9b31m", "\ufffd31m"),
        ("\ud800", "\ufffd"),
        ("👩\u200d🚀 שלום é", "👩\u200d🚀 שלום é"),
    ],
)
def test_words_are_made_harmless(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize(
    ("probability", "shown"), [(0, "0 %"), (0.0001, "1 %"), (0.5, "50 %"), (0.999, "99 %"), (1, "100 %")]
)
def test_a_percentage_never_rounds_to_certainty(probability: float, shown: str) -> None:
    assert percent(probability) == shown


class TestJson:
    @given(documents())
    @settings(max_examples=60, deadline=None)
    def test_is_the_document_with_the_input_s_name(self, document: Document) -> None:
        expected = {**document.to_dict(), "input": "1.txt"}
        one = written("json", document, one=True).encode("utf-8", "backslashreplace")
        line = written("jsonl", document).encode("utf-8", "backslashreplace")
        assert json.loads(one) == expected
        assert json.loads(line) == expected
        assert line.count(b"\n") == 1

    def test_several_are_an_array(self) -> None:
        several = json.loads(written("json", harbour().document, harbour().document))
        assert [d["input"] for d in several] == ["1.txt", "2.txt"]

    def test_a_statement_is_a_line(self) -> None:
        lines = written("json", harbour().document, one=True).splitlines()
        assert sum(line.startswith('    {"id": "sha256:') for line in lines) == 10


class TestCsv:
    @given(documents())
    @settings(max_examples=60, deadline=None)
    def test_gives_every_cell_back(self, document: Document) -> None:
        reading = Reading("=1+1", document)
        out = io.StringIO(newline="")
        form = writer("csv", out, page=Page(), one=True)
        form.write(reading)
        head, *found = csv.reader(io.StringIO(out.getvalue(), newline=""))
        assert tuple(head) == COLUMNS
        assert [[restored(cell) for cell in row] for row in found] == [
            [flat(reading, s, f)[name] for name in COLUMNS]
            for s, f in zip(document.statements, document.to_dict()["statements"], strict=True)
        ]

    @given(texts)
    def test_no_cell_begins_like_a_formula(self, text: str) -> None:
        cell = guarded(text)
        assert restored(cell) == text
        assert cell[:1] not in tuple("=+-@\t\r\n＝＋－＠")
        assert cell.lstrip()[:1] not in tuple("=+-@")

    @pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx", " =1", "'quoted'", "＝1", "a;=1"])
    def test_risky_cells_get_an_apostrophe(self, cell: str) -> None:
        assert guarded(cell).count("'") == cell.count("'") + 1
        assert restored(guarded(cell)) == cell

    @pytest.mark.parametrize("cell", ["", "plain", "“quoted”", "0.93", "1-2;3-4"])
    def test_others_stay_as_they_are(self, cell: str) -> None:
        assert guarded(cell) == cell

    def test_spans_and_nested_fields_are_flat(self) -> None:
        row = list(csv.DictReader(io.StringIO(written("csv", harbour().document), newline="")))[4]
        text = harbour().text
        pairs = [tuple(map(int, pair.split("-"))) for pair in row["content"].split(";")]
        assert " ".join(text[start:end] for start, end in pairs) == row["text"]
        assert (row["speaker_name"], row["cue_text"], row["speech"]) == ("Varga", "said", "direct")
        assert (row["article_outlet"], row["kind"], row["due_start"]) == ("The Ellery Post", "", "")

    def test_what_a_statement_means_is_flat_too(self) -> None:
        first, *_, last = self.table(reservoir().document)
        text = reservoir().text
        shown = {
            name: first[name] for name in first if name.startswith(("kind", "commitment", "due", "said"))
        }
        at = text.index("in April")
        monday = text.index("on Monday")
        assert shown == {
            "kind": "commitment", "kind_confidence": "0.93", "commitment_type": "promise",
            "due_text": "in April", "due_span": f"{at}-{at + 8}",
            "due_start": "2031-04-01", "due_end": "2031-04-30",
            "said_at_text": "on Monday", "said_at_span": f"{monday}-{monday + 9}",
            "said_at_start": "2031-03-03", "said_at_end": "2031-03-03",
        }  # fmt: skip
        assert first["negative"] == "false"
        assert first["condition_text"] == "as long as the valley towns agree"
        assert (last["source"], last["speaker_kind"], last["speaker_name"]) == ("", "author", "Ada Quill")
        assert (last["certainty_phrase"], last["certainty_low"], last["certainty_high"]) == (
            "would be surprised", "0.1", "0.25",
        )  # fmt: skip
        assert last["by_end"] == "2033-02-28"

    def test_what_is_unknown_is_an_empty_cell(self) -> None:
        row = self.table(harbour().document)[0]
        assert {
            row[name] for name in ("negative", "denied", "certainty_low", "by_text", "condition_span")
        } == {""}

    @staticmethod
    def table(document: Document) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(written("csv", document), newline="")))
