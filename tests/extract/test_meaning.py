"""How the fields of a statement come together: kinds of relayed promises, the author's own voice, chains."""

from __future__ import annotations

from datetime import date

from extract.test_marks import sure_of

from onrecord.extract.kinds import SENSES
from onrecord.extract.meaning import Judged, meant
from onrecord.statement import Article, Span, Speaker, Statement, TimeExpression, Voice

FACTS = {"temperature": 1.0, "listed": 0.8, "certainty": (0, 0, 1, 1)}
TEXT = "The ministry said that Ada Quist had promised to build the bridge by June if the river falls."


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def statement(source: str, cue: str, content: str, within: str | None = None) -> Statement:
    name = Voice(source)
    return Statement(
        article_id="a", source=(at(source),), cue=(at(cue),), content=(at(content),), text=content,
        speech="indirect", speaker=Speaker(source, mention=(at(source),)), chain=(name,), confidence=0.9,
        within=within,
    )  # fmt: skip


def judged(given: Statement, **high: float) -> Judged:
    return Judged(given, tuple(high.get(name, 0.0) for name in SENSES), sure_of(TEXT, None))


def read(*rows: Judged) -> tuple[list[Statement], tuple[TimeExpression, ...]]:
    found, times = meant(
        Article(TEXT, published=date(2021, 3, 2)), rows, FACTS, scale="capphrase", author=True
    )
    return list(found), times


OUTER = statement(
    "The ministry", "said", "that Ada Quist had promised to build the bridge by June if the river falls"
)
INNER = statement("Ada Quist", "had promised", "to build the bridge by June if the river falls", OUTER.id)


def test_who_reports_anothers_promise_claims() -> None:
    (outer, inner), _ = read(judged(OUTER, commitment=3.0), judged(INNER, commitment=3.0, promise=2.0))
    assert (outer.kind, outer.commitment_type, outer.due) == ("claim", None, None)
    assert (inner.kind, inner.commitment_type) == ("commitment", "promise")


def test_a_promise_that_nobody_relays_stays_one() -> None:
    (only,), _ = read(judged(OUTER, commitment=3.0, promise=2.0))
    assert only.kind == "commitment"


def test_a_chain_is_the_outer_one_and_one_link_more() -> None:
    (outer, inner), _ = read(judged(OUTER, claim=3.0), judged(INNER, commitment=3.0, promise=2.0))
    assert [v.name for v in inner.chain] == [outer.speaker.name, "Ada Quist"]
    assert inner.chain[0] == outer.chain[0]
    assert {v.kind for v in inner.chain} == {"organization", "person"}


def test_a_promise_has_its_deadline_and_its_condition() -> None:
    (_, inner), times = read(judged(OUTER, claim=3.0), judged(INNER, commitment=3.0, promise=2.0))
    assert inner.due and (inner.due.text, inner.due.end) == ("by June", date(2021, 6, 30))
    assert inner.condition and inner.condition.text == "if the river falls"
    assert [t.text for t in times] == ["June"]


def test_a_claim_has_neither() -> None:
    (outer, inner), _ = read(judged(OUTER, claim=3.0), judged(INNER, claim=3.0))
    assert (outer.due, outer.condition, inner.due, inner.condition) == (None,) * 4


def test_the_statements_keep_their_ids_whatever_is_found_of_them() -> None:
    found, _ = read(judged(OUTER, claim=3.0), judged(INNER, commitment=3.0, promise=2.0))
    assert [s.id for s in found] == [OUTER.id, INNER.id]
