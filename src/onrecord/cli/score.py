"""`onrecord score`: how often a speaker's, an outlet's or a topic's word was good, with n and interval."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from onrecord.cli import ledger_options as options

if TYPE_CHECKING:
    from onrecord.entry import Entry
    from onrecord.ledger.core import Ledger
    from onrecord.ledger.picturing import Picture
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

Calibration = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Draw the speaker's calibration curve there, as .svg or .png."),
]
Timeline = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Draw the speaker's commitments over time there, as .svg or .png."),
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
    calibration: Calibration = None,
    timeline: Timeline = None,
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
        part = any((since, until, outlet, topic, rater, early))
        _draw(ledger, "calibration", calibration, name=name, by=by, part=part, today=today)
        _draw(ledger, "timeline", timeline, name=name, by=by, part=part, today=today)
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
                scores.one(sheet, row, found, listed, rater=rater, db=db)


def _draw(
    ledger: Ledger,
    what: Picture,
    path: Path | None,
    *,
    name: str | None,
    by: str,
    part: bool,
    today: str | None,
) -> None:
    """Write a picture to a file, if one is asked for. Raises BadOption, CannotWrite, MissingExtra."""
    if path is None:
        return
    if name is None or by != "speaker":
        raise typer.BadParameter("a picture is drawn of one speaker.", param_hint=f"'--{what}'")
    if part:
        raise typer.BadParameter(
            "a picture shows all that is settled of a speaker:"
            " leave out --since, --until, --outlet, --topic, --rater and --early.",
            param_hint=f"'--{what}'",
        )
    form = path.suffix.lower().removeprefix(".")
    if form not in ("svg", "png"):
        from onrecord.errors import BadOption

        expected = "a file that ends in .svg or .png"
        raise BadOption(option=f"--{what}", value=path, expected=expected, example=f"{what}.svg")
    from onrecord.record import files

    drawn = ledger.picture(
        what, name, form="svg" if form == "svg" else "png", today=options.today_or(today)
    )  # fmt: skip
    with files.whole(path, force=True) as file:
        file.write(drawn)


def _entries(ledger: Ledger, found: Scores, limit: int) -> list[Entry]:
    """The statements that the figures rest on, `limit` of them at most."""
    ids = [id_ for row in found.rows for id_ in row.statements]
    return ledger.entries(ids[:limit])
