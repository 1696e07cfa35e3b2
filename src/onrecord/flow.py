"""The Python API: composes the stages, from an article's bytes to the document that was read in it."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import BadOption, ReadingFailed, failing
from onrecord.settings import Settings
from onrecord.statement import Article, Document, ReaderInfo
from onrecord.version import __version__

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from onrecord.collect import Metadata
    from onrecord.extract import Model

    _Result = tuple[Article, Callable[[], Document]]


class Reader:
    """Reads articles. The model is loaded at the first one and kept; safe to use from several threads."""

    def __init__(self, settings: Settings | None = None) -> None:
        """Settings default to the ONRECORD_* environment variables."""
        self.settings = settings or Settings.from_environment()

    @cached_property
    def _model(self) -> Model:
        from onrecord import extract

        return extract.load(self.settings)

    @cached_property
    def info(self) -> ReaderInfo:
        """The package's version and the model's hash, as they stand in every document."""
        return ReaderInfo(version=__version__, model=self._model.hash)

    def read(self, article: Article) -> Document:
        """The document of one article. Raises ModelMissing or ModelBroken."""
        from onrecord import extract

        statements, times = extract.read_article(article, self._model, self.settings)
        return Document(article, statements, self.info, times)

    def read_many(
        self,
        articles: Iterable[Article],
        *,
        workers: int = 1,
        on_failure: Callable[[Article, ReadingFailed], object] | None = None,
    ) -> Iterator[Document]:
        """Documents in the order of the articles.

        At most two articles a worker are held at a time, so memory is bounded however many
        there are. Workers are threads: the model is shared, and its work runs outside
        Python's lock. With several workers each runs the model on one thread.

        on_failure: is told, in its place, of an article at which onrecord itself failed; the article is
        left out, and the rest is read. Without it, ReadingFailed is raised and ends the reading, as
        ModelMissing and ModelBroken always do.
        """
        if workers < 1:
            raise BadOption(
                option="workers", value=workers, expected="a whole number, 1 or more", example="2"
            )
        for article, result in self._results(articles, workers):
            try:
                with failing(article.url or article.title or article.id):
                    document = result()
            except ReadingFailed as error:
                if on_failure is None:
                    raise
                on_failure(article, error)
            else:
                yield document

    def _results(self, articles: Iterable[Article], workers: int) -> Iterator[_Result]:
        """Each article with what gives its document, or raises why there is none."""
        if workers == 1:
            for article in articles:
                self.info  # noqa: B018 - a model that cannot be loaded is no article's failure
                yield article, partial(self.read, article)
            return
        from concurrent.futures import ThreadPoolExecutor

        reader = Reader(replace(self.settings, threads=1))
        reader.info  # noqa: B018 - the model is loaded once, before the threads start
        with ThreadPoolExecutor(workers) as pool:
            yield from _in_order(pool, reader, articles, 2 * workers)


def _in_order(
    pool: ThreadPoolExecutor, reader: Reader, articles: Iterable[Article], ahead: int
) -> Iterator[_Result]:
    waiting: deque[tuple[Article, Future[Document]]] = deque()
    try:
        for article in articles:
            waiting.append((article, pool.submit(reader.read, article)))
            if len(waiting) >= ahead:
                first, future = waiting.popleft()
                yield first, future.result
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result
    finally:
        for _, future in waiting:
            future.cancel()


@lru_cache(maxsize=1)
def _reader(settings: Settings) -> Reader:
    return Reader(settings)


def read(
    source: str | os.PathLike[str] | Article,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    title: str | None = None,
    author: str | None = None,
    language: str | None = None,
    settings: Settings | None = None,
) -> Document:
    """Reads one article: an `Article`, a file (any `os.PathLike`), or the text itself (a string).

    A string of one line that names an existing file, or ends like one (.txt, .html, …), is
    taken for a path. `published` is a date or an ISO date, 2018-03-06. The options override
    what the page says of itself. Raises the InputErrors of `onrecord.errors`, BadOption for
    a date that is none, and ModelMissing or ModelBroken.
    """
    from onrecord.collect import Metadata

    settings = settings or Settings.from_environment()
    given = Metadata(
        url=url, outlet=outlet, title=title, author=author, language=language, published=_date(published)
    )
    return _reader(settings).read(_article(source, given, settings))


def _article(source: str | os.PathLike[str] | Article, given: Metadata, settings: Settings) -> Article:
    from onrecord import collect

    if isinstance(source, Article):
        return _overridden(source, given)
    if isinstance(source, os.PathLike) or _names_a_file(source):
        return collect.from_path(Path(source), given=given, settings=settings)
    return collect.from_text(source, given=given)


def _overridden(article: Article, given: Metadata) -> Article:
    values = {name: getattr(given, name) for name in given.__slots__ if getattr(given, name) is not None}
    if "published" in values:
        values["published_from"] = "option"
    return replace(article, **values)


def _names_a_file(text: str) -> bool:
    from onrecord.collect.sources import ENDINGS

    if "\n" in text or len(text) > 1000:
        return False
    if text.lower().endswith(tuple(ENDINGS)):
        return True
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _date(value: date | str | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadOption(
            option="published", value=value, expected="a date, year-month-day", example="2018-03-06"
        ) from None
