"""Answers of labellers become standoff labels, and what does not fit is refused with its line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.statement import Article, Span, Speaker, Statement, When
from quality import labelling, meaning
from quality.measures import Marked

NAME = "gazette_2021-03-02_ferry_ab12"
TEXT = (
    "Mayor Ada Quist spoke. Quist said on Monday that the ferry could sail by June if the berth is built.\n"
)


def at(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one article with one attribution, laid out as PolNeAR is."""
    folder = tmp_path / "data" / "polnear" / "dev"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    (folder / "text" / f"{NAME}.txt").write_text(TEXT, "utf-8")
    spans = {"T1": ("Source", "Quist said"[:5]), "T2": ("Cue", "said on Monday")}
    source = TEXT.index("Quist said")
    lines = [f"T1\tSource {source} {source + 5}\tQuist"]
    lines.append("T2\tCue {} {}\t{}".format(*at("said on Monday"), spans["T2"][1]))
    lines.append(
        "T3\tContent {} {}\t…".format(*at("that the ferry could sail by June if the berth is built"))
    )
    lines.append("E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3")
    (folder / "attributions" / f"{NAME}_x.ann").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path / "data"


ANSWER = {
    "id": "001/1",
    "kind": "prediction",
    "speaker": "Ada Quist",
    "speaker_kind": "person",
    "certainty": "could",
    "by": {"text": "by June", "start": "2021-03-02", "end": "2021-06-30"},
    "said_at": {"text": "on Monday", "start": "2021-03-01", "end": "2021-03-01"},
    "condition": "if the berth is built",
}


def taken(
    corpus: Path, tmp_path: Path, *answers: object
) -> tuple[dict[str, list[dict[str, object]]], list[str]]:
    folder = tmp_path / "answers"
    folder.mkdir(exist_ok=True)
    (folder / "key.json").write_text(json.dumps({"001/1": [NAME, "0"]}), "utf-8")
    lines = [a if isinstance(a, str) else json.dumps(a) for a in answers]
    (folder / "a.jsonl").write_text("\n".join(lines), "utf-8")
    return labelling.take(folder, corpus, "dev")


def test_quotations_become_offsets_and_no_text_is_kept(corpus: Path, tmp_path: Path) -> None:
    found, wrong = taken(corpus, tmp_path, ANSWER)
    assert wrong == []
    row = found[NAME][0]
    assert row["speaker"] == {"kind": "person", "anonymous": False, "name": [at("Ada Quist")]}
    assert row["certainty"] == at("could")
    assert row["by"] == {"span": at("by June"), "start": "2021-03-02", "end": "2021-06-30"}
    assert row["condition"] == at("if the berth is built")
    labelling.write(found, tmp_path / "out.jsonl")
    written = (tmp_path / "out.jsonl").read_text("utf-8")
    assert "2021-03-02" in written and not any(
        word in written for word in ("Quist said", "ferry could", "berth")
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "promise"}, "kind is 'promise', not one of"),
        ({"kind": "commitment"}, "commitment_type is None"),
        ({"certainty": "almost certainly"}, "'almost certainly' is not in the article"),
        ({"speaker": "Bo Lind"}, "'Bo Lind' is not in the article"),
        ({"by": {"text": "by June", "start": "2021-02-30", "end": None}}, "day"),
        ({"speaker_kind": "ghost"}, "speaker_kind is 'ghost'"),
        ({"id": "009/9"}, "KeyError"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(
    corpus: Path, tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    found, wrong = taken(corpus, tmp_path, ANSWER | change)
    assert not any(found.values())
    assert len(wrong) == 1 and wrong[0].startswith("a.jsonl:1: ") and reason in wrong[0]


def test_a_line_that_is_no_json_is_refused_and_the_others_are_taken(corpus: Path, tmp_path: Path) -> None:
    found, wrong = taken(corpus, tmp_path, "{", ANSWER)
    assert len(found[NAME]) == 1 and len(wrong) == 1


def test_the_authors_own_voice_has_content_alone(corpus: Path, tmp_path: Path) -> None:
    own = {
        "id": "001/author1",
        "content": "Mayor Ada Quist spoke",
        "kind": "prediction",
        "speaker_kind": "author",
    }
    found, wrong = taken(corpus, tmp_path, own)
    assert wrong == []
    assert found[NAME][0]["content"] == [at("Mayor Ada Quist spoke")] and "cue" not in found[NAME][0]


def test_the_date_stands_in_the_name() -> None:
    assert labelling.published(NAME) == date(2021, 3, 2)
    assert labelling.published("no-date") is None


def pair(name: str | None, *, kind: str = "prediction") -> meaning.Pair:
    """The labelled statement beside one that was read for it with this speaker's name."""
    source = (Span(TEXT.index("Quist said"), TEXT.index("Quist said") + 5),)
    row = {"kind": kind, "source": [list(source[0])], "cue": [at("said")], "content": [at("the ferry")]}
    row["speaker"] = {"kind": "person", "anonymous": False, "name": [at("Ada Quist")]}
    page = meaning.Labelled(NAME, Article(TEXT), (), ())
    read = Statement(
        article_id="a", source=source, cue=(Span(*at("said")),), content=(Span(*at("the ferry")),), text="",
        speech="indirect", speaker=Speaker(name), chain=(), confidence=0.5, kind="claim",
    )  # fmt: skip
    return meaning.Pair(page, row, read)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("Ada Quist", "right"),
        ("the Ada Quist", "right"),
        ("ada quist’s", "right"),
        ("Quist", "left"),
        (None, "left"),
        ("Ada", "near"),
        ("Mayor Ada Quist", "near"),
        ("Bo Lind", "wrong"),
        ("Ada Lind", "wrong"),
    ],
)
def test_a_name_is_right_near_left_or_wrong(name: str | None, verdict: str) -> None:
    assert meaning.name_verdict(pair(name)) == verdict


def test_macro_f1_and_kappa_by_hand() -> None:
    pairs = [("claim", "claim"), ("claim", "claim"), ("claim", "question"), ("question", "question")]
    assert meaning.label_f1(pairs, "claim") == pytest.approx(0.8)
    assert meaning.label_f1(pairs, "question") == pytest.approx(2 / 3)
    assert meaning.macro_f1(pairs) == pytest.approx((0.8 + 2 / 3) / 2)
    # agreed .75; chance .75 x .5 + .25 x .5 = .5
    assert meaning.kappa(pairs) == pytest.approx(0.5)
    assert meaning.kappa([("a", "a")]) == 1.0


def test_spans_and_tokens_by_hand() -> None:
    a, b = Span(0, 5), Span(6, 9)
    assert meaning.span_f1([(a, a), (b, None), (None, None)]) == pytest.approx(2 / 3)
    assert meaning.token_f1([("one two three", Span(0, 7), Span(4, 13))]) == pytest.approx(0.5)


def test_deadlines_are_found_where_the_words_touch() -> None:
    due = When("by June", Span(*at("by June")), date(2021, 3, 2), date(2021, 6, 30))
    elsewhere = replace(due, span=Span(*at("on Monday")))

    def one(gold: str | None, read: When | None) -> meaning.Pair:
        made = pair("Quist")
        labels = {"due": None, "by": {"span": at(gold), "start": None, "end": None} if gold else None}
        return replace(made, gold=made.gold | labels, read=replace(made.read, by=read))

    assert meaning.deadline_f1([one("by June", due)]) == 1.0
    assert meaning.deadline_f1([one("by June", elsewhere)]) == 0.0
    assert meaning.deadline_f1([one("by June", due), one(None, due), one(None, None)]) == pytest.approx(2 / 3)


def test_days_are_asked_for_only_where_the_gold_has_some() -> None:
    measure = next(m for m in meaning.measures() if m.name == "due, by interval right")
    made = pair("Quist")
    for start, counts in ((None, False), ("2021-03-02", True)):
        by = {"span": at("by June"), "start": start, "end": None}
        assert measure.counts(replace(made, gold=made.gold | {"due": None, "by": by})) is counts


@pytest.mark.parametrize(("skip", "count"), [((), 1), ((NAME,), 0)])
def test_sheets_of_what_looks_ahead(corpus: Path, tmp_path: Path, skip: tuple[str, ...], count: int) -> None:
    (corpus / "polnear/train").symlink_to(corpus / "polnear/dev")
    found = labelling.looking_ahead(corpus, 9, 1, set(skip))
    assert [item.example.name for item in found] == [NAME] * count
    assert len(labelling.whole_documents(corpus, "dev", 9, 1, set(skip))) == count


def test_labelled_statements_meet_what_was_read() -> None:
    row = {"source": [at("Quist said")], "cue": [at("said")], "content": [at("the ferry")], "kind": "claim"}
    row["source"] = [[TEXT.index("Quist said"), TEXT.index("Quist said") + 5]]
    page = meaning.Labelled(NAME, Article(TEXT), (meaning.Gold(Marked.of(row), row),), ())
    read = pair("Quist").read
    assert [p.read for p in meaning.pairs_of(page, [read])] == [read]
    assert meaning.pairs_of(page, []) == []


def test_marks_are_words_and_a_closed_sheet_says_the_rest_has_none(corpus: Path, tmp_path: Path) -> None:
    marked = {"id": "001/1", "certainty": "could", "when": "by June", "condition": "if the berth is built"}
    found, wrong = taken(corpus, tmp_path, marked, {"id": "001", "rest": "none"})
    assert wrong == [] and len(found[NAME]) == 1
    row = found[NAME][0]
    assert (row["certainty"], row["when"]) == (at("could"), at("by June"))
    assert row["said_at"] is None and "kind" not in row
    found, _ = taken(corpus, tmp_path, {"id": "001", "rest": "none"})
    assert [found[NAME][0][mark] for mark in labelling.MARKS] == [None] * 4
    refused = {"id": "001/1", "certainty": "perhaps"}
    found, wrong = taken(corpus, tmp_path, refused, {"id": "001", "rest": "none"})
    assert not found.get(NAME) and "'perhaps' is not in the article" in wrong[0]
