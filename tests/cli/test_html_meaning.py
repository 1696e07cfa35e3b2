"""The HTML report: what a statement means, in words, and the filters that choose by it."""

from __future__ import annotations

import re

import pytest
from cli.building import harbour
from cli.markup import Report, entry, report
from cli.meanings import reservoir

from onrecord.statement import KINDS


class TestMeaning:
    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (1, "1 Hanne Brandt promise to lower the outflow in April due “in April” 2031-04-01 to 2031-04-30"
                " said “on Monday” 2031-03-03 condition “as long as the valley towns agree”"
                " promised indirect 90 % sure"),
            (2, "2 Hanne Brandt “She” promise not to never again to drain the lake for the power station"
                " vowed indirect 90 % sure"),
            (4, "4 Hanne Brandt “She” claim that the ministry had known of the leak denied by the speaker"
                " denied indirect 90 % sure"),
            (9, "9 Engineers prediction that the lake could fall below the intake certainty “could” 25–50 %"
                " condition “if the summer is dry” said indirect 62 % sure"),
            (13, "13 Ada Quill the author prediction We would be surprised if the valley saw the winter of"
                 " 2032 without a second dam certainty “would be surprised” 10–25 % to be settled"
                 " “the winter of 2032” 2032-12-01 to 2033-02-28 indirect 90 % sure"),
        ],
    )  # fmt: skip
    def test_stands_in_words_beside_the_statement(self, number: int, words: str) -> None:
        assert entry(report(reservoir().document), number) == words

    def test_every_kind_has_its_word_and_its_colour(self) -> None:
        page = report(reservoir().document)
        for kind in KINDS:
            assert f'class="kind k-{kind}"' in page
            assert page.count(f"--{kind}: #") == 2, "one for light, one for dark"

    def test_how_sure_the_kind_is_stands_with_it(self) -> None:
        assert 'title="commitment: 93 % sure"' in report(reservoir().document)

    def test_the_range_is_explained_where_there_is_one(self) -> None:
        assert "The range behind words" in report(reservoir().document)
        assert "The range behind words" not in report(harbour().document)


class TestFilters:
    def test_offer_what_there_is_with_its_number(self) -> None:
        found = re.findall(r"<option [^>]*>([^<]*)</option>", report(reservoir().document))
        assert found == [
            "all", "commitment (4)", "– promise (2)", "– agreement (1)", "– refusal (1)", "directive (1)",
            "question (1)", "prediction (2)", "expression (1)", "assessment (1)", "claim (3)",
            "all", "Hanne Brandt (4)", "mayor of Sell (2)", "Pavel Orlo (2)", "Ada Quill (1)",
            "Engineers (1)", "ministry (1)", "Norrin Power (1)", "water office (1)",
        ]  # fmt: skip
        assert "with a deadline (3)" in report(reservoir().document)

    def test_count_over_all_articles(self) -> None:
        twice = report(reservoir().document, reservoir().document)
        assert "Hanne Brandt (8)" in twice
        assert "with a deadline (6)" in twice

    def test_offer_no_kind_and_no_deadline_where_none_is_known(self) -> None:
        page = report(harbour().document)
        assert 'name="speaker"' in page
        assert 'name="kind"' not in page
        assert 'name="deadline"' not in page

    def test_are_hidden_until_a_script_can_work_them(self) -> None:
        forms = [a for tag, a in Report(report(reservoir().document)).elements if tag == "form"]
        assert [("hidden" in form, form["autocomplete"]) for form in forms] == [(True, "off")]
