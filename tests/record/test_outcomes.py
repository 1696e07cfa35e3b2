"""What scores are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from record import said
from record.said import Said, page

from onrecord.errors.ledger import UnknownSpeaker
from onrecord.record import log, outcomes, redact
from onrecord.record.engine import Store

FIRST = page(
    Said("promised", kind="commitment"),
    Said("foreseen", kind="prediction", speaker="Ole Pell"),
    Said("claimed"),
    Said("rejected", kind="commitment"),
    Said("redacted", kind="commitment"),
)
SECOND = page(
    Said("later", kind="prediction"), Said("lost", kind="prediction"),
    outlet="Norland Courier", published=date(2032, 1, 1),
)  # fmt: skip
NAMED = {statement.text: statement.id for made in (FIRST, SECOND) for statement in made.statements}


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    store = Store.open(place, create=True)
    said.add(store, FIRST, topic="ports")
    said.add(
        store,
        SECOND,
        replace(SECOND, statements=SECOND.statements[:1], reader=replace(SECOND.reader, version="1")),
    )
    said.act(store, "rejection", NAMED["rejected"], why="misread")
    with store.writing() as connection:
        act = redact.redaction_act(connection, NAMED["redacted"], "a court order")
        log.append(connection, "Ada", [act], now=said.NOON)
    yield store
    store.close()


TEXTS = {id_: text for text, id_ in NAMED.items()}


def texts(store: Store, *, rated: bool = False, **options: object) -> list[str]:
    with store.reading() as connection:
        found = outcomes.settleable(connection, **options)  # type: ignore[arg-type]
        return [TEXTS[case.id] for case in found if case.verdict or not rated]


def test_what_can_be_settled(store: Store) -> None:
    assert texts(store) == ["promised", "foreseen", "later"]


def test_what_is_lost_counts_once_somebody_rated_it(store: Store) -> None:
    said.rate(store, NAMED["lost"], "came-true")
    assert texts(store) == ["promised", "foreseen", "later", "lost"]
    assert texts(store, rated=True) == ["lost"]


def test_filters(store: Store) -> None:
    assert texts(store, speaker="pell") == ["foreseen"]
    assert texts(store, outlet="norland courier") == ["later"]
    assert texts(store, topic="Ports") == ["promised", "foreseen"]
    assert texts(store, since=date(2032, 1, 1)) == ["later"]
    assert texts(store, until=date(2031, 3, 4)) == ["promised", "foreseen"]
    assert texts(store, outlet="Nobody's") == texts(store, topic="none") == []
    with pytest.raises(UnknownSpeaker):
        texts(store, speaker="Nobody")


def test_the_rated_ones_alone(store: Store) -> None:
    said.rate(store, NAMED["promised"], "kept", on=date(2031, 5, 1))
    said.rate(store, NAMED["rejected"], "kept")
    said.rate(store, NAMED["foreseen"], "came-true")
    said.rate(store, NAMED["foreseen"], "did-not", actor="Bea")
    assert texts(store, rated=True) == ["promised", "foreseen"]
    assert texts(store, rated=True, speaker="Tessa Varga") == ["promised"]
    with store.reading() as connection:
        verdicts = {TEXTS[c.id]: c.verdict for c in outcomes.settleable(connection) if c.verdict}
        assert verdicts == {"promised": "kept", "foreseen": "disputed"}
        bea = outcomes.ratings_by(connection, "Bea")
        assert bea == {NAMED["foreseen"]: ("did-not", None)}
        assert outcomes.ratings_by(connection, "\x00'") == {}


def test_topics_of_statements(store: Store) -> None:
    said.act(store, "topic", NAMED["promised"], topic="ferries")
    said.act(store, "topic", NAMED["promised"], topic="ports")
    with store.reading() as connection:
        found = outcomes.topics(connection)
    assert found[NAMED["promised"]] == ["ferries", "ports"]
    assert found[NAMED["foreseen"]] == ["ports"]
    assert NAMED["later"] not in found
