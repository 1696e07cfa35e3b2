"""Lists: the items belong to whoever announced them, or to whoever the announcement names."""

from __future__ import annotations

import pytest

from onrecord.collect import from_text
from onrecord.extract import Model
from onrecord.extract.features import Words, words_of
from onrecord.extract.lists import listings, with_items
from onrecord.extract.nesting import Node
from onrecord.extract.readings import Reading
from onrecord.statement import Article

ITEMS = (
    "\n\n  1. The gates will open in May.\n  2. The pumps will run at night. Mara Venn says they are old."
    "\n\nThe end."
)


def node(text: str, words: Words, source: str, cue: str, content: str) -> Node:
    def at(part: str) -> tuple[tuple[int, int], ...]:
        begin = text.index(part)
        inside = [i for i in range(len(words)) if begin <= words.start[i] < begin + len(part)]
        return ((inside[0], inside[-1] + 1),)

    return Node(Reading(at(source), at(cue), at(content), 0.9, -0.1), None, 0)


def added(article: Article, words: Words, nodes: list[Node]) -> list[tuple[str, str, str, int | None]]:
    def shown(ranges: tuple[tuple[int, int], ...]) -> str:
        return " ".join(article.text[words.start[a] : words.end[b - 1]] for a, b in ranges)

    rows = [(n.reading, n.parent) for n in with_items(article, words, nodes)[len(nodes) :]]
    return [(shown(r.source), shown(r.cue), shown(r.content), parent) for r, parent in rows]


@pytest.mark.parametrize(
    ("intro", "content", "source", "cue", "parent"),
    [
        ("The port office laid out two points Kestria agreed to.", "two points Kestria agreed to",
         "Kestria", "agreed to", 0),
        ("The port office laid out two steps that the town has promised:",
         "two steps that the town has promised",
         "the town", "has promised", 0),
        ("The port office laid out two demands:", "two demands", "The port office", "laid out", None),
    ],
)  # fmt: skip
def test_every_item_is_a_statement_of_its_own(
    model: Model, intro: str, content: str, source: str, cue: str, parent: int | None
) -> None:
    article = from_text("A quay reopens\n\n" + intro + ITEMS)
    words = words_of(article.text, model.tokenizer)
    nodes = [node(article.text, words, "The port office", "laid out", content)]
    assert added(article, words, nodes)[0] == (source, cue, "The gates will open in May", parent)
    assert len(added(article, words, nodes)) == 2


def test_a_sentence_of_an_item_that_somebody_else_says_is_left_to_them(model: Model) -> None:
    article = from_text("A quay reopens\n\nThe port office laid out two demands:" + ITEMS)
    words = words_of(article.text, model.tokenizer)
    nodes = [
        node(article.text, words, "The port office", "laid out", "two demands"),
        node(article.text, words, "Mara Venn", "says", "they are old"),
    ]
    found = with_items(article, words, nodes)
    assert [row[2] for row in added(article, words, nodes)] == [
        "The gates will open in May",
        "The pumps will run at night",
    ]
    assert found[1].parent is None


def test_a_list_that_nobody_announces_stays_nobodys(model: Model) -> None:
    article = from_text("A quay reopens\n\nThe town has two gates." + ITEMS)
    words = words_of(article.text, model.tokenizer)
    assert listings(article)
    assert added(article, words, [node(article.text, words, "Mara Venn", "says", "they are old")]) == []
