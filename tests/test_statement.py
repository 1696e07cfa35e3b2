"""The types that stages exchange: offsets, identities and the published JSON contract."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.statement import (
    Article,
    Block,
    Certainty,
    Condition,
    Document,
    ReaderInfo,
    Span,
    Speaker,
    Statement,
    TimeExpression,
    Voice,
    When,
    content_hash,
    covered,
)

CASES = Path(__file__).parent / "cases"
TEXT = (
    "🎉 Harbour to close\n\n“We will rebuild,” said Ada Quist.\n\n"
    "She warned on Friday that the gates could fail by June. "
    "She promised to mend them by July if the town pays.\n"
)
ARTICLE = Article(
    text=TEXT,
    blocks=(
        Block("headline", Span(0, 18)),
        Block("paragraph", Span(20, 54)),
        Block("paragraph", Span(56, 163)),
    ),
    title="Harbour to close",
    outlet="The Example",
    published=date(2031, 5, 2),
    published_from="option",
)


def statement_of(article: Article) -> Statement:
    """The one statement of TEXT, as the reader would give it."""
    return Statement(
        article_id=article.id,
        source=(Span(44, 53),),
        cue=(Span(39, 43),),
        content=(Span(21, 36),),
        text=covered(article.text, [Span(21, 36)]),
        speech="direct",
        speaker=Speaker("Ada Quist", mention=(Span(44, 53),)),
        chain=(Voice("Ada Quist"),),
        confidence=0.75,
    )


def span_of(words: str) -> Span:
    """Where words stand that TEXT has once."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


PUBLISHED, JUNE, JULY = date(2031, 5, 2), date(2031, 6, 30), date(2031, 7, 31)
QUIST = Speaker("Ada Quist", "person", anonymous=False, mention=(Span(56, 59),), confidence=0.9)
WARNED = replace(
    statement_of(ARTICLE),
    source=QUIST.mention,
    cue=(span_of("warned on Friday"),),
    content=(span_of("that the gates could fail by June"),),
    text="that the gates could fail by June",
    speech="indirect",
    speaker=QUIST,
    chain=(Voice("Ada Quist", "person"),),
    kind="prediction",
    kind_confidence=0.9,
    denied=False,
    certainty=Certainty("could", span_of("could"), 0.25, 0.4, 0.5),
    said_at=When("on Friday", span_of("on Friday"), PUBLISHED, PUBLISHED),
    by=When("by June", span_of("by June"), PUBLISHED, JUNE),
)
PROMISED = replace(
    WARNED,
    source=(Span(112, 115),),
    cue=(span_of("promised"),),
    content=(span_of("to mend them by July if the town pays"),),
    text="to mend them by July if the town pays",
    speaker=replace(QUIST, mention=(Span(112, 115),)),
    kind="commitment",
    commitment_type="promise",
    negative=False,
    certainty=None,
    said_at=None,
    by=None,
    due=When("by July", span_of("by July"), PUBLISHED, JULY),
    condition=Condition("if the town pays", span_of("if the town pays")),
)
TIMES = (
    TimeExpression(span_of("Friday"), "Friday", "DATE", "2031-05-02", PUBLISHED, PUBLISHED, "day"),
    TimeExpression(span_of("June"), "June", "DATE", "2031-06", date(2031, 6, 1), JUNE, "month"),
    TimeExpression(span_of("July"), "July", "DATE", "2031-07", date(2031, 7, 1), JULY, "month"),
)
DOCUMENT = Document(
    ARTICLE, (statement_of(ARTICLE), WARNED, PROMISED), ReaderInfo("0.1.0", "sha256:00"), TIMES
)

spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(min(pair), max(pair)))
fields = st.lists(st.none() | st.text(st.characters()), max_size=4).map(tuple)


class TestSpan:
    @pytest.mark.parametrize(
        ("inner", "outer", "expected"),
        [
            (Span(2, 4), Span(2, 4), True),
            (Span(2, 4), Span(0, 9), True),
            (Span(2, 5), Span(2, 4), False),
            (Span(1, 4), Span(2, 4), False),
            (Span(3, 3), Span(2, 4), True),
        ],
    )
    def test_within(self, inner: Span, outer: Span, expected: bool) -> None:
        assert inner.within(outer) is expected

    @given(spans, spans, spans)
    def test_within_is_a_partial_order(self, a: Span, b: Span, c: Span) -> None:
        assert a.within(a)
        if a.within(b) and b.within(a):
            assert a == b
        if a.within(b) and b.within(c):
            assert a.within(c)

    @given(spans)
    def test_covers_as_many_code_points_as_its_length(self, span: Span) -> None:
        assert covered("😀" * 100, [span]) == "😀" * (span.end - span.start)

    def test_fragments_are_joined_by_a_space(self) -> None:
        assert covered("one two three", [Span(0, 3), Span(8, 13)]) == "one three"

    def test_no_fragments_cover_nothing(self) -> None:
        assert covered("one", []) == ""


class TestContentHash:
    def test_is_the_same_on_every_machine(self) -> None:
        expected = "sha256:7830bc04305ea10de9969089f680a34fc05ec68fad7312c99b53f872b2f0e2c3"
        assert content_hash("ab", "c", None) == expected

    def test_keeps_apart_what_concatenation_would_confuse(self) -> None:
        alike = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("abc", None), ("1:a;",), ("1:a", "")]
        assert len({content_hash(*each) for each in alike}) == len(alike)

    @given(fields, fields)
    def test_differs_wherever_the_fields_differ(
        self, one: tuple[str | None, ...], other: tuple[str | None, ...]
    ) -> None:
        assert (content_hash(*one) == content_hash(*other)) is (one == other)

    def test_takes_lone_surrogates(self) -> None:
        assert content_hash("\ud800") != content_hash("\udfff")


class TestArticle:
    def test_the_same_article_has_the_same_id(self) -> None:
        assert replace(ARTICLE).id == ARTICLE.id

    @pytest.mark.parametrize(
        "change",
        [
            {"text": TEXT + " "},
            {"url": "https://example.org/harbour"},
            {"outlet": "Another"},
            {"title": None},
            {"published": date(2031, 5, 3)},
            {"published": None},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_what_identifies_the_publication_changes_the_id(self, change: dict[str, Any]) -> None:
        assert replace(ARTICLE, **change).id != ARTICLE.id

    @pytest.mark.parametrize("change", [{"author": "B. Line"}, {"blocks": ()}, {"published_from": "text"}])
    def test_what_only_describes_it_does_not(self, change: dict[str, Any]) -> None:
        assert replace(ARTICLE, **change).id == ARTICLE.id

    @pytest.mark.parametrize(
        ("offset", "part"), [(0, "headline"), (17, "headline"), (18, "body"), (20, "body"), (9999, "body")]
    )
    def test_part_at(self, offset: int, part: str) -> None:
        assert ARTICLE.part_at(offset) == part

    @pytest.mark.parametrize(
        ("kind", "part"),
        [
            ("headline", "headline"),
            ("summary", "summary"),
            ("caption", "caption"),
            ("paragraph", "body"),
            ("item", "body"),
            ("quote", "body"),
        ],
    )
    def test_part_of_a_block(self, kind: str, part: str) -> None:
        assert Block(kind, Span(0, 1)).part == part  # type: ignore[arg-type]


class TestStatement:
    def test_its_id_depends_on_the_article_and_on_every_role(self) -> None:
        one = statement_of(ARTICLE)
        changed = [
            replace(one, article_id="sha256:other"),
            replace(one, within="sha256:outer"),
            replace(one, source=()),
            replace(one, cue=()),
            replace(one, content=(Span(21, 35),)),
            replace(one, content=(Span(21, 30), Span(30, 36))),
        ]
        assert len({one.id, *(each.id for each in changed)}) == 1 + len(changed)

    def test_its_id_does_not_depend_on_what_a_later_stage_fills(self) -> None:
        one = statement_of(ARTICLE)
        assert replace(one, kind="commitment", denied=False, confidence=0.1).id == one.id

    @pytest.mark.parametrize("value", [ARTICLE, statement_of(ARTICLE), DOCUMENT, ARTICLE.blocks[0]])
    def test_values_cannot_be_changed_and_can_be_copied(self, value: object) -> None:
        with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
            value.text = "other"  # type: ignore[attr-defined]
        assert pickle.loads(pickle.dumps(value)) == value
        assert copy.deepcopy(value) == value


class TestContract:
    """`Document.to_dict` is what `--format json` prints; tests/cases/document.json is a whole one."""

    def test_a_document_looks_as_published(self) -> None:
        expected = json.loads((CASES / "document.json").read_text(encoding="utf-8"))
        assert DOCUMENT.to_dict() == expected

    def test_it_goes_through_json_unchanged(self) -> None:
        assert json.loads(json.dumps(DOCUMENT.to_dict())) == DOCUMENT.to_dict()

    def test_its_spans_point_at_the_words(self) -> None:
        read = json.loads(json.dumps(DOCUMENT.to_dict()))
        text, statement = read["article"]["text"], read["statements"][0]
        assert [text[a:b] for a, b in statement["source"]] == ["Ada Quist"]
        assert [text[a:b] for a, b in statement["cue"]] == ["said"]
        assert [text[a:b] for a, b in statement["content"]] == [statement["text"]]
        assert statement["text"] == "We will rebuild"

    def test_what_is_not_known_is_null(self) -> None:
        statement = DOCUMENT.to_dict()["statements"][0]
        later = (
            "kind",
            "commitment_type",
            "negative",
            "denied",
            "certainty",
            "said_at",
            "due",
            "by",
            "condition",
        )
        assert all(statement[name] is None for name in later)
        assert statement["within"] is None
        assert statement["speaker"]["anonymous"] is None
