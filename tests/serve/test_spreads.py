"""An article with its statements as a page shows it: no word is lost, and filters mark less of them."""

from __future__ import annotations

from dataclasses import replace

from record.made import changed, document, read_again

from onrecord.ledger.core import Ledger
from onrecord.serve.spreads import Choice, Opened, opened, preview
from onrecord.statement import Article, Block, Document, Span

MADE = document(4, statements=12)


def test_the_pieces_joined_are_the_text() -> None:
    assert _text(preview(MADE, Choice())) == MADE.article.text


def test_every_statement_has_a_card_and_begins_once_in_the_text() -> None:
    found = preview(MADE, Choice())
    begun = [card.number for region in found.regions for piece in region.pieces for card in piece.begins]
    assert sorted(begun) == [card.number for card in found.cards] == list(range(1, 13))


def test_a_statement_inside_another_stands_deeper() -> None:
    found = preview(MADE, Choice())
    deep = [card for card in found.cards if card.depth]
    assert deep
    assert all(len(card.entry.chain) > 1 for card in deep)


def test_a_choice_of_kinds_takes_marks_and_not_words_away() -> None:
    found = preview(MADE, Choice(frozenset({"prediction"})))
    assert 0 < found.fitting < len(found.cards)
    assert {card.entry.kind for card in found.cards if card.fits} == {"prediction"}
    targets = [p.target for region in found.regions for p in region.pieces if p.target]
    assert {card.entry.kind for card in targets} == {"prediction"}
    assert _text(found) == MADE.article.text


def test_a_choice_of_a_speaker_and_of_a_type_of_commitment() -> None:
    name = MADE.statements[0].speaker.name or ""
    by = preview(MADE, Choice(speaker=name))
    assert {card.entry.speaker for card in by.cards if card.fits} == {name}
    chosen = next(s.commitment_type for s in MADE.statements if s.commitment_type)
    of = preview(MADE, Choice(frozenset({chosen})))
    assert {card.entry.commitment_type for card in of.cards if card.fits} == {chosen}
    assert (chosen, True) in {(name, wanted) for name, _, wanted in of.kinds}


def test_rejected_words_lose_their_mark_and_keep_their_number(ledger: Ledger) -> None:
    ledger.add(MADE)
    ledger.reject(MADE.statements[0].id, "nobody says this")
    found = opened(ledger.spread(MADE.article.id), Choice())
    first = found.cards[0]
    assert first.entry.rejected and not first.marked
    pieces = [piece for region in found.regions for piece in region.pieces]
    assert any(first in piece.begins for piece in pieces)
    assert not any(piece.target == first for piece in pieces)


def test_a_correction_shows_both_readings_and_who_made_it(ledger: Ledger) -> None:
    ledger.add(MADE)
    before = MADE.statements[0].speaker.name
    ledger.correct(MADE.statements[0].id, {"speaker.name": "Ilse Maren"}, why="named above")
    (change,) = opened(ledger.spread(MADE.article.id), Choice()).cards[0].changes
    assert change.label == "speaker"
    assert change.now.startswith("Ilse Maren")
    assert change.read.startswith(before or "?")
    assert [(each.actor, each.why) for each in change.by] == [("somebody", "named above")]


def test_a_corrected_kind_colours_the_words(ledger: Ledger) -> None:
    ledger.add(MADE)
    plain = next(s for s in MADE.statements if s.kind == "claim" and s.within is None)
    ledger.correct(plain.id, {"kind": "question"})
    found = opened(ledger.spread(MADE.article.id), Choice(frozenset({"question"})))
    kinds = {
        p.kind
        for region in found.regions
        for p in region.pieces
        if p.target and p.target.entry.id == plain.id
    }
    assert "question" in kinds and "claim" not in kinds


def test_what_the_newest_reading_lost_is_shown_only_where_people_touched_it(ledger: Ledger) -> None:
    ledger.add(MADE)
    lost = MADE.statements[-1].id
    ledger.add(read_again(MADE), reread=True)
    assert lost not in {card.entry.id for card in opened(ledger.spread(MADE.article.id), Choice()).cards}
    ledger.note(lost, "It was there.")
    (card,) = [c for c in opened(ledger.spread(MADE.article.id), Choice()).cards if c.entry.id == lost]
    assert not card.entry.current and card.notes == 1


def test_an_older_version_keeps_its_statements(ledger: Ledger) -> None:
    ledger.add(MADE)
    ledger.add(changed(MADE))
    assert len(opened(ledger.spread(MADE.article.id), Choice()).cards) == len(MADE.statements)


def test_redacted_statements_have_a_card_without_words(ledger: Ledger) -> None:
    ledger.add(MADE)
    ledger.redact(MADE.statements[0].id, "a private name")
    found = opened(ledger.spread(MADE.article.id), Choice())
    words = MADE.statements[0].text
    assert words not in _text(found)
    assert len(_text(found)) == len(MADE.article.text)
    assert all(words not in card.entry.text for card in found.cards)


def test_the_bullets_of_a_list_are_markers() -> None:
    text = "• The ferry sails.\n• The bridge opens.\n"
    blocks = (Block("item", Span(2, 18)), Block("item", Span(21, 38)))
    made = Document(Article(text, blocks), (), replace(MADE.reader))
    found = preview(made, Choice())
    assert [region.kind for region in found.regions if region.kind != "gap"] == ["marker", "item"] * 2
    assert _text(found) == text


def test_what_an_article_is_called() -> None:
    titled = replace(MADE.article, title="Ferry late")
    assert preview(Document(titled, (), MADE.reader), Choice()).heading == "Ferry late"
    untitled = preview(Document(replace(MADE.article, title=None), (), MADE.reader), Choice())
    assert untitled.heading == MADE.article.title and untitled.headed
    bare = Document(Article("\n\nThe tide came in.\nAnd went."), (), MADE.reader)
    assert preview(bare, Choice()).heading == "The tide came in."


def _text(found: Opened) -> str:
    return "".join(piece.segment.text for region in found.regions for piece in region.pieces)
