"""The Python API: what can be given, and reading many."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord import Article, Reader, Settings, extract
from onrecord.errors import BadOption, Empty, ModelBroken, NotEnglish, NotFound, ReadingFailed
from onrecord.statement import KINDS

TEXT = (
    "The bridge will stay closed until June, Jonna Pell said on Monday.\n\nBo Lind denied that it was unsafe."
)


def test_a_text_a_path_and_an_article_give_the_same_statements(tmp_path: Path) -> None:
    file = tmp_path / "bridge.txt"
    file.write_text(TEXT, encoding="utf-8")
    documents = [
        onrecord.read(TEXT),
        onrecord.read(file),
        onrecord.read(str(file)),
        onrecord.read(Article(TEXT)),
    ]
    assert len({tuple((s.source, s.cue, s.content) for s in d.statements) for d in documents}) == 1
    assert len(documents[0].statements) >= 2


def test_options_override_what_the_article_says() -> None:
    document = onrecord.read(Article(TEXT, outlet="Old"), published="2018-03-06", outlet="The Courier")
    assert document.article.published == date(2018, 3, 6)
    assert (document.article.published_from, document.article.outlet) == ("option", "The Courier")


@pytest.mark.parametrize(
    ("source", "error"),
    [("", Empty), ("  \n ", Empty), ("missing.txt", NotFound), (Path("no such file"), NotFound),
     ("Der Minister sagte am Montag, dass die Brücke nicht vor dem Sommer geöffnet wird.", NotEnglish)],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(source: str | Path, error: type[Exception]) -> None:
    with pytest.raises(error):
        onrecord.read(source)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(BadOption, match="2018-02-30"):
        onrecord.read(TEXT, published="2018-02-30")


def test_the_document_is_the_published_contract() -> None:
    found = json.loads(json.dumps(onrecord.read(TEXT, published="2018-03-06").to_dict()))
    assert found["schema"] == "onrecord.document/1"
    assert found["article"]["text"] == TEXT
    assert found["reader"]["model"].startswith("sha256:")
    for statement in found["statements"]:
        assert statement["text"] == " ".join(TEXT[a:b] for a, b in statement["content"])
        assert statement["kind"] in KINDS and 0 < statement["kind_confidence"] <= 1
        for field in ("certainty", "said_at", "due", "by", "condition"):
            if part := statement[field]:
                start, end = part["span"]
                assert TEXT[start:end] == part.get("text", part.get("phrase"))


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_many_are_read_in_order_and_as_one_by_one(workers: int) -> None:
    articles = [Article(f"{TEXT}\n\nGate {i} is open, Ann Voss said.") for i in range(9)]
    reader = Reader(Settings())
    one_by_one = [reader.read(a).to_dict() for a in articles]
    assert [d.to_dict() for d in reader.read_many(articles, workers=workers)] == one_by_one


def test_few_articles_are_held_at_a_time() -> None:
    taken = 0

    def articles() -> Iterator[Article]:
        nonlocal taken
        for i in range(100):
            taken += 1
            yield Article(f"{TEXT} {i}")

    stream = Reader(Settings()).read_many(articles(), workers=2)
    next(stream)
    assert taken <= 5
    stream.close()  # type: ignore[attr-defined]


def test_workers_are_at_least_one() -> None:
    with pytest.raises(BadOption, match="workers"):
        list(Reader(Settings()).read_many([], workers=0))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], list[Article]]:
    """Nine articles, and a reader that raises at the fourth."""

    def reader(error: BaseException) -> list[Article]:
        real = extract.read_article

        def read_article(article: Article, *rest: Any) -> Any:
            if "Gate 3" in article.text:
                raise error
            return real(article, *rest)

        monkeypatch.setattr(extract, "read_article", read_article)
        url = "https://news.example/{}"
        return [Article(f"Gate {i} is open, Ann Voss said.", url=url.format(i)) for i in range(9)]

    return reader


@pytest.mark.parametrize("workers", [1, 3])
class TestWhereTheReaderFails:
    def test_the_article_is_told_in_its_place_and_the_rest_is_read(self, broken, workers: int) -> None:
        articles, found = broken(ZeroDivisionError("by nothing")), []
        stream = Reader(Settings()).read_many(
            articles, workers=workers, on_failure=lambda article, error: found.append((article, error))
        )
        for document in stream:
            found.append((document.article, document))
        assert [article for article, _ in found] == articles
        error = found[3][1]
        assert isinstance(error, ReadingFailed)
        assert re.match(
            r"\[E111\] https://news.example/3: could not be read, because onrecord failed at it"
            r" \(ZeroDivisionError: by nothing, at test_flow.py:\d+\)",
            str(error),
        )
        assert isinstance(error.__cause__, ZeroDivisionError)

    def test_it_is_raised_where_nobody_wants_to_be_told(self, broken, workers: int) -> None:
        stream = Reader(Settings()).read_many(broken(RecursionError()), workers=workers)
        assert [next(stream).article.url[-1] for _ in range(3)] == ["0", "1", "2"]
        with pytest.raises(ReadingFailed, match="RecursionError, at"):
            next(stream)

    @pytest.mark.parametrize(
        "error", [MemoryError(), KeyboardInterrupt(), SystemExit(3), ModelBroken(path="x", reason="y")]
    )
    def test_what_concerns_the_whole_run_ends_it(self, broken, workers: int, error: BaseException) -> None:
        stream = Reader(Settings()).read_many(
            broken(error), workers=workers, on_failure=lambda *_: pytest.fail("no article's failure")
        )
        with pytest.raises(type(error)):
            list(stream)


def test_a_model_that_cannot_be_loaded_is_no_articles_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(settings: Settings) -> None:
        raise ImportError("onnxruntime")

    monkeypatch.setattr(extract, "load", load)
    for workers in (1, 2):
        stream = Reader(Settings()).read_many(
            [Article(TEXT)], workers=workers, on_failure=lambda *_: pytest.fail("no article's failure")
        )
        with pytest.raises(ImportError):
            list(stream)
