"""`onrecord add`: articles in, their statements on record."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import ledger_options, options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.cli.adding import Adder, Fate, Tally
    from onrecord.collect import Collected

Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT", help="Files, directories, http(s) addresses, feeds, or - for standard input."
    ),
]
Topic = Annotated[
    str | None, typer.Option("--topic", metavar="NAME", help="Put all these articles under this topic.")
]
Reread = Annotated[
    bool,
    typer.Option(
        "--reread", help="Read known articles again, if another version or model of the reader did before."
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1, metavar="N", help="How many articles are read at the same time; 2 where there are two cores."
    ),
]


def add(  # one parameter an option
    inputs: Inputs = None,
    urls: options.Urls = None,
    published: options.Published = None,
    outlet: options.Outlet = None,
    url: options.Url = None,
    title: options.Title = None,
    author: options.Author = None,
    language: options.Language = None,
    topic: Topic = None,
    reread: Reread = False,
    allow_private_addresses: options.AllowPrivateAddresses = False,
    workers: Workers = None,
    quiet: options.Quiet = False,
    db: ledger_options.Db = None,
    as_json: ledger_options.AsJson = False,
    actor: ledger_options.Actor = None,
) -> int:
    """Read articles and put them on record. A feed, RSS or Atom, stands for the articles it leads to.

    The same article again is the same article; another text under the same address is a new version.
    Each article is on record as soon as it is read: after an interruption, give the same command again.

    Example: onrecord add articles/ --outlet "The Ellery Post" --topic ferries
    """
    from onrecord.cli.adding import Adder
    from onrecord.cli.inputs import check, check_one_article, collected, is_one_article
    from onrecord.cli.progress import Progress
    from onrecord.collect import Metadata
    from onrecord.settings import Settings

    names = tuple(inputs or ())
    day = ledger_options.day("--published", published)
    given = Metadata(url=url, outlet=outlet, title=title, author=author, language=language, published=day)
    check("add", names, urls)
    check_one_article(is_one_article(names, urls), title=title, url=url)
    settings = Settings.from_environment()
    with (
        ledger_options.opened(db, actor, create=True) as ledger,
        closing(Progress.on_stderr(quiet=quiet, done="on record")) as progress,
    ):
        adder = Adder(ledger, settings, progress, topic=topic, reread=reread, workers=workers or _workers())
        found = collected(
            names,
            urls=urls,
            given=given,
            settings=settings,
            allow_private_addresses=allow_private_addresses,
            skip=None,
            stdin=getattr(sys.stdin, "buffer", None),
            on_start=progress.start,
            feeds=True,
        )
        return finished(adder, found, db=db, as_json=as_json)


def _workers() -> int:
    """Two where there are two cores: more articles at once need more memory and are hardly faster."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(2, cores)


def finished(adder: Adder, inputs: Iterable[Collected], *, db: str | None, as_json: bool) -> int:
    """Add all inputs and say what became of them. Returns the exit code."""
    from onrecord.cli import exits
    from onrecord.cli.adding import Tally

    tally = Tally()
    fates: list[Fate] = []
    try:
        for fate in adder.add(inputs):
            tally.count(fate)
            adder.progress.count(tally.on_record)
            if as_json or fate.state == "version":
                fates.append(fate)
    except KeyboardInterrupt:
        adder.progress.clear()
        exits.complain(f"Interrupted: {told(tally)}. What was read is on record; the same command goes on.")
        raise
    adder.progress.clear()
    if as_json:
        _print_json(adder, tally, fates)
    else:
        _print(adder, tally, fates, db)
    return exits.code_for(read=tally.on_record, failed=tally.failed)


def told(tally: Tally) -> str:
    """The counts in words: "3 new, 1 known, 1 could not be read"."""
    states = tally.states
    parts = [f"{states['new']} new", f"{states['known']} known"]
    if states["version"]:
        parts.append(f"{states['version']} new version" + ("s" if states["version"] > 1 else ""))
    if states["reread"]:
        parts.append(f"{states['reread']} read again")
    if tally.failed:
        parts.append(f"{tally.failed} could not be read")
    return ", ".join(parts)


def _print_json(adder: Adder, tally: Tally, fates: list[Fate]) -> None:
    from onrecord.cli.ledger.sheet import print_json

    articles = [
        {
            "input": fate.name,
            "state": fate.state,
            "article": fate.article,
            "statements": fate.statements,
            "version_of": fate.version_of,
            "redacted": fate.redacted,
            "error": fate.error and {"code": fate.error.code, "message": str(fate.error)},
        }
        for fate in fates
    ]
    counts = {state: tally.states[state] for state in ("new", "known", "version", "reread", "unread")}
    print_json({"ledger": adder.ledger.place, **counts, "statements": tally.statements, "articles": articles})


def _print(adder: Adder, tally: Tally, versions: list[Fate], db: str | None) -> None:
    from onrecord.cli.ledger import changes
    from onrecord.cli.ledger.sheet import page
    from onrecord.views import words

    with page() as sheet:
        sheet.line(f"{told(tally)}: {words.counted(tally.statements, 'statement')} put on record.")
        for fate in versions:
            article = words.short(fate.article or "")
            changed = changes.told(adder.ledger.differences(fate.article or ""))
            sheet.line(f"{fate.name} is a new version of {words.short(fate.version_of or '')}: {changed}.")
            sheet.line(f"  {words.command(f'show {article}', db)}", "dim")
        sheet.line(f"The ledger: {adder.ledger.place}", "dim")
