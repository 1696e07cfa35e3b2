"""The made documents: what other tests take for granted of them."""

from __future__ import annotations

from record.made import changed, document, documents, read_again, word

from onrecord.statement import covered


class TestDocument:
    def test_is_the_same_each_time(self) -> None:
        assert document(7) == document(7)
        assert document(7).article.id != document(8).article.id
        assert document(7, seed=1) != document(7)

    def test_has_its_words_where_its_spans_are(self) -> None:
        for made in documents(50):
            text = made.article.text
            for one in made.statements:
                assert one.text == covered(text, one.content)
                assert one.speaker.name == covered(text, one.source)
                marked = (one.certainty, one.due, one.by, one.condition)
                for part in filter(None, marked):
                    words = getattr(part, "phrase", None) or getattr(part, "text", None)
                    assert text[slice(*part.span)] == words
            assert [text[slice(*time.span)] for time in made.times] == [time.text for time in made.times]

    def test_has_as_many_statements_as_asked_for(self) -> None:
        assert [len(document(3, statements=count).statements) for count in (1, 5, 6, 25)] == [1, 5, 6, 25]

    def test_has_statements_of_all_sorts(self) -> None:
        found = [one for made in documents(40) for one in made.statements]
        ids = {one.id for one in found}
        assert len(ids) == len(found)
        assert all(one.within in ids for one in found if one.within)
        assert {one.kind for one in found} >= {"commitment", "prediction", "claim", "question"}
        for has in ("within", "due", "by", "certainty", "condition", "denied", "negative"):
            assert any(getattr(one, has) for one in found), has

    def test_belongs_to_its_article(self) -> None:
        for made in (document(1), changed(document(1)), read_again(document(1))):
            assert {one.article_id for one in made.statements} == {made.article.id}


class TestVariants:
    def test_a_changed_article_has_the_same_address_and_another_id(self) -> None:
        before, after = document(5), changed(document(5))
        assert before.article.url == after.article.url and before.article.id != after.article.id

    def test_a_later_reading_lacks_a_statement(self) -> None:
        before, after = document(5), read_again(document(5))
        assert [one.id for one in after.statements] == [one.id for one in before.statements][:-1]

    def test_words_differ(self) -> None:
        assert len({word(number) for number in range(20_000)}) == 20_000
