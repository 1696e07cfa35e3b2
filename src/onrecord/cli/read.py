"""`onrecord read`: articles in, their attributed statements out. Options are checked here."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from onrecord.cli import options
from onrecord.errors import BadOption


def read(  # one parameter an option: see `onrecord.cli.options`
    inputs: options.Inputs = None,
    output_format: options.OutputFormat = "table",
    output: options.Output = None,
    urls: options.Urls = None,
    published: options.Published = None,
    outlet: options.Outlet = None,
    url: options.Url = None,
    title: options.Title = None,
    author: options.Author = None,
    language: options.Language = None,
    allow_private_addresses: options.AllowPrivateAddresses = False,
    min_confidence: options.MinConfidence = 0.0,
    kind: options.Kinds = None,
    speaker: options.SpeakerName = None,
    author_voice: options.AuthorVoice = None,
    probability_scale: options.ProbabilityScale = None,
    workers: options.Workers = 1,
    quiet: options.Quiet = False,
    color: options.Coloring = "auto",
) -> int:
    """Find who said what in articles.

    Several inputs or a directory give one JSON array with --format json, and one document a line with
    jsonl. What cannot be read is named on standard error, and the rest is read.
    """
    from onrecord.cli.inputs import check, check_one_article
    from onrecord.cli.run import Request, run
    from onrecord.collect import Metadata

    day = None if published is None else iso_date("--published", published)
    given = Metadata(url=url, outlet=outlet, title=title, author=author, language=language, published=day)
    request = Request(
        inputs=tuple(inputs or ()),
        urls=urls,
        output_format=output_format,
        output=None if output in (None, "-") else Path(str(output)),
        given=given,
        allow_private_addresses=allow_private_addresses,
        min_confidence=probability("--min-confidence", min_confidence),
        kinds=kinds_of("--kind", kind),
        speaker=words_of("--speaker", speaker),
        author_voice=author_voice,
        probability_scale=probability_scale,
        workers=workers,
        quiet=quiet,
        color=color,
    )
    check("read", request.inputs, urls)
    check_one_article(request.one_article, title=title, url=url)
    return run(request)


def iso_date(option: str, value: str) -> date:
    """A date written as YYYY-MM-DD and in no other way. Raises BadOption."""
    expected = "a date written as YYYY-MM-DD"
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise BadOption(option=option, value=value, expected=expected, example="2018-03-06")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadOption(option=option, value=value, expected=expected, example="2018-03-06") from None


def kinds_of(option: str, value: str | None) -> frozenset[str]:
    """Kinds, or types of commitment, with commas between them; none where none is given. Raises BadOption."""
    from onrecord.statement import COMMITMENTS, KINDS

    if value is None:
        return frozenset()
    names = frozenset(part.strip().lower() for part in value.split(",") if part.strip())
    if not names or not names <= {*KINDS, *COMMITMENTS}:
        expected = "a list, with commas, of any of " + ", ".join((*KINDS, *COMMITMENTS))
        raise BadOption(
            option=option, value=value or '""', expected=expected, example="commitment,prediction"
        )
    return names


def words_of(option: str, value: str | None) -> frozenset[str]:
    """The words of a name, without regard to case; none where none is given. Raises BadOption."""
    from onrecord.cli.run import words

    if value is None:
        return frozenset()
    if not words(value):
        expected = "a word or more of a name"
        raise BadOption(option=option, value=value or '""', expected=expected, example="Smith")
    return words(value)


def probability(option: str, value: float) -> float:
    """A number in [0, 1]; NaN is none. Raises BadOption."""
    if not 0.0 <= value <= 1.0:
        raise BadOption(option=option, value=value, expected="a number from 0 to 1", example="0.8")
    return value
