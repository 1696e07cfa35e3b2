"""`--kind`, `--speaker`, `--no-author-voice` and `--probability-scale`: what is kept, and what is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from cli.building import READER, FakeReader
from cli.meanings import reservoir

from onrecord.cli import exits, run
from onrecord.settings import Settings
from onrecord.statement import Article, Document

Numbers = Callable[..., list[int]]


class Reservoir:
    """A reader that has read one article, whatever it is given."""

    def read_many(self, articles: Iterable[Article], *, workers: int = 1, **_: object) -> Iterator[Document]:
        for _ in articles:
            yield Document(reservoir().article, tuple(reservoir().statements), READER)


@pytest.fixture
def kept(onrecord, monkeypatch: pytest.MonkeyPatch) -> Numbers:
    """The numbers of the statements that are left with these options."""
    monkeypatch.setattr(run, "open_reader", lambda settings: Reservoir())
    numbers = {s.id: n for n, s in enumerate(reservoir().statements, start=1)}

    def call(*options: str) -> list[int]:
        result = onrecord("read", "-", "-f", "json", *options, stdin=b"It rained on the hills all day long.")
        assert (result.code, result.err) == (exits.DONE, "")
        return [numbers[s["id"]] for s in json.loads(result.out)["statements"]]

    return call


class TestKind:
    @pytest.mark.parametrize(
        ("names", "numbers"),
        [
            ("commitment", [1, 2, 3, 11]),
            ("prediction", [9, 13]),
            ("commitment,prediction", [1, 2, 3, 9, 11, 13]),
            (" Prediction , QUESTION ,", [6, 9, 13]),
            ("promise", [1, 2]),
            ("refusal,claim", [3, 4, 10, 12]),
            ("threat", []),
        ],
    )
    def test_leaves_these_kinds_and_types(self, kept: Numbers, names: str, numbers: list[int]) -> None:
        assert kept("--kind", names) == numbers

    def test_an_inner_statement_stays_without_the_outer_and_keeps_its_chain(
        self, onrecord, monkeypatch
    ) -> None:
        monkeypatch.setattr(run, "open_reader", lambda settings: Reservoir())
        text = b"It rained on the hills all day long."
        table = onrecord("read", "-", "--kind", "agreement", stdin=text).out
        assert " ministry → Norrin" in table
        assert "└" not in table
        assert table.endswith("\n1 statement, 1 of them relayed.\n")

    def test_what_has_no_kind_is_of_none(self, onrecord, monkeypatch: pytest.MonkeyPatch) -> None:
        class Unsure(FakeReader):
            def _statements(self, article: Article) -> Iterator[object]:  # type: ignore[override]
                from dataclasses import replace

                yield from (replace(s, kind=None) for s in super()._statements(article))

        monkeypatch.setattr(run, "open_reader", lambda settings: Unsure())
        text = b"The mayor of the town said the old bridge is open to everybody in the valley.\n"
        assert "0 statements." in onrecord("read", "-", "--kind", "claim", stdin=text).out


class TestSpeaker:
    @pytest.mark.parametrize(
        ("name", "numbers"),
        [
            ("Hanne Brandt", [1, 2, 3, 4]),
            ("brandt", [1, 2, 3, 4]),
            ("BRANDT, Hanne", [1, 2, 3, 4]),
            ("Brand", []),
            ("sell", [7, 8]),
            ("ministry", [10]),
            ("engineers", [9]),
            ("Quill", [13]),
            ("Brandt Orlo", []),
        ],
    )
    def test_leaves_speakers_with_all_these_words_in_their_name(
        self, kept: Numbers, name: str, numbers: list[int]
    ) -> None:
        assert kept("--speaker", name) == numbers

    def test_works_together_with_the_other_options(self, kept: Numbers) -> None:
        assert kept("--speaker", "brandt", "--kind", "claim,refusal", "--min-confidence", "0.7") == [3, 4]

    def test_without_it_everything_is_kept(self, kept: Numbers) -> None:
        assert kept() == list(range(1, 14))


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("--kind", "promises", "[E109] --kind: promises is not a list, with commas, of any of commitment,"),
        ("--kind", "claim,lie", "For example: --kind commitment,prediction."),
        ("--kind", "", '[E109] --kind: "" is not'),
        ("--kind", " , ", "[E109]"),
        ("--kind", "claim;question", "[E109]"),
        ("--speaker", "", '[E109] --speaker: "" is not a word or more of a name.'),
        ("--speaker", "…", "For example: --speaker Smith."),
        ("--probability-scale", "mine", "'capphrase', 'icd203', 'uk', 'ipcc', 'nato'"),
        ("--probability-scale", "", "--probability-scale"),
    ],
)
def test_a_choice_that_is_none_is_told_in_one_line(onrecord, option: str, value: str, hint: str) -> None:
    result = onrecord("read", "a.txt", option, value)
    assert (result.code, result.out) == (exits.USAGE, "")
    assert result.err.startswith("onrecord: ")
    assert result.err.count("\n") == 1
    assert hint in result.err


def test_a_name_of_several_parts_is_found_by_any_of_its_apostrophes() -> None:
    assert run.words("O'Brien") == run.words("o’brien") == {"o", "brien"}


class TestSettings:
    @pytest.fixture
    def used(self, onrecord, monkeypatch: pytest.MonkeyPatch, articles: Path) -> Callable[..., Settings]:
        """The settings that the reader is opened with."""

        def call(*options: str) -> Settings:
            seen: list[Settings] = []

            def opened(settings: Settings) -> FakeReader:
                seen.append(settings)
                return FakeReader()

            monkeypatch.setattr(run, "open_reader", opened)
            assert onrecord("read", articles / "a.txt", *options).code == exits.DONE
            return seen[0]

        return call

    def test_are_the_reader_s_own_where_nothing_is_said(self, used) -> None:
        assert (used().author_voice, used().probability_scale) == (True, "capphrase")

    def test_of_the_author_s_voice(self, used, monkeypatch: pytest.MonkeyPatch) -> None:
        assert used("--no-author-voice").author_voice is False
        monkeypatch.setenv("ONRECORD_AUTHOR_VOICE", "no")
        assert used().author_voice is False
        assert used("--author-voice").author_voice is True

    @pytest.mark.parametrize("scale", ["capphrase", "icd203", "uk", "ipcc", "nato"])
    def test_of_the_scale(self, used, monkeypatch: pytest.MonkeyPatch, scale: str) -> None:
        assert used("--probability-scale", scale).probability_scale == scale
        monkeypatch.setenv("ONRECORD_PROBABILITY_SCALE", "nato")
        assert used().probability_scale == "nato"
        assert used("--probability-scale", scale).probability_scale == scale
