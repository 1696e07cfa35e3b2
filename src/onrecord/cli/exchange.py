"""`onrecord export`, `import`, `backup`, `verify`, `checkpoint` and `rebuild`: the ledger as a whole."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Literal, cast

import typer

from onrecord.cli import ledger_options as options
from onrecord.cli.options import Kinds, SpeakerName

if TYPE_CHECKING:
    from onrecord.record.query import Query

# The same words as `onrecord.ledger.exporting` takes: a test compares them.
Form = Literal["csv", "jsonl", "parquet", "claimreview", "webannotation"]
Format = Annotated[
    Form,
    typer.Option(
        "--format",
        "-f",
        help="jsonl: the whole ledger, exactly, for import. Statements as they now stand: csv, parquet,"
        " webannotation (W3C). Verdicts: claimreview (schema.org).",
    ),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, whole or not at all."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there.")]
Site = Annotated[
    str | None,
    typer.Option(
        metavar="URL", help="Only claimreview: the page on which the reviews will stand, as their address."
    ),
]
Rejected = Annotated[bool, typer.Option("--rejected", help="Rejected statements as well.")]
Against = Annotated[
    str | None,
    typer.Option(
        metavar="CHECKPOINT",
        help="What onrecord checkpoint printed earlier, or its hash: prove that all before it is unchanged.",
    ),
]


def export(
    form: Format,
    output: Output = None,
    force: Force = False,
    speaker: SpeakerName = None,
    kind: Kinds = None,
    outlet: options.OutletName = None,
    topic: options.Topic = None,
    since: options.Since = None,
    until: options.Until = None,
    rejected: Rejected = False,
    site: Site = None,
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """Write the ledger in another form, to standard output or a file.

    Only jsonl has everything, and only jsonl can be imported again. In csv an apostrophe stands wherever
    a spreadsheet would take an article's words for a formula.

    Example: onrecord export --format csv --kind commitment --output promises.csv
    """
    query = _query(speaker=speaker, kind=kind, outlet=outlet, topic=topic, since=since, until=until)
    _check(form, query, rejected=rejected, site=site)
    path = None if output in (None, "-") else Path(str(output))
    _check_stream(form, path, as_json=as_json)
    with options.opened(db, read_only=True) as ledger:
        given = _whole_query(query, rejected=rejected)
        if path is None:
            with _standard_output() as stream:
                ledger.export(form, stream, query=given, site=site)
            return
        written = ledger.export(form, path, query=given, site=site, force=force)
    thing = {"jsonl": "row", "claimreview": "review"}.get(form, "statement")
    _confirm(
        as_json,
        {"format": form, "file": str(path), "written": written},
        f"Written to {path}: {_counted(written, thing)}.",
    )


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Made by onrecord export --format jsonl.")],
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """Take in an export of a whole ledger: all of it into an empty one, else what is new in it.

    Every row is checked first; where one is not as it was written, or this ledger has another history,
    nothing is changed.

    Example: onrecord import record.jsonl --db copy.db
    """
    _check_readable(file)
    with options.opened(db, create=True) as ledger:
        new = ledger.import_(file)
        checkpoint = ledger.checkpoint()
    told = f"New on record: {_counted(new, 'row')}." if new else "Nothing new: all of it was on record."
    _confirm(as_json, {"new": new, "checkpoint": checkpoint}, told, f"The newest row is now {checkpoint}.")


def backup(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to: a file that is not there yet.")],
    force: Force = False,
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """Write a whole copy of the ledger, while others may go on writing to it.

    Of an SQLite file the copy is a ledger like it; of a PostgreSQL database it is what export --format
    jsonl writes.

    Example: onrecord backup record-2018-03-06.db
    """
    with options.opened(db, read_only=True) as ledger:
        ledger.backup(file, force=force)
        checkpoint = ledger.checkpoint()
    _confirm(as_json, {"file": file, "checkpoint": checkpoint}, f"Written to {file}.")


def verify(
    against: Against = None,
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """Prove that no row of the log was changed, taken out, put in or moved, or name the first that was.

    A log that is not as it was written is exit code 7. Who can write to the database could make a whole
    new log: against that, publish checkpoints elsewhere.

    Example: onrecord verify --against 1520:3f9c2a41d07b…
    """
    with options.opened(db, read_only=True) as ledger:
        found = ledger.verify(against=against)
    told = [f"As it was written: {_counted(found.rows, 'row')}, the last of them {found.head}."]
    if found.through is not None:
        told.append(f"Up to row {found.through} it is the history of the checkpoint.")
    _confirm(as_json, {"rows": found.rows, "head": found.head, "through": found.through}, *told)


def checkpoint(db: options.Db = None, as_json: options.AsJson = False) -> None:
    """Print the number and the hash of the newest row. Published elsewhere, it fixes the history up to it.

    Example: onrecord checkpoint >> checkpoints.txt
    """
    with options.opened(db, read_only=True) as ledger:
        newest = ledger.checkpoint()
    row, _, digits = newest.partition(":")
    _confirm(as_json, {"checkpoint": newest, "row": int(row), "hash": digits}, newest)


def rebuild(db: options.Db = None, as_json: options.AsJson = False) -> None:
    """Make all tables anew from the log, once it is verified. What is on record stays the same.

    Example: onrecord rebuild --db record.db
    """
    with options.opened(db) as ledger:
        rows = ledger.rebuild()
    _confirm(as_json, {"rows": rows}, f"All tables were made anew from {_counted(rows, 'row')} of the log.")


def _query(**filters: str | None) -> dict[str, Any]:
    """The filters that were given, checked. Raises BadOption."""
    from onrecord.cli.read import kinds_of

    given: dict[str, Any] = {name: value for name, value in filters.items() if value is not None}
    for name in {"since", "until"} & set(given):
        given[name] = options.day(f"--{name}", given[name])
    kinds = given.pop("kind", None)
    return given | ({"kinds": kinds_of("--kind", kinds)} if kinds is not None else {})


def _whole_query(filters: dict[str, Any], *, rejected: bool) -> Query:
    from onrecord.record.query import Query

    return Query(**filters, rejected=rejected, today=options.today_or(None))


def _check(form: str, filters: dict[str, Any], *, rejected: bool, site: str | None) -> None:
    """Raise where options do not go together: what is asked for and not done would be missed too late."""
    if form == "jsonl" and (filters or rejected):
        raise typer.BadParameter(
            "jsonl is the whole ledger; the options that choose statements are for the other formats.",
            param_hint="'--format jsonl'",
        )
    if site is not None and form != "claimreview":
        raise typer.BadParameter("only reviews have an address of their own.", param_hint="'--site'")


def _check_stream(form: str, path: Path | None, *, as_json: bool) -> None:
    if path is not None:
        return
    if as_json:
        raise typer.BadParameter(
            "tells what was written to a file: name one with --output.", param_hint="'--json'"
        )
    if form == "parquet" and sys.stdout.isatty():
        raise typer.BadParameter(
            "parquet is not for eyes: name a file with --output.", param_hint="'--format'"
        )


def _check_readable(file: str) -> None:
    """Before a ledger is made for it. Raises NotFound, Unreadable."""
    from onrecord.errors import NotFound, Unreadable

    try:
        with Path(file).open("rb"):
            return
    except (FileNotFoundError, ValueError):
        raise NotFound(name=file) from None
    except OSError as error:
        raise Unreadable(name=file, reason=error.strerror or error) from None


class _Stream(io.RawIOBase):
    """Standard output for bytes: a closed pipe ends the command, other trouble is CannotWrite."""

    def __init__(self, to: BinaryIO) -> None:
        self._to = to

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        from onrecord.cli.output import writing

        with writing(None):
            return self._to.write(data)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    """Standard output as a binary stream."""
    from onrecord.cli.output import opened

    with opened(None) as text:
        yield cast("BinaryIO", _Stream(text.buffer))


def _counted(number: int, thing: str) -> str:
    from onrecord.views.words import counted

    return counted(number, thing)


def _confirm(as_json: bool, facts: dict[str, object], *lines: str) -> None:
    """Tell what was done: as JSON, or in lines."""
    if as_json:
        options.print_plain(facts)
        return
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        for line in lines:
            sheet.line(line)
