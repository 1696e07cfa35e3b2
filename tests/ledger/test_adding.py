"""Adding documents: many at once are as one after another, and what was redacted does not come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from record.acting import said
from record.contents import contents
from record.made import changed, document, documents, read_again

import onrecord
from onrecord.errors import NotFound
from onrecord.ledger import adding
from onrecord.record.query import Query
from onrecord.statement import Article, Document, ReaderInfo


def acts(ledger: onrecord.Ledger) -> list[tuple[int, str, str, str | None, str | None]]:
    """All acts on the log, without times and hashes."""
    rows = reversed(ledger.log(last=100_000))
    return [(row.sequence, row.actor, row.act, row.subject, row.payload) for row in rows]


def mixed() -> list[Document]:
    """Documents of which some are the same, some versions of others, and some without an address."""
    first, second = document(1), document(2)
    homeless = replace(document(3), article=replace(document(3).article, url=None), statements=())
    return [first, second, first, changed(first), homeless, changed(second), changed(first), homeless]


class TestMany:
    def test_are_as_one_after_another(self, ledger: onrecord.Ledger, new_place: object) -> None:
        assert callable(new_place)
        with onrecord.open(new_place(), create=True, actor="Ada") as other:
            one_by_one = [other.add(each, topic="Piers") for each in mixed()]
            expected = acts(other)
        assert list(ledger.add_many(mixed(), topic="Piers")) == one_by_one
        assert acts(ledger) == expected
        assert [added.state for added in one_by_one] == [
            "new", "new", "known", "version", "new", "version", "known", "known"
        ]  # fmt: skip
        assert [added.version_of for added in one_by_one if added.state == "version"] == [
            document(1).article.id, document(2).article.id
        ]  # fmt: skip

    def test_again_are_known_and_nothing_is_written(self, ledger: onrecord.Ledger) -> None:
        list(ledger.add_many(mixed()))
        before = acts(ledger)
        assert {added.state for added in ledger.add_many(mixed())} == {"known"}
        assert acts(ledger) == before

    def test_a_topic_is_put_on_what_is_known_once(self, ledger: onrecord.Ledger) -> None:
        list(ledger.add_many(documents(2)))
        for _ in range(2):
            list(ledger.add_many(documents(3), topic="Piers"))
        named = [subject for _, _, act, subject, _ in acts(ledger) if act == "topic"]
        assert named == [document(number).article.id for number in range(3)]

    def test_what_came_before_a_failure_is_on_record(self, ledger: onrecord.Ledger) -> None:
        def failing() -> Iterator[Document]:
            yield from documents(3)
            raise RuntimeError("the fourth")

        added: list[str] = []
        with pytest.raises(RuntimeError, match="the fourth"):
            added.extend(one.article for one in ledger.add_many(failing()))
        assert added == [one.article.id for one in documents(3)]
        assert all(ledger.has(one.article) for one in documents(3))

    def test_a_batch_is_whole_or_not_there(self, place: str) -> None:
        broken = document(2)
        bad = replace(broken.statements[0], confidence=float("nan"))
        with onrecord.open(place, create=True) as ledger:
            list(ledger.add_many(documents(1)))
            before = contents(place)
            with pytest.raises(ValueError, match="JSON"):
                list(ledger.add_many([document(1), replace(broken, statements=(bad,))]))
            assert contents(place) == before


class TestBatches:
    def test_end_after_so_many_articles(self) -> None:
        found = adding.batches(documents(2 * adding.ARTICLES + 3), clock=lambda: 0.0)
        assert [len(batch) for batch in found] == [adding.ARTICLES, adding.ARTICLES, 3]

    def test_end_after_a_second(self) -> None:
        """Where each takes half a second to read, what was read is soon on record."""
        times = iter([0.0, 0.0, 0.5, 1.0, 1.5, 1.5, 2.0, 2.5, 3.0, 3.0])
        found = adding.batches(documents(7), clock=lambda: next(times))
        assert [len(batch) for batch in found] == [3, 3, 1]

    def test_end_after_so_many_letters(self) -> None:
        long = Document(Article("Ferries. " * 100_000), (), ReaderInfo("", ""))
        assert [len(batch) for batch in adding.batches([long] * 5, clock=lambda: 0.0)] == [3, 2]


class TestReadOnceMore:
    def test_by_another_reader(self, ledger: onrecord.Ledger) -> None:
        made = document(1)
        later = read_again(made)
        states = [ledger.add(each, reread=True).state for each in (made, made, later, later)]
        assert states == ["new", "known", "reread", "known"]
        assert ledger.add(read_again(made, version="0.0.2")).state == "known"

    def test_what_was_redacted_does_not_come_back(self, ledger: onrecord.Ledger, place: str) -> None:
        made = said("Ida Berg said the pier was sold.", ("Ida Berg", "the pier was sold"))
        ledger.add(made)
        (entry,) = ledger.search(Query(words="pier")).entries
        ledger.redact(entry.id, "order of the court")
        before = acts(ledger)
        assert ledger.add(read_again(made, version="0.0.2", without=0), reread=True).state == "known"
        assert acts(ledger) == before
        assert "pier" not in str(contents(place))

    def test_what_was_put_on_record_and_not_read(self, ledger: onrecord.Ledger) -> None:
        """It has the empty reading of nobody, until it is read."""
        made = document(1)
        ledger.add(Document(made.article, (), ReaderInfo("", "")))
        assert ledger.add(made).state == "known"
        assert ledger.add(made, reread=True).state == "reread"


def test_a_name_of_any_length_is_a_speaker(ledger: onrecord.Ledger) -> None:
    """PostgreSQL's indexes take 2.7 KB; names that differ only after that are two all the same."""
    names = ["Ö" * 5000 + end for end in "ab"]
    for name in names:
        ledger.add(said(f"{name} said the pier was sold.", (name, "the pier was sold")))
    assert sorted(row.name for row in ledger.speakers()) == names
    assert [entry.speaker for entry in ledger.search(Query(speaker=names[0].lower())).entries] == names[:1]


def test_a_name_that_no_database_takes_is_refused_like_any_other(ledger: onrecord.Ledger) -> None:
    """A file's name may hold bytes that are no UTF-8, which Python gives as lone surrogates."""
    for _ in range(2):
        ledger.refuse("ferry\udcff.txt", NotFound(name="ferry\udcff.txt"))
    assert [act for _, _, act, _, _ in acts(ledger)] == ["refusal"]
