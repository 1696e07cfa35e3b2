"""`onrecord score`: how often a speaker's, an outlet's or a topic's word was good, with n and interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from onrecord.cli import ledger_options as options

if TYPE_CHECKING:
    from onrecord.entry import Entry
    from onrecord.ledger.core import Ledger
    from onrecord.ledger.results import Scores

Name = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME", help="One speaker (outlet, topic, year) in full, with the statements it rests on."
    ),
]
By = Annotated[
    Literal["speaker", "outlet", "topic", "year"],
    typer.Option("--by", help="What is scored; year: that of publication."),
]
MinN = Annotated[
    int, typer.Option("--min-n", min=1, metavar="N", help="Rank nobody with fewer settled statements.")
]
Rater = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Count this person's verdicts alone, not those on which all raters agree."
    ),
]
Early = Annotated[
    bool,
    typer.Option("--early", help="Count predictions that came true before their date at once, not on it."),
]


def score(
    name: Name = None,
    by: By = "speaker",
    min_n: MinN = 5,
    since: options.Since = None,
    until: options.Until = None,
    outlet: options.OutletName = None,
    topic: options.Topic = None,
    rater: Rater = None,
    early: Early = False,
    limit: options.Limit = 50,
    today: options.Today = None,
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """Score how commitments and predictions came out. Every figure has its n and a 90 % interval.

    With a NAME: all figures, and the statements that they rest on.

    Example: onrecord score "Tessa Varga"
    """
    with options.opened(db, read_only=True) as ledger:
        found = ledger.score(
            by=by,
            name=name,
            min_n=min_n,
            since=options.day("--since", since),
            until=options.day("--until", until),
            outlet=outlet,
            topic=topic,
            rater=rater,
            early=early,
            today=options.today_or(today),
        )
        listed = [] if as_json or name is None else _entries(ledger, found, limit)
    if as_json:
        options.print_plain(found)
        return
    from onrecord.cli.ledger import scores
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        if not found.rows or (name is None and not scores.settled(found)):
            scores.nothing(sheet, found, name=name, db=db)
        elif name is None:
            scores.ranking(sheet, found, by=by, min_n=min_n, limit=limit, db=db)
        else:
            for row in found.rows:
                scores.one(sheet, row, found, listed, db=db)


def _entries(ledger: Ledger, found: Scores, limit: int) -> list[Entry]:
    """The statements that the figures rest on, `limit` of them at most."""
    ids = [id_ for row in found.rows for id_ in row.statements]
    return ledger.entries(ids[:limit])
