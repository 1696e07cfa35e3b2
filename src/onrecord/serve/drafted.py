"""Statements that are not on record, in the form of those that are, so that one page can show both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.entry import Entry
from onrecord.views.readings import reading_of

if TYPE_CHECKING:
    from onrecord.statement import Article, Statement


def entry_of(statement: Statement, article: Article) -> Entry:
    """A statement as it would stand in the ledger before anybody did anything with it; sequence is 0."""
    return Entry(
        id=statement.id,
        article=statement.article_id,
        text=statement.text,
        speech=statement.speech,
        part=statement.part,
        chain=tuple(voice.name or "?" for voice in statement.chain),
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
        **reading_of(statement),
    )
