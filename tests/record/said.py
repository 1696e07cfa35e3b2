"""Ledgers made from a few lines: who said what, for tests of what is found and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from onrecord.entry import Act
from onrecord.record import acts, log
from onrecord.record.engine import Store
from onrecord.statement import (
    Article,
    Certainty,
    Condition,
    Document,
    Part,
    ReaderInfo,
    Span,
    Speaker,
    Statement,
    Voice,
    When,
)

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
ACTOR = "Ada"


@dataclass(frozen=True)
class Said:
    """One statement of a made article. due: first and last day; it is a prediction's `by` as well."""

    text: str
    speaker: str | None = "Tessa Varga"
    speaker_kind: str = "person"
    kind: str = "claim"
    commitment_type: str | None = None
    due: tuple[date | None, date | None] | None = None
    condition: str | None = None
    chain: tuple[str, ...] = ()
    certainty: str | None = None
    part: Part = "body"


def page(
    *said: Said,
    outlet: str | None = "The Ellery Post",
    published: date | None = date(2031, 3, 4),
    url: str | None = None,
    reader: str = "0.0.0",
) -> Document:
    """An article in which all of this is said, one sentence for each."""
    text, places = "", []
    for each in said:
        text += f"{each.speaker or 'Somebody'} said that "
        places.append((len(text), len(text) + len(each.text)))
        text += each.text + (f" {each.condition}" if each.condition else "") + ".\n"
    article = Article(
        text, url=url, outlet=outlet, title="News", published=published, published_from="option"
    )  # fmt: skip
    statements = tuple(
        _statement(each, article.id, *at) for each, at in zip(said, places, strict=True)
    )  # fmt: skip
    return Document(article, statements, ReaderInfo(reader, "sha256:" + "0" * 64))


def _statement(said: Said, article: str, start: int, end: int) -> Statement:
    span = Span(start, end)
    when = When("by then", span, *said.due) if said.due else None
    after = Span(end + 1, end + 1 + len(said.condition or ""))
    return Statement(
        article_id=article,
        source=(span,),
        cue=(),
        content=(span,),
        text=said.text,
        speech="indirect",
        speaker=Speaker(said.speaker, said.speaker_kind, False),
        chain=tuple(Voice(name, "person") for name in (*said.chain, said.speaker)),
        confidence=0.9,
        part=said.part,
        kind=said.kind,
        commitment_type=said.commitment_type,
        kind_confidence=0.8,
        certainty=Certainty(said.certainty, span, 0.25, 0.4, 0.5) if said.certainty else None,
        due=when if said.kind == "commitment" else None,
        by=when if said.kind == "prediction" else None,
        condition=Condition(said.condition, after) if said.condition else None,
    )


def add(store: Store, *documents: Document, topic: str | None = None) -> None:
    """Puts documents on record, each with its topic before its reading."""
    for document in documents:
        with store.writing() as connection:
            known = log.head(connection)
            if not connection.exec_driver_sql(_KNOWN[store.dialect], (document.article.id,)).first():
                known = log.append(connection, ACTOR, [acts.article_act(document.article)], now=NOON)[-1]
            if topic:
                named = Act("topic", document.article.id, {"topic": topic})
                known = log.append(connection, ACTOR, [named], now=NOON)[-1]
            sequence = (known.sequence if known else 0) + 1
            log.append(connection, "onrecord/0.0.0", acts.reading_acts(document, sequence), now=NOON)


_KNOWN = {
    "sqlite": "SELECT 1 FROM articles WHERE article = ?",
    "postgresql": "SELECT 1 FROM articles WHERE article = %s",
}


def act(store: Store, name: str, subject: str | None, *, actor: str = ACTOR, **payload: object) -> None:
    """Puts one act of a person on the log."""
    with store.writing() as connection:
        log.append(connection, actor, [Act(name, subject, payload)], now=NOON)


def rate(
    store: Store, subject: str, verdict: str, *, on: date | None = None, actor: str = ACTOR
) -> None:  # fmt: skip
    """Puts a person's verdict on the log."""
    evidence = {"kind": "reason", "text": "It was seen by many."}
    day = on.isoformat() if on else None
    act(store, "rating", subject, actor=actor, verdict=verdict, on=day, evidence=evidence, note=None)


def ids(documents: Sequence[Document]) -> list[str]:
    """The ids of all statements, in order."""
    return [statement.id for document in documents for statement in document.statements]
