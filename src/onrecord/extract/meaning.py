"""Fills what the reader leaves open: speaker, kind, denial, certainty, times and condition of a statement.

Each field has a room of its own; here they are put together, in the order in which they need one
another: the kind decides whether there can be a deadline or a condition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.extract.author import OwnVoice, own_voice
from onrecord.extract.certainty import certainty_of, phrases
from onrecord.extract.choice import chosen
from onrecord.extract.conditions import condition_of
from onrecord.extract.deadlines import deadline_of
from onrecord.extract.denials import denied
from onrecord.extract.kinds import Item, refrains, sense_of
from onrecord.extract.marks import Marked
from onrecord.extract.sayings import said_at
from onrecord.extract.scenes import Scene
from onrecord.extract.speakers import resolve
from onrecord.extract.times import time_expressions
from onrecord.statement import (
    Article,
    Certainty,
    Condition,
    Span,
    Speaker,
    Statement,
    TimeExpression,
    Voice,
    covered,
)

# Kinds that belong to whom they come from, and not to whom reports them.
RELAYED = frozenset(("commitment", "directive"))
# Characters of a content before the source of an inner statement that opens it: "that the ".
OPENING = 16
# Kinds that look ahead: only they have a deadline or depend on a condition.
AHEAD = frozenset(("commitment", "prediction"))


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement as the reader found it. senses: (15,) the model's scores for its kind.

    marked: what the model holds of its words; listed: an item of a list that a sentence before it introduces.
    """

    statement: Statement
    senses: tuple[float, ...]
    marked: Marked
    listed: bool = False


def meant(
    article: Article, judged: Sequence[Judged], facts: dict[str, Any], *, scale: str, author: bool
) -> tuple[tuple[Statement, ...], tuple[TimeExpression, ...]]:
    """Statements with all fields, parents before children, and the article's time expressions.

    facts: the model's figures for kinds; scale: whose probabilities are
    behind words of certainty; author: whether the article's own voice is listened to.
    """
    times = time_expressions(article.text, article.published)
    statements = _with_speakers(article, [_with_kind(article, j, facts) for j in judged])
    statements = _relaying(statements)
    if author:
        statements = _with_own_voice(article, statements)
    marked = {j.statement.id: j.marked for j in judged}
    scene = Scene(article, statements, times)
    detailed = (_with_details(scene, s, marked.get(s.id), facts["certainty"], scale) for s in statements)
    return tuple(detailed), times


def _with_kind(article: Article, judged: Judged, facts: dict[str, Any]) -> Statement:
    statement = judged.statement
    item = Item(covered(article.text, statement.cue), statement.text) if judged.listed else None
    sense = sense_of(judged.senses, facts, item)
    return replace(
        statement,
        kind=sense.kind,
        kind_confidence=sense.confidence,
        commitment_type=sense.commitment_type,
        negative=sense.negative,
    )


def _with_speakers(article: Article, statements: Sequence[Statement]) -> list[Statement]:
    """Speakers by name, and chains of them: a chain is the outer statement's, and one link more."""
    chains: dict[str | None, tuple[Voice, ...]] = {None: ()}
    found = []
    for statement, speaker in zip(statements, resolve(article, statements), strict=True):
        chain = (*chains[statement.within], Voice(speaker.name, speaker.kind))
        chains[statement.id] = chain
        found.append(replace(statement, speaker=speaker, chain=chain))
    return found


def _relaying(statements: Sequence[Statement]) -> list[Statement]:
    """Who reports another's promise or demand makes none: the outer statement is a claim.

    So it is where the inner statement opens the outer one's content and has a speaker of its own.
    """
    found = list(statements)
    at = {s.id: i for i, s in enumerate(found)}
    for inner in statements:
        if inner.within is None or inner.kind not in RELAYED:
            continue
        i = at[inner.within]
        outer = found[i]
        opening = inner.source[:1] and inner.source[0].start - outer.content[0].start <= OPENING
        if outer.kind in RELAYED and opening and inner.speaker.name != outer.speaker.name:
            sure = inner.kind_confidence
            found[i] = replace(outer, kind="claim", kind_confidence=sure, commitment_type=None, negative=None)
    return found


def _with_own_voice(article: Article, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, and the predictions and commitments of the article itself.

    "We would be surprised if…" outside all quotations is the author speaking: what the model took for
    an attribution to "we" gives way to the author's own statement, where there is one.
    """
    spoken = {s.id for s in statements if s.within is None and s.speaker.kind == "author" and s.source}
    others = [s for s in statements if s.id not in spoken]
    own = [_by_the_author(article, voice) for voice in own_voice(article, others)]
    taken = [s.content[0] for s in own]
    kept = [s for s in statements if s.id not in spoken or not any(_touch(s, span) for span in taken)]
    ids = {s.id for s in kept}
    return _merged([s for s in kept if s.within is None or s.within in ids], own)


def _touch(statement: Statement, span: Span) -> bool:
    return any(part.start < span.end and span.start < part.end for part in statement.content)


def _by_the_author(article: Article, voice: OwnVoice) -> Statement:
    return Statement(
        article_id=article.id,
        source=(),
        cue=(),
        content=(voice.content,),
        text=covered(article.text, (voice.content,)),
        speech="indirect",
        speaker=Speaker(name=article.author, kind="author", anonymous=False, confidence=voice.confidence),
        chain=(Voice(article.author, "author"),),
        confidence=voice.confidence,
        part=article.part_at(voice.content.start),
        kind=voice.kind,
        commitment_type="promise" if voice.kind == "commitment" else None,
        negative=refrains(covered(article.text, (voice.content,))) if voice.kind == "commitment" else None,
        kind_confidence=voice.confidence,
    )


def _merged(statements: Sequence[Statement], own: Sequence[Statement]) -> list[Statement]:
    """First-level statements in text order, each with those inside it behind it."""
    families = list(_families(statements)) + [[statement] for statement in own]
    families.sort(key=lambda family: family[0].content[0])
    return [statement for family in families for statement in family]


def _families(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    family: list[Statement] = []
    for statement in statements:
        if statement.within is None and family:
            yield family
            family = []
        family.append(statement)
    if family:
        yield family


def _certainty(
    text: str, statement: Statement, marked: Marked | None, weights: Sequence[float], scale: str
) -> Certainty | None:
    """By the rules and the judge together; by the rules where the judge did not read the statement."""
    ruled = certainty_of(text, statement, scale=scale)
    if marked is None or statement.kind == "question":
        return ruled
    found = {each.span: each for each in phrases(text, statement, scale=scale)}
    if ruled:
        found.setdefault(ruled.span, ruled)
    span = chosen(ruled.span if ruled else None, found, marked, weights)
    return found[span] if span else None


def _with_details(
    scene: Scene, statement: Statement, marked: Marked | None, weights: Sequence[float], scale: str
) -> Statement:
    article, ahead = scene.article, statement.kind in AHEAD
    span = condition_of(article.text, statement) if ahead else None
    said = said_at(scene, statement) if statement.cue else None
    when = deadline_of(article, statement, scene.times, condition=span, said=said) if ahead else None
    certainty = _certainty(article.text, statement, marked, weights, scale)
    if certainty and span and certainty.span.within(span):
        certainty = None  # "as long as its security can be guaranteed" hedges nothing that is said
    return replace(
        statement,
        denied=denied(article.text, statement),
        certainty=certainty,
        said_at=said,
        due=when if statement.kind == "commitment" else None,
        by=when if statement.kind == "prediction" else None,
        condition=Condition(covered(article.text, (span,)), span) if span else None,
    )
