"""The tables are a function of the log: whatever was done in whatever order, made anew they are the same."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record.acting import Acting
from record.contents import spoilt
from record.made import changed, document, documents, read_again
from sqlalchemy import update

from onrecord.errors import BadOption, ChainBroken
from onrecord.record.rebuild import rebuild
from onrecord.record.schema import feeds, log, speakers, statements
from onrecord.statement import Document

TABLES = [table for table in log.metadata.sorted_tables if table is not log]


@pytest.fixture
def acting(place: str) -> Iterator[Acting]:
    acting = Acting(place)
    yield acting
    acting.store.close()


def spoil(acting: Acting, statement: Any) -> None:
    with acting.store.writing() as connection:
        connection.execute(statement)


class TestRebuild:
    def test_mends_what_was_spoilt_and_keeps_the_state_of_feeds(self, acting: Acting) -> None:
        for made in documents(3):
            acting.add(made)
        acting.act("feed", "https://harbour.example/feed", outlet=None, title=None, topic=None)
        spoil(acting, update(feeds).values(etag='"7"', polled="2031-05-02T09:30:00.000000Z"))
        before = [acting.rows(table) for table in TABLES]
        spoil(acting, update(statements).values(kind="question", speaker=None))
        spoil(acting, update(speakers).values(name="Nobody"))
        assert rebuild(acting.store) == len(acting.rows(log))
        assert [acting.rows(table) for table in TABLES] == before
        assert acting.row(feeds)["etag"] == '"7"'

    def test_makes_nothing_from_a_log_that_was_tampered_with(self, acting: Acting) -> None:
        acting.add(document(1))
        spoil(acting, update(log).where(log.c.sequence == 3).values(actor="Somebody"))
        with pytest.raises(ChainBroken):
            rebuild(acting.store)
        assert len(acting.rows(statements)) == 6


# The documents of random histories: versions and readings of one another, with speakers in common.
FIRST = [document(number, statements=5, people=3) for number in range(3)]
READ: list[Document] = [
    *FIRST,
    *(changed(made) for made in FIRST[:2]),
    *(read_again(made, version="2", without=2) for made in FIRST),
    *(read_again(made, version="3", without=0) for made in FIRST),
    replace(FIRST[0], statements=FIRST[0].statements[::2], reader=replace(FIRST[0].reader, version="4")),
]  # fmt: skip
NAMES = sorted({s.speaker.name for made in READ for s in made.statements if s.speaker.name})[:6]
NAMED = [s.id for made in READ for s in made.statements]
names, actors = st.sampled_from([*NAMES, "Nobody"]), st.sampled_from(["Ada", "Bo"])
subjects = st.sampled_from(NAMED[:8])  # few, so that acts meet
FIELDS = {
    "speaker.name": [*NAMES[:2], "Una Holm", None], "kind": ["prediction", "claim"],
    "condition": ["if asked", None], "due": [{"start": "2031-06-01", "end": "2031-06-30"}, None],
    "negative": [True],
    "certainty.mid": [0.25],
}  # fmt: skip
correcting = st.sampled_from([(field, value) for field, values in FIELDS.items() for value in values])


def of(act: str, subject: Any, **payload: Any) -> Any:
    """An act as (act, subject, actor, payload), each part drawn."""
    return st.tuples(st.just(act), subject, actors, st.fixed_dictionaries(payload))


urls = st.sampled_from(["https://a.example/", "https://b.example/"])
why = st.sampled_from(["as asked", None])


def correction(pair: tuple[str, Any]) -> Any:
    field, value = pair
    return of("correction", subjects, field=st.just(field), value=st.just(value), why=why)


evidence = st.just({"kind": "reason", "text": "the gates were opened"})
STEPS = st.one_of(
    st.sampled_from(READ),
    st.sampled_from(READ),
    correcting.flatmap(correction),
    of("correction", subjects, field=st.sampled_from(sorted(FIELDS)), withdrawn=st.just(True), why=why),
    of("rejection", subjects, why=why),
    of("restoration", subjects, why=why),
    of(
        "rating", subjects, verdict=st.sampled_from(["kept", "broken"]), evidence=evidence, note=why,
        on=st.sampled_from(["2031-06-01", "2031-06-02", None]),
    ),
    of("withdrawal", subjects, why=why),
    of("note", subjects, text=st.text(max_size=8)),
    of("topic", subjects, topic=st.sampled_from(["Ferries", "Piers"])),
    of("merge", names, speakers=st.lists(names, min_size=1, max_size=2), why=why),
    of("split", names, why=why),
    of("feed", urls, outlet=why, title=why, topic=why),
    of("unfollow", urls),
    st.sampled_from(["redact 0", "redact 3", "redact last"]),
)  # fmt: skip


def perform(acting: Acting, step: Any) -> None:
    """One step of a history. A redaction is of an article, a statement or the last row, if any."""
    if isinstance(step, Document):
        acting.add(step)
    elif isinstance(step, tuple):
        act, subject, by, payload = step
        acting.act(act, subject, by, **payload)
    else:
        rows = acting.rows(log)
        which = {"redact 0": "article", "redact 3": "statement"}.get(step)
        found = [row for row in rows if row["act"] == which] if which else rows[-1:]
        if found:
            with suppress(BadOption):  # a merge without a reason has nothing that can go
                acting.redact(found[-1]["subject"] if which else f"row:{found[-1]['sequence']}")


@given(st.lists(STEPS, min_size=1, max_size=14))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_history_made_anew_is_the_same(history: list[Any]) -> None:
    """On SQLite alone; the test below does it on PostgreSQL, too."""
    with tempfile.TemporaryDirectory() as directory:
        acting = Acting(str(Path(directory) / "ledger.db"))
        for step in history:
            perform(acting, step)
        assert spoilt(acting.store) is None
        acting.store.close()


def test_a_long_history_on_both_databases(acting: Acting) -> None:
    """Every kind of act, several times over, where numbers and dates pass through the driver of each."""
    for made in READ:
        acting.add(made)
    evidence = {"kind": "reason", "text": "the gates were opened"}
    for number, name in enumerate(NAMED[:6]):
        for field, values in FIELDS.items():
            acting.act("correction", name, field=field, value=values[number % len(values)], why=None)
        acting.act("rating", name, "Ada", verdict="kept", on="2031-06-01", evidence=evidence, note=None)
        acting.act(
            "rating", name, "Bo", verdict="kept", on=f"2031-06-0{number + 1}", evidence=evidence, note="so"
        )
        acting.act(
            "rejection" if number % 2 else "note", name, **{"why" if number % 2 else "text": "as said"}
        )
    acting.act("merge", NAMES[0], speakers=[NAMES[1]], why=None)
    acting.act("merge", NAMES[2], speakers=[NAMES[0]], why=None)
    acting.redact(NAMED[0])
    before = [acting.rows(table) for table in TABLES]
    rebuild(acting.store)
    assert [acting.rows(table) for table in TABLES] == before
    assert json.loads(acting.rows(log)[0]["payload"] or "null") is None
