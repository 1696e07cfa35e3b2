"""The inputs of the judge of kinds, and that it judges each statement on its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from onrecord import Settings
from onrecord.extract import Model, load
from onrecord.extract.judge import CLS, LONGEST_CONTENT, LONGEST_CUE, SEP, inputs_of, judged
from onrecord.extract.kinds import SENSES, sense_of
from onrecord.extract.marks import MARKS
from onrecord.extract.plainly import Plainly
from onrecord.statement import Span, Speaker, Statement

TEXT = "The mayor vowed to resign. The union asked who would pay. The mayor praised the plan."


@pytest.fixture(scope="module")
def model() -> Model:
    return load(Settings())


def at(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def statement(source: str, cue: str, content: str) -> Statement:
    return Statement(
        article_id="a", source=(at(source),), cue=(at(cue),), content=(at(content),), text=content,
        speech="indirect", speaker=Speaker(None), chain=(), confidence=1.0,
    )  # fmt: skip


VOW = statement("The mayor", "vowed", "to resign")
ASKED = statement("The union", "asked", "who would pay")
PRAISED = statement("The mayor", "praised", "the plan")


def test_source_and_cue_are_one_part_and_the_content_another(model: Model) -> None:
    ids, parts, _ = inputs_of(Plainly(TEXT), [*VOW.source, *VOW.cue], VOW.content, model.tokenizer)
    assert ids[0] == CLS and ids[-1] == SEP and ids.count(SEP) == 2
    assert parts == [0] * (ids.index(SEP) + 1) + [1] * (len(ids) - ids.index(SEP) - 1)


def test_each_subword_knows_its_word_in_the_article(model: Model) -> None:
    text = "Mr. Quist, 61, doubted that Mr. Quist will re-open it."
    content = Span(text.index("Mr. Quist will"), len(text))
    read = inputs_of(Plainly(text), [Span(0, 9), at("doubted", text)], [content], model.tokenizer)
    stands = [text[start:end] for start, end in read.places]
    assert len(read.ids) == len(read.parts) == len(stands)
    assert stands[:3] == ["", "Quist", "doubted"]
    assert stands[read.ids.index(SEP) :][:3] == ["", "Quist", "will"]
    assert stands[-6:] == ["re-open", "re-open", "re-open", "it", ".", ""]


def test_of_a_long_content_the_beginning_is_read(model: Model) -> None:
    text = "word " * 5000
    ids, *_ = inputs_of(Plainly(text), [Span(0, 2500)], [Span(2500, len(text))], model.tokenizer)
    assert len(ids) == LONGEST_CUE + LONGEST_CONTENT + 3


def test_each_is_judged_as_if_alone_up_to_the_rounding_of_8_bits(model: Model) -> None:
    together, marked = judged(model.judge, model.tokenizer, TEXT, [VOW, ASKED, PRAISED])
    alone = [judged(model.judge, model.tokenizer, TEXT, [s]) for s in (VOW, ASKED, PRAISED)]
    assert together.shape == (3, len(SENSES))
    assert np.abs(together - np.concatenate([senses for senses, _ in alone])).max() < 1.0
    for each, (_, (own,)) in zip(marked, alone, strict=True):
        assert each.ends.shape == own.ends.shape == (2 * len(MARKS), len(each.places))
        assert np.abs(np.exp(each.ends) - np.exp(own.ends)).max() < 0.2
        assert np.exp(each.ends).sum(1) == pytest.approx(1, abs=1e-4)


def test_words_of_certainty_are_marked_in_the_article(model: Model) -> None:
    text = "Ori Lindqvist said on Monday that the plan will probably fail."
    said = tuple(
        (at(words, text),) for words in ("Ori Lindqvist", "said", "that the plan will probably fail")
    )
    given = replace(VOW, source=said[0], cue=said[1], content=said[2])
    _, (marked,) = judged(model.judge, model.tokenizer, text, [given])
    found = marked.best("certainty")
    assert found and text[found[0].start : found[0].end] == "probably"
    assert found[1] > marked.none("certainty")


def test_plain_cases_are_judged_right(model: Model) -> None:
    scores, _ = judged(model.judge, model.tokenizer, TEXT, [VOW, ASKED, PRAISED])
    found = [sense_of(row.tolist(), model.facts["kinds"]) for row in scores]
    assert [s.kind for s in found] == ["commitment", "question", "assessment"]
    assert found[0].commitment_type == "promise"


def test_no_statements_give_no_scores(model: Model) -> None:
    scores, marked = judged(model.judge, model.tokenizer, TEXT, [])
    assert scores.shape == (0, len(SENSES)) and marked == []
