"""Looks up in the ledger what exports need beside the entries: ratings, and where the words stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from onrecord.entry import Rating
from onrecord.record import lookup
from onrecord.record.exports.batches import RatingsOf, Words, WordsOf
from onrecord.record.project.work import Work
from onrecord.record.schema import articles, statements
from onrecord.statement import Span


def ratings_of(connection: Connection) -> RatingsOf:
    """Looks up the present ratings of a batch of statements."""

    def looked_up(ids: Sequence[str]) -> Mapping[str, Sequence[Rating]]:
        found: dict[str, list[Rating]] = {}
        for rating in lookup.ratings(connection, ids):
            found.setdefault(rating.statement, []).append(rating)
        return found

    return looked_up


def words_of(connection: Connection) -> WordsOf:
    """Looks up the text and the spans of a batch of statements; the text as it is after redactions."""

    def looked_up(ids: Sequence[str]) -> Mapping[str, Words]:
        columns = (statements.c.statement, statements.c.log_row, statements.c.article)
        found = connection.execute(select(*columns).where(statements.c.statement.in_(ids))).all()
        texts = _texts(connection, {article for _, _, article in found})
        read = Work(connection).log_rows([row for _, row, _ in found])
        made: dict[str, Words] = {}
        for statement, row, article in found:
            spans = read[row][1]["content"] if row in read else []
            made[statement] = Words(texts[article][0], tuple(Span(*s) for s in spans), texts[article][1])
        return made

    return looked_up


def _texts(connection: Connection, numbers: set[int]) -> dict[int, tuple[str, str | None]]:
    columns = (articles.c.id, articles.c.text, articles.c.language)
    asked = select(*columns).where(articles.c.id.in_(numbers))
    return {number: (text, language) for number, text, language in connection.execute(asked)}
