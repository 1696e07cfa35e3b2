"""Composes the stages for `onrecord read`: inputs are collected, read and written one at a time."""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from onrecord.cli import exits, formats, inputs, output
from onrecord.cli.formats.base import Reading
from onrecord.cli.progress import Progress
from onrecord.collect import Metadata
from onrecord.errors import OnrecordError, ReadingFailed
from onrecord.settings import Settings
from onrecord.views import rows as view

if TYPE_CHECKING:
    from onrecord.statement import Article, Document


@dataclass(frozen=True, slots=True)
class Request:
    """What one `onrecord read` was asked for, checked."""

    inputs: tuple[str, ...]
    urls: str | None = None
    output_format: formats.Name = "table"
    output: Path | None = None
    given: Metadata = field(default_factory=Metadata)
    allow_private_addresses: bool = False
    min_confidence: float = 0.0
    kinds: frozenset[str] = frozenset()
    speaker: frozenset[str] = frozenset()
    author_voice: bool | None = None
    probability_scale: str | None = None
    workers: int = 1
    quiet: bool = False
    color: Literal["auto", "always", "never"] = "auto"

    @property
    def one_article(self) -> bool:
        """Whether the input is a single one, neither a directory nor a list of addresses."""
        return inputs.is_one_article(self.inputs, self.urls)


@dataclass(slots=True)
class Tally:
    """How many inputs were read, and how many were not."""

    read: int = 0
    failed: int = 0


class SupportsRead(Protocol):
    """What the command line needs of a reader."""

    def read_many(
        self,
        articles: Iterable[Article],
        *,
        workers: int = 1,
        on_failure: Callable[[Article, ReadingFailed], object] | None = None,
    ) -> Iterator[Document]:
        """Documents in the order of `articles`. on_failure: is told, in its place, of one left out."""


def open_reader(settings: Settings) -> SupportsRead:
    """The reader, loaded. Raises ModelMissing, ModelBroken."""
    from onrecord.flow import Reader

    return Reader(settings)


def run(request: Request) -> int:
    """Read all inputs and write the result. Returns the exit code.

    Raises UsageError and ModelError, which end a run; an input's own error is printed and counted.
    """
    settings = _settings(request)
    tally = Tally()
    table = request.output_format == "table"
    output.refuse_input(request.output, (*request.inputs, *filter(None, [request.urls])))
    with (
        output.opened(request.output, as_terminal=table) as out,
        closing(Progress.on_stderr(quiet=request.quiet)) as progress,
    ):
        page = formats.Page.of(out, color=request.color, to_file=request.output is not None)
        writer = formats.writer(request.output_format, out, page=page, one=request.one_article)
        for reading in _readings(request, settings, tally, progress):
            progress.clear()
            with output.writing(request.output):
                writer.write(reading)
                out.flush()
            tally.read += 1
            progress.count(tally.read)
        if not tally.read:
            raise output.Discard
        progress.clear()
        with output.writing(request.output):
            writer.finish()
    return exits.code_for(read=tally.read, failed=tally.failed)


def _settings(request: Request) -> Settings:
    """The environment's settings, with what the command line says instead."""
    settings = Settings.from_environment()
    if request.probability_scale is not None:
        settings = replace(settings, probability_scale=request.probability_scale)
    if request.author_voice is not None:
        settings = replace(settings, author_voice=request.author_voice)
    return settings


def _readings(request: Request, settings: Settings, tally: Tally, progress: Progress) -> Iterator[Reading]:
    """Each input that could be read, in order. The reader is loaded when there is something to read."""
    names: deque[str] = deque()
    articles = _articles(request, settings, tally, progress, names)
    first = next(articles, None)
    if first is None:
        return
    reader = open_reader(settings)

    def failed(_: Article, error: ReadingFailed) -> None:
        _unread(named(error, names.popleft()), tally, progress)

    for document in reader.read_many(chain([first], articles), workers=request.workers, on_failure=failed):
        yield Reading(names.popleft(), wanted(confident(document, request.min_confidence), request))


def _articles(
    request: Request, settings: Settings, tally: Tally, progress: Progress, names: deque[str]
) -> Iterator[Article]:
    for collected in inputs.collected(
        request.inputs,
        urls=request.urls,
        given=request.given,
        settings=settings,
        allow_private_addresses=request.allow_private_addresses,
        skip=request.output,
        stdin=getattr(sys.stdin, "buffer", None),
        on_start=progress.start,
    ):
        if collected.article is None:
            _unread(collected.error, tally, progress)
        else:
            names.append(collected.name)
            yield collected.article


def _unread(error: OnrecordError | None, tally: Tally, progress: Progress) -> None:
    tally.failed += 1
    progress.clear()
    exits.complain(error)


def named(error: ReadingFailed, name: str) -> ReadingFailed:
    """The same failure, of the input by its name on the command line."""
    return ReadingFailed(**{**error.values, "name": name})


def confident(document: Document, least: float) -> Document:
    """The document without the statements whose confidence is below `least`.

    What stands inside a statement that is left out is left out too: a chain is no surer than its links.
    """
    if least <= 0.0:
        return document
    kept: set[str] = set()
    statements = []
    for statement in document.statements:
        if statement.confidence >= least and (statement.within is None or statement.within in kept):
            kept.add(statement.id)
            statements.append(statement)
    return replace(document, statements=tuple(statements))


def wanted(document: Document, request: Request) -> Document:
    """The document with the statements of the wanted kinds and speakers alone.

    A statement stays though the one around it goes: its chain still says through whom it came.
    """
    if not request.kinds and not request.speaker:
        return document
    text = document.article.text
    statements = tuple(
        statement
        for statement in document.statements
        if (not request.kinds or request.kinds.intersection(view.kinds(statement)))
        and request.speaker <= words(view.speaker(statement, text))
    )
    return replace(document, statements=statements)


def words(name: str) -> frozenset[str]:
    """The words of a name, without regard to case: "O’Brien" has two."""
    return frozenset(re.findall(r"\w+", name.casefold()))
