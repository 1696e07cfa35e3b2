"""Speech, and quotations that go on in the next paragraph."""

from __future__ import annotations

import pytest

from onrecord.extract import Model
from onrecord.extract.features import Words, words_of
from onrecord.extract.quotes import continued, speech
from onrecord.extract.readings import Reading


def at(text: str, words: Words, part: str) -> tuple[int, int]:
    begin = text.index(part)
    inside = [i for i in range(len(words)) if begin <= words.start[i] < begin + len(part)]
    return inside[0], inside[-1] + 1


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“We will go,” she said.", "“We will go,”", "direct"),
        ('"We will go," she said.', '"We will go,"', "direct"),
        ("She said they would go.", "they would go", "indirect"),
        ("She said that “we will go”.", "that “we will go”", "direct"),
        ("She called it “a small step” for the town.", "it “a small step” for the town", "mixed"),
        ("‘We will all go home,’ she said.", "‘We will all go home,’", "direct"),
        ("She said it's Ann's view.", "it's Ann's view", "indirect"),
    ],
)
def test_speech_by_what_stands_in_marks(model: Model, text: str, content: str, expected: str) -> None:
    words = words_of(text, model.tokenizer)
    assert speech(text, words, (at(text, words, content),)) == expected


def reading(text: str, words: Words, content: str) -> Reading:
    said = at(text, words, "said")
    return Reading(source=(), cue=(said,), content=(at(text, words, content),), anchor=0.9, path=-0.1)


def fragments(text: str, words: Words, found: Reading) -> list[str]:
    return [text[words.start[a] : words.end[b - 1]] for a, b in found.content]


def test_a_quotation_left_open_goes_on_in_the_next_paragraph(model: Model) -> None:
    text = "Ann said, “It rained. \n\n“It rained for days.\n\n“Then it stopped.”\n\nNobody cared."
    words = words_of(text, model.tokenizer)
    (found,) = continued(words, [reading(text, words, "“It rained.")])
    assert fragments(text, words, found) == ["“It rained.", "“It rained for days.", "“Then it stopped.”"]


@pytest.mark.parametrize(
    "text",
    [
        "Ann said, “It rained.”\n\n“It rained for days,” said Bo.",
        "Ann said, “It rained.\n\nNobody cared.",
        "Ann said it rained.\n\n“It rained for days.”",
    ],
)
def test_a_quotation_that_is_closed_does_not_go_on(model: Model, text: str) -> None:
    words = words_of(text, model.tokenizer)
    content = text[text.index("said") + 4 : text.index("\n")].strip(" ,")
    (found,) = continued(words, [reading(text, words, content)])
    assert len(found.content) == 1
