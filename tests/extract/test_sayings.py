"""When it was said, where other statements and other sentences tell: signs and their weights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.extract.sayings import best, said_at, weights
from onrecord.extract.scenes import Scene
from onrecord.extract.signs import signs
from onrecord.extract.times import time_expressions
from onrecord.statement import Article, Span, Speaker, Statement

PUBLISHED = date(2018, 3, 6)


def stated(text: str, *parts: tuple[str, str, str], speaker: str = "Ada Quist") -> Scene:
    """An article with statements of one speaker: source, cue and content of each, in text order."""
    article, found, at = Article(text, published=PUBLISHED), [], 0
    for part in parts:
        spans = []
        for words in part:
            start = text.index(words, at)
            spans.append(Span(start, start + len(words)))
        source, cue, content = spans
        at = min(span.start for span in spans) + 1
        found.append(
            Statement(
                article_id=article.id,
                source=(source,),
                cue=(cue,),
                content=(content,),
                text=part[2],
                speech="indirect",
                speaker=Speaker(speaker),
                chain=(),
                confidence=1.0,
            )
        )
    return Scene(article, found, time_expressions(text, PUBLISHED))


def told(scene: Scene) -> list[str | None]:
    found = [said_at(scene, statement) for statement in scene.statements]
    return [when and when.text for when in found]


def test_what_a_speaker_adds_was_said_when_the_first_was() -> None:
    scene = stated(
        "Ada Quist said on Monday that the mill is safe. She added that the dam would hold.",
        ("Ada Quist", "said", "that the mill is safe"),
        ("She", "added", "that the dam would hold"),
    )
    assert told(scene) == ["on Monday", "on Monday"]


def test_a_time_of_what_is_said_tells_nothing() -> None:
    scene = stated(
        "Ada Quist said that the mill had closed on Monday.",
        ("Ada Quist", "said", "that the mill had closed on Monday"),
    )
    assert told(scene) == [None]


def test_an_event_ends_where_the_statement_goes_on() -> None:
    scene = stated(
        "Ada Quist said after the vote that the mill is safe.",
        ("Ada Quist", "said", "that the mill is safe"),
    )
    assert told(scene) == ["after the vote"]


def test_what_another_is_said_to_have_said_was_not_said_when_it_is_told() -> None:
    text = "The office reported on Monday that Ada Quist had said that the mill is safe."
    scene = stated(text, ("Ada Quist", "had said", "that the mill is safe"))
    inner = replace(scene.statements[0], within="0" * 16)
    assert said_at(Scene(scene.article, [inner], scene.times), inner) is None


def test_every_sign_counts_by_itself_and_in_its_zone() -> None:
    scene = stated("Ada Quist said on Monday that it is safe.", ("Ada Quist", "said", "that it is safe"))
    (statement,) = scene.statements
    near = scene.near(statement)
    found = list(signs(scene, statement, near[0], near))
    assert [one.zone for one in near] == ["behind"]
    assert {"with on", "behind: with on", "age week", "ruled", "cue past"} <= set(found)


def test_the_heaviest_time_is_taken_if_it_weighs_enough() -> None:
    assert best([["late"], ["soon"]], {"late": 1.0, "soon": 2.0}) == 1
    assert best([["late"]], {"late": -1.0}) is None
    assert best([], {}) is None


def test_no_sign_counts_twice_and_some_have_a_weight() -> None:
    scene = stated("Ada Quist said on Monday that it is safe.", ("Ada Quist", "said", "that it is safe"))
    (statement,) = scene.statements
    near = scene.near(statement)
    found = list(signs(scene, statement, near[0], near))
    assert len(found) == len(set(found))
    assert any(sign in weights() for sign in found)
