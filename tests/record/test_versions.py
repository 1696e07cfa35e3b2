"""Two versions of an article: which paragraphs and words changed, which statements came and went."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from cli.building import FakeReader
from hypothesis import given, settings
from hypothesis import strategies as st
from record.made import changed, document

from onrecord.record.versions import Changes, changes, paragraphs
from onrecord.statement import Article, Block, Document, ReaderInfo, Span

PARAGRAPHS = [
    "The night ferry stopped in autumn, and nobody knows when it comes back.",
    "The harbour office said two boats will run from June.",
    "The union said the money is not there.",
    "Rain is expected on both sides of the bay.",
]


def read(*lines: str, **facts: object) -> Document:
    article = replace(Article("\n\n".join(lines) + "\n"), **facts)  # type: ignore[arg-type]
    return next(iter(FakeReader().read_many([article])))


def compared(before: list[str], after: list[str]) -> Changes:
    return changes(read(*before), read(*after))


def texts(parts: object) -> list[str]:
    return [part.text for part in parts]  # type: ignore[attr-defined]


class TestParagraphs:
    def test_the_same_text_has_no_changes(self) -> None:
        found = compared(PARAGRAPHS, PARAGRAPHS)
        assert (found.added, found.removed, found.changed, found.facts) == ((), (), (), ())
        assert (found.came, found.went, len(found.stayed)) == ((), (), 2)

    def test_an_added_one_is_named_with_its_place(self) -> None:
        after = [*PARAGRAPHS[:2], "A correction was made on Monday.", *PARAGRAPHS[2:]]
        found = compared(PARAGRAPHS, after)
        assert texts(found.added) == ["A correction was made on Monday."]
        start, end = found.added[0].span
        assert read(*after).article.text[start:end] == found.added[0].text
        assert (found.removed, found.changed) == ((), ())

    def test_a_removed_one_is_named_with_its_place_in_the_version_before(self) -> None:
        found = compared(PARAGRAPHS, PARAGRAPHS[1:])
        assert texts(found.removed) == [PARAGRAPHS[0]]
        assert found.removed[0].span == Span(0, len(PARAGRAPHS[0]))
        assert (found.added, found.changed) == ((), ())

    def test_a_changed_one_has_the_words_that_changed(self) -> None:
        after = [*PARAGRAPHS]
        after[1] = "The harbour office said two boats will run from July, at the latest."
        (rewritten,) = compared(PARAGRAPHS, after).changed
        assert (rewritten.before.text, rewritten.after.text) == (PARAGRAPHS[1], after[1])
        assert list(rewritten.pieces) == [
            ("same", "The harbour office said two boats will run from"),
            ("removed", " June"),
            ("added", " July, at the latest"),
            ("same", "."),
        ]

    def test_one_that_has_little_in_common_was_replaced(self) -> None:
        after = [*PARAGRAPHS[:3], "Snow, says a forecaster, would surprise everybody."]
        found = compared(PARAGRAPHS, after)
        assert (texts(found.removed), texts(found.added)) == ([PARAGRAPHS[3]], [after[3]])
        assert found.changed == ()

    def test_one_that_moved_was_removed_and_added(self) -> None:
        found = compared(PARAGRAPHS, [*PARAGRAPHS[1:], PARAGRAPHS[0]])
        assert texts(found.removed) == texts(found.added) == [PARAGRAPHS[0]]

    def test_of_several_in_a_row_each_finds_its_own(self) -> None:
        after = ["Advertisement.", *(text.replace("the ", "this ") for text in PARAGRAPHS[:3])]
        found = compared(PARAGRAPHS[:3], after)
        assert texts(found.added) == ["Advertisement."]
        assert [(r.before.text, r.after.text) for r in found.changed] == [
            (before, now) for before, now in zip(PARAGRAPHS[:3], after[1:], strict=True) if before != now
        ]

    def test_other_line_breaks_and_blanks_are_no_change(self) -> None:
        text = PARAGRAPHS[0]
        one = Article(text, (Block("paragraph", Span(0, len(text))),))
        broken = text.replace(", ", ",\n  ")
        other = Article(broken, (Block("paragraph", Span(0, len(broken))),))
        reader = ReaderInfo("", "")
        found = changes(Document(one, (), reader), Document(other, (), reader))
        assert (found.added, found.removed, found.changed) == ((), (), ())

    def test_blocks_are_paragraphs_and_so_are_the_lines_around_them(self) -> None:
        text = "Menu\nOne\n1 | 2\n3 | 4\nTwo\nand more"
        blocks = (Block("headline", Span(5, 8)), Block("paragraph", Span(21, 33)))
        found = texts(paragraphs(Article(text, blocks)))
        assert found == ["Menu", "One", "1 | 2", "3 | 4", "Two and more"]


class TestFacts:
    def test_what_is_stated_besides_the_text(self) -> None:
        one = read(*PARAGRAPHS, title="Ferry stops", outlet="The Ellery Post", published=date(2031, 3, 4))
        other = read(*PARAGRAPHS, title="Ferry stopped", outlet="The Ellery Post")
        assert [tuple(fact) for fact in changes(one, other).facts] == [
            ("title", "Ferry stops", "Ferry stopped"),
            ("published", "2031-03-04", None),
        ]


class TestStatements:
    def test_go_come_and_stay_by_their_words(self) -> None:
        after = [PARAGRAPHS[0], "Asked again, the harbour office said two boats will run from June."]
        after.append("The union said the boats are too old.")
        found = compared(PARAGRAPHS, after)
        assert texts(found.went) == ["the money is not there."]
        assert texts(found.came) == ["the boats are too old."]
        ((before, now),) = found.stayed
        assert (before.text, before.speaker.name) == ("two boats will run from June.", "The harbour office")
        assert (now.text, now.speaker.name) == (before.text, "Asked again, the harbour office")

    def test_the_same_words_of_two_speakers_stay_with_each(self) -> None:
        lines = ["The mayor said no.", "The union said no."]
        found = compared(lines, [lines[1], lines[0]])
        assert [one.speaker.name == other.speaker.name for one, other in found.stayed] == [True, True]

    def test_words_said_twice_and_then_once(self) -> None:
        found = compared(["The mayor said no.", "The mayor said no."], ["The mayor said no."])
        assert (len(found.went), len(found.came), len(found.stayed)) == (1, 0, 1)

    def test_every_statement_of_a_made_document_stays(self) -> None:
        made = document(3)
        found = changes(made, changed(made))
        assert (found.came, found.went) == ((), ())
        assert [before.text for before, _ in found.stayed] == [s.text for s in made.statements]
        assert texts(found.added) == ["This article was corrected later."]


LINES = st.lists(st.text(alphabet="ab .,’é\t", max_size=12), max_size=8)


@settings(max_examples=300)
@given(LINES, LINES)
def test_both_versions_can_be_put_together_from_the_changes(before: list[str], after: list[str]) -> None:
    one, other = read(*before), read(*after)
    found = changes(one, other)
    for rewritten in found.changed:
        kept, new = (
            "".join(piece.text for piece in rewritten.pieces if piece.change != gone)
            for gone in ("added", "removed")
        )
        assert (kept, new) == (rewritten.before.text, rewritten.after.text)
        assert kept != new
    old, now = (texts(paragraphs(d.article)) for d in (one, other))
    gone = texts(found.removed) + [r.before.text for r in found.changed]
    here = texts(found.added) + [r.after.text for r in found.changed]
    for text in gone:
        old.remove(text)
    for text in here:
        now.remove(text)
    assert old == now or sorted(old) == sorted(now), "what is left stayed as it was"
    assert len(found.stayed) + len(found.went) == len(one.statements)
    assert len(found.stayed) + len(found.came) == len(other.statements)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 100_000, "b a a " * 100_000),
        (" ".join(map(str, range(100_000))), " ".join(map(str, reversed(range(100_000))))),
        ("a b c\n" * 30_000, "a b d\n" * 30_000),
        ("\n".join(f"a{n} b" for n in range(30_000)), "\n".join(f"a{n} c d" for n in range(30_000))),
    ],
    ids=["two words", "backwards", "many short", "many alike"],
)
def test_long_texts_take_seconds_not_hours(before: str, after: str) -> None:
    """Some 15 s of processor time at most, where comparing all with all would take hours."""
    start = time.process_time()
    found = compared(before.splitlines(), after.splitlines())
    assert found.added or found.removed or found.changed
    assert time.process_time() - start < 15
