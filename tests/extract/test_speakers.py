"""Who answers for a statement: names, short forms, pronouns, descriptions, organisations, unnamed sources."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.confidence import TABLE, THRESHOLD
from onrecord.extract.mentions import mention_of
from onrecord.extract.names import Names
from onrecord.extract.speakers import resolve
from onrecord.statement import Article, Span, Speaker, Statement

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "cases" / "speakers.json").read_text(encoding="utf-8")
)
WORDS = (
    "Ada Quist Karl Lind he She who they it I we Mr. Mrs. Sen. Pope Prince the a mayor of and said , . “ ” ("
    " )"
    " ’s — \n critics report 習 Ж É 😀 FAA (FAA) Council campaign his"
)
KINDS = {"person", "organization", "group", "document", "author", "unknown"}


def statement(
    source: Span | None, content: Span, *, cue: Span | None = None, within: str | None = None
) -> Statement:
    return Statement(
        article_id="sha256:0",
        source=(source,) if source else (),
        cue=(cue,) if cue else (),
        content=(content,),
        text="",
        speech="indirect",
        speaker=Speaker(None),
        chain=(),
        confidence=1.0,
        within=within,
    )


def marked(text: str) -> tuple[str, list[Statement]]:
    """A text whose sources stand in brackets; the content is the quotation before or the sentence's rest."""
    plain, spans = "", []
    for part in re.split(r"(\[[^\]]*\])", text):
        if part.startswith("["):
            spans.append(Span(len(plain), len(plain) + len(part) - 2))
        plain += part.strip("[]") if part.startswith("[") else part
    found = []
    for span in spans:
        quotation = re.search(r"“[^”]*”[ ,]*$", plain[: span.start])
        rest = re.compile(r"[^.]*").match(plain, span.end)
        assert rest
        content = Span(*quotation.span()) if quotation else Span(*rest.span())
        found.append(statement(span, content))
    return plain, found


def read(text: str, **article: Any) -> list[Speaker]:
    plain, statements = marked(text)
    return resolve(Article(plain, **article), statements)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_speakers_of_the_table(case: dict[str, Any]) -> None:
    found = read(case["text"])
    assert [[s.name, s.kind, s.anonymous] for s in found] == case["speakers"]


class TestEmptySources:
    TEXT = "Ada Quist, the mayor, said no, adding that it was late. It was expected to rain."

    def test_a_participle_goes_on_with_the_sentence(self) -> None:
        first = statement(Span(0, 9), Span(27, 29))
        at = self.TEXT.index("adding")
        second = statement(None, Span(at + 7, at + 23), cue=Span(at, at + 6))
        assert resolve(Article(self.TEXT), [first, second])[1].name == "Ada Quist"

    def test_otherwise_nobody(self) -> None:
        at = self.TEXT.index("was expected")
        (found,) = resolve(
            Article(self.TEXT), [statement(None, Span(at + 13, at + 20), cue=Span(at, at + 12))]
        )
        assert (found.name, found.kind, found.mention) == (None, "unknown", ())


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("An adviser might wonder why.", "An adviser", "might wonder"),
        ("Fear among top aides grew.", "top aides", "Fear among"),
    ],
)
def test_nobody_in_particular_is_not_anonymous(text: str, source: str, cue: str) -> None:
    at, said = text.index(source), text.index(cue)
    found = statement(
        Span(at, at + len(source)), Span(len(text) - 5, len(text)), cue=Span(said, said + len(cue))
    )
    assert resolve(Article(text), [found])[0].anonymous is False


class TestInsideOtherStatements:
    TEXT = "“I promise that we will build it,” said Ada Quist. Karl Lind said he would not."

    def test_a_place_inside_another_content_is_enough(self) -> None:
        text = "“I will build it,” said Ada Quist."
        outer = statement(Span(24, 33), Span(0, 18))
        inner = statement(Span(1, 2), Span(3, 16))
        assert [s.name for s in resolve(Article(text), [outer, inner])] == ["Ada Quist"] * 2

    def test_i_and_we_are_the_speaker_of_the_quotation(self) -> None:
        outer = statement(Span(40, 49), Span(0, 34))
        inner = [
            statement(Span(at, at + size), Span(8, 32), within=outer.id) for at, size in ((1, 1), (16, 2))
        ]
        assert [s.name for s in resolve(Article(self.TEXT), [outer, *inner])] == ["Ada Quist"] * 3

    def test_he_in_a_paraphrase_is_its_speaker(self) -> None:
        at = self.TEXT.index("he would")
        outer = statement(Span(51, 60), Span(at, at + 12))
        inner = statement(Span(at, at + 2), Span(at + 3, at + 12), within=outer.id)
        assert resolve(Article(self.TEXT), [outer, inner])[1].name == "Karl Lind"

    def test_a_speaker_may_speak_of_himself_in_the_third_person(self) -> None:
        found = read("Karl Lind, a baker, came. “Karl Lind never sleeps,” [Lind] said.")
        assert found[0].name == "Karl Lind"

    def test_the_order_of_the_statements_does_not_matter(self) -> None:
        plain, statements = marked(
            "[Ada Quist] said no. “Late,” [she] said. [Karl Lind] left. [He] said yes."
        )
        forward = resolve(Article(plain), statements)
        assert resolve(Article(plain), statements[::-1]) == forward[::-1]

    def test_a_circle_ends(self) -> None:
        one = statement(Span(0, 1), Span(2, 9), within="sha256:none")
        two = statement(Span(1, 2), Span(2, 9), within=one.id)
        assert len(resolve(Article("He they said so."), [one, two, one])) == 3


class TestAuthor:
    def test_a_byline_is_the_author_s_name(self) -> None:
        (found,) = read("[We] think that it will rain.", author="Ada Quist")
        assert (found.name, found.kind) == ("Ada Quist", "author")


class TestConfidence:
    def test_a_full_name_is_surer_than_a_pronoun(self) -> None:
        full, pronoun = read("[Ada Quist] met Bea Lind and Cleo Moe. [She] said no.")
        assert (full.confidence or 0) > (pronoun.confidence or 0)

    def test_a_single_candidate_is_not_certain(self) -> None:
        (found,) = read("Ada Quist, a baker, came. [She] said no.")
        assert found.name == "Ada Quist"
        assert (found.confidence or 1) < 1

    def test_every_kind_of_evidence_has_a_probability(self) -> None:
        for low, high in TABLE.values():
            assert 0 <= low <= high <= 1

    def test_below_the_threshold_the_own_words_stay(self) -> None:
        (found,) = read(
            "Bea Lind, Cleo Moe and Dora Roe met Ada Quist and Eve Poe at the fair. [She] said no."
        )
        assert (found.confidence or 0) >= THRESHOLD or found.name == "She"

    def test_the_mention_is_the_source(self) -> None:
        plain, statements = marked("The mayor, [Ada Quist], said no.")
        assert resolve(Article(plain), statements)[0].mention == statements[0].source


class TestHardArticles:
    def test_no_statements(self) -> None:
        assert resolve(Article("Nothing was said."), []) == []

    def test_an_article_in_capitals(self) -> None:
        (found,) = read("THE MAYOR, [ADA QUIST], SAID NO TO THE HARBOUR.")
        assert (found.name or "").upper() == "ADA QUIST"

    def test_a_headline_gives_no_names_of_its_own(self) -> None:
        (found,) = read("[Quist] Takes Aim At Harbour Plans\n\nAda Quist, the mayor, spoke.")
        assert found.name == "Ada Quist"

    def test_five_hundred_people(self) -> None:
        letters = "bdfglmnrst"
        names = [f"Ki{a}o{b} Ve{b}a{c}i" for a in letters for b in letters for c in letters[:5]]
        text = " ".join(f"[{name}], a teacher, said no. [He] said yes." for name in names)
        assert [s.name for s in read(text)] == [name for name in names for _ in range(2)]

    def test_ten_times_the_article_takes_ten_times_as_long(self) -> None:
        paragraph = "[Ada Quist], the mayor, said no to Karl Lind. [The council] met. “Late,” [she] said.\n\n"
        plain, statements = marked(paragraph * 1000)
        begin = time.process_time()
        found = resolve(Article(plain), statements)
        assert time.process_time() - begin < 5
        assert {s.name for s in found} == {"Ada Quist", "council"}


class TestMentions:
    def test_a_clause_of_any_length_is_read(self) -> None:
        text = "the committee of " * 5000
        assert mention_of(Names(text), (Span(0, len(text)),)).words


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS.split(" ")),
        max_size=40,
    ),
    st.data(),
)
def test_nothing_crashes_and_every_answer_keeps_the_contract(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words) or "x"
    places, nested = st.integers(0, len(text)), st.booleans()
    statements: list[Statement] = []
    for _ in range(data.draw(st.integers(1, 4))):
        a, b, c = sorted(data.draw(st.tuples(places, places, places)))
        within = statements[-1].id if data.draw(nested) and statements else None
        statements.append(statement(Span(a, b) if a < b else None, Span(c, len(text)), within=within))
    for asked, found in zip(statements, resolve(Article(text), statements), strict=True):
        assert found.kind in KINDS
        assert found.anonymous is not None
        assert 0 <= (found.confidence or 0) <= 1
        assert found.mention == asked.source
