"""Statements that are not on record, in the form of those that are, so that one page can show both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.entry import Entry

if TYPE_CHECKING:
    from onrecord.statement import Article, Statement


def entry_of(statement: Statement, article: Article) -> Entry:
    """A statement as it would stand in the ledger before anybody did anything with it; sequence is 0."""
    sure, when = statement.certainty, statement.due or statement.by
    speaker = statement.speaker
    return Entry(
        id=statement.id,
        article=statement.article_id,
        text=statement.text,
        speech=statement.speech,
        part=statement.part,
        speaker=speaker.name,
        speaker_read=speaker.name,
        speaker_kind=speaker.kind,
        anonymous=speaker.anonymous,
        chain=tuple(voice.name or "?" for voice in statement.chain),
        kind=statement.kind,
        commitment_type=statement.commitment_type,
        negative=statement.negative,
        denied=statement.denied,
        certainty_phrase=sure.phrase if sure else None,
        certainty_low=sure.low if sure else None,
        certainty_mid=sure.mid if sure else None,
        certainty_high=sure.high if sure else None,
        due_text=when.text if when else None,
        due_start=when.start if when else None,
        due_end=when.end if when else None,
        condition=statement.condition.text if statement.condition else None,
        confidence=statement.confidence,
        kind_confidence=statement.kind_confidence,
        outlet=article.outlet,
        url=article.url,
        title=article.title,
        published=article.published,
        verdict=None,
        settled_on=None,
        corrected=False,
        rejected=False,
        current=True,
        sequence=0,
    )
