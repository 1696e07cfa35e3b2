"""The gold is well-formed: every string is where it is said to be, and nesting is consistent."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from onrecord.statement import Span, Spans, covered
from quality.gold import ROOT, GoldArticle, GoldError, GoldStatement, find, load, load_cases, statements_in

ARTICLES = {gold.name: gold for gold in load()}
CASES = {case.name: case for case in load_cases()}

TEXT = "He said no.\nShe said yes, and\nthen she left."


@pytest.fixture(params=ARTICLES)
def gold(request: pytest.FixtureRequest) -> GoldArticle:
    return ARTICLES[request.param]


def lies_in(inner: Spans, outer: Spans) -> bool:
    return all(any(span.within(fragment) for fragment in outer) for span in inner)


def parents(statements: tuple[GoldStatement, ...]) -> list[tuple[GoldStatement, GoldStatement]]:
    by_id = {statement.id: statement for statement in statements}
    return [(s, by_id[s.within]) for s in statements if s.within is not None]


def expected_chain(text: str, statement: GoldStatement) -> tuple[str | None, ...]:
    words = " ".join(covered(text, statement.source).split()) or None
    return (words,)


class TestFinding:
    def test_words_that_occur_once_are_found_as_they_are(self) -> None:
        assert find(TEXT, "yes") == Span(21, 24)

    def test_brackets_mark_what_is_meant_among_words_that_make_it_unique(self) -> None:
        assert find(TEXT, "She [[said]]") == Span(16, 20)

    def test_white_space_in_a_string_stands_for_any_white_space(self) -> None:
        assert find(TEXT, "yes, and then") == Span(21, 34)

    @pytest.mark.parametrize("wanted", ["said", "maybe", "[[He]] [[said]]"])
    def test_words_that_are_absent_or_ambiguous_are_an_error(self, wanted: str) -> None:
        with pytest.raises(GoldError, match=r"occurs|marks"):
            find(TEXT, wanted)

    def test_an_unknown_key_is_an_error(self) -> None:
        with pytest.raises(GoldError, match="unknown keys"):
            statements_in(TEXT, [{"id": "1", "sauce": ["He"]}])


class TestArticles:
    def test_every_example_has_gold(self) -> None:
        examples = {p for p in (ROOT / "examples" / "articles").iterdir() if p.is_file()}
        assert {gold.path for gold in ARTICLES.values()} == examples

    def test_every_statement_has_a_cue_and_a_content(self, gold: GoldArticle) -> None:
        for statement in gold.statements:
            assert statement.cue, statement
            assert statement.content, statement

    def test_ids_are_unique_and_parents_come_first(self, gold: GoldArticle) -> None:
        seen: list[str | None] = [None]
        for statement in gold.statements:
            assert statement.id not in seen
            assert statement.within in seen, f"statement {statement.id}: its parent does not come before it"
            seen.append(statement.id)

    def test_an_inner_statement_lies_in_the_content_of_its_parent(self, gold: GoldArticle) -> None:
        for inner, outer in parents(gold.statements):
            where_it_stands = (*inner.source, *inner.cue, *(() if inner.item else inner.content))
            assert lies_in(where_it_stands, outer.content), f"statement {inner.id} is not inside {outer.id}"

    def test_what_must_be_found_stands_in_nothing_that_may_be_missed(self, gold: GoldArticle) -> None:
        for inner, outer in parents(gold.statements):
            assert inner.optional or not outer.optional, inner

    def test_a_first_level_statement_lies_in_no_content(self, gold: GoldArticle) -> None:
        for statement in gold.statements:
            if statement.within is None:
                whole = (*statement.source, *statement.cue, *statement.content)
                others = [s for s in gold.statements if s is not statement]
                assert not any(lies_in(whole, other.content) for other in others), statement

    def test_chains_go_from_the_outermost_source_to_the_statement_s_own(self, gold: GoldArticle) -> None:
        outer_chain = {inner.id: outer.chain for inner, outer in parents(gold.statements)}
        for statement in gold.statements:
            own = expected_chain(gold.article.text, statement)
            assert statement.chain == outer_chain.get(statement.id, ()) + own

    def test_parts_are_those_of_the_page(self, gold: GoldArticle) -> None:
        for statement in gold.statements:
            assert gold.article.part_at(statement.cue[0].start) == statement.part, statement

    def test_the_items_of_a_list_are_the_page_s_items(self, gold: GoldArticle) -> None:
        items = [block.span for block in gold.article.blocks if block.kind == "item"]
        for statement in (s for s in gold.statements if s.item):
            assert any(span.start <= statement.content[0].start < span.end for span in items), statement

    def test_source_cue_and_content_do_not_overlap(self, gold: GoldArticle) -> None:
        for statement in gold.statements:
            spans = sorted((*statement.source, *statement.cue, *statement.content))
            assert all(a.end <= b.start for a, b in pairwise(spans)), statement


class TestTheSetAsAWhole:
    def test_it_holds_chains_of_three_lists_and_every_way_of_speaking(self) -> None:
        statements = [s for gold in ARTICLES.values() for s in gold.statements]
        assert max(len(s.chain) for s in statements) >= 3
        assert sum(s.item for s in statements) >= 9
        assert {s.speech for s in statements} == {"direct", "mixed", "indirect"}
        assert {s.part for s in statements} >= {"body", "headline", "summary"}

    @pytest.mark.parametrize(
        "furniture", ["Subscribe", "We use cookies", "Read more", "Most read", "Divers said"]
    )
    def test_what_surrounds_an_article_is_not_read(self, furniture: str) -> None:
        pages = [gold for gold in ARTICLES.values() if gold.path.suffix == ".html"]
        assert any(furniture in gold.path.read_text(encoding="utf-8") for gold in pages)
        assert not any(furniture in gold.article.text for gold in pages)


class TestHardCases:
    def test_levels_are_must_and_should(self) -> None:
        assert {case.level for case in CASES.values()} == {"must", "should"}

    @pytest.mark.parametrize("name", CASES)
    def test_nesting_is_consistent(self, name: str) -> None:
        for inner, outer in parents(CASES[name].statements):
            where_it_stands = (*inner.source, *inner.cue, *(() if inner.item else inner.content))
            assert lies_in(where_it_stands, outer.content)
            assert inner.chain == outer.chain + expected_chain(CASES[name].text, inner)


def test_the_examples_say_that_they_are_free_to_use() -> None:
    text = Path(ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert "CC0" in text
