"""Acts on the log carry all of a document: what goes in comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from record.acting import Acting
from record.made import changed, document, documents, read_again

from onrecord.errors.ledger import NothingFound
from onrecord.record import acts
from onrecord.record.contract import article_of, plain_statement, statement_of, times_of
from onrecord.statement import Article, Span, Speaker, Voice, When


@pytest.fixture
def acting(place: str) -> Iterator[Acting]:
    acting = Acting(place)
    yield acting
    acting.store.close()


def test_acts_carry_the_contract_s_objects() -> None:
    for made in documents(20, statements=20):
        contract = made.to_dict()
        article = acts.article_act(made.article)
        reading, *statements = acts.reading_acts(made, 17)
        assert {"id": article.subject, **article.payload} == contract["article"]
        assert reading.subject == made.article.id
        times = {"reader": contract["reader"], "times": contract["times"]}
        assert reading.payload == times | {"statements": len(made.statements)}
        where = {"article": made.article.id, "reading": 17}
        assert [{"id": a.subject, **a.payload} for a in statements] == [
            statement | where for statement in contract["statements"]
        ]
        assert [*map(list, (a.payload for a in statements))] == [
            [name for name in statement if name != "id"] + ["article", "reading"]
            for statement in contract["statements"]
        ]


def test_the_contract_s_objects_are_read_back() -> None:
    for made in documents(20, statements=20):
        contract = made.to_dict()
        assert article_of(contract["article"]) == made.article
        assert times_of(contract["times"]) == made.times
        back = tuple(statement_of(each, made.article.id) for each in contract["statements"])
        assert back == made.statements


def test_what_is_absent_or_open_is_read_back() -> None:
    made = document(1).statements[0]
    bare = replace(
        made,
        speaker=Speaker(None, "unknown"), chain=(Voice(None),), source=(), condition=None, certainty=None,
        said_at=When("last week", Span(0, 9), None, date(2031, 5, 2)),
        due=When("some day", Span(1, 9), None, None),
    )  # fmt: skip
    assert statement_of(plain_statement(bare), bare.article_id) == bare
    assert article_of(acts.article_act(Article("")).payload) == Article("")


def test_a_document_comes_back_as_it_was_read(acting: Acting) -> None:
    for made in documents(3, statements=12):
        acting.add(made)
        assert acting.document(made.article.id) == made


def test_the_newest_reading_comes_back_without_corrections(acting: Acting) -> None:
    made = acting.add(document(1))
    acting.act("correction", made.statements[0].id, field="kind", value="question", why=None)
    again = acting.add(read_again(made))
    version = acting.add(changed(made))
    assert acting.document(made.article.id) == again
    assert acting.document(version.article.id) == version


def test_an_article_that_nobody_read(acting: Acting) -> None:
    acting.acts([acts.article_act(document(1).article)])
    found = acting.document(document(1).article.id)
    assert (found.article, found.statements, found.reader.version) == (document(1).article, (), "")


def test_an_unknown_article(acting: Acting) -> None:
    with pytest.raises(NothingFound):
        acting.document("sha256:0")


def test_one_merge_for_each_name() -> None:
    made = acts.merge_acts(["I. Berg", "Minister Berg"], "Ida Berg", "one person")
    assert [(act.act, act.subject, act.payload) for act in made] == [
        ("merge", "Ida Berg", {"speakers": ["I. Berg"], "why": "one person"}),
        ("merge", "Ida Berg", {"speakers": ["Minister Berg"], "why": "one person"}),
    ]
