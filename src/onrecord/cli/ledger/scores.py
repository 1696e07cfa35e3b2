"""Scores in a table with n and interval beside every figure, or one in full with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from onrecord.cli.formats.table import SPEAKER
from onrecord.cli.ledger.entries import entries
from onrecord.cli.ledger.people import quoted
from onrecord.cli.ledger.sheet import Sheet, grid, ruled, text
from onrecord.ledger import figures
from onrecord.views import words
from onrecord.views.harmless import harmless
from onrecord.views.rows import between

if TYPE_CHECKING:
    from rich.table import Table

    from onrecord.entry import Entry
    from onrecord.ledger.results import Scores
    from onrecord.score import Bin, Scored

MEANING = "In brackets: 90 % intervals; for scores of words of probability, what their quartiles would give."


def ranking(sheet: Sheet, found: Scores, *, by: str, min_n: int, limit: int, db: str | None = None) -> None:
    """Write a row for each speaker, outlet or topic, the population below, and what was left out."""
    all_rows = settled(found)
    rows = all_rows[:limit]
    sheet.print(_narrow(rows) if sheet.narrow else _table(rows, by))
    lines = []
    if len(all_rows) > limit:
        lines.append(f"{limit} of {len(all_rows)} are shown; more with --limit {len(all_rows)}.")
    if more := len(found.rows) - len(all_rows):
        lines.append(f"{more} more: nothing of theirs counts yet.")
    if found.population is not None:
        lines += _population(found.population)
    lines += [MEANING, f"Ranked from n = {min_n} on (--min-n)."]
    lines += _left_out(found)
    again = f"score {quoted(rows[0].name)}" + ("" if by == "speaker" else f" --by {by}")
    lines.append(f"All figures of one, and its statements: {words.command(again, db)}")
    sheet.closing(*lines)


def settled(found: Scores) -> list[Scored]:
    """Those of whom anything is settled and counts."""
    return [row for row in found.rows if row.commitments.n or row.predictions.n]


def _table(rows: Iterable[Scored], by: str) -> Table:
    table = ruled()
    table.add_column(by, ratio=4)
    table.add_column("kept", ratio=4)
    table.add_column("partly, broken", width=14)
    table.add_column("rank", justify="right", width=4)
    table.add_column("Brier score", ratio=4)
    table.add_column("skill", justify="right", width=6)
    table.add_column("rank", justify="right", width=4)
    table.add_column("not counted", ratio=3)
    for row in rows:
        promised, foretold = row.commitments, row.predictions
        table.add_row(
            text(row.name, SPEAKER),
            _kept(row),
            f"{len(promised.partly_kept)}, {len(promised.broken)}" if promised.n else "",
            _rank(row.rank_kept),
            _brier(row),
            figures.signed(foretold.skill),
            _rank(row.rank_brier),
            Text(_not_counted(row), style="dim"),
        )
    return table


def _narrow(rows: Iterable[Scored]) -> Table:
    table = grid(ratios=(None, 1))
    for row in rows:
        table.add_row("", text(row.name, SPEAKER))
        for label, cell, rank in (
            ("kept", _kept(row), row.rank_kept),
            ("Brier", _brier(row), row.rank_brier),
        ):
            if cell:
                table.add_row(text(label, "dim"), cell.append(f"\nrank {rank}" if rank else ""))
        if rest := _not_counted(row):
            table.add_row(text("not counted", "dim"), Text(rest, style="dim"))
    return table


def _kept(row: Scored) -> Text:
    given = row.commitments.kept_rate
    lines = [Text(figures.rate(given))]
    if given is not None:
        lines.append(Text(figures.of_n(given)))
        if given.shrunk is not None:
            lines.append(Text(f"shrunk {figures.estimate(given.shrunk)}", style="dim"))
    return Text("\n").join(lines)


def _brier(row: Scored) -> Text:
    foretold, lines = row.predictions, []
    if foretold.brier is not None:
        lines += [Text(figures.spread(foretold.brier)), Text(f"n = {foretold.n_with_probability}")]
    if foretold.flat_rate is not None:
        flat = f"flatly {figures.rate(foretold.flat_rate)}, {figures.of_n(foretold.flat_rate)}"
        lines.append(Text(flat, style="dim"))
    return Text("\n").join(lines)


def _rank(rank: int | None) -> str:
    return "–" if rank is None else str(rank)


def _not_counted(row: Scored) -> str:
    return ", ".join([*figures.left_out(row.commitments), *figures.left_out(row.predictions)])


def _population(population: Scored) -> list[str]:
    told = []
    kept, brier = population.commitments.kept_rate, population.predictions.brier
    if kept is not None:
        told.append(f"kept {figures.rate(kept)}, {figures.of_n(kept)}")
    if brier is not None:
        told.append(f"Brier {figures.spread(brier)}, n = {population.predictions.n_with_probability}")
    return [f"All together: {'; '.join(told)}."] if told else []


def _left_out(found: Scores) -> list[str]:
    told = [f"{harmless(reason)} ({number})" for reason, number in found.left_out.items() if number]
    return [f"Left out of all scores: {', '.join(told)}."] if told else []


def nothing(sheet: Sheet, found: Scores, *, name: str | None, db: str | None = None) -> None:
    """Say that there is nothing to score, and what to do."""
    sheet.line("Nothing can be scored yet" + (f" for {name}." if name else "."))
    lines = [*_left_out(found), f"What is to be settled: {words.command('due', db)}"]
    lines.append(f"Settle it: {words.command('settle ID VERDICT --evidence URL', db)}")
    if name:
        lines.append(f"How names are written: {words.command('speakers list', db)}")
    sheet.closing(*lines)


def one(
    sheet: Sheet,
    row: Scored,
    found: Scores,
    listed: Sequence[Entry],
    *,
    rater: str | None = None,
    db: str | None = None,
) -> None:
    """Write all figures of one, and the statements that they rest on, grouped by how they came out."""
    sheet.line(row.name, SPEAKER)
    _figures(sheet, "Commitments", figures.commitments(row.commitments), row.rank_kept)
    _figures(sheet, "Predictions", figures.predictions(row.predictions), row.rank_brier)
    if row.predictions.bins:
        sheet.heading("Calibration")
        sheet.print(_bins(row.predictions.bins))
    mine = {entry.id: entry for entry in listed}
    rests = [mine[id_] for id_ in row.statements if id_ in mine]
    sheet.heading(f"Statements: {len(row.statements)}")
    if rests:
        entries(sheet, rests)
    lines = []
    if rests and rater is not None:
        lines.append(
            f"The figures count the verdicts of {harmless(rater)}; listed are those of all raters together."
        )
    if len(rests) < len(row.statements):
        lines.append(f"{len(rests)} are shown; all with --limit {len(row.statements)}.")
    if found.population is not None:
        lines += _population(found.population)
    lines += [MEANING, *_left_out(found)]
    if rests:
        lines.append(f"Evidence of one: {words.command(f'show {words.short(rests[0].id)}', db)}")
    sheet.closing(*lines)


def _figures(sheet: Sheet, title: str, lines: Iterable[tuple[str, str]], rank: int | None) -> None:
    table = grid(ratios=(None, 1))
    for label, words_ in lines:
        table.add_row(text(label, "dim"), Text(words_))
    if rank is not None:
        table.add_row(text("rank", "dim"), str(rank))
    if table.row_count:
        sheet.heading(title)
        sheet.print(table)


def _bins(bins: Iterable[Bin]) -> Table:
    table = ruled("said", "n", "came true", "a calibrated speaker's 90 % band", "")
    for part in bins:
        table.add_row(
            figures.share(part.forecast),
            str(part.n),
            figures.share(part.observed),
            between(part.low, part.high),
            "" if part.inside else "outside",
        )
    return table
