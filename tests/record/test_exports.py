"""Statements in the formats of others: what the formats require, and that no article can misuse them."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from record.entries import AT, FERRY, PROMISE, entry, rating, ratings_of, words_of
from record.made import documents, read_again

import onrecord
import onrecord.ledger.core
from onrecord.entry import COMMITMENT_VERDICTS, PREDICTION_VERDICTS, Entry, Evidence, Rating
from onrecord.errors import MissingExtra
from onrecord.record.exports import FORMATS, claimreview, parquet, webannotation
from onrecord.record.exports import csv as table
from onrecord.record.exports.batches import Words
from onrecord.record.exports.formulas import guarded, restored
from onrecord.statement import Span

CASES = Path(__file__).resolve().parent.parent / "cases"
FORMULAS = json.loads((CASES / "formulas.json").read_text(encoding="utf-8"))
NOBODY = ratings_of()


def rows(*entries: Entry, ratings: Sequence[Rating] = ()) -> list[dict[str, str]]:
    out = io.BytesIO()
    assert table.write(entries, out, ratings_of=ratings_of(*ratings)) == len(entries)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))


class TestFormulas:
    @pytest.mark.parametrize("case", FORMULAS, ids=lambda case: ascii(case["cell"]))
    def test_are_defused(self, case: dict[str, str]) -> None:
        assert guarded(case["cell"]) == case["guarded"]
        assert restored(case["guarded"]) == case["cell"]

    @given(st.text(alphabet="ab;\t\r\n '=+-@＝,\"\u00a0\x0b\x1c\x85"))
    def test_no_cell_begins_as_one_and_no_word_is_lost(self, cell: str) -> None:
        cells = re.split("[;\t\r\n]", guarded(cell))
        assert [part for part in cells if part.lstrip().startswith(tuple("=+-@＝"))] == []
        assert restored(guarded(cell)) == cell


class TestCsv:
    def test_has_all_that_an_entry_has(self) -> None:
        (row,) = rows(entry())
        assert list(row) == [*(field.name for field in fields(Entry)), "ratings"]
        assert (row["speaker"], row["chain"]) == ("Tessa Varga", "The harbour office of Ellery → Tessa Varga")
        assert (row["due_end"], row["confidence"], row["negative"]) == ("2031-06-30", "0.97", "false")
        assert (row["denied"], row["verdict"], row["ratings"]) == ("false", "", "")

    def test_has_each_rater_s_verdict(self) -> None:
        promise = entry(verdict="disputed")
        later = rating(promise, "broken", actor="Ben", time="2031-07-01T00:00:00.000000Z", on=None)
        (row,) = rows(promise, ratings=(later, rating(promise)))
        assert [(r["actor"], r["verdict"], r["on"]) for r in json.loads(row["ratings"])] == [
            ("ana", "kept", "2031-06-02"),
            ("Ben", "broken", None),
        ]

    @pytest.mark.parametrize("name", ["text", "speaker", "title", "condition", "certainty_phrase", "outlet"])
    def test_no_text_field_holds_a_formula(self, name: str) -> None:
        (row,) = rows(entry(**{name: "=cmd|'/c calc'!A1"}))
        assert row[name] == "'=cmd|'/c calc'!A1"
        assert restored(row[name]) == "=cmd|'/c calc'!A1"

    def test_keeps_quotes_commas_and_lines(self) -> None:
        words = 'a "quoted", word\r\nand a line\n'
        assert restored(rows(entry(text=words))[0]["text"]) == words

    def test_half_a_character_is_written_out(self) -> None:
        assert rows(entry(text="half \ud83d"))[0]["text"] == "half \\ud83d"

    def test_of_nothing_is_a_header(self) -> None:
        out = io.BytesIO()
        assert table.write([], out, ratings_of=NOBODY) == 0
        assert out.getvalue().decode().strip().split(",") == list(table.COLUMNS)

    def test_leaves_the_stream_open(self) -> None:
        out = io.BytesIO()
        table.write([entry()], out, ratings_of=NOBODY)
        assert not out.closed

    def test_holds_few_entries_at_a_time(self) -> None:
        """Memory does not grow with the number of entries; nor does the number of ids asked for at once."""
        asked: list[int] = []

        def none(ids: Sequence[str]) -> Mapping[str, Sequence[Rating]]:
            asked.append(len(ids))
            return {}

        class Nowhere(io.RawIOBase):
            def writable(self) -> bool:
                return True

            def write(self, data: Any) -> int:
                return len(data)

        made = (entry(id=f"sha256:{n:064x}", text="x" * 4000 + str(n)) for n in range(2_000))
        tracemalloc.start()
        table.write(made, io.BufferedWriter(Nowhere()), ratings_of=none)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert max(asked) <= 500
        assert peak < 6_500_000  # two batches at most; all together are more than 8 MB

    def test_the_program_of_the_how_to_gives_the_words_back(self, tmp_path: Path) -> None:
        page = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "export-and-import.md"
        (program,) = re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
        with (tmp_path / "promises.csv").open("wb") as out:
            table.write([entry(text="'tis; -2 = @ferry")], out, ratings_of=NOBODY)
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert (done.stdout, done.stderr) == ("Tessa Varga | 'tis; -2 = @ferry\n", "")


class TestParquet:
    def written(self, *entries: Entry, ratings: Sequence[Rating] = ()) -> list[dict[str, Any]]:
        out = io.BytesIO()
        assert parquet.write(entries, out, ratings_of=ratings_of(*ratings)) == len(entries)
        found: list[dict[str, Any]] = pyarrow.parquet.read_table(io.BytesIO(out.getvalue())).to_pylist()
        return found

    def test_gives_every_value_back_with_its_type(self) -> None:
        promise = entry(text="=1+1 is “two”\n")
        (row,) = self.written(promise)
        assert row.pop("ratings") == []
        assert row == asdict(promise) | {"chain": ["The harbour office of Ellery", "Tessa Varga"]}

    def test_gives_ratings_as_a_list(self) -> None:
        promise = entry()
        (row,) = self.written(promise, ratings=[rating(promise)])
        assert row["ratings"] == [
            {
                "actor": "ana",
                "verdict": "kept",
                "on": date(2031, 6, 2),
                "evidence": {"kind": "url", "text": "https://news.example/two-ferries"},
                "note": None,
                "time": "2031-06-03T09:30:00.000000Z",
            }
        ]

    def test_of_nothing_is_a_table_without_rows(self) -> None:
        assert self.written() == []

    def test_half_a_character_is_written_out(self) -> None:
        assert self.written(entry(text="half \ud83d"))[0]["text"] == "half \\ud83d"

    def test_groups_rows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(parquet, "GROUP", 2)
        out = io.BytesIO()
        parquet.write([entry() for _ in range(5)], out, ratings_of=NOBODY)
        assert pyarrow.parquet.ParquetFile(io.BytesIO(out.getvalue())).num_row_groups == 3

    def test_without_the_library_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(MissingExtra, match=re.escape("pip install 'onrecord[parquet]'")):
            parquet.write([], io.BytesIO(), ratings_of=NOBODY)


def reviews(*pairs: tuple[Entry, Rating], **options: Any) -> list[dict[str, Any]]:
    out = io.BytesIO()
    lookup = ratings_of(*(rating for _, rating in pairs))
    entries = {entry.id: entry for entry, _ in pairs}.values()
    assert claimreview.write(entries, out, ratings_of=lookup, **options) == len(pairs)
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


def kind_for(verdict: str) -> str:
    return "commitment" if verdict in COMMITMENT_VERDICTS else "prediction"


class TestClaimReview:
    def test_a_verdict_of_the_kind_before_is_no_review(self) -> None:
        forecast = entry(kind="prediction")
        out = io.BytesIO()
        assert claimreview.write([forecast], out, ratings_of=ratings_of(rating(forecast, "kept"))) == 0

    @pytest.mark.parametrize("verdict", sorted({*COMMITMENT_VERDICTS, *PREDICTION_VERDICTS}))
    def test_has_what_search_engines_require(self, verdict: str) -> None:
        """The required properties of Google's fact-check guide, and the recommended ones that are known."""
        promise = entry(kind=kind_for(verdict))
        (review,) = reviews((promise, rating(promise, verdict)), site="https://check.example/ferries")
        assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
        assert review["claimReviewed"] == PROMISE
        assert review["url"] == f"https://check.example/ferries#{promise.id}"
        assert review["author"] == {"@type": "Person", "name": "ana"}
        assert datetime.fromisoformat(review["datePublished"]).date() == date(2031, 6, 3)
        rated = review["reviewRating"]
        assert rated["@type"] == "Rating"
        assert rated["alternateName"] == verdict.replace("-", " ").capitalize()
        if "ratingValue" in rated:
            assert rated["worstRating"] <= rated["ratingValue"] <= rated["bestRating"]

    def test_says_who_claimed_it_and_where(self) -> None:
        promise = entry()
        (review,) = reviews((promise, rating(promise)))
        assert review["itemReviewed"] == {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Tessa Varga"},
            "datePublished": "2031-03-04",
            "appearance": {
                "@type": "NewsArticle",
                "url": "https://news.example/ferry?a=1&b=2",
                "headline": "Ferry talks resume",
                "datePublished": "2031-03-04",
                "publisher": {"@type": "Organization", "name": "The Ellery Post"},
            },
        }

    @pytest.mark.parametrize(
        ("verdict", "value"),
        [("kept", 3), ("partly-kept", 2), ("broken", 1), ("came-true", 3), ("did-not", 1), ("void", None)],
    )
    def test_a_number_only_where_the_verdict_is_one(self, verdict: str, value: int | None) -> None:
        promise = entry(kind=kind_for(verdict))
        (review,) = reviews((promise, rating(promise, verdict)))
        assert review["reviewRating"].get("ratingValue") == value

    def test_raters_who_differ_are_two_reviews(self) -> None:
        promise = entry(verdict="disputed")
        pairs = [
            (promise, rating(promise)),
            (promise, rating(promise, "broken", actor="Ben", time="2031-07")),
        ]
        assert [(r["author"]["name"], r["reviewRating"]["alternateName"]) for r in reviews(*pairs)] == [
            ("ana", "Kept"),
            ("Ben", "Broken"),
        ]

    def test_speaks_another_scale(self) -> None:
        promise = entry()
        names = {("partly-kept", "commitment"): "Compromise"}.get
        pairs = [(promise, rating(promise, "partly-kept")), (promise, rating(promise, "void", actor="Ben"))]
        found = reviews(*pairs, names=lambda verdict, kind: names((verdict, kind)))
        assert [r["reviewRating"]["alternateName"] for r in found] == ["Compromise", "Void"]

    def test_evidence_is_a_citation_and_a_reason_a_text(self) -> None:
        promise = entry()
        (cited,) = reviews((promise, rating(promise, note="Both ran.")))
        assert (cited["citation"], cited["reviewBody"]) == ("https://news.example/two-ferries", "Both ran.")
        reason = Evidence("reason", "I took both ferries.")
        (reasoned,) = reviews((promise, rating(promise, evidence=reason)))
        assert ("citation" in reasoned, reasoned["reviewBody"]) == (False, "I took both ferries.")

    def test_without_a_site_there_is_no_address_of_ours(self) -> None:
        promise = entry()
        assert "url" not in reviews((promise, rating(promise)))[0]

    @pytest.mark.parametrize(
        ("kind", "anonymous", "type_"),
        [
            ("person", False, "Person"),
            ("author", None, "Person"),
            ("organization", None, "Organization"),
            ("group", False, "Thing"),
            (None, None, "Thing"),
            ("person", True, None),
        ],
    )
    def test_an_unnamed_source_is_nobody(self, kind: str, anonymous: bool | None, type_: str | None) -> None:
        promise = entry(speaker_kind=kind, anonymous=anonymous)
        claim = reviews((promise, rating(promise)))[0]["itemReviewed"]
        assert claim.get("author", {}).get("@type") == type_

    def test_what_is_not_known_is_left_out(self) -> None:
        promise = entry(url=None, title=None, outlet=None, published=None, speaker=None)
        assert reviews((promise, rating(promise)))[0]["itemReviewed"] == {"@type": "Claim"}

    def test_what_nobody_rated_is_left_out(self) -> None:
        out = io.BytesIO()
        assert claimreview.write([entry()], out, ratings_of=NOBODY) == 0
        assert json.loads(out.getvalue()) == []

    def test_can_stand_in_a_page_whatever_was_said(self) -> None:
        promise = entry(text="</script><script>alert(1)//<!-- \u2028 & half \ud83d")
        out = io.BytesIO()
        claimreview.write([promise], out, ratings_of=ratings_of(rating(promise)))
        assert not re.search("[<>&\u2028\u2029]", out.getvalue().decode())
        assert json.loads(out.getvalue())[0]["claimReviewed"] == promise.text

    def test_no_address_but_of_the_web(self) -> None:
        promise = entry(url="javascript:alert(1)")
        assert "url" not in reviews((promise, rating(promise)))[0]["itemReviewed"]["appearance"]


def annotations(*entries: Entry, ratings: Sequence[Rating] = (), **words: Words) -> dict[str, Any]:
    out = io.BytesIO()
    lookup = ratings_of(*ratings)
    count = webannotation.write(entries, out, ratings_of=lookup, words_of=words_of(**words))
    assert count == len(entries)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from nodes(part)


IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.I)
# The keys that the model's recommendation knows, of which only these are used here.
KEYS = {
    "AnnotationCollection": {"@context", "id", "type", "label", "first", "total"},
    "AnnotationPage": {"id", "type", "startIndex", "items"},
    "Annotation": {"@context", "id", "type", "motivation", "body", "target"},
    "SpecificResource": {"type", "source", "selector"},
    "TextualBody": {"type", "value", "format", "purpose", "creator", "created"},
    "TextQuoteSelector": {"type", "exact", "prefix", "suffix"},
    "TextPositionSelector": {"type", "start", "end"},
    "Person": {"type", "name"},
}
MOTIVATIONS = {"describing", "tagging", "assessing"}


class TestWebAnnotation:
    def test_has_what_the_recommendation_requires(self) -> None:
        promise, other = entry(), entry(id="sha256:" + "0" * 64, url=None, kind=None, commitment_type=None)
        found = annotations(promise, other, ratings=[rating(promise)])
        assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert (found["type"], found["total"]) == ("AnnotationCollection", 2)
        for node in nodes(found):
            assert set(node) <= KEYS[node["type"]], node
            assert IRI.fullmatch(node.get("id", "a:b"))
        items = found["first"]["items"]
        assert [item["id"] for item in items] == [promise.id, other.id]
        for item in items:
            assert item["@context"] == found["@context"]
            assert {body["purpose"] for body in item["body"]} <= MOTIVATIONS
            assert IRI.fullmatch(item["target"]["source"])

    def test_ids_are_those_of_what_is_in_it(self) -> None:
        one, same, two = annotations(entry()), annotations(entry()), annotations(entry(text="else"))
        assert one["id"] == same["id"] != two["id"]
        assert one["first"]["id"] == one["id"] + "#page"

    def test_finds_the_words_in_two_ways(self) -> None:
        (item,) = annotations(entry())["first"]["items"]
        assert item["target"]["source"] == "https://news.example/ferry?a=1&b=2"
        quote, position = item["target"]["selector"]
        assert quote["exact"] == PROMISE == FERRY[position["start"] : position["end"]]
        assert FERRY[:AT].endswith(quote["prefix"]) and len(quote["prefix"]) == 32
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in FERRY
        assert quote["suffix"] == "."

    def test_positions_count_code_points(self) -> None:
        text = "⛴️🚢 “Go.” 🚢"
        promise = entry()
        words = {promise.id: Words(text, (Span(text.index("“"), text.index("”") + 1),))}
        (item,) = annotations(promise, **words)["first"]["items"]
        _, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == "“Go.”"

    def test_a_content_in_pieces_has_a_target_for_each(self) -> None:
        promise = entry()
        words = {promise.id: Words(FERRY, (Span(0, 3), Span(AT, AT + 6)))}
        (item,) = annotations(promise, **words)["first"]["items"]
        assert [target["selector"][0]["exact"] for target in item["target"]] == ["The", "to run"]

    def test_without_an_address_the_source_is_the_article_s_id(self) -> None:
        (item,) = annotations(entry(url="not an address"))["first"]["items"]
        assert item["target"]["source"] == entry().article

    def test_without_spans_the_target_is_the_article(self) -> None:
        promise = entry()
        (item,) = annotations(promise, **{promise.id: Words("", ())})["first"]["items"]
        assert item["target"] == promise.url

    def test_quotes_do_not_cut_a_letter_from_its_accent(self) -> None:
        text = "e\u0301" * 40 + "ferry" + "e\u0301" * 40
        quote, _ = webannotation.selectors(text, Span(80, 85))
        assert str(quote["prefix"]).startswith("e") and str(quote["suffix"]).endswith("\u0301")
        cut, _ = webannotation.selectors("x" + text, Span(81, 86))
        assert str(cut["prefix"]).startswith("e") and str(cut["suffix"]).endswith("\u0301")
        odd, _ = webannotation.selectors("e\u0301" * 40 + "y" + "ferry" + "y" + "e\u0301" * 40, Span(81, 86))
        assert str(odd["prefix"]).startswith("e") and str(odd["suffix"]).endswith("\u0301")

    def test_each_rating_is_an_assessment_by_its_rater(self) -> None:
        promise = entry()
        found = annotations(promise, ratings=[rating(promise), rating(promise, "broken", actor="Ben")])
        bodies = [b for b in found["first"]["items"][0]["body"] if b["purpose"] == "assessing"]
        assert [(body["creator"]["name"], body["value"].split(" (")[0]) for body in bodies] == [
            ("ana", "kept"),
            ("Ben", "broken"),
        ]

    def test_of_nothing_is_an_empty_collection(self) -> None:
        found = annotations()
        assert (found["total"], found["first"]["items"]) == (0, [])


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of a ledger with a rating, a second reading and a redacted article."""
    folder = tmp_path_factory.mktemp("dump")
    one, two, three = documents(3)
    with onrecord.open(folder / "record.db", actor="Ada", create=True) as ledger:
        for document in (one, two, three):
            ledger.add(document)
        ledger.add(read_again(two), reread=True)
        promise = next(s for s in one.statements if s.kind == "commitment")
        ledger.settle(promise.id, "kept", "https://news.example/ferry")
        ledger.redact(three.article.id, "order 12/31")
        ledger.export("jsonl", folder / "record.jsonl")
    return folder / "record.jsonl"


@pytest.fixture
def ledger(dump: Path, place: str) -> Iterator[onrecord.ledger.core.Ledger]:
    with onrecord.open(place, actor="Ada", create=True) as ledger:
        ledger.import_(dump)
        yield ledger


@pytest.fixture(scope="module")
def reference(dump: Path) -> dict[str, bytes]:
    with onrecord.open(dump.with_name("record.db"), read_only=True) as ledger:
        return {form: exported(ledger, form) for form in FORMATS}


def exported(ledger: onrecord.ledger.core.Ledger, form: str) -> bytes:
    out = io.BytesIO()
    assert ledger.export(form, out) > 0
    return out.getvalue()


class TestFromALedger:
    """What is looked up: ratings, and where the words stand."""

    def test_both_databases_give_the_same(
        self, ledger: onrecord.ledger.core.Ledger, reference: dict[str, bytes]
    ) -> None:
        for form in FORMATS:
            assert exported(ledger, form) == reference[form], form

    def test_annotations_quote_what_stands_there(self, ledger: onrecord.ledger.core.Ledger) -> None:
        found = json.loads(exported(ledger, "webannotation"))["first"]["items"]
        blank = 0
        for item in found:
            said = item["body"][0]["value"]
            quote, _ = item["target"]["selector"]
            assert said.endswith(quote["exact"])
            blank += not quote["exact"].strip("█ ")
        assert blank == len(next(documents(1, first=2)).statements)

    def test_nothing_of_a_redacted_article_is_left(self, reference: dict[str, bytes]) -> None:
        (gone,) = documents(1, first=2)
        rare = set(re.findall(r"[A-Z]\w{9,}", gone.article.text))
        kept = " ".join(document.article.text for document in documents(2))
        rare = {word for word in rare if word not in kept}
        assert rare
        for form in ("csv", "claimreview", "webannotation"):
            assert [word for word in rare if word in reference[form].decode()] == []
